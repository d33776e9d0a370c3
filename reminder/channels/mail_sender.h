// Takes mails from the outbox and hands them to the transport, with back-off. Any number of
// processes may do so at once: a claim is a row.
//
// A mail that the server took is marked in a second transaction. Killed between the server's yes
// and that commit, the mail is sent again when its lease ends, with the same Message-ID and the
// same bytes: at least once. Nothing else stands between the two steps.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/db/database.h"
#include "base/metrics.h"
#include "reminder/channels/mail_transport.h"

namespace reminder {

struct MailSenderOptions {
  std::size_t batch = 20;
  std::chrono::seconds lease{300};          ///< Of a claim; see sendDue().
  std::chrono::seconds firstPause{60};      ///< Doubles with each attempt ...
  std::chrono::seconds longestPause{3600};  ///< ... up to this.
  int attempts = 96;                        ///< Then Failed: after about four days.
};

class MailSender {
 public:
  MailSender(base::db::Database& database, const base::Clock& clock, MailTransport& transport,
             base::Metrics& metrics, MailSenderOptions options = {});

  /// Sends what is due now and returns how many the server accepted. Stops early when `stop` is
  /// set. Behind a slow server a batch is given back when half of its lease is over, so that no
  /// other process takes up what this one is about to send. Throws base::db errors only; every
  /// claimed mail is then taken up again after its lease.
  std::size_t sendDue(const std::atomic<bool>& stop);
  /// When the next attempt is due; empty when nothing waits.
  [[nodiscard]] std::optional<base::Instant> nextDue();
  /// The clock was set back to `now`: no mail waits longer than the longest pause from there.
  void clockSetBack(base::Instant now);

 private:
  [[nodiscard]] std::vector<QueuedMail> claim(base::Instant now);
  void settle(const QueuedMail& mail, const MailAnswer& answer);
  /// From the `from`-th on: due again at `when`, as if they had not been claimed.
  void giveBack(const std::vector<QueuedMail>& mails, std::size_t from, base::Instant when);
  [[nodiscard]] std::chrono::seconds pauseAfter(int attempts) const;
  void count(MailState state);

  base::db::Database& database_;
  const base::Clock& clock_;
  MailTransport& transport_;
  MailSenderOptions options_;
  base::Counter& accepted_;
  base::Counter& postponed_;
  base::Counter& failed_;
};

}  // namespace reminder
