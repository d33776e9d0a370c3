#include "reminder/channels/mail_outbox.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto/digest.h"

namespace reminder {
namespace {

using base::db::Session;

constexpr std::string_view kPut = R"(/* mail.put */
  INSERT INTO mail_outbox (mail_key, message_id, to_address, to_name, subject, body, state,
    attempts, next_attempt_at, created_at, last_code, last_said)
  VALUES (?, ?, ?, ?, ?, ?, 1, 0, ?, ?, 0, '')
  ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id))";
constexpr std::string_view kPutAll = R"(/* mail.putAll */
  INSERT IGNORE INTO mail_outbox (mail_key, message_id, to_address, to_name, subject, body, state,
    attempts, next_attempt_at, created_at, last_code, last_said) VALUES)";
constexpr std::string_view kWaiting = R"(/* mail.waiting */
  SELECT COUNT(*) FROM mail_outbox WHERE state IN (1, 2))";
constexpr std::string_view kState = R"(/* mail.state */
  SELECT state FROM mail_outbox WHERE id = ?)";

constexpr std::size_t kLongestAddress = 254;  // RFC 5321, 4.5.3.1

bool isPlain(unsigned char c) { return c > ' ' && c < 127 && c != '<' && c != '>'; }

}  // namespace

std::string MailOutbox::messageIdOf(const Mail& mail, base::Instant now) const {
  // With the instant, so that an office that begins anew repeats no id; a key that is known keeps
  // the id of its first row.
  const auto digest = base::sha256Hex(mail.key + "\n" + base::isoInstant(now));
  return fmt::format("<{}@{}>", digest.substr(0, 40), host_);
}

std::int64_t MailOutbox::put(Session& session, base::Instant now, const Mail& mail) const {
  return session.insert(kPut, {mail.key, messageIdOf(mail, now), mail.to, mail.toName, mail.subject,
                               mail.text, now, now});
}

void MailOutbox::putAll(Session& session, base::Instant now, const std::vector<Mail>& mails) const {
  std::vector<base::db::Params> rows;
  for (const auto& mail : mails) {
    rows.push_back({mail.key, messageIdOf(mail, now), mail.to, mail.toName, mail.subject, mail.text,
                    MailState::Ready, 0, now, now, 0, ""});
  }
  if (!rows.empty()) session.insertMany(kPutAll, rows);
}

std::int64_t MailOutbox::waiting(Session& session) { return session.get(kWaiting).integer(0); }

std::optional<MailState> MailOutbox::state(Session& session, std::int64_t id) {
  const auto row = session.find(kState, {id});
  return row ? std::optional(row->code<MailState>(0)) : std::nullopt;
}

bool isMailAddress(std::string_view address) {
  const auto at = address.find('@');
  return address.size() <= kLongestAddress && at != std::string_view::npos && at > 0 &&
         at + 1 < address.size() && address.find('@', at + 1) == std::string_view::npos &&
         std::all_of(address.begin(), address.end(), isPlain);
}

}  // namespace reminder
