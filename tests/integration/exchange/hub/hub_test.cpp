#include "exchange/hub/hub.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "base/crypto/digest.h"
#include "exchange/axis/axis_client.h"
#include "tests/support/exchange_fixture.h"
#include "tests/support/run_command.h"

namespace exchange::hub {
namespace {

const std::filesystem::path kSources = EOFFICE_SOURCE_DIR;

class HubTest : public tests::HubDatabaseTest {
 protected:
  void SetUp() override {
    HubDatabaseTest::SetUp();
    server_.importSample();
  }
  axis::AxisClient client(const std::string& system, axis::AxisClientOptions options = {}) {
    options.url = server_.url();
    options.credentials = {system, "secret-of-" + system};
    return {options, clock_};
  }
  axis::OutgoingMessage message(const std::filesystem::path& file) {
    return {.from = "H32", .file = file, .digest = digestOf(file)};
  }
  static std::string digestOf(const std::filesystem::path& file) {
    std::ifstream bytes(file, std::ios::binary);
    std::stringstream all;
    all << bytes.rdbuf();
    return base::sha256(all.str());
  }

  tests::ManualClock clock_{
      base::LocalDate{std::chrono::year(2026), std::chrono::month(1), std::chrono::day(6)},
      std::chrono::hours(10)};
  tests::HubServer server_{clock_};
  const std::filesystem::path sample_ = kSources / "tests/data/edxml/document-new.edxml";
  const std::filesystem::path status_ = kSources / "tests/data/edxml/status-03-received.edxml";
};

TEST_F(HubTest, ServesAClientThatSharesNoCodeWithIt) {
  const auto result = tests::runCommand(
      "python3 '" + (kSources / "tests/integration/exchange/hub/foreign_client.py").string() +
      "' " + std::to_string(server_.port()) + " " + axis::timestampText(clock_.now()) + " '" +
      sample_.string() + "' '" + status_.string() + "'");
  EXPECT_EQ(result.status, 0) << result.output;
}

TEST_F(HubTest, ServesOurClient) {
  auto province = client("H32.01");
  const auto docId = province.sendEdoc(message(sample_));
  ASSERT_TRUE(docId) << docId.error().description;
  EXPECT_EQ(province.sendEdoc(message(sample_)).value(), *docId);

  for (const auto by :
       {axis::AxisClientOptions::FetchBy::Auto, axis::AxisClientOptions::FetchBy::GetEdoc,
        axis::AxisClientOptions::FetchBy::DownloadEdoc}) {
    auto ward = client("ward", {.fetchBy = by});
    const auto listed = ward.receivedList(axis::MessageKind::Document);
    ASSERT_TRUE(listed);
    ASSERT_EQ(listed->size(), 1u);
    EXPECT_EQ(listed->front().to, "H32.21");
    std::string bytes;
    const auto fetched =
        ward.fetch(listed->front().docId, [&](std::string_view piece) { bytes += piece; });
    ASSERT_TRUE(fetched) << fetched.error().description;
    EXPECT_EQ(base::sha256(bytes), digestOf(sample_));
    const auto missing = ward.fetch("0", [](std::string_view) { FAIL(); });
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, axis::AxisFault::Kind::Permanent);
  }
  auto ward = client("ward");
  const std::string received = ward.receivedList(axis::MessageKind::Document)->front().docId;
  EXPECT_TRUE(ward.updateStatus(received, axis::TransportState::Done));
  EXPECT_TRUE(ward.receivedList(axis::MessageKind::Document)->empty());

  const auto sent = province.sentList(axis::MessageKind::Document, *docId);
  ASSERT_TRUE(sent);
  ASSERT_EQ(sent->size(), 2u);
  EXPECT_EQ(sent->front().receiverDocId, received);
  EXPECT_EQ(sent->front().receiveStatus, "done");
}

TEST_F(HubTest, SpeaksThePaddedHashToo) {
  EXPECT_TRUE(client("H32.01", {.hashStyle = axis::HashStyle::Padded}).sendEdoc(message(sample_)));
}

TEST_F(HubTest, TellsTheDirectoryToOurClient) {
  auto province = client("H32.01");
  std::map<std::string, axis::ListedAgency> byCode;
  const auto note = [&](const axis::ListedAgency& agency) { byCode[agency.code] = agency; };
  ASSERT_TRUE(province.agenciesQd20(note));
  EXPECT_EQ(byCode["H32.21"].code102, "000.00.21.H32");
  ASSERT_TRUE(province.synchronizeUnits(note));
  EXPECT_TRUE(byCode["H32.99"].deleted);
  ASSERT_TRUE(province.agencies(note));
  EXPECT_EQ(byCode["H32.48"].name, "Xã Diên Khánh");
}

TEST_F(HubTest, RefusalsArePermanentFaultsForOurClient) {
  auto stranger = client("ward");
  const auto refused = stranger.sendEdoc(message(sample_));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "19");
  EXPECT_EQ(refused.error().kind, axis::AxisFault::Kind::Permanent);
  EXPECT_EQ(server_.count("SELECT COUNT(*) FROM hub_message"), 0);
}

TEST_F(HubTest, ManyWhoSendTheSameAtOnceGetOneMessage) {
  std::vector<std::thread> threads;
  std::vector<std::string> docIds(4);
  for (std::string& docId : docIds) {
    threads.emplace_back([&] {
      auto province = client("H32.01");
      const auto sent = province.sendEdoc(message(sample_));
      docId = sent ? *sent : sent.error().description;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const std::string& docId : docIds) {
    EXPECT_EQ(docId, docIds.front());
  }
  EXPECT_EQ(server_.count("SELECT COUNT(*) FROM hub_message"), 1);
  EXPECT_EQ(server_.count("SELECT COUNT(*) FROM hub_delivery"), 2);
}

TEST_F(HubTest, ImportIsIdempotentAndAllOrNothing) {
  const std::string versions = "SELECT SUM(version) FROM hub_agency";
  const auto before = server_.count(versions);
  server_.importSample();
  EXPECT_EQ(server_.count(versions), before);
  EXPECT_EQ(server_.count("SELECT COUNT(*) FROM hub_agency"), 6);

  const auto refused = server_.hub().import(
      {.systems = {{"new", "secret", "", false}},
       .agencies = {{"H1", "", "", "A", "", "new"}, {"H2", "000.00.00.H32", "", "B", "", "none"}}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "hub.unknown_system");
  ASSERT_EQ(refused.error().others.size(), 1u);
  EXPECT_EQ(refused.error().others.front().code, "hub.code_twice");
  EXPECT_EQ(server_.count("SELECT COUNT(*) FROM hub_system WHERE system_id = 'new'"), 0);

  EXPECT_EQ(server_.hub().import({.systems = {{"a b", "x", "", false}}}).error().code,
            "hub.bad_code");
  EXPECT_EQ(
      server_.hub().import({.agencies = {{"H1", "", "", "A"}, {"h1", "", "", "B"}}}).error().code,
      "hub.code_twice");
}

TEST_F(HubTest, TellsTheDepthOfItsQueues) {
  ASSERT_TRUE(client("H32.01").sendEdoc(message(sample_)));
  EXPECT_NE(server_.metrics().render().find("hub_queue_depth{kind=\"edoc\"} 2"), std::string::npos);
}

}  // namespace
}  // namespace exchange::hub
