#include "eoffice/app/office_process.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/http/static_files.h"
#include "base/log.h"
#include "base/templates.h"
#include "eoffice/app/envelope_keys.h"
#include "eoffice/app/front_door.h"
#include "eoffice/app/people_book.h"
#include "eoffice/app/platform.h"
#include "eoffice/app/process_parts.h"
#include "eoffice/app/rule_gauges.h"
#include "eoffice/app/status_routes.h"
#include "eoffice/app/upkeep.h"
#include "eoffice/documents/chain_keeper.h"
#include "eoffice/documents/exchange_desk.h"
#include "eoffice/documents/organs.h"
#include "eoffice/documents/search_content.h"
#include "eoffice/documents/task_audit.h"
#include "eoffice/documents/uploads.h"
#include "eoffice/records/hand_in_warning.h"
#include "eoffice/search/feed.h"
#include "eoffice/search/worker.h"
#include "exchange/delivery/inbox_poller.h"
#include "exchange/delivery/outbox_worker.h"
#include "reminder/engine/reminder_engine.h"
#include "reminder/rules/ladder_files.h"

namespace eoffice::app {
namespace {

using base::Config;

Store openStore(const Config& config) {
  Store store(config, Borrowing::Refused);
  if (store.own() != nullptr) clearTemporary(config);
  store.migrate(config, Kind::Office);
  return store;
}

web::DemoAccounts demoAccounts(const Config& config) {
  web::DemoAccounts demo;
  if (!config.isSet("demo.accounts")) return demo;
  std::ifstream in(config.path("demo.accounts"));
  const auto json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object()) return demo;
  demo.password = json.value("password", "");
  for (const auto& account : json.value("accounts", nlohmann::json::array())) {
    demo.accounts.push_back({account.value("account", ""), account.value("job", "")});
  }
  return demo;
}

std::vector<intake::TypeName> typeNames(const documents::DocumentTypes& types) {
  std::vector<intake::TypeName> names;
  for (const auto& type : types.all()) names.push_back({type.code, type.name});
  return names;
}

bool isSecure(const Config& config) {
  return config.isSet("server.tls.certificate") || config.flag("server.behind_tls_proxy");
}

}  // namespace

struct OfficeProcess::Parts : documents::Wakers {
  explicit Parts(const Config& given);

  void outboxHasWork() override {
    if (outboxWorker) outboxWorker->wake();
  }
  void remindersHaveWork() override { engine.wake(); }
  void filesArrived() override { readingWorker.wake(); }

  documents::Office office();
  void makeExchange();
  void purgeUploads();
  void warnOfHandIn();
  bool ready() { return store.database().answers(); }

  const Config& config;
  std::unique_ptr<base::Clock> clock = makeClock(config);
  const std::filesystem::path share = shareDirectory(&config);
  base::Metrics metrics;

  // What is kept.
  Store store = openStore(config);
  base::BlobStore blobs = blobStore(config);

  // What is said.
  base::Texts texts{share / "templates" / "texts"};
  base::Templates pages{share / "templates", texts};
  base::Templates mails{share / "templates" / "mail", texts, base::Templates::Escape::None};
  base::http::StaticFiles assets{share / "static"};
  documents::DocumentTypes types{share / "config" / "document_types.json"};

  // Tasks and reminders.
  reminder::OneCalendar calendars{orRefuseStart(
      reminder::readCalendar(config.isSet("reminder.calendars") ? config.path("reminder.calendars")
                                                                : share / "config" / "calendars",
                             "vn"))};
  reminder::LadderBook ladders = orRefuseStart(reminder::readLadders(
      config.isSet("reminder.ladders") ? config.path("reminder.ladders")
                                       : share / "config" / "ladders" / "default.json"));
  PeopleBook people;
  reminder::Timers timers{calendars, ladders, people};
  documents::TaskAudit taskAudit{*clock};
  documents::ChainKeeper chainKeeper;
  reminder::TaskService tasks{calendars, {&timers, &taskAudit, &chainKeeper}};
  reminder::TemplateDigestWriter digests{mails, texts, publicUrl(config)};
  reminder::MailOutbox mailOutbox{config.text("server.address")};
  std::unique_ptr<reminder::MailTransport> transport =
      config.text("mail.host").empty() ? nullptr : reminder::makeSmtpTransport(smtpOptions(config));
  std::unique_ptr<reminder::MailSender> mailSender =
      transport ? std::make_unique<reminder::MailSender>(store.database(), *clock, *transport,
                                                         metrics, mailOptions(config))
                : nullptr;
  reminder::ReminderEngine engine{{.database = store.database(),
                                   .clock = *clock,
                                   .metrics = metrics,
                                   .calendars = calendars,
                                   .ladders = ladders,
                                   .people = people,
                                   .timers = timers,
                                   .tasks = tasks,
                                   .digests = digests,
                                   .outbox = mailOutbox,
                                   .mail = mailSender.get()}};

  // Signatures.
  PdfTools pdf{{.trust = trustFiles(config)}};
  Pkcs12KeyStore keys{dataPath(config, "signing.keys", "keys"), *clock};
  EnvelopeKeys envelopeKeys{dataPath(config, "signing.keys", "keys"),
                            config.text("axis.key_password")};

  // What files say.
  intake::ProcessFileReader fileReader{fileReaderOptions(config)};
  intake::ReadingWorker readingWorker{
      store.database(),      blobs, *clock, metrics, fileReader, typeNames(types),
      readingOptions(config)};

