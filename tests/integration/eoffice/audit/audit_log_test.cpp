#include "eoffice/audit/audit_log.h"

#include <gtest/gtest.h>

#include "tests/support/manual_clock.h"
#include "tests/support/office_people.h"
#include "tests/support/test_database.h"

namespace {

using namespace eoffice;
using base::db::Session;
using namespace std::chrono_literals;

class AuditLog : public tests::OfficeDatabaseTest {
 protected:
  tests::ManualClock clock_{
      base::LocalDate{std::chrono::year(2026), std::chrono::January, std::chrono::day(6)}};
};

TEST_F(AuditLog, KeepsWhatWasWrittenWithNamesOfTheTime) {
  const auto records = database().transact([&](Session& session) {
    const tests::Office office(session);
    audit::Entry entry;
    entry.act = "document.registered";
    entry.person = office.clerk.person;
    entry.post = office.clerk.post;
    entry.onBehalfOf = office.leader.post;
    entry.agency = office.agency;
    entry.objectKind = "document";
    entry.objectId = 42;
    entry.detail = {{"number", "1234"}, {"notation", "UBND-KGVX"}, {"bad", "\xff"}};
    entry.requestId = std::string(100, 'r');
    entry.address = "::1";
    audit::write(session, clock_, entry);
    session.execute("UPDATE person SET name = 'Tên mới' WHERE id = ?", {office.clerk.person});
    clock_.advance(1s);
    entry.act = "document.submitted";
    entry.person = PersonId();
    entry.post = PostId();
    audit::write(session, clock_, entry);
    return audit::history(session, "document", 42);
  });
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].entry.act, "document.registered");
  EXPECT_EQ(records[0].personName, "Trần Thị Bích");
  EXPECT_EQ(records[0].postTitle, "Văn thư");
  EXPECT_TRUE(records[0].entry.onBehalfOf.valid());
  EXPECT_EQ(records[0].entry.detail[1],
            (std::pair<std::string, std::string>{"notation", "UBND-KGVX"}));
  EXPECT_EQ(records[0].entry.detail[2].second, "\xEF\xBF\xBD");
  EXPECT_EQ(records[0].entry.requestId.size(), 64U);
  EXPECT_EQ(records[1].at - records[0].at, 1s);
  EXPECT_FALSE(records[1].entry.person.valid());
  EXPECT_EQ(records[1].personName, "");
}

TEST_F(AuditLog, ListsWhatOnePersonDidNewestFirst) {
  const auto acts = database().transact([&](Session& session) {
    const tests::Office office(session);
    audit::Entry entry;
    entry.person = office.clerk.person;
    const auto start = clock_.now();
    for (const char* act : {"one", "two", "three", "four"}) {
      entry.act = act;
      audit::write(session, clock_, entry);
      clock_.advance(1h);
    }
    return audit::actsOf(session, office.clerk.person, start + 1h, start + 3h, 10);
  });
  ASSERT_EQ(acts.size(), 2U);
  EXPECT_EQ(acts[0].entry.act, "three");
  EXPECT_EQ(acts[1].entry.act, "two");
}

TEST_F(AuditLog, GoesWithTheTransactionThatItBelongsTo) {
  EXPECT_THROW(database().transact([&](Session& session) {
    audit::write(session, clock_, {.act = "lost"});
    throw std::runtime_error("the act failed");
  }),
               std::runtime_error);
  EXPECT_EQ(database().read(
                [](Session& s) { return s.get("SELECT COUNT(*) FROM audit_entry").integer(0); }),
            0);
}

TEST_F(AuditLog, RefusesToBeChangedOrShortened) {
  database().transact([&](Session& session) { audit::write(session, clock_, {.act = "kept"}); });
  EXPECT_THROW(
      database().transact([](Session& s) { s.execute("UPDATE audit_entry SET act = 'other'"); }),
      base::db::Error);
  EXPECT_THROW(database().transact([](Session& s) { s.execute("DELETE FROM audit_entry"); }),
               base::db::Error);
  EXPECT_EQ(
      database().read([](Session& s) { return s.get("SELECT act FROM audit_entry").text(0); }),
      "kept");
}

}  // namespace
