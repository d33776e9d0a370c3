// Two whole offices and a hub in one process, over loopback: the ground that the tests of this
// folder stand on.
#pragma once

#include <gtest/gtest.h>

#include "base/crypto/digest.h"
#include "exchange/envelope/writer.h"
#include "tests/support/exchange_fixture.h"

namespace exchange::delivery {

using std::chrono::hours;
using std::chrono::seconds;

inline tests::TestDatabase& wardRows() {
  static tests::TestDatabase rows("exchange_ward", tests::kOfficeMigrations);
  return rows;
}

class TwoOffices : public tests::HubDatabaseTest {
 protected:
  void SetUp() override {
    HubDatabaseTest::SetUp();
    hub_.importSample();
  }
  /// Until nothing moves any more; the clock passes every pause and lease.
  void settle() {
    int idle = 0;
    for (int round = 0; round < 60 && idle < 2; ++round) {
      const std::size_t moved = province_.tick() + ward_.tick();
      idle = moved == 0 ? idle + 1 : 0;
      clock_.advance(moved == 0 ? seconds(150) : seconds(1));
    }
  }
  DeliveryState stateAt(const std::string& organId, DocumentRef document = 1) {
    for (const ReceiverDelivery& delivery : province_.deliveries(document)) {
      if (delivery.organId == organId) {
        return delivery.state;
      }
    }
    ADD_FAILURE() << "no delivery to " << organId;
    return DeliveryState::Other;
  }
  std::vector<DeliveryState> eventsAt(const std::string& organId) {
    std::vector<DeliveryState> states;
    for (const ReceiverDelivery& delivery : province_.deliveries()) {
      if (delivery.organId == organId) {
        for (const DeliveryEvent& event : delivery.events) {
          states.push_back(event.state);
        }
      }
    }
    return states;
  }
  base::Result<OutboxId> answer(InboxId inbox, const std::string& code,
                                const std::string& description = "") {
    return ward_.rows.transact([&](base::db::Session& session) {
      return ward_.outbox.answer(session,
                                 {.inbox = inbox, .statusCode = code, .description = description});
    });
  }
  base::Result<OutboxId> askBack(const std::string& organId) {
    return province_.rows.transact([&](base::db::Session& session) {
      return province_.outbox.askBack(session, 1, organId, "Sai thẩm quyền", {.staff = "B"});
    });
  }
  DocumentEnvelope toWard(std::string_view bytes = "%PDF-1.7 test %%EOF") {
    DocumentEnvelope envelope = province_.sample(bytes);
    envelope.to.pop_back();
    return envelope;
  }
  /// Puts an envelope into the hub as a foreign system would.
  void sendRaw(const std::string& system, const std::string& from, const std::string& bytes,
               axis::MessageKind kind) {
    const base::BlobRef blob = foreignBlobs_.put(bytes);
    axis::AxisClient client({.url = hub_.url(), .credentials = {system, "secret-of-" + system}},
                            clock_);
    const auto sent = client.sendEdoc({.kind = kind,
                                       .from = from,
                                       .file = foreignBlobs_.path(blob.sha256),
                                       .digest = base::sha256(bytes)});
    ASSERT_TRUE(sent) << sent.error().code << sent.error().description;
  }
  std::string written(const DocumentEnvelope& envelope) {
    std::string xml;
    const auto done = writeEnvelope(envelope, base::localDate(clock_.now()), province_.blobs,
                                    [&](std::string_view bytes) { xml += bytes; });
    EXPECT_TRUE(done);
    return xml;
  }
  static std::string written(const StatusEnvelope& envelope) {
    std::string xml;
    EXPECT_TRUE(writeEnvelope(envelope, [&](std::string_view bytes) { xml += bytes; }));
    return xml;
  }

  tests::ManualClock clock_{tests::kToday, hours(10)};
  tests::HubServer hub_{clock_};
  tests::TestOffice province_{tests::TestDatabase::office(), hub_, clock_, "H32.01", {"H32"}};
  tests::TestOffice ward_{wardRows(), hub_, clock_, "ward", {"H32.21"}};
  tests::TemporaryFolder foreign_;
  base::BlobStore foreignBlobs_{foreign_.path() / "blobs", 0};
};

}  // namespace exchange::delivery
