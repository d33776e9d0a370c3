// Mail that waits to be sent: rows written in the transaction of what they tell of. The Message-ID
// is given with the row, before the first attempt, so that a receiver recognises a retry.
// Takes a session; keeps nothing. Safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"

namespace reminder {

/// Stored in `mail_outbox.state`: never renumber.
enum class MailState : std::uint8_t {
  Ready = 1,     ///< Waits for its (next) attempt.
  Sending = 2,   ///< An attempt runs, or was cut off: taken up again when its lease ends.
  Accepted = 3,  ///< The mail server has it.
  Failed = 4     ///< Given up: refused for good, or too often.
};

struct Mail {
  std::string key;  ///< The same key is the same mail: the second is not written. At most 120.
  std::string to;   ///< `name@host`
  std::string toName;
  std::string subject;
  std::string text;  ///< UTF-8, `\n`.
};

struct QueuedMail {
  std::int64_t id = 0;
  std::string messageId;  ///< With its angle brackets.
  base::Instant createdAt;
  Mail mail;
  int attempts = 0;
};

class MailOutbox {
 public:
  explicit MailOutbox(std::string messageIdHost) : host_(std::move(messageIdHost)) {}

  /// The row's id; of the first one for a key that is known.
  std::int64_t put(base::db::Session& session, base::Instant now, const Mail& mail) const;
  /// Many at once.
  void putAll(base::db::Session& session, base::Instant now, const std::vector<Mail>& mails) const;
  [[nodiscard]] static std::int64_t waiting(base::db::Session& session);
  [[nodiscard]] static std::optional<MailState> state(base::db::Session& session, std::int64_t id);

 private:
  [[nodiscard]] std::string messageIdOf(const Mail& mail, base::Instant now) const;

  std::string host_;
};

/// Whether an address can be given to a mail server: one `@`, no white space, no control
/// characters, at most 254 bytes.
[[nodiscard]] bool isMailAddress(std::string_view address);

}  // namespace reminder
