// What a mail server can do wrong, played by a server that follows a script; and TLS, where the
// script's server has a certificate made for the test.
#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "reminder/channels/mail_transport.h"
#include "tests/support/temporary_folder.h"

namespace reminder {
namespace {

using namespace std::chrono_literals;
using Kind = MailAnswer::Kind;

/// Answers one connection: each line that begins with a step's word gets the step's answer. An
/// empty answer hangs up.
class ScriptedServer {
 public:
  struct Step {
    std::string word;  ///< `EHLO`, `.` for the end of the data, `` for the greeting.
    std::string answer;
    bool thenTls = false;
  };

  ScriptedServer(std::vector<Step> steps, Poco::Net::Context::Ptr tls = {}, bool tlsAtOnce = false)
      : steps_(std::move(steps)), tls_(tls) {
    socket_.bind(Poco::Net::SocketAddress("127.0.0.1", 0));
    socket_.listen();
    thread_ = std::thread([this, tlsAtOnce] { serve(tlsAtOnce); });
  }
  ~ScriptedServer() { finish(); }

  std::uint16_t port() { return socket_.address().port(); }
  /// What the client sent, when it has hung up.
  const std::string& received() {
    finish();
    return received_;
  }

 private:
  void finish() {
    if (thread_.joinable()) thread_.join();
  }

  void serve(bool tlsAtOnce) {
    try {
      Poco::Net::StreamSocket client = socket_.acceptConnection();
      client.setReceiveTimeout(Poco::Timespan(10, 0));
      if (tlsAtOnce) client = secured(client);
      std::string pending;
      for (const auto& step : steps_) {
        if (!step.word.empty() && !waitFor(client, step.word, pending)) return;
        if (step.answer.empty()) return;
        const auto line = step.answer + "\r\n";
        client.sendBytes(line.data(), static_cast<int>(line.size()));
        if (step.thenTls) client = secured(client);
      }
      while (waitFor(client, "QUIT", pending)) return;
    } catch (const Poco::Exception&) {
      // The client hung up, or its handshake failed: what the test looks at is its answer.
    }
  }

  Poco::Net::StreamSocket secured(const Poco::Net::StreamSocket& plain) {
    Poco::Net::SecureStreamSocket socket = Poco::Net::SecureStreamSocket::attach(plain, tls_);
    socket.completeHandshake();
    return socket;
  }

  bool waitFor(Poco::Net::StreamSocket& client, const std::string& word, std::string& pending) {
    for (;;) {
      for (auto end = pending.find("\r\n"); end != std::string::npos; end = pending.find("\r\n")) {
        const auto line = pending.substr(0, end);
        pending.erase(0, end + 2);
        received_ += line + "\n";
        if (word == "." ? line == "." : line.starts_with(word)) return true;
      }
      char buffer[4096];
      const int count = client.receiveBytes(buffer, sizeof buffer);
      if (count <= 0) return false;
      pending.append(buffer, static_cast<std::size_t>(count));
    }
  }

