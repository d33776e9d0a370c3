// Turns digests that are complete into mails, each in the transaction that closes it. A digest is
// complete when no timer is due any more, or when it has waited long enough. For this folder alone.
#pragma once

#include <chrono>

#include "base/db/database.h"
#include "reminder/channels/mail_outbox.h"
#include "reminder/engine/digest.h"

namespace reminder {

class DigestCloser {
 public:
  /// Without an outbox nothing is mailed: an office that gets a mail server later does not send
  /// what is long past.
  DigestCloser(base::db::Database& database, const DigestWriter& writer, const MailOutbox* outbox,
               std::chrono::seconds longestGather)
      : database_(database), writer_(writer), outbox_(outbox), longestGather_(longestGather) {}

  /// Returns the mails that were written.
  std::size_t closeComplete(base::Instant now);

 private:
  base::db::Database& database_;
  const DigestWriter& writer_;
  const MailOutbox* outbox_;
  std::chrono::seconds longestGather_;
};

}  // namespace reminder
