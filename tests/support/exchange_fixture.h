// A hub on a real port and whole offices around it, in one process: the ground for tests of the
// exchange. Offices are ticked by the test, so nothing waits. Every transaction and every call to
// the axis is a step at which an office can be killed (Steps).
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/http/server.h"
#include "exchange/axis/axis_client.h"
#include "exchange/delivery/inbox_poller.h"
#include "exchange/delivery/outbox.h"
#include "exchange/delivery/outbox_worker.h"
#include "exchange/hub/hub.h"
#include "tests/support/envelope_fixture.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_database.h"

namespace tests {

/// The process was killed here. No std::exception, so nothing between swallows it.
struct Killed {};

/// Counts what an office does, and kills it at one step.
struct Steps {
  int next = 0;
  int killAt = -1;
  void pass() {
    if (next++ == killAt) {
      throw Killed{};
    }
  }
};

/// A database whose transactions are steps: killed before, or after the commit.
class SteppedDatabase : public base::db::Database {
 public:
  SteppedDatabase(base::db::Database& inner, Steps& steps) : inner_(inner), steps_(steps) {}
  void apart(const std::function<void(base::db::Session&)>& work) override { inner_.apart(work); }
  [[nodiscard]] PoolState pool() const override { return inner_.pool(); }
  [[nodiscard]] bool answers() override { return inner_.answers(); }

 protected:
  void runTransaction(const std::function<Outcome(base::db::Session&)>& work) override {
    steps_.pass();
    static_cast<void>(inner_.transact([&](base::db::Session& session) -> tl::expected<int, int> {
      return work(session) == Outcome::Commit ? tl::expected<int, int>(0) : tl::unexpected(0);
    }));
    steps_.pass();
  }
  void runRead(const std::function<void(base::db::Session&)>& work) override {
    steps_.pass();
    inner_.read([&](base::db::Session& session) { work(session); });
  }

 private:
  base::db::Database& inner_;
  Steps& steps_;
};

/// An axis whose calls are steps, and that can be made to answer wrongly.
class SteppedAxis : public exchange::axis::Axis {
 public:
  /// What a test makes of the calls; shared by all axes of an office.
  struct Trouble {
    int silent = 0;      ///< So many calls do not reach the axis.
    int lostAnswer = 0;  ///< So many calls reach it, and their answer is lost.
  };
  SteppedAxis(std::unique_ptr<exchange::axis::Axis> inner, Steps& steps, Trouble& trouble)
      : inner_(std::move(inner)), steps_(steps), trouble_(trouble) {}

  exchange::axis::AxisResult<std::string> sendEdoc(
      const exchange::axis::OutgoingMessage& message) override {
    return around([&] { return inner_->sendEdoc(message); });
  }
  exchange::axis::AxisResult<std::vector<exchange::axis::ListedMessage>> receivedList(
      exchange::axis::MessageKind kind) override {
    return around([&] { return inner_->receivedList(kind); });
  }
  exchange::axis::AxisResult<void> fetch(const std::string& docId,
                                         const exchange::axis::ByteSink& sink) override {
    return around([&] { return inner_->fetch(docId, sink); });
  }
  exchange::axis::AxisResult<void> updateStatus(const std::string& docId,
                                                exchange::axis::TransportState state) override {
    return around([&] { return inner_->updateStatus(docId, state); });
  }
  exchange::axis::AxisResult<std::vector<exchange::axis::SentMessage>> sentList(
      exchange::axis::MessageKind kind, const std::string& docId) override {
    return around([&] { return inner_->sentList(kind, docId); });
  }

 private:
  template <class Call>
  auto around(const Call& call) -> decltype(call()) {
    steps_.pass();
    if (trouble_.silent > 0) {
      --trouble_.silent;
      return tl::unexpected(away());
    }
    auto answer = call();
    steps_.pass();
    if (trouble_.lostAnswer > 0) {
      --trouble_.lostAnswer;
      return tl::unexpected(away());
    }
    return answer;
  }
  static exchange::axis::AxisFault away() {
    return {exchange::axis::AxisFault::Kind::Transient, "transport", "the test cut the line"};
  }

