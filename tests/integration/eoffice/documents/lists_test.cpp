// Lists on random data: every page by key, joined, is the whole list in its order; nobody finds
// what they may not see; what changes of a document changes in the lists.
#include <gtest/gtest.h>

#include <random>

#include "eoffice/directory/permissions.h"
#include "eoffice/documents/lists.h"
#include "eoffice/documents/reading.h"
#include "eoffice/documents/repository.h"

#include "tests/support/office_people.h"
#include "tests/support/test_database.h"

namespace {

using base::db::Session;
using eoffice::Caller;
using eoffice::DocumentId;
using eoffice::documents::Direction;
using eoffice::documents::ListFilter;
using eoffice::documents::Order;
using eoffice::documents::Page;
using eoffice::documents::Part;
using eoffice::documents::State;
using eoffice::documents::Urgency;

const base::LocalDate kDay = *base::parseIsoDate("2026-01-06");
const base::Instant kNow = *base::parseIsoInstant("2026-01-06T02:00:00.000000Z");
constexpr int kDocuments = 60;

class Lists : public tests::OfficeDatabaseTest {
 protected:
  void SetUp() override {
    OfficeDatabaseTest::SetUp();
    database().transact([&](Session& session) {
      people.emplace(session);
      ward.emplace(session, "H32.21", "Ủy ban nhân dân phường Nha Trang", ".nt");
      for (int i = 0; i < kDocuments; ++i) add(session);
    });
  }

  int dice(int sides) { return std::uniform_int_distribution<int>(0, sides - 1)(random); }

  // A document of a random kind, made as the acts make them: inserted, changed, parts added.
  DocumentId add(Session& session) {
    const auto& office = dice(4) == 0 ? *ward : *people;
    const auto direction = dice(2) == 0 ? Direction::Incoming : Direction::Outgoing;
    eoffice::documents::Fields fields{
        .typeName = dice(2) == 0 ? "Công văn" : "Báo cáo",
        .issuerName = dice(2) == 0 ? "Sở Tài chính" : "Văn phòng Chính phủ",
        .subject = "V/v việc " + std::to_string(dice(5)),
        .urgency = static_cast<Urgency>(dice(4))};
    if (dice(2) == 0) fields.dueDate = base::addDays(kDay, dice(10) - 5);
    const auto id = eoffice::documents::insertDocument(
        session, office.agency, direction,
        direction == Direction::Incoming ? State::Arrived : State::Draft, fields, "",
        office.clerk.post, kNow);
    if (direction == Direction::Incoming) {
      eoffice::documents::insertIncoming(session, id, {.receivedAt = kNow}, "");
    } else {
      eoffice::documents::insertOutgoing(
          session, id, {.drafter = office.official.post, .signer = office.leader.post});
    }
    fields.issuedDate = base::addDays(kDay, -dice(9));
    eoffice::documents::updateFields(session, id, fields, kNow);
    if (direction == Direction::Incoming && dice(2) == 0) {
      const auto book = session.insert(
          "/* test */ INSERT INTO document_book (agency_id, direction, kind, year) VALUES (?, 1, "
          "?, 2026)",
          {office.agency, std::to_string(id.value())});
      eoffice::documents::setArrivalNumber(session, id, book, 1, base::addDays(kDay, -dice(5)));
      eoffice::documents::setState(session, id, dice(2) == 0 ? State::Registered : State::Finished,
                                   kNow);
    }
    for (const auto& who : {office.official, office.headOfUnit}) {
      if (dice(2) == 0) continue;
      eoffice::documents::addPart(session, id, office.agency, who.post,
                                  dice(2) == 0 ? Part::Support : Part::Lead);
      eoffice::documents::addPart(session, id, office.agency, who.post, Part::Informed);
    }
    return id;
  }

  static std::vector<std::int64_t> ids(const std::vector<eoffice::documents::ListRow>& rows) {
    std::vector<std::int64_t> out;
    for (const auto& row : rows) out.push_back(row.id.value());
    return out;
  }

  // What the list should be: every document that the right's own condition lets through.
  static std::vector<std::int64_t> expected(Session& session, const Caller& caller,
                                            const std::string& condition, Order order) {
    const char* by = order == Order::Newest   ? "d.id DESC"
                     : order == Order::Oldest ? "d.id"
                     : order == Order::ByDay  ? "day DESC, d.id DESC"
                                              : "due, d.id";
    std::vector<std::int64_t> out;
    for (const auto& row : session.query(
             "SELECT d.id, COALESCE(IF(d.direction = 1, i.arrival_date, d.issued_date), "
             "DATE(d.created_at + INTERVAL 7 HOUR)) day, COALESCE(d.due_date, '9999-12-31') due "
             "FROM document d LEFT JOIN incoming_document i ON i.document_id = d.id WHERE " +
                 std::string(eoffice::directory::kDocumentVisible) + " HAVING " + condition +
                 " ORDER BY " + by,
             eoffice::directory::documentVisibleParams(caller))) {
      out.push_back(row.integer(0));
    }
    return out;
  }