  std::vector<Step> steps_;
  Poco::Net::Context::Ptr tls_;
  Poco::Net::ServerSocket socket_;
  std::string received_;
  std::thread thread_;
};

SmtpOptions optionsFor(std::uint16_t port) {
  SmtpOptions options;
  options.host = "127.0.0.1";
  options.port = port;
  options.security = SmtpSecurity::Plain;
  options.from = "nhac-viec@k.vn";
  options.timeout = 5s;
  return options;
}

QueuedMail mail() {
  QueuedMail queued;
  queued.id = 1;
  queued.messageId = "<1@k.vn>";
  queued.createdAt = base::toInstant(std::chrono::year{2026} / 3 / 2);
  queued.mail = {"k", "an@k.vn", "An", "subject", ".một\n"};
  return queued;
}

using Steps = std::vector<ScriptedServer::Step>;

struct FaultRow {
  const char* name;
  Steps steps;
  Kind kind;
  int code;
};

TEST(SmtpTransport, TellsTransientFromPermanent) {
  const Steps hello = {{"", "220 hi"}, {"EHLO", "250 hi"}};
  const auto then = [&](Steps more) {
    auto steps = hello;
    steps.insert(steps.end(), more.begin(), more.end());
    return steps;
  };
  const std::vector<FaultRow> rows = {
      {"taken", then({{"MAIL", "250 ok"}, {"RCPT", "250 ok"}, {"DATA", "354 go"}, {".", "250 ok"}}),
       Kind::Accepted, 250},
      {"hangs up at once", {{"", ""}}, Kind::Transient, 0},
      {"is busy", {{"", "421 too busy"}}, Kind::Transient, 0},
      {"wants nobody", {{"", "554 no"}}, Kind::Transient, 0},
      {"refuses the greeting", {{"", "220 hi"}, {"EHLO", "550 who"}}, Kind::Transient, 0},
      {"refuses our sender", then({{"MAIL", "550 not you"}}), Kind::Transient, 550},
      {"greylists", then({{"MAIL", "250 ok"}, {"RCPT", "451 later"}}), Kind::Transient, 451},
      {"knows nobody there", then({{"MAIL", "250 ok"}, {"RCPT", "550 unknown"}}), Kind::Permanent,
       550},
      {"is full",
       then({{"MAIL", "250 ok"}, {"RCPT", "250 ok"}, {"DATA", "354 go"}, {".", "452 full"}}),
       Kind::Transient, 452},
      {"takes it for spam",
       then({{"MAIL", "250 ok"}, {"RCPT", "250 ok"}, {"DATA", "354 go"}, {".", "554 spam"}}),
       Kind::Permanent, 554},
      {"answer is lost",
       then({{"MAIL", "250 ok"}, {"RCPT", "250 ok"}, {"DATA", "354 go"}, {".", ""}}),
       Kind::Transient, 0}};
  for (const auto& row : rows) {
    ScriptedServer server(row.steps);
    const auto transport = makeSmtpTransport(optionsFor(server.port()));
    const auto answer = transport->send(mail());
    EXPECT_EQ(answer.kind, row.kind) << row.name << ": " << answer.said;
    EXPECT_EQ(answer.code, row.code) << row.name << ": " << answer.said;
  }
}

TEST(SmtpTransport, SendsTheSameBytesAgainAfterALostAnswer) {
  std::string first;
  std::string second;
  for (auto* received : {&first, &second}) {
    ScriptedServer server({{"", "220 hi"},
                           {"EHLO", "250 hi"},
                           {"MAIL", "250 ok"},
                           {"RCPT", "250 ok"},
                           {"DATA", "354 go"},
                           {".", received == &first ? "" : "250 ok"}});
    const auto transport = makeSmtpTransport(optionsFor(server.port()));
    (void)transport->send(mail());
    transport->rest();
    *received = server.received();
  }
  const auto upToTheEnd = [](const std::string& text) {
    return text.substr(0, text.find("\n.\n"));
  };
  EXPECT_EQ(upToTheEnd(first), upToTheEnd(second));
  EXPECT_NE(first.find("Message-ID: <1@k.vn>"), std::string::npos);
  EXPECT_NE(first.find("\n..m=E1=BB=99t\n"), std::string::npos) << first;  // the dot is stuffed
}

TEST(SmtpTransport, NeverSendsInThePlainWhatWasToBeSecure) {
  ScriptedServer server({{"", "220 hi"}, {"EHLO", "250 hi"}, {"STARTTLS", "502 no such thing"}});
  auto options = optionsFor(server.port());
  options.security = SmtpSecurity::StartTls;
  const auto answer = makeSmtpTransport(options)->send(mail());
  EXPECT_EQ(answer.kind, Kind::Transient);
  EXPECT_EQ(server.received().find("MAIL"), std::string::npos);
}

TEST(SmtpTransport, RefusesAPasswordWithoutTls) {
  auto options = optionsFor(25);
  options.user = "office";
  EXPECT_THROW((void)makeSmtpTransport(options), std::invalid_argument);
  options.user.clear();
  options.from = "nobody";
  EXPECT_THROW((void)makeSmtpTransport(options), std::invalid_argument);
}

class SmtpTls : public testing::Test {
 protected:
  SmtpTls() {
    const auto folder = folder_.path().string();
    const auto command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 "
        "-subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout " +
        folder + "/key.pem -out " + folder + "/certificate.pem 2>/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl failed");
    tls_ = new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, folder + "/key.pem",
                                  folder + "/certificate.pem", "", Poco::Net::Context::VERIFY_NONE);
  }
  SmtpOptions options(std::uint16_t port, SmtpSecurity security) const {
    auto found = optionsFor(port);
    found.host = "localhost";
    found.security = security;
    found.caFile = (folder_.path() / "certificate.pem").string();
    found.user = "office";
    found.password = "mật khẩu";
    return found;
  }

