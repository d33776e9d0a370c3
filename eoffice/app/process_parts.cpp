#include "eoffice/app/process_parts.h"

#include <algorithm>
#include <csignal>

namespace eoffice::app {
namespace {

std::chrono::seconds seconds(std::chrono::milliseconds duration) {
  return std::chrono::duration_cast<std::chrono::seconds>(duration);
}

sigset_t stopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

exchange::axis::AxisClientOptions::FetchBy fetchBy(const std::string& call) {
  using FetchBy = exchange::axis::AxisClientOptions::FetchBy;
  if (call == "get_edoc") return FetchBy::GetEdoc;
  return call == "download_edoc" ? FetchBy::DownloadEdoc : FetchBy::Auto;
}

}  // namespace

base::http::ServerOptions serverOptions(const base::Config& config) {
  return {.address = config.text("server.address"),
          .port = static_cast<std::uint16_t>(config.integer("server.port")),
          .threads = static_cast<std::size_t>(config.integer("server.threads")),
          .connections = static_cast<std::size_t>(config.integer("server.connections")),
          .headerLimit = config.bytes("server.header_limit"),
          .timeout = seconds(config.duration("server.timeout")),
          .keepAlive = seconds(config.duration("server.keep_alive")),
          .stopWithin = seconds(config.duration("server.stop_within")),
          .tlsCertificate = config.isSet("server.tls.certificate")
                                ? config.path("server.tls.certificate")
                                : std::filesystem::path(),
          .tlsKey = config.isSet("server.tls.key") ? config.path("server.tls.key")
                                                   : std::filesystem::path(),
          .trustedProxies = config.list("server.trusted_proxies")};
}

base::BlobStore blobStore(const base::Config& config) {
  return base::BlobStore(config.path("data.directory") / "blobs", config.bytes("blobs.keep_free"));
}

exchange::axis::AxisClientOptions axisOptions(const base::Config& config) {
  return {.url = config.text("axis.url"),
          .caFile =
              config.isSet("axis.ca_file") ? config.path("axis.ca_file") : std::filesystem::path(),
          .timeout = seconds(config.duration("axis.timeout")),
          .credentials = {.systemId = config.text("axis.system_id"),
                          .secret = config.text("axis.secret")},
          .hashStyle = config.text("axis.hash_style") == "padded"
                           ? exchange::axis::HashStyle::Padded
                           : exchange::axis::HashStyle::Unpadded,
          .fetchBy = fetchBy(config.text("axis.fetch"))};
}

directory::SignInPolicy signInPolicy(const base::Config& config) {
  directory::SignInPolicy policy{
      .idle = std::chrono::duration_cast<std::chrono::minutes>(config.duration("session.idle")),
      .absolute =
          std::chrono::duration_cast<std::chrono::hours>(config.duration("session.absolute")),
      .remember = std::chrono::seconds(1)};
  policy.login.freeTries = static_cast<int>(config.integer("sign_in.free_tries"));
  policy.login.longest = seconds(config.duration("sign_in.longest_wait"));
  policy.address.freeTries = static_cast<int>(config.integer("sign_in.address_free_tries"));
  return policy;
}

exchange::hub::HubOptions hubOptions(const base::Config& config) {
  return {
      .timestampAge = seconds(config.duration("hub.timestamp_age")),
      .messageLimit = config.bytes("hub.message_limit"),
      .keepFor = std::chrono::duration_cast<std::chrono::hours>(config.duration("hub.keep_for"))};
}

reminder::SmtpOptions smtpOptions(const base::Config& config) {
  const auto security = config.text("mail.security");
  return {.host = config.text("mail.host"),
          .port = static_cast<std::uint16_t>(config.integer("mail.port")),
          .security = security == "plain" ? reminder::SmtpSecurity::Plain
                      : security == "tls" ? reminder::SmtpSecurity::Tls
                                          : reminder::SmtpSecurity::StartTls,
          .caFile = config.isSet("mail.ca_file") ? config.path("mail.ca_file").string() : "",
          .user = config.text("mail.user"),
          .password = config.text("mail.password"),
          .from = config.text("mail.from"),
          .fromName = config.text("mail.from_name"),
          .heloHost = config.text("mail.helo_host"),
          .timeout = seconds(config.duration("mail.timeout"))};
}

reminder::MailSenderOptions mailOptions(const base::Config& config) {
  reminder::MailSenderOptions options;
  options.attempts = static_cast<int>(config.integer("mail.attempts"));
  // One mail takes a few steps, each of which may wait that long.
  options.lease = std::max(options.lease, 20 * seconds(config.duration("mail.timeout")));
  return options;
}

std::vector<std::filesystem::path> trustFiles(const base::Config& config) {
  std::vector<std::filesystem::path> files;
  for (const auto& file : config.list("signing.trust")) files.emplace_back(file);
  return files;
}

std::filesystem::path dataPath(const base::Config& config, std::string_view key,
                               std::string_view name) {
  return config.isSet(key) ? config.path(key) : config.path("data.directory") / name;
}

intake::FileReaderOptions fileReaderOptions(const base::Config& config) {
  return {.worker = {},
          .ocrProgram = config.text("intake.ocr_program"),
          .ocrLanguage = config.text("intake.ocr_language"),
          .ocrTime =
              std::chrono::duration_cast<std::chrono::seconds>(config.duration("intake.ocr_time")),
          .ocrMemory = config.bytes("intake.ocr_memory")};
}

intake::ReadingOptions readingOptions(const base::Config& config) {
  intake::ReadingOptions options{
      .mostPages = static_cast<int>(config.integer("intake.pages")),
      .mostOcrPages = static_cast<int>(config.integer("intake.ocr_pages"))};
  // A page may take twice its time by the clock; no other process may take it for left meanwhile.
  options.lease = std::max(options.lease, std::chrono::duration_cast<std::chrono::seconds>(
                                              3 * config.duration("intake.ocr_time")));
  return options;
}

search::IndexFolder indexFolder(const base::Config& config) {
  return search::IndexFolder(config.path("data.directory") / "search");
}

std::string publicUrl(const base::Config& config) {
  if (!config.text("server.public_url").empty()) return config.text("server.public_url");
  return std::string(config.isSet("server.tls.certificate") ? "https" : "http") + "://" +
         config.text("server.address") + ":" + std::to_string(config.integer("server.port"));
}

void blockStopSignals() {
  const auto signals = stopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void awaitStopSignal() {
  const auto signals = stopSignals();
  int received = 0;
  sigwait(&signals, &received);
}

}  // namespace eoffice::app