  std::unique_ptr<exchange::axis::Axis> inner_;
  Steps& steps_;
  Trouble& trouble_;
};

class HubServer {
 public:
  explicit HubServer(const base::Clock& clock, exchange::hub::HubOptions options = {})
      : blobs_(folder_.path() / "blobs", 0),
        hub_(TestDatabase::hub().database(), blobs_, clock, metrics_, options) {
    hub_.addRoutes(router_);
    server_ = std::make_unique<base::http::Server>(
        base::http::ServerOptions{.port = 0, .threads = 4}, router_, dispatcher_, metrics_, clock);
    server_->start();
  }
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_->port());
  }
  [[nodiscard]] int port() const { return server_->port(); }
  exchange::hub::Hub& hub() { return hub_; }
  base::Metrics& metrics() { return metrics_; }
  base::BlobStore& blobs() { return blobs_; }
  base::db::Database& database() { return TestDatabase::hub().database(); }
  std::int64_t count(std::string_view sql) {
    return database().read([&](base::db::Session& s) { return s.get(sql).integer(0); });
  }

  /// Systems `H32.01` (agencies H32, H32.05), `ward` (H32.21), `other` (H32.48), the administrator
  /// `centre`; H32.99 is closed, H32.77 not connected. Secrets are `secret-of-<system>`.
  void importSample() {
    const auto imported = hub_.import(
        {.systems = {{"H32.01", "secret-of-H32.01", "Province", false},
                     {"ward", "secret-of-ward", "Ward", false},
                     {"other", "secret-of-other", "Commune", false},
                     {"centre", "secret-of-centre", "Centre", true}},
         .agencies = {{"H32", "000.00.00.H32", "", "Ủy ban nhân dân tỉnh Khánh Hòa", "", "H32.01"},
                      {"H32.05", "000.00.05.H32", "H32", "Sở Nội vụ", "", "H32.01"},
                      {"H32.21", "000.00.21.H32", "H32", "Phường Nha Trang", "", "ward"},
                      {"H32.48", "", "H32", "Xã Diên Khánh", "", "other"},
                      {"H32.77", "", "H32", "Chưa kết nối", "", ""},
                      {"H32.99", "", "H32", "Đã đóng", "", "other", true}}});
    ASSERT_TRUE(imported) << imported.error().code;
  }

 private:
  TemporaryFolder folder_;
  base::BlobStore blobs_;
  base::Metrics metrics_;
  exchange::hub::Hub hub_;
  base::http::Router router_;
  exchange::hub::HubDispatcher dispatcher_;
  std::unique_ptr<base::http::Server> server_;
};

/// What an office was told, by name; calls of transactions that were rolled back too.
class ToldEvents : public exchange::delivery::DeliveryEvents {
 public:
  exchange::delivery::DocumentRef documentArrived(
      base::db::Session&, const exchange::delivery::ReceivedDocument& document) override {
    if (document.envelope.subject == poison) {
      throw std::logic_error("the office cannot take this one in");
    }
    arrived.push_back(document);
    return 1000 + document.inbox.value();
  }
  void documentRefused(base::db::Session&, const exchange::delivery::ReceivedDocument& document,
                       const base::Refusal& why) override {
    refused.emplace_back(document, why);
  }
  void deliveryChanged(base::db::Session&,
                       const exchange::delivery::DeliveryChange& change) override {
    changes.push_back(change);
  }
  void recallAsked(base::db::Session&, const exchange::delivery::RecallRequest& request) override {
    recalls.push_back(request);
  }
  void answerFailed(base::db::Session&, exchange::delivery::InboxId, const std::string& code,
                    const std::string& why) override {
    failedAnswers.emplace_back(code, why);
  }

  std::string poison = "none";  ///< A document with this subject is a failure of ours.
  std::vector<exchange::delivery::ReceivedDocument> arrived;
  std::vector<std::pair<exchange::delivery::ReceivedDocument, base::Refusal>> refused;
  std::vector<exchange::delivery::DeliveryChange> changes;
  std::vector<exchange::delivery::RecallRequest> recalls;
  std::vector<std::pair<std::string, std::string>> failedAnswers;
};

class TestOrgans : public exchange::delivery::OrganDirectory {
 public:
  explicit TestOrgans(std::set<std::string> own) : own_(std::move(own)) {}
  std::string canonical(base::db::Session&, const std::string& code) override {
    const auto found = forms.find(code);
    return found == forms.end() ? code : found->second;
  }
  bool isOwn(base::db::Session& session, const std::string& code) override {
    return own_.count(canonical(session, code)) > 0;
  }
  exchange::Organ describe(base::db::Session&, const std::string& code) override {
    return {.organId = code, .name = "Cơ quan " + code};
  }

  std::map<std::string, std::string> forms = {{"000.00.00.H32", "H32"},
                                              {"000.00.21.H32", "H32.21"}};

 private:
  std::set<std::string> own_;
};