  tests::TemporaryFolder folder_;
  Poco::Net::Context::Ptr tls_;
};

const Steps kSignedIn = {{"EHLO", "250-hi\r\n250 AUTH PLAIN LOGIN"},
                         {"AUTH PLAIN", "235 welcome"},
                         {"MAIL", "250 ok"},
                         {"RCPT", "250 ok"},
                         {"DATA", "354 go"},
                         {".", "250 ok"}};

TEST_F(SmtpTls, SignsInAfterStartTls) {
  Steps steps = {{"", "220 hi"}, {"EHLO", "250-hi\r\n250 STARTTLS"}, {"STARTTLS", "220 go", true}};
  steps.insert(steps.end(), kSignedIn.begin(), kSignedIn.end());
  ScriptedServer server(steps, tls_);
  const auto transport = makeSmtpTransport(options(server.port(), SmtpSecurity::StartTls));
  const auto answer = transport->send(mail());
  EXPECT_EQ(answer.kind, Kind::Accepted) << answer.said;
  transport->rest();
  EXPECT_NE(server.received().find("AUTH PLAIN AG9mZmljZQBt4bqtdCBraOG6qXU="), std::string::npos);
}

TEST_F(SmtpTls, SpeaksTlsFromTheFirstByte) {
  Steps steps = {{"", "220 hi"}};
  steps.insert(steps.end(), kSignedIn.begin(), kSignedIn.end());
  ScriptedServer server(steps, tls_, /*tlsAtOnce=*/true);
  const auto answer = makeSmtpTransport(options(server.port(), SmtpSecurity::Tls))->send(mail());
  EXPECT_EQ(answer.kind, Kind::Accepted) << answer.said;
}

TEST_F(SmtpTls, TrustsNoCertificateOfAnotherHostOrRoot) {
  for (const bool otherRoot : {true, false}) {
    ScriptedServer server({{"", "220 hi"}}, tls_, /*tlsAtOnce=*/true);
    auto wrong = options(server.port(), SmtpSecurity::Tls);
    if (otherRoot) {
      wrong.caFile.clear();  // the system's roots do not know it
    } else {
      wrong.host = "127.0.0.1";  // the certificate is localhost's
    }
    const auto answer = makeSmtpTransport(wrong)->send(mail());
    EXPECT_EQ(answer.kind, Kind::Transient);
    EXPECT_EQ(server.received(), "");
  }
}

TEST_F(SmtpTls, WaitsWhenItsPasswordIsRefused) {
  ScriptedServer server({{"", "220 hi"}, {"EHLO", "250 AUTH PLAIN"}, {"AUTH", "535 wrong"}}, tls_,
                        /*tlsAtOnce=*/true);
  const auto answer = makeSmtpTransport(options(server.port(), SmtpSecurity::Tls))->send(mail());
  EXPECT_EQ(answer.kind, Kind::Transient);  // the mail is not lost for a wrong configuration
}

}  // namespace
}  // namespace reminder
