// Hands one mail to a mail server. SMTP by Poco::Net behind the interface; no type of it appears.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/time.h"
#include "reminder/channels/mail_outbox.h"

namespace reminder {

enum class SmtpSecurity : std::uint8_t { Plain, StartTls, Tls };

struct SmtpOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 25;
  SmtpSecurity security = SmtpSecurity::StartTls;
  std::string caFile = {};  ///< Empty: the system's certificates.
  std::string user = {};    ///< Empty: no authentication.
  std::string password = {};
  std::string from = {};      ///< `nhac-viec@khanhhoa.gov.vn`
  std::string fromName = {};  ///< UTF-8.
  std::string heloHost = "localhost";
  std::chrono::seconds timeout{30};
};

/// What the server said to one mail.
struct MailAnswer {
  enum class Kind : std::uint8_t {
    Accepted,   ///< 250 after DATA.
    Transient,  ///< 4xx, no connection, no answer: try again.
    Permanent   ///< 5xx: it will never take this one.
  };
  Kind kind = Kind::Transient;
  int code = 0;           ///< SMTP reply code, or 0 without one.
  std::string said = {};  ///< For the operator: at most 300 characters, one line.
};

class MailTransport {
 public:
  virtual ~MailTransport() = default;
  /// Does not throw for what a server or a network can do. One thread at a time.
  [[nodiscard]] virtual MailAnswer send(const QueuedMail& mail) = 0;
  /// Ends a connection that is kept between mails; the next `send` opens one.
  virtual void rest() = 0;
};

[[nodiscard]] std::unique_ptr<MailTransport> makeSmtpTransport(const SmtpOptions& options);

/// The message as it goes over the wire (CRLF, headers encoded, quoted-printable text). `date` is
/// the row's, so that every attempt sends the same bytes.
[[nodiscard]] std::string wireForm(const QueuedMail& mail, const SmtpOptions& options);

}  // namespace reminder
