// What the composition roots of office and hub make alike from the configuration.
#pragma once

#include "base/blob/blob_store.h"
#include "base/config.h"
#include "base/http/server.h"
#include "base/result.h"
#include "eoffice/app/office_process.h"
#include "eoffice/directory/sign_in.h"
#include "eoffice/intake/reading_worker.h"
#include "eoffice/search/folder.h"
#include "exchange/axis/axis_client.h"
#include "exchange/hub/hub.h"
#include "reminder/channels/mail_sender.h"
#include "reminder/channels/mail_transport.h"

namespace eoffice::app {

/// The value, or StartRefused.
template <class T>
T orRefuseStart(base::Result<T> result) {
  if (!result) throw StartRefused(std::move(result.error()));
  return std::move(*result);
}

[[nodiscard]] base::http::ServerOptions serverOptions(const base::Config& config);
[[nodiscard]] base::BlobStore blobStore(const base::Config& config);
[[nodiscard]] exchange::axis::AxisClientOptions axisOptions(const base::Config& config);
[[nodiscard]] reminder::SmtpOptions smtpOptions(const base::Config& config);
[[nodiscard]] reminder::MailSenderOptions mailOptions(const base::Config& config);
[[nodiscard]] directory::SignInPolicy signInPolicy(const base::Config& config);
[[nodiscard]] exchange::hub::HubOptions hubOptions(const base::Config& config);
[[nodiscard]] std::vector<std::filesystem::path> trustFiles(const base::Config& config);
/// The configured folder, or `name` in the data directory.
[[nodiscard]] std::filesystem::path dataPath(const base::Config& config, std::string_view key,
                                             std::string_view name);
[[nodiscard]] intake::FileReaderOptions fileReaderOptions(const base::Config& config);
[[nodiscard]] intake::ReadingOptions readingOptions(const base::Config& config);
[[nodiscard]] search::IndexFolder indexFolder(const base::Config& config);
/// What starts the links of mails: the public address, or the one that it listens on.
[[nodiscard]] std::string publicUrl(const base::Config& config);

/// Until SIGINT or SIGTERM.
void awaitStopSignal();

}  // namespace eoffice::app