  // The exchange; only where there is an axis.
  documents::Organs organs{*clock};
  exchange::delivery::Outbox outbox{*clock, organs};
  documents::ExchangeDesk desk{*clock, types};
  documents::PdfInspector inspector{blobs, pdf, *clock, trustFiles(config)};
  std::unique_ptr<exchange::EnvelopeVerifier> verifier;
  std::unique_ptr<exchange::delivery::OutboxWorker> outboxWorker;
  std::unique_ptr<exchange::delivery::InboxPoller> inboxPoller;

  // What is found.
  documents::SearchContent searchContent;
  search::Searcher searcher;
  search::SearchWorker searchWorker{store.database(), searchContent, indexFolder(config), searcher,
                                    metrics};

  // The door.
  FrontDoor door{
      office(),
      pages,
      assets,
      {.agencyName = config.text("office.name"),
       .signIn = signInPolicy(config),
       .cookies = {.secure = isSecure(config),
                   .cookieSuffix =
                       isSecure(config) ? "" : std::to_string(config.integer("server.port"))},
       .demo = demoAccounts(config),
       .pageCache = config.path("data.directory") / "cache" / "pages",
       .uploadLimit = config.bytes("server.upload_limit")}};
  Upkeep upkeep{{{"sign_in.purge", [this] { door.signIn().purge(); }},
                 {"uploads.purge", [this] { purgeUploads(); }},
                 {"case_files.warn", [this] { warnOfHandIn(); }},
                 {"search.purge", [this] { search::purgeFeeds(store.database()); }}}};
  base::http::Router router;
  std::unique_ptr<base::http::Server> server;
};

documents::Office OfficeProcess::Parts::office() {
  return {.database = store.database(),
          .clock = *clock,
          .blobs = blobs,
          .reader = pdf,
          .signer = pdf,
          .keys = keys,
          .tasks = tasks,
          .outbox = outbox,
          .calendars = calendars,
          .types = types,
          .texts = texts,
          .wakers = *this,
          .trust = trustFiles(config),
          .images = dataPath(config, "signing.images", "images"),
          .temporary = config.path("data.directory") / "temporary",
          .place = config.text("office.place"),
          .searcher = &searcher};
}

void OfficeProcess::Parts::purgeUploads() {
  const auto batch = [this](base::db::Session& session) {
    return documents::purgeUploads(session, clock->now());
  };
  while (store.database().transact(batch)) {
  }
}

void OfficeProcess::Parts::warnOfHandIn() {
  store.database().transact(
      [this](base::db::Session& session) { records::warnOfHandIn(session, clock->now()); });
}

void OfficeProcess::Parts::makeExchange() {
  if (config.text("axis.url").empty()) return;
  const auto trust = trustFiles(config);
  if (!trust.empty()) {
    verifier = std::make_unique<exchange::EnvelopeVerifier>(
        orRefuseStart(exchange::EnvelopeVerifier::fromPemFiles(trust)));
  }
  const exchange::delivery::AxisFactory axis = [this] {
    return std::make_unique<exchange::axis::AxisClient>(axisOptions(config), *clock);
  };
  outboxWorker = std::make_unique<exchange::delivery::OutboxWorker>(
      store.database(), blobs, *clock, metrics, envelopeKeys, desk, axis,
      exchange::delivery::OutboxWorkerOptions{.giveUpAfter =
                                                  std::chrono::duration_cast<std::chrono::hours>(
                                                      config.duration("axis.give_up_after"))});
  const auto temporary = config.path("data.directory") / "temporary";
  std::filesystem::create_directories(temporary);
  inboxPoller = std::make_unique<exchange::delivery::InboxPoller>(
      store.database(), blobs, *clock, metrics, outbox, organs, inspector, verifier.get(), desk,
      [this](const base::Refusal& why) {
        return texts.get(base::Language::Vi, "error." + why.code, why.facts);
      },
      axis, [this] { outboxHasWork(); },
      exchange::delivery::InboxPollerOptions{.interval = config.duration("axis.poll"),
                                             .temporary = temporary});
}

OfficeProcess::Parts::Parts(const Config& given) : config(given) {
  configureLog(config, *clock);
  makeExchange();
  addDatabaseGauges(metrics, store);
  addRuleGauges(metrics, store.database(), *clock, calendars);
  addStatusRoutes(router, metrics, [this] { return ready(); });
  assets.addRoutes(router);
  door.addRoutes(router);
  server = std::make_unique<base::http::Server>(serverOptions(config), router, door.dispatcher(),
                                                metrics, *clock);
}

OfficeProcess::OfficeProcess(const Config& config) : parts_(std::make_unique<Parts>(config)) {}
OfficeProcess::~OfficeProcess() = default;

void OfficeProcess::run() {
  auto& p = *parts_;
  p.engine.start();
  p.readingWorker.start();
  if (p.outboxWorker) p.outboxWorker->start();
  if (p.inboxPoller) p.inboxPoller->start();
  p.searchWorker.start();
  p.upkeep.start();
  p.server->start();
  base::log::info("office.started", {{"port", p.server->port()}});
  awaitStopSignal();
  base::log::info("office.stopping");
  p.server->stop();
  p.upkeep.stop();
  p.searchWorker.stop();
  if (p.inboxPoller) p.inboxPoller->stop();
  if (p.outboxWorker) p.outboxWorker->stop();
  p.readingWorker.stop();
  p.engine.stop();
}

}  // namespace eoffice::app
