// What the hub takes away by itself, and what it never does.
#include <gtest/gtest.h>

#include <thread>

#include "base/crypto/digest.h"
#include "exchange/envelope/writer.h"
#include "exchange/hub/message_store.h"
#include "exchange/hub/purge_internal.h"
#include "tests/support/exchange_fixture.h"

namespace exchange::hub {
namespace {

using std::chrono::hours;
using tests::TestDatabase;

constexpr hours kDay{24};

class HubPurge : public tests::HubDatabaseTest {
 protected:
  void SetUp() override {
    HubDatabaseTest::SetUp();
    server_.importSample();
  }
  axis::AxisClient client(const std::string& system) {
    return {{.url = server_.url(), .credentials = {system, "secret-of-" + system}}, clock_};
  }
  /// The sample document as bytes, to H32.21 and H32.48.
  std::string envelope(std::string_view attachment = "%PDF-1.7 test %%EOF") {
    DocumentEnvelope document = tests::sampleDocument();
    document.attachments.push_back(tests::attachmentOf(files_, "a.pdf", attachment));
    return written(document);
  }
  std::string written(const DocumentEnvelope& document) {
    std::string xml;
    EXPECT_TRUE(writeEnvelope(document, tests::kToday, files_,
                              [&](std::string_view bytes) { xml += bytes; }));
    return xml;
  }
  axis::AxisResult<std::string> send(const std::string& bytes, std::vector<std::string> to = {}) {
    const base::BlobRef file = files_.put(bytes);
    return client("H32.01").sendEdoc({.from = "H32",
                                      .to = std::move(to),
                                      .file = files_.path(file.sha256),
                                      .digest = base::sha256(bytes)});
  }
  void acknowledge(const std::string& system,
                   axis::TransportState state = axis::TransportState::Done) {
    auto receiver = client(system);
    const auto list = receiver.receivedList(axis::MessageKind::Document);
    ASSERT_TRUE(list);
    for (const auto& listed : *list) {
      EXPECT_TRUE(receiver.updateStatus(listed.docId, state));
    }
  }
  std::int64_t rows() {
    return server_.count(
        "SELECT (SELECT COUNT(*) FROM hub_message) + (SELECT COUNT(*) FROM hub_delivery)");
  }
  bool hasFile(const std::string& bytes) { return server_.blobs().has(base::sha256Hex(bytes)); }
  Workshop shop() { return {server_.database(), server_.blobs(), clock_, options_}; }

