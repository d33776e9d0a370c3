#include <Poco/Net/Context.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "base/crypto/digest.h"
#include "reminder/channels/mail_transport.h"

namespace reminder {
namespace {

constexpr std::size_t kMostSaid = 300;

/// One line, bounded, without control characters: it goes into a row and a log.
std::string shortened(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 126; }, '?');
  return text.substr(0, kMostSaid);
}

MailAnswer answerOf(int code, const std::string& said) {
  using Kind = MailAnswer::Kind;
  const auto kind = code >= 500 && code < 600 ? Kind::Permanent : Kind::Transient;
  return {kind, code, shortened(said)};
}

/// Puts TLS on the connection that it has.
class Session : public Poco::Net::SMTPClientSession {
 public:
  using SMTPClientSession::SMTPClientSession;
  void secure(const std::string& host, const Poco::Net::Context::Ptr& context) {
    socket() = Poco::Net::SecureStreamSocket::attach(socket(), host, context);
  }
};

class SmtpTransport : public MailTransport {
 public:
  explicit SmtpTransport(SmtpOptions options) : options_(std::move(options)) {}
  ~SmtpTransport() override { SmtpTransport::rest(); }

  MailAnswer send(const QueuedMail& mail) override {
    try {
      if (auto refused = ready()) return *refused;
    } catch (const Poco::Exception& error) {
      return unavailable(error.displayText());
    }
    try {
      return handOver(mail);
    } catch (const Poco::Net::SMTPException& error) {
      session_.reset();
      return answerOf(error.code(), error.displayText());
    } catch (const Poco::Exception& error) {
      return unavailable(error.displayText());
    }
  }

  void rest() override {
    if (!session_) return;
    try {
      std::string said;
      (void)session_->sendCommand("QUIT", said);
    } catch (const Poco::Exception&) {
      // The server hung up first; nothing is lost with a connection that is not in use.
    }
    session_.reset();
  }

 private:
  /// Leaves a session that is greeted, secured, signed in and idle; or says why there is none,
  /// which is no verdict on the mail.
  std::optional<MailAnswer> ready() {
    std::string said;
    if (session_ && answersReset(said)) return std::nullopt;
    session_ = connect();
    session_->setTimeout(Poco::Timespan(options_.timeout.count(), 0));
    session_->open();
    greet(said);
    if (options_.security == SmtpSecurity::StartTls) {
      if (session_->sendCommand("STARTTLS", said) / 100 != 2) {
        return unavailable("no STARTTLS: " + said);
      }
      session_->secure(options_.host, context());
      greet(said);
    }
    return options_.user.empty() ? std::nullopt : signIn(said);
  }

  bool answersReset(std::string& said) {
    try {
      return session_->sendCommand("RSET", said) / 100 == 2;
    } catch (const Poco::Exception&) {
      return false;  // closed while idle: a new connection is opened
    }
  }

  std::unique_ptr<Session> connect() {
    const Poco::Net::SocketAddress address(options_.host, options_.port);
    const Poco::Timespan timeout(options_.timeout.count(), 0);
    if (options_.security == SmtpSecurity::Tls) {
      Poco::Net::SecureStreamSocket socket(context());
      socket.setPeerHostName(options_.host);
      socket.connect(address, timeout);
      return std::make_unique<Session>(socket);
    }
    Poco::Net::StreamSocket socket;
    socket.connect(address, timeout);
    return std::make_unique<Session>(socket);
  }

  Poco::Net::Context::Ptr context() {
    if (context_.isNull()) {
      Poco::Net::Context::Params params;
      params.verificationMode = Poco::Net::Context::VERIFY_STRICT;
      params.caLocation = options_.caFile;
      params.loadDefaultCAs = options_.caFile.empty();
      context_ = new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, params);
      context_->enableExtendedCertificateVerification(true);
    }
    return context_;
  }

  void greet(std::string& said) {
    const int code = session_->sendCommand("EHLO", options_.heloHost, said);
    if (code / 100 != 2) throw Poco::Net::SMTPException("EHLO refused", said, code);
  }

  std::optional<MailAnswer> signIn(const std::string& offered) {
    using namespace std::string_literals;
    std::string said;
    int code = 0;
    if (offered.find("PLAIN") != std::string::npos) {
      const auto both = "\0"s + options_.user + "\0"s + options_.password;
      code = session_->sendCommand("AUTH PLAIN", base::base64(both), said);
    } else {
      code = session_->sendCommand("AUTH LOGIN", said);
      if (code == 334) code = session_->sendCommand(base::base64(options_.user), said);
      if (code == 334) code = session_->sendCommand(base::base64(options_.password), said);
    }
    return code / 100 == 2 ? std::nullopt : std::optional(unavailable("sign-in: " + said));
  }

  MailAnswer unavailable(const std::string& why) {
    session_.reset();
    return {MailAnswer::Kind::Transient, 0, shortened(why)};
  }

  MailAnswer handOver(const QueuedMail& mail) {
    std::string said;
    int code = session_->sendCommand(fmt::format("MAIL FROM:<{}>", options_.from), said);
    // A refused sender is our configuration's fault, not this mail's: it waits.
    if (code / 100 != 2) return {MailAnswer::Kind::Transient, code, shortened(said)};
    code = session_->sendCommand(fmt::format("RCPT TO:<{}>", mail.mail.to), said);
    if (code / 100 != 2) return answerOf(code, said);
    code = session_->sendCommand("DATA", said);
    if (code / 100 != 3) return answerOf(code, said);
    std::istringstream bytes(wireForm(mail, options_));
    session_->sendMessage(bytes);  // dots are stuffed here; throws unless the answer is 2xx
    return {MailAnswer::Kind::Accepted, 250, {}};
  }

  SmtpOptions options_;
  Poco::Net::Context::Ptr context_;
  std::unique_ptr<Session> session_;
};

}  // namespace

std::unique_ptr<MailTransport> makeSmtpTransport(const SmtpOptions& options) {
  if (!isMailAddress(options.from)) throw std::invalid_argument("mail.from is no mail address");
  if (options.security == SmtpSecurity::Plain && !options.user.empty()) {
    throw std::invalid_argument("mail.user needs mail.security starttls or tls");
  }
  return std::make_unique<SmtpTransport>(options);
}

}  // namespace reminder