  std::mt19937 random{20260106};
  std::optional<tests::Office> people, ward;
};

TEST_F(Lists, PagesByKeyAreTheWholeListForEveryReaderAndOrder) {
  database().read([&](Session& session) {
    for (const auto& caller : {people->clerk, people->official, people->headOfUnit, ward->leader,
                               ward->official, people->systemAdmin}) {
      for (const auto order : {Order::Newest, Order::Oldest, Order::ByDay, Order::ByDue}) {
        const auto all = expected(session, caller, "TRUE", order);
        for (const int size : {1, 7, 200}) {
          std::vector<std::int64_t> forwards;
          std::vector<std::int64_t> backwards;
          Page page{.size = size, .total = eoffice::documents::Total::NotCounted};
          for (bool more = true; more;) {
            const auto found = eoffice::documents::list(session, caller, {}, page, order);
            for (const auto id : ids(found.rows)) forwards.push_back(id);
            more = found.more;
            if (!found.rows.empty()) page.key = found.rows.back().key;
          }
          EXPECT_EQ(forwards, all);
          page.side = Page::Side::Before;
          for (bool more = !all.empty(); more;) {
            const auto found = eoffice::documents::list(session, caller, {}, page, order);
            const auto rows = ids(found.rows);
            backwards.insert(backwards.begin(), rows.begin(), rows.end());
            more = found.more;
            if (!found.rows.empty()) page.key = found.rows.front().key;
          }
          if (!all.empty()) backwards.push_back(all.back());
          EXPECT_EQ(backwards, all);
        }
        EXPECT_EQ(eoffice::documents::list(session, caller, {}, {}, order).total,
                  static_cast<std::int64_t>(all.size()));
      }
    }
  });
}

TEST_F(Lists, FiltersAreWhatTheySay) {
  const std::pair<ListFilter, const char*> cases[] = {
      {{.direction = Direction::Incoming},
       "(SELECT direction FROM document x WHERE x.id = d.id) = 1"},
      {{.states = {State::Registered}}, "(SELECT state FROM document x WHERE x.id = d.id) = 2"},
      {{.states = {State::Registered, State::Draft}},
       "(SELECT state FROM document x WHERE x.id = d.id) IN (2, 20)"},
      {{.urgency = Urgency::Express}, "(SELECT urgency FROM document x WHERE x.id = d.id) = 3"},
      {{.type = "báo cáo"}, "(SELECT type_name FROM document x WHERE x.id = d.id) = 'Báo cáo'"},
      {{.type = "Không có"}, "FALSE"},
      {{.issuer = "tai chinh"},
       "(SELECT issuer_name FROM document x WHERE x.id = d.id) = 'Sở Tài chính'"},
      {{.issuer = "100%"}, "FALSE"},
      {{.from = base::addDays(kDay, -3), .to = base::addDays(kDay, -1)},
       "day BETWEEN '2026-01-03' AND '2026-01-05'"},
      {{.deadline = eoffice::documents::Deadline::Late, .today = kDay},
       "due < '2026-01-06' AND (SELECT state FROM document x WHERE x.id = d.id) NOT IN (5, 6, 27)"},
      {{.deadline = eoffice::documents::Deadline::Week, .today = kDay},
       "due BETWEEN '2026-01-06' AND '2026-01-12' AND "
       "(SELECT state FROM document x WHERE x.id = d.id) NOT IN (5, 6, 27)"},
      {{.deadline = eoffice::documents::Deadline::None}, "due = '9999-12-31'"},
      {{.handler = people->official.post},
       "(SELECT MAX(handler_post) FROM document_list x WHERE x.document_id = d.id) = 0 + "
       "(SELECT po.id FROM post po JOIN account a ON a.person_id = po.person_id WHERE a.login = "
       "'official')"},
      {{.words = "viec 3"}, "(SELECT subject FROM document x WHERE x.id = d.id) = 'V/v việc 3'"}};
  database().read([&](Session& session) {
    for (const auto& caller : {people->clerk, people->official}) {
      for (const auto& [filter, condition] : cases) {
        for (const auto order : {Order::Newest, Order::ByDay, Order::ByDue}) {
          EXPECT_EQ(
              ids(eoffice::documents::list(session, caller, filter, {.size = 200}, order).rows),
              expected(session, caller, condition, order))
              << condition;
        }
      }
    }
  });
}

TEST_F(Lists, WhoHasNoPartLeftFindsItNoMore) {
  database().transact([&](Session& session) {
    const auto id = add(session);
    const auto agency = session.get("SELECT agency_id FROM document WHERE id = ?", {id});
    const auto post = people->recordsKeeper.post;
    auto caller = people->recordsKeeper;
    caller.role = eoffice::Role::Official;
    const auto found = [&] {
      return ids(eoffice::documents::list(session, caller, {}, {}).rows) ==
             std::vector<std::int64_t>{id.value()};
    };
    EXPECT_FALSE(found());
    for (const auto part : {Part::Lead, Part::Informed}) {
      eoffice::documents::addPart(session, id, agency.id<eoffice::AgencyId>(0), post, part);
    }
    EXPECT_TRUE(found());
    session.execute("DELETE FROM document_part WHERE document_id = ? AND post_id = ? AND part = 4",
                    {id, post});
    EXPECT_TRUE(found());
    session.execute("DELETE FROM document_part WHERE document_id = ? AND post_id = ?", {id, post});
    EXPECT_FALSE(found());
  });
}

}  // namespace
