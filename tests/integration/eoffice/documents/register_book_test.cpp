#include "eoffice/documents/book.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "eoffice/documents/book_acts.h"
#include "eoffice/documents/register.h"
#include "tests/integration/eoffice/documents/documents_fixture.h"

namespace {

using eoffice::documents::Direction;

class RegisterBook : public tests::DocumentsTest {
 protected:
  struct Page {
    eoffice::documents::RegisterHead head;
    std::vector<eoffice::documents::RegisterLine> lines;
  };
  [[nodiscard]] static Page registerOf(const eoffice::Caller& caller,
                                       const eoffice::documents::RegisterQuery& query) {
    return database().read([&](base::db::Session& session) {
      Page page{eoffice::documents::registerHead(session, caller, query).value(), {}};
      if (!page.head.book) return page;
      eoffice::documents::streamRegister(session, *page.head.book, query, [&](const auto& line) {
        page.lines.push_back(line);
        return true;
      });
      return page;
    });
  }
};

//
TEST_F(RegisterBook, GivesConsecutiveNumbersToConcurrentClerks) {
  constexpr int kClerks = 4;
  constexpr int kEach = 10;
  std::vector<eoffice::DocumentId> waiting;
  for (int i = 0; i < kClerks * kEach; ++i) waiting.push_back(receive("scan " + std::to_string(i)));
  std::vector<std::thread> clerks;
  std::array<std::vector<int>, kClerks> given;
  for (int c = 0; c < kClerks; ++c) {
    clerks.emplace_back([&, c] {
      for (int i = 0; i < kEach; ++i) {
        auto fields = goodFields();
        fields.codeNumber = std::to_string(c * kEach + i + 1);
        const auto done = incoming.registerIncoming(
            people->clerk,
            {.target = {waiting[static_cast<std::size_t>(c * kEach + i)], 0}, .fields = fields});
        if (done) given[static_cast<std::size_t>(c)].push_back(done->arrivalNumber);
      }
    });
  }
  for (auto& clerk : clerks) clerk.join();
  std::set<int> all;
  for (const auto& numbers : given) all.insert(numbers.begin(), numbers.end());
  ASSERT_EQ(all.size(), static_cast<std::size_t>(kClerks * kEach));
  EXPECT_EQ(*all.begin(), 1);
  EXPECT_EQ(*all.rbegin(), kClerks * kEach);
}

//
TEST_F(RegisterBook, TakesNoNumberForARegistrationThatIsRefused) {
  const auto id = receive();
  auto fields = goodFields();
  fields.subject = "";
  EXPECT_EQ(tests::codeOf(
                incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = fields})),
            "field.missing");
  EXPECT_EQ(incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = goodFields()})
                .value()
                .arrivalNumber,
            1);
}

//
TEST_F(RegisterBook, KeepsIncomingAndOutgoingApart) {
  registered();
  const auto id = signedDocument();
  EXPECT_EQ(outgoing.giveNumber(people->clerk, {id, 0}).value().number, 1);
}

//
TEST_F(RegisterBook, BeginsAnewOnTheFirstOfJanuaryLocalTime) {
  const auto take = [&] {
    return database().transact([&](base::db::Session& session) {
      return eoffice::documents::takeNumber(session, people->agency, Direction::Incoming,
                                            {.code = "common"}, clock.today())
          .value()
          .number;
    });
  };
  clock.set(base::toInstant(*base::parseIsoDate("2026-12-31"), std::chrono::hours(23)));
  EXPECT_EQ(take(), 1);
  EXPECT_EQ(take(), 2);
  clock.advance(std::chrono::hours(1));  // 17:00 UTC of the old year is the new year here.
  EXPECT_EQ(take(), 1);
}

TEST_F(RegisterBook, ListsTheYearInTheOrderOfItsNumbers) {
  registered("one");
  registered("two");
  const auto page = registerOf(people->clerk, {.year = 2026});
  ASSERT_EQ(page.lines.size(), 2U);
  EXPECT_EQ(page.lines[0].number, 1);
  EXPECT_EQ(page.lines[1].number, 2);
  EXPECT_EQ(page.head.lines, 2);
  EXPECT_EQ(page.lines[0].issuerName, "Văn phòng Chính phủ");
}