  tests::ManualClock clock_{tests::kToday, hours(10)};
  const HubOptions options_;
  tests::HubServer server_{clock_};
  tests::TemporaryFolder folder_;
  base::BlobStore files_{folder_.path() / "blobs", 0};
};

TEST_F(HubPurge, TakesAwayWhatEveryReceiverHasHadForLong) {
  const std::string bytes = envelope();
  ASSERT_TRUE(send(bytes));
  acknowledge("ward");
  clock_.advance(400 * kDay);
  EXPECT_EQ(server_.hub().purge(), 0u) << "one receiver has not fetched it";
  EXPECT_EQ(rows(), 3);
  EXPECT_TRUE(hasFile(bytes));

  acknowledge("other", axis::TransportState::Fail);
  clock_.advance(89 * kDay);
  EXPECT_EQ(server_.hub().purge(), 0u) << "the time counts from the last acknowledgement";
  EXPECT_TRUE(hasFile(bytes));
  clock_.advance(2 * kDay);
  EXPECT_EQ(server_.hub().purge(), 1u);
  EXPECT_EQ(rows(), 0);
  EXPECT_FALSE(hasFile(bytes));
  EXPECT_EQ(server_.count("SELECT COUNT(*) FROM hub_blob_doomed"), 0);
  EXPECT_EQ(server_.hub().purge(), 0u);
}

TEST_F(HubPurge, KeepsAFileThatAnotherMessageNeeds) {
  const std::string bytes = envelope();
  ASSERT_TRUE(send(bytes, {"H32.21"}));
  acknowledge("ward");
  clock_.advance(91 * kDay);
  ASSERT_TRUE(send(bytes, {"H32.48"}));
  EXPECT_EQ(server_.hub().purge(), 1u);
  auto other = client("other");
  std::string fetched;
  const auto list = other.receivedList(axis::MessageKind::Document);
  ASSERT_EQ(list->size(), 1u);
  ASSERT_TRUE(other.fetch(list->front().docId, [&](std::string_view piece) { fetched += piece; }));
  EXPECT_EQ(fetched, bytes);
}

TEST_F(HubPurge, WorksThroughManyInBatches) {
  for (int i = 0; i < 230; ++i) {
    server_.database().transact([&](base::db::Session& session) {
      const std::string id = std::to_string(i);
      const base::BlobRef blob = server_.blobs().put("bytes " + id);
      message_store::add(
          session,
          {.docId = "m" + id, .sameKey = base::sha256Hex(id), .systemId = "H32.01", .blob = blob},
          {{"d" + id, "H32.21", "ward"}}, clock_.now());
      EXPECT_TRUE(message_store::setState(session, "ward", "d" + id, axis::TransportState::Done, "",
                                          clock_.now()));
    });
  }
  clock_.advance(91 * kDay);
  EXPECT_EQ(server_.hub().purge(), 230u);
  EXPECT_EQ(rows(), 0);
  EXPECT_FALSE(hasFile("bytes 0"));
  EXPECT_FALSE(hasFile("bytes 229"));
}

TEST_F(HubPurge, AFileOfAMessageThatNobodyGetsDoesNotStay) {
  DocumentEnvelope document = tests::sampleDocument();
  document.to = {{"H32.404"}};
  document.attachments.push_back(tests::attachmentOf(files_, "a.pdf", "%PDF-1.7 %%EOF"));
  const std::string bytes = written(document);
  const auto sent = send(bytes);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, "18");
  EXPECT_TRUE(hasFile(bytes));
  server_.hub().purge();
  EXPECT_FALSE(hasFile(bytes));
}

TEST_F(HubPurge, WaitsForAMessageThatIsBeingRecorded) {
  const base::BlobRef blob = server_.blobs().put("shared bytes");
  server_.database().transact(
      [&](base::db::Session& session) { doomBlob(session, blob.sha256, clock_.now()); });
  std::thread purge;
  server_.database().apart([&](base::db::Session& session) {
    session.runPlain("START TRANSACTION");
    message_store::add(
        session,
        {.docId = "m", .sameKey = std::string(64, '0'), .systemId = "H32.01", .blob = blob},
        {{"d", "H32.21", "ward"}}, clock_.now());
    purge = std::thread([this] { purgeFiles(shop()); });
    const auto isWaiting = [&] {
      return server_.count(
                 "SELECT variable_value FROM information_schema.global_status "
                 "WHERE variable_name = 'innodb_row_lock_current_waits'") > 0;
    };
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!isWaiting() && std::chrono::steady_clock::now() < patience) {
      std::this_thread::yield();
    }
    EXPECT_TRUE(isWaiting());
    EXPECT_TRUE(server_.blobs().has(blob.sha256));
    session.runPlain("COMMIT");
  });
  purge.join();
  EXPECT_TRUE(server_.blobs().has(blob.sha256));
  EXPECT_EQ(server_.count("SELECT COUNT(*) FROM hub_blob_doomed"), 0);
}

TEST_F(HubPurge, AFileThatWentBeforeItsMessageWasRecordedIsAskedForAgain) {
  const base::BlobRef blob = server_.blobs().put("shared bytes");
  const auto spared = [&] {
    return server_.database().transact([&](base::db::Session& session) {
      return spareBlob(session, server_.blobs(), blob.sha256);
    });
  };
  EXPECT_TRUE(spared());
  server_.database().transact(
      [&](base::db::Session& session) { doomBlob(session, blob.sha256, clock_.now()); });
  EXPECT_TRUE(spared());
  EXPECT_EQ(purgeFiles(shop()), 0u) << "no longer doomed";
  server_.database().transact(
      [&](base::db::Session& session) { doomBlob(session, blob.sha256, clock_.now()); });
  EXPECT_EQ(purgeFiles(shop()), 1u);
  EXPECT_FALSE(spared());
}

TEST_F(HubPurge, ForgetsRequestsWhoseHeadersAreNoLongerGood) {
  server_.database().transact([&](base::db::Session& session) {
    session.execute(
        "INSERT INTO hub_admin_request (system_id, mac, body_sha256, seen_at) VALUES ('centre', "
        "'m', 'b', ?)",
        {clock_.now()});
  });
  const auto remembered = [&] {
    server_.hub().purge();
    return server_.count("SELECT COUNT(*) FROM hub_admin_request");
  };
  clock_.advance(options_.timestampAge + options_.timestampAhead);
  EXPECT_EQ(remembered(), 1);
  clock_.advance(std::chrono::seconds(1));
  EXPECT_EQ(remembered(), 0);
}

}  // namespace
}  // namespace exchange::hub
