#include "reminder/channels/mail_sender.h"

#include <algorithm>

#include "base/log.h"

namespace reminder {
namespace {

using base::db::Session;

constexpr std::string_view kDue = R"(/* mail.claim */
  SELECT id, message_id, created_at, to_address, to_name, subject, body, attempts
  FROM mail_outbox WHERE next_attempt_at <= ? ORDER BY next_attempt_at LIMIT ?
  FOR UPDATE SKIP LOCKED)";
constexpr std::string_view kClaim = R"(/* mail.mark */
  UPDATE mail_outbox m JOIN JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) c ON c.id = m.id
  SET m.state = 2, m.attempts = m.attempts + 1, m.next_attempt_at = ?)";
constexpr std::string_view kSettle = R"(/* mail.settle */
  UPDATE mail_outbox SET state = ?, next_attempt_at = ?, accepted_at = ?, last_code = ?,
    last_said = ? WHERE id = ? AND state = 2 AND attempts = ?)";
// Not tried at all: the attempt does not count.
constexpr std::string_view kGiveBack = R"(/* mail.giveBack */
  UPDATE mail_outbox m JOIN JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) c ON c.id = m.id
  SET m.state = 1, m.attempts = m.attempts - 1, m.next_attempt_at = ? WHERE m.state = 2)";
constexpr std::string_view kNext = R"(/* mail.next */
  SELECT MIN(next_attempt_at) FROM mail_outbox WHERE next_attempt_at IS NOT NULL)";
constexpr std::string_view kSetBack = R"(/* mail.clockSetBack */
  UPDATE mail_outbox SET next_attempt_at = ? WHERE next_attempt_at > ?)";

std::string idsOf(const std::vector<QueuedMail>& mails, std::size_t from) {
  std::string list = "[";
  for (std::size_t i = from; i < mails.size(); ++i) {
    list += (i > from ? "," : "") + std::to_string(mails[i].id);
  }
  return list + "]";
}

QueuedMail mailOf(const base::db::Row& row) {
  QueuedMail mail;
  mail.id = row.integer(0);
  mail.messageId = row.text(1);
  mail.createdAt = row.instant(2);
  mail.mail = {"", row.text(3), row.text(4), row.text(5), row.text(6)};
  mail.attempts = static_cast<int>(row.integer(7)) + 1;
  return mail;
}

}  // namespace

MailSender::MailSender(base::db::Database& database, const base::Clock& clock,
                       MailTransport& transport, base::Metrics& metrics, MailSenderOptions options)
    : database_(database),
      clock_(clock),
      transport_(transport),
      options_(options),
      accepted_(metrics.counter("reminder_mails_total", "Mails, by how an attempt ended.",
                                {{"result", "accepted"}})),
      postponed_(metrics.counter("reminder_mails_total", "Mails, by how an attempt ended.",
                                 {{"result", "postponed"}})),
      failed_(metrics.counter("reminder_mails_total", "Mails, by how an attempt ended.",
                              {{"result", "failed"}})) {}

std::size_t MailSender::sendDue(const std::atomic<bool>& stop) {
  std::size_t accepted = 0;
  while (!stop) {
    const auto claimed = clock_.now();
    const auto mails = claim(claimed);
    if (mails.empty()) break;
    for (std::size_t i = 0; i < mails.size(); ++i) {
      if (stop || clock_.now() - claimed > options_.lease / 2) {
        giveBack(mails, i, clock_.now());
        break;
      }
      const auto answer = transport_.send(mails[i]);
      settle(mails[i], answer);
      if (answer.kind == MailAnswer::Kind::Accepted) ++accepted;
      if (answer.kind == MailAnswer::Kind::Transient && answer.code == 0) {
        // Nobody answers: the others are not tried against a closed door.
        base::log::warning("mail.server_unreachable", {{"said", answer.said}});
        giveBack(mails, i + 1, clock_.now() + options_.firstPause);
        transport_.rest();
        return accepted;
      }
    }
  }
  transport_.rest();
  return accepted;
}

std::vector<QueuedMail> MailSender::claim(base::Instant now) {
  return database_.transact([&](Session& session) {
    std::vector<QueuedMail> mails;
    for (const auto& row : session.query(kDue, {now, options_.batch})) {
      mails.push_back(mailOf(row));
    }
    if (!mails.empty()) session.execute(kClaim, {idsOf(mails, 0), now + options_.lease});
    return mails;
  });
}

void MailSender::settle(const QueuedMail& mail, const MailAnswer& answer) {
  using Kind = MailAnswer::Kind;
  const auto now = clock_.now();
  auto state = MailState::Accepted;
  std::optional<base::Instant> next;
  if (answer.kind == Kind::Permanent || mail.attempts >= options_.attempts) {
    state = MailState::Failed;
  }
  if (answer.kind == Kind::Transient && state != MailState::Failed) {
    state = MailState::Ready;
    next = now + pauseAfter(mail.attempts);
  }
  if (answer.kind == Kind::Accepted) state = MailState::Accepted;
  const auto acceptedAt = state == MailState::Accepted ? std::optional(now) : std::nullopt;
  database_.transact([&](Session& session) {
    session.execute(kSettle,
                    {state, next, acceptedAt, answer.code, answer.said, mail.id, mail.attempts});
  });
  count(state);
  if (state == MailState::Failed) {
    base::log::warning("mail.failed",
                       {{"mail", mail.id}, {"code", answer.code}, {"attempts", mail.attempts}});
  }
}

void MailSender::giveBack(const std::vector<QueuedMail>& mails, std::size_t from,
                          base::Instant when) {
  if (from >= mails.size()) return;
  database_.transact([&](Session& session) {
    session.execute(kGiveBack, {idsOf(mails, from), when});
  });
}

std::chrono::seconds MailSender::pauseAfter(int attempts) const {
  const int doublings = std::clamp(attempts - 1, 0, 20);
  return std::min(options_.longestPause, options_.firstPause * (1 << doublings));
}

void MailSender::count(MailState state) {
  switch (state) {
    case MailState::Accepted:
      accepted_.add();
      break;
    case MailState::Failed:
      failed_.add();
      break;
    case MailState::Ready:
    case MailState::Sending:
      postponed_.add();
      break;
  }
}

std::optional<base::Instant> MailSender::nextDue() {
  return database_.read([](Session& session) { return session.get(kNext).maybeInstant(0); });
}

void MailSender::clockSetBack(base::Instant now) {
  const auto latest = now + std::max(options_.longestPause, options_.lease);
  database_.transact([&](Session& session) { session.execute(kSetBack, {latest, latest}); });
}

}  // namespace reminder