TEST_F(RegisterBook, KeepsTheBookOfAnAgencyThatWasTakenOverApart) {
  registered("own");
  database().transact([&](base::db::Session& session) {
    const tests::Office other(session, "H43", "Ninh Thuận", ".2");
    // The other agency's document No. 1, taken over with it.
    session.execute(
        "/* test */ INSERT INTO document_book (agency_id, direction, year, next_number)"
        " VALUES (?, 1, 2026, 2)",
        {other.agency});
    session.execute(
        "/* test */ INSERT INTO document (agency_id, direction, state, created_at,"
        " updated_at) VALUES (?, 1, 2, NOW(6), NOW(6))",
        {other.agency});
    session.execute(
        "/* test */ INSERT INTO incoming_document (document_id, source, received_at,"
        " book_id, arrival_number, arrival_date)"
        " SELECT MAX(d.id), 1, NOW(6), (SELECT MAX(id) FROM document_book), 1,"
        " '2026-01-05' FROM document d");
    session.execute(
        "/* test */ INSERT INTO agency_predecessor (agency_id, predecessor_id)"
        " VALUES (?, ?)",
        {people->agency, other.agency});
  });
  const auto page = registerOf(people->clerk, {.year = 2026});
  ASSERT_EQ(page.lines.size(), 1U);
  EXPECT_EQ(page.lines[0].issuerName, "Văn phòng Chính phủ");
  EXPECT_EQ(page.head.lines, 1);
}

TEST_F(RegisterBook, IsClosedToAdministrators) {
  registered();
  const auto refused = database().read([&](base::db::Session& session) {
    return eoffice::documents::registerHead(session, people->systemAdmin, {.year = 2026});
  });
  EXPECT_EQ(tests::codeOf(refused), "permission.denied");
}

TEST_F(RegisterBook, ShowsEachGapWithItsReason) {
  const auto first = registered("one");
  eoffice::documents::BookActs acts{office()};
  ASSERT_TRUE(acts.voidNext(
      people->clerk, {.series = {Direction::Incoming, ""}, .reason = "Ghi nhầm trên sổ giấy"}));
  const auto third = registered("three");
  ASSERT_TRUE(acts.voidNumberOf(people->clerk, {third, 0}, "Vào nhầm"));
  const auto page = registerOf(people->clerk, {.year = 2026});
  ASSERT_EQ(page.lines.size(), 3U);
  EXPECT_EQ(page.lines[0].document, first);
  EXPECT_EQ(page.lines[1].reason, "Ghi nhầm trên sổ giấy");
  EXPECT_EQ(page.lines[2].reason, "Vào nhầm");
  EXPECT_EQ(page.head.firstNumber, 1);
  EXPECT_EQ(page.head.lastNumber, 3);
  EXPECT_EQ(page.head.lines, 1) << "documents";
  EXPECT_EQ(registerOf(people->clerk, {.year = 2026, .first = 3}).lines.size(), 1U);
}

TEST_F(RegisterBook, IsReadByMonth) {
  registered("january");
  clock.set(base::toInstant(*base::parseIsoDate("2026-02-02"), std::chrono::hours(9)));
  registered("february");
  registered("february 2");
  const auto february = registerOf(people->clerk, {.year = 2026, .month = 2});
  ASSERT_EQ(february.lines.size(), 2U);
  EXPECT_EQ(february.head.firstNumber, 2);
  EXPECT_EQ(february.head.lastNumber, 3);
  EXPECT_TRUE(registerOf(people->clerk, {.year = 2026, .month = 3}).lines.empty());
  EXPECT_FALSE(registerOf(people->clerk, {.year = 2025}).head.book);
}

TEST_F(RegisterBook, FollowsTheHandlingOfWhatWasDirected) {
  registered("not directed");
  const auto id = directed();
  const auto answer = sealed(id);
  const auto page =
      registerOf(people->clerk, {.form = eoffice::documents::RegisterForm::Handling, .year = 2026});
  ASSERT_EQ(page.lines.size(), 1U);
  EXPECT_EQ(page.lines[0].document, id);
  EXPECT_EQ(page.lines[0].due, base::parseIsoDate("2026-01-12"));
  EXPECT_EQ(page.lines[0].answers, "01/UBND-KGVX");
  const auto out =
      registerOf(people->clerk, {.form = eoffice::documents::RegisterForm::Outgoing, .year = 2026});
  ASSERT_EQ(out.lines.size(), 1U);
  EXPECT_EQ(out.lines[0].document, answer);
  EXPECT_EQ(out.lines[0].keeper, "Phòng Khoa giáo - Văn xã");
}

TEST_F(RegisterBook, OfAnotherAgencyDoesNotExist) {
  registered();
  const auto other = database().transact(
      [](base::db::Session& session) { return tests::Office(session, "H43", "Ninh Thuận", ".2"); });
  const auto refused = database().read([&](base::db::Session& session) {
    const auto mine =
        eoffice::documents::registerHead(session, people->clerk, {.year = 2026}).value().book->id;
    return eoffice::documents::registerHead(session, other.clerk, {.book = mine});
  });
  EXPECT_EQ(tests::codeOf(refused), "book.unknown");
}

}  // namespace
