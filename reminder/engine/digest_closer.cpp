#include "reminder/engine/digest_closer.h"

#include "reminder/engine/engine_rows.h"

namespace reminder {
namespace {

using base::db::Session;

constexpr std::size_t kDigests = 50;  ///< Of one transaction.

const base::Instant kEver = base::toInstant(std::chrono::year{9999} / 1 / 1);

struct Closed {
  std::size_t digests = 0;
  std::size_t mails = 0;
};

}  // namespace

std::size_t DigestCloser::closeComplete(base::Instant now) {
  const auto earliest =
      database_.read([](Session& session) { return rows::earliestTimer(session); });
  const bool roundIsOver = !earliest || *earliest > now;
  // A clock that was set back leaves digests of a later instant: they are complete as well.
  const auto openedUpTo = roundIsOver ? kEver : now - longestGather_;
  std::size_t mails = 0;
  for (Closed last{kDigests, 0}; last.digests == kDigests; mails += last.mails) {
    last = database_.transact([&](Session& session) {
      const auto digests = rows::lockDigests(session, openedUpTo, kDigests);
      Closed closed{digests.size(), 0};
      if (digests.empty()) return closed;
      std::vector<Mail> written;
      for (const auto& [id, digest] : digests) {
        // All of it was done meanwhile: nothing to say.
        if (outbox_ == nullptr || digest.lines.empty()) continue;
        auto text = writer_.write(digest);
        written.push_back({"digest-" + std::to_string(id), digest.reader.mail, digest.reader.name,
                           std::move(text.subject), std::move(text.text)});
      }
      if (outbox_ != nullptr) outbox_->putAll(session, now, written);
      rows::closeDigests(session, digests, now);
      closed.mails = written.size();
      return closed;
    });
  }
  return mails;
}

}  // namespace reminder