/// Calls a file damaged whose bytes begin with "damaged".
class TestInspector : public exchange::delivery::AttachmentInspector {
 public:
  explicit TestInspector(const base::BlobStore& blobs) : blobs_(blobs) {}
  std::vector<exchange::delivery::AttachmentRemark> inspect(
      const exchange::Attachment& attachment) override {
    using Remark = exchange::delivery::AttachmentRemark;
    if (blobs_.read(attachment.blob.sha256).rfind("damaged", 0) == 0) {
      return {Remark{Remark::Weight::Damaged, "test.damaged", ""}};
    }
    return {};
  }

 private:
  const base::BlobStore& blobs_;
};

class TestKeys : public exchange::delivery::SigningKeys {
 public:
  const exchange::EnvelopeSigner* signerFor(const std::string&) override { return signer; }
  const exchange::EnvelopeSigner* signer = nullptr;
};

/// The exchange's part of an office: all of it but the office above.
class TestOffice {
 public:
  TestOffice(TestDatabase& schema, const HubServer& hub, ManualClock& hubClock,
             const std::string& systemId, std::set<std::string> own)
      : database(schema.database(), steps),
        rows(schema.database()),
        clock(hubClock),
        blobs(folder_.path() / "blobs", 0),
        organs(std::move(own)),
        inspector(blobs),
        outbox(clock, organs),
        axisOptions_{.url = hub.url(), .credentials = {systemId, "secret-of-" + systemId}} {
    schema.clear();
    start();
  }

  /// As after the start of the process: nothing is left but rows and blobs.
  void start() {
    poller.reset();
    worker.reset();
    metrics = std::make_unique<base::Metrics>();
    worker = std::make_unique<exchange::delivery::OutboxWorker>(
        database, blobs, clock, *metrics, keys, events, axisFactory(), workerOptions);
    poller = std::make_unique<exchange::delivery::InboxPoller>(
        database, blobs, clock, *metrics, outbox, organs, inspector, verifier, events,
        [](const base::Refusal& refusal) { return "vì " + refusal.code; }, axisFactory(),
        [this] { worker->wake(); }, pollerOptions);
  }
  /// One round of everything.
  std::size_t tick() { return worker->tick() + poller->tick() + worker->tick(); }

  [[nodiscard]] exchange::delivery::AxisFactory axisFactory() {
    return [this] {
      return std::make_unique<SteppedAxis>(
          std::make_unique<exchange::axis::AxisClient>(axisOptions_, clock), steps, trouble);
    };
  }
  void fetchBy(exchange::axis::AxisClientOptions::FetchBy by) { axisOptions_.fetchBy = by; }
  exchange::DocumentEnvelope sample(std::string_view bytes = "%PDF-1.7 test %%EOF") {
    exchange::DocumentEnvelope envelope = sampleDocument();
    envelope.attachments.push_back(attachmentOf(blobs, "cong-van.pdf", bytes));
    return envelope;
  }
  base::Result<exchange::delivery::OutboxId> send(exchange::DocumentEnvelope envelope,
                                                  exchange::delivery::DocumentRef document = 1) {
    return rows.transact([&](base::db::Session& session) {
      return outbox.enqueueDocument(session, {document, envelope});
    });
  }
  std::vector<exchange::delivery::ReceiverDelivery> deliveries(
      exchange::delivery::DocumentRef document = 1) {
    return rows.read([&](base::db::Session& session) {
      return exchange::delivery::deliveriesOf(session, document);
    });
  }
  std::int64_t count(std::string_view sql) {
    return rows.read([&](base::db::Session& s) { return s.get(sql).integer(0); });
  }

  Steps steps;
  SteppedAxis::Trouble trouble;
  SteppedDatabase database;  ///< What workers use: each transaction is a step.
  base::db::Database& rows;  ///< The same rows, for the test.
  ManualClock& clock;

 private:
  TemporaryFolder folder_;

 public:
  base::BlobStore blobs;
  std::unique_ptr<base::Metrics> metrics;
  TestOrgans organs;
  TestInspector inspector;
  TestKeys keys;
  const exchange::EnvelopeVerifier* verifier = nullptr;
  ToldEvents events;
  exchange::delivery::Outbox outbox;
  exchange::delivery::OutboxWorkerOptions workerOptions;
  exchange::delivery::InboxPollerOptions pollerOptions;
  std::unique_ptr<exchange::delivery::OutboxWorker> worker;
  std::unique_ptr<exchange::delivery::InboxPoller> poller;

 private:
  exchange::axis::AxisClientOptions axisOptions_;
};

}  // namespace tests
