// Books and series as the head of the agency decides them; numbers without gap or double, whoever
// takes, reserves, voids or dies meanwhile.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "eoffice/directory/reorganisation.h"
#include "eoffice/documents/book.h"
#include "eoffice/documents/book_acts.h"
#include "eoffice/documents/book_list.h"
#include "tests/integration/eoffice/documents/documents_fixture.h"

namespace {

using base::db::Session;
using eoffice::documents::Aside;
using eoffice::documents::Direction;
using eoffice::documents::Scheme;
using eoffice::documents::Series;
using eoffice::documents::State;
using tests::codeOf;

class NumberSeries : public tests::DocumentsTest {
 protected:
  [[nodiscard]] Scheme decision(std::vector<Series> series) {
    return {.from = clock.today(),
            .decidedBy = "Chủ tịch Nguyễn Văn Hòa",
            .decision = "15/QĐ-UBND",
            .decidedOn = clock.today(),
            .series = std::move(series)};
  }
  void decide(Direction direction, std::vector<Series> series) {
    const auto done = acts.decide(people->clerk, direction, decision(std::move(series)));
    ASSERT_TRUE(done) << done.error().code << " " << done.error().field;
  }
  [[nodiscard]] Scheme scheme(Direction direction, base::LocalDate day) {
    return database().read([&](Session& session) {
      return eoffice::documents::schemeOn(session, types, people->agency, direction, day);
    });
  }
  [[nodiscard]] std::vector<eoffice::documents::Book> books(Direction direction) {
    return database().read([&](Session& session) {
      return eoffice::documents::booksOf(session, people->agency, direction, 2026);
    });
  }
  [[nodiscard]] std::vector<eoffice::documents::BookNumber> aside() {
    return database().read([&](Session& session) {
      return numbersAside(
          session, eoffice::documents::booksOf(session, people->agency, Direction::Outgoing, 2026),
          eoffice::documents::Which::All);
    });
  }
  eoffice::DocumentId signedOf(const std::string& type, const std::string& notation,
                               const std::string& key) {
    auto input = goodDraft();
    input.file.requestKey = key;
    input.typeName = type;
    input.notation = notation;
    const auto id = outgoing.draft(people->official, input).value();
    EXPECT_TRUE(outgoing.sendUp(people->official, {id, 0}, ""));
    EXPECT_TRUE(outgoing.approve(people->headOfUnit, {id, 0}, ""));
    EXPECT_TRUE(outgoing.sign(people->leader, {id, 0}, "right"));
    return id;
  }
  std::string numbered(const std::string& type, const std::string& notation) {
    const auto id = signedOf(type, notation, "k" + std::to_string(++keys_));
    const auto done = outgoing.giveNumber(people->clerk, {id, 0});
    return done ? done->symbol : done.error().code;
  }

  int keys_ = 0;
  eoffice::documents::BookActs acts{office()};
};

TEST_F(NumberSeries, IsOneCommonSeriesUntilTheHeadDecides) {
  EXPECT_EQ(numbered("Quyết định", "QĐ-UBND"), "01/QĐ-UBND");
  EXPECT_EQ(numbered("Công văn", "UBND-KGVX"), "02/UBND-KGVX");
}

TEST_F(NumberSeries, FollowsTheHeadsDecisionFromItsDayOn) {
  decide(Direction::Outgoing,
         {{.name = "Quyết định", .types = {"Quyết định"}},
          {.name = "Kế hoạch, chương trình", .types = {"Kế hoạch", "Chương trình"}}});
  EXPECT_EQ(numbered("Quyết định", "QĐ-UBND"), "01/QĐ-UBND");
  EXPECT_EQ(numbered("Kế hoạch", "KH-UBND"), "01/KH-UBND");
  EXPECT_EQ(numbered("Chương trình", "CTr-UBND"), "02/CTr-UBND");
  EXPECT_EQ(numbered("Công văn", "UBND-KGVX"), "01/UBND-KGVX");
  auto later = decision({});
  later.from = base::addDays(clock.today(), 1);
  ASSERT_TRUE(acts.decide(people->clerk, Direction::Outgoing, later));
  EXPECT_EQ(numbered("Quyết định", "QĐ-UBND"), "02/QĐ-UBND") << "not before its day";
  clock.advance(std::chrono::hours(24));
  EXPECT_EQ(numbered("Quyết định", "QĐ-UBND"), "03/QĐ-UBND")
      << "the common series passes over what QĐ-UBND has already";
}

TEST_F(NumberSeries, NeverGivesANumberWithItsNotationTwiceInAYear) {
  EXPECT_EQ(numbered("Quyết định", "QĐ-UBND"), "01/QĐ-UBND");
  EXPECT_EQ(numbered("Công văn", "UBND-KGVX"), "02/UBND-KGVX");
  EXPECT_EQ(numbered("Quyết định", "QĐ-UBND"), "03/QĐ-UBND");
  decide(Direction::Outgoing, {{.name = "Quyết định", .types = {"Quyết định"}}});
  EXPECT_EQ(numbered("Quyết định", "QĐ-UBND"), "02/QĐ-UBND") << "01 is passed over";
  EXPECT_EQ(numbered("Quyết định", "QĐ-UBND"), "04/QĐ-UBND") << "and 03";
  std::vector<int> gaps;
  for (const auto& one : aside()) {
    EXPECT_EQ(one.state, Aside::PassedOver);
    EXPECT_FALSE(one.reason.empty());
    gaps.push_back(one.number);
  }
  EXPECT_EQ(gaps, (std::vector<int>{1, 3}));
}

TEST_F(NumberSeries, GivesLegalDocumentsTheirOwnSeriesWithTheYear) {
  EXPECT_EQ(numbered("Công văn", "UBND-KGVX"), "01/UBND-KGVX");
  EXPECT_EQ(numbered("Quyết định quy phạm pháp luật", "QĐ-UBND"), "01/2026/QĐ-UBND");
  EXPECT_EQ(numbered("Nghị quyết quy phạm pháp luật", "NQ-HĐND"), "01/2026/NQ-HĐND");
  EXPECT_EQ(numbered("Quyết định quy phạm pháp luật", "QĐ-UBND"), "02/2026/QĐ-UBND");
  EXPECT_EQ(numbered("Quyết định", "QĐ-UBND"), "02/QĐ-UBND");
  EXPECT_EQ(
      codeOf(acts.decide(people->clerk, Direction::Outgoing,
                         decision({{.name = "A", .types = {"Quyết định quy phạm pháp luật"}}}))),
      "series.unknown_type")
      << "the law has decided on these";
}

TEST_F(NumberSeries, GivesCopiesASeriesOfTheirOwn) {
  const auto one = scheme(Direction::Outgoing, clock.today());
  for (const auto copy : eoffice::documents::kCopyTypes) {
    EXPECT_EQ(seriesFor(one, copy).code, "copies") << copy;
  }
  decide(Direction::Outgoing,
         {{.name = "Sao y", .types = {"Sao y"}}, {.name = "Sao lục", .types = {"Sao lục"}}});
  const auto two = scheme(Direction::Outgoing, clock.today());
  EXPECT_EQ(seriesFor(two, "Sao y").code, "sao-y");
  EXPECT_EQ(seriesFor(two, "Sao y").nature, eoffice::documents::Nature::Copy);
  EXPECT_EQ(seriesFor(two, "Công văn").code, "common");
}

TEST_F(NumberSeries, RefusesADecisionThatLooksBack) {
  auto yesterday = decision({});
  yesterday.from = base::addDays(clock.today(), -1);
  EXPECT_EQ(codeOf(acts.decide(people->clerk, Direction::Outgoing, yesterday)),
            "series.retroactive");
}

TEST_F(NumberSeries, RefusesDecisionsThatContradictThemselves) {
  const auto refusal = [&](std::vector<Series> series) {
    return codeOf(acts.decide(people->clerk, Direction::Outgoing, decision(std::move(series))));
  };
  EXPECT_EQ(refusal({{.name = "A", .types = {"Quyết định"}}, {.name = "a", .types = {"Kế hoạch"}}}),
            "series.name_twice");
  EXPECT_EQ(
      refusal({{.name = "A", .types = {"Quyết định"}}, {.name = "B", .types = {"quyết định"}}}),
      "series.type_twice");
  EXPECT_EQ(refusal({{.name = "A", .types = {"Tuyên ngôn"}}}), "series.unknown_type");
  EXPECT_EQ(refusal({{.name = "A", .types = {"Nghị định"}}}), "series.unknown_type");
  EXPECT_EQ(refusal({{.name = "A"}}), "series.no_types");
  EXPECT_EQ(refusal({{.name = "", .types = {"Quyết định"}}}), "field.missing");
  EXPECT_EQ(refusal(std::vector<Series>(61, Series{.name = "A"})), "series.too_many");
  auto nobody = decision({});
  nobody.decidedBy = " ";
  EXPECT_EQ(codeOf(acts.decide(people->clerk, Direction::Outgoing, nobody)), "field.missing");
}

TEST_F(NumberSeries, IsDecidedByTheClerkOrTheUnitsAdministratorAlone) {
  EXPECT_EQ(codeOf(acts.decide(people->official, Direction::Outgoing, decision({}))),
            "permission.denied");
  EXPECT_EQ(codeOf(acts.decide(people->unitAdmin, Direction::Incoming, decision({}))), "ok");
  EXPECT_EQ(codeOf(acts.reserve(people->unitAdmin, {.reason = "r", .forWhom = "w"})),
            "permission.denied");
}

TEST_F(NumberSeries, KeepsSeveralBooksOfIncomingDocuments) {
  decide(Direction::Incoming,
         {{.name = "Văn bản Trung ương"}, {.name = "Giấy mời", .types = {"Giấy mời"}}});
  const auto take = [&](const std::string& book, const std::string& type) {
    const auto id = receive("scan " + std::to_string(++keys_));
    auto fields = goodFields();
    fields.codeNumber = std::to_string(keys_);
    fields.typeName = type;
    const auto done = incoming.registerIncoming(
        people->clerk, {.target = {id, 0}, .fields = fields, .book = book});
    return done ? std::to_string(done->arrivalNumber) : done.error().code;
  };
  EXPECT_EQ(take("", "Công văn"), "1");
  EXPECT_EQ(take("van-ban-trung-uong", "Công văn"), "1");
  EXPECT_EQ(take("", "Công văn"), "2") << "the book that was chosen last";
  EXPECT_EQ(take("", "Giấy mời"), "1") << "the book of the type";
  EXPECT_EQ(take("common", "Giấy mời"), "2") << "the clerk decides";
  EXPECT_EQ(take("no-such", "Công văn"), "book.unknown");
}

TEST_F(NumberSeries, ReservesANumberAndUsesItLater) {
  const auto kept = acts.reserve(people->clerk, {.reason = "Quyết định khen thưởng đột xuất",
                                                 .forWhom = "Phòng Nội vụ",
                                                 .useBy = base::parseIsoDate("2026-02-01")});
  ASSERT_TRUE(kept) << kept.error().code;
  EXPECT_EQ(kept->number, 1);
  EXPECT_EQ(numbered("Công văn", "UBND-KGVX"), "02/UBND-KGVX");
  const auto id = signedOf("Quyết định", "QĐ-UBND", "reserved");
  EXPECT_EQ(codeOf(outgoing.giveNumber(people->clerk, {id, 0}, 2)), "number.not_reserved");
  EXPECT_EQ(codeOf(outgoing.giveNumber(people->clerk, {id, 0}, 99)), "number.not_reserved");
  EXPECT_EQ(outgoing.giveNumber(people->clerk, {id, 0}, 1).value().symbol, "01/QĐ-UBND");
  const auto again = signedOf("Quyết định", "QĐ-UBND", "reserved 2");
  EXPECT_EQ(codeOf(outgoing.giveNumber(people->clerk, {again, 0}, 1)), "number.not_reserved");
  ASSERT_EQ(aside().size(), 1U);
  EXPECT_EQ(aside()[0].state, Aside::Used);
  EXPECT_EQ(aside()[0].document, id);
  EXPECT_EQ(auditOf("book", kept->book), (std::vector<std::string>{"number.reserved"}));
}

TEST_F(NumberSeries, ReservesNothingOfIncomingBooksAndNothingWithoutReason) {
  EXPECT_EQ(
      codeOf(acts.reserve(people->clerk,
                          {.series = {Direction::Incoming, ""}, .reason = "r", .forWhom = "w"})),
      "number.not_reservable");
  EXPECT_EQ(codeOf(acts.reserve(people->clerk, {.reason = "", .forWhom = "w"})), "field.missing");
  EXPECT_EQ(codeOf(acts.reserve(people->clerk, {.reason = "r", .forWhom = ""})), "field.missing");
  EXPECT_EQ(codeOf(acts.reserve(
                people->clerk,
                {.reason = "r", .forWhom = "w", .useBy = base::parseIsoDate("2027-01-02")})),
            "number.use_this_year");
  EXPECT_EQ(codeOf(acts.voidNext(people->clerk,
                                 {.series = {Direction::Outgoing, "no-such"}, .reason = "r"})),
            "series.unknown");
  EXPECT_TRUE(books(Direction::Outgoing).empty()) << "and opens no book";
}

TEST_F(NumberSeries, SetsANumberAsideOnceHoweverOftenItIsAsked) {
  const eoffice::documents::SetAside input{.reason = "Hỏng bản giấy", .expected = 1};
  EXPECT_EQ(acts.voidNext(people->clerk, input).value().number, 1);
  EXPECT_EQ(acts.voidNext(people->clerk, input).value().number, 1);
  auto other = input;
  other.reason = "Lý do khác";
  const auto refused = acts.voidNext(people->clerk, other);
  ASSERT_EQ(codeOf(refused), "number.moved_on");
  EXPECT_EQ(refused.error().facts.front().second, "2");
  EXPECT_EQ(aside().size(), 1U);
}

TEST_F(NumberSeries, VoidsAReservedNumberWithAReason) {
  const auto kept =
      acts.reserve(people->clerk, {.reason = "Giữ cho họp báo", .forWhom = "Phòng TH"}).value();
  EXPECT_EQ(codeOf(acts.voidReserved(people->clerk, kept, "")), "field.missing");
  EXPECT_TRUE(acts.voidReserved(people->clerk, kept, "Không phát hành nữa"));
  EXPECT_EQ(codeOf(acts.voidReserved(people->clerk, kept, "Lần nữa")), "number.not_reserved");
  EXPECT_EQ(aside()[0].state, Aside::Void);
  EXPECT_EQ(aside()[0].reason, "Không phát hành nữa");
  const auto other = database().transact(
      [](Session& session) { return tests::Office(session, "H43", "Ninh Thuận", ".2"); });
  EXPECT_EQ(codeOf(acts.voidReserved(other.clerk, kept, "r")), "book.unknown");
}

TEST_F(NumberSeries, TakesTheNumberBackFromWhatWasRegisteredByMistake) {
  const auto id = registered();
  ASSERT_TRUE(acts.voidNumberOf(people->clerk, {id, 0}, "Vào nhầm sổ"));
  EXPECT_EQ(stored(id).state, State::Arrived);
  EXPECT_FALSE(stored(id).incoming->arrivalNumber);
  EXPECT_EQ(codeOf(acts.voidNumberOf(people->clerk, {id, 0}, "Vào nhầm sổ")),
            "document.done_by_you");
  EXPECT_EQ(incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = goodFields()})
                .value()
                .arrivalNumber,
            2);
  ASSERT_TRUE(
      incoming.submit(people->headOfOffice, {.target = {id, 0}, .leader = people->leader.post}));
  EXPECT_EQ(codeOf(acts.voidNumberOf(people->clerk, {id, 0}, "r")), "document.wrong_state");
}

TEST_F(NumberSeries, TakesTheNumberBackFromWhatIsNotIssued) {
  const auto id = signedOf("Quyết định quy phạm pháp luật", "QĐ-UBND", "legal");
  ASSERT_TRUE(outgoing.giveNumber(people->clerk, {id, 0}));
  ASSERT_TRUE(outgoing.seal(people->clerk, {id, 0}, "right"));
  EXPECT_EQ(codeOf(acts.voidNumberOf(people->official, {id, 0}, "r")), "permission.denied");
  ASSERT_TRUE(acts.voidNumberOf(people->clerk, {id, 0}, "Sai ngày"));
  EXPECT_EQ(stored(id).state, State::Signed);
  EXPECT_EQ(stored(id).fields.codeNumber, "");
  EXPECT_EQ(outgoing.giveNumber(people->clerk, {id, 0}).value().symbol, "02/2026/QĐ-UBND");
  EXPECT_TRUE(outgoing.seal(people->clerk, {id, 0}, "right"));
  ASSERT_EQ(aside().size(), 1U);
  EXPECT_EQ(aside()[0].symbol, "01/2026/QĐ-UBND");
  EXPECT_EQ(aside()[0].document, id);
}

TEST_F(NumberSeries, GivesNoNumberFromAClosedBook) {
  registered();
  const auto book = books(Direction::Incoming).front();
  EXPECT_EQ(codeOf(acts.close(people->clerk, book.id, "")), "field.missing");
  ASSERT_TRUE(acts.close(people->clerk, book.id, "Chia lại đơn vị"));
  EXPECT_EQ(codeOf(acts.close(people->clerk, book.id, "Lần nữa")), "book.closed_already");
  const auto id = receive("after");
  const auto refused =
      incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = goodFields()});
  ASSERT_EQ(codeOf(refused), "book.closed");
  EXPECT_EQ(texts.get(base::Language::Vi, "error.book.closed", refused.error().facts).find('{'),
            std::string::npos);
  EXPECT_EQ(stored(id).state, State::Arrived) << "nothing is half done";
  decide(Direction::Incoming, {{.name = "Sổ mới"}});
  EXPECT_EQ(incoming
                .registerIncoming(people->clerk,
                                  {.target = {id, 0}, .fields = goodFields(), .book = "so-moi"})
                .value()
                .arrivalNumber,
            1);
}

TEST_F(NumberSeries, EndsWithTheAgencyAndItsSuccessorBeginsAtOne) {
  registered();
  const auto successor = database().transact([&](Session& session) {
    tests::Office other(session, "H43", "UBND tỉnh mới", ".2");
    EXPECT_TRUE(eoffice::directory::closeAgency(session, clock, people->systemAdmin, people->agency,
                                                base::addDays(clock.today(), -1), other.agency));
    return other;
  });
  const auto take = [&](eoffice::AgencyId agency) {
    return database().transact([&](Session& session) {
      return eoffice::documents::takeNumber(session, agency, Direction::Incoming,
                                            {.code = "common"}, clock.today());
    });
  };
  const auto refused = take(people->agency);
  ASSERT_EQ(codeOf(refused), "book.agency_ended");
  EXPECT_EQ(refused.error().facts[2].second, "UBND tỉnh mới");
  EXPECT_EQ(take(successor.agency).value().number, 1);
  const auto seen = database().read([&](Session& session) {
    return eoffice::documents::booksOf(session, successor.agency, Direction::Incoming, 2026);
  });
  ASSERT_EQ(seen.size(), 2U) << "its own, then the one that it took over";
  EXPECT_EQ(seen[0].agency, successor.agency);
  EXPECT_TRUE(seen[1].agencyEnded);
}

// What a trial did with its number is a row of `book_number`, in the same transaction.
constexpr const char* kWitness =
    "/* test */ INSERT INTO book_number (book_id, number, state, reason, day)"
    " VALUES (?, ?, 2, 'trial', '2026-01-06')";

void mustBeWhole(Session& session) {
  for (const auto& row :
       session.query("/* test */ SELECT b.kind, b.next_number - 1, COUNT(n.number), MIN(n.number),"
                     " MAX(n.number) FROM document_book b JOIN book_number n ON n.book_id = b.id"
                     " GROUP BY b.id")) {
    EXPECT_EQ(row.integer(1), row.integer(2)) << row.text(0);
    EXPECT_EQ(row.integer(3), 1) << row.text(0);
    EXPECT_EQ(row.integer(4), row.integer(1)) << row.text(0);
  }
}

//
TEST_F(NumberSeries, HasNoGapAndNoDoubleHoweverManyTakeReserveVoidAndFailAtOnce) {
  decide(Direction::Outgoing,
         {{.name = "A", .types = {"Quyết định"}}, {.name = "B", .types = {"Kế hoạch"}}});
  constexpr int kThreads = 8;
  constexpr int kTrials = 60;
  struct Died : std::runtime_error {
    using std::runtime_error::runtime_error;
  };
  std::atomic<int> given = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kTrials; ++i) {
        const std::string code = std::array{"common", "a", "b"}[static_cast<std::size_t>(i % 3)];
        const int what = (t + i) % 5;
        if (what == 0) {
          const auto done = acts.voidNext(
              people->clerk, {.series = {Direction::Outgoing, code}, .reason = "trial"});
          given += done ? 1 : 0;
          continue;
        }
        if (what == 1) {
          const auto done = acts.reserve(
              people->clerk,
              {.series = {Direction::Outgoing, code}, .reason = "trial", .forWhom = "trial"});
          given += done ? 1 : 0;
          continue;
        }
        try {
          database().transact([&](Session& session) {
            const auto taken = eoffice::documents::takeNumber(
                session, people->agency, Direction::Outgoing, {.code = code}, clock.today());
            session.execute(kWitness, {taken.value().book, taken.value().number});
            if (what == 2) throw Died("between number and commit");
          });
          ++given;
        } catch (const Died&) {
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  database().read([&](Session& session) {
    mustBeWhole(session);
    EXPECT_EQ(session.get("/* test */ SELECT COUNT(*) FROM book_number").integer(0), given.load());
  });
  EXPECT_EQ(given.load(), kThreads * kTrials * 4 / 5);
}

// a process that is killed while it numbers leaves no gap.
TEST_F(NumberSeries, HasNoGapWhereAProcessWasKilledInTheMidst) {
  const auto options = tests::TestDatabase::office().options();
  const auto number = [&](base::db::Database& with) {
    with.transact([&](Session& session) {
      const auto taken = eoffice::documents::takeNumber(
          session, people->agency, Direction::Outgoing, {.code = "common"}, clock.today());
      session.execute(kWitness, {taken.value().book, taken.value().number});
    });
  };
  const pid_t child = ::fork();
  if (child == 0) {
    const auto own = base::db::openDatabase(options);
    for (;;) number(*own);
  }
  for (std::int64_t seen = 0; seen < 50;) {
    number(database());
    seen = database().read([](Session& session) {
      return session.get("/* test */ SELECT COUNT(*) FROM book_number").integer(0);
    });
  }
  ASSERT_EQ(::kill(child, SIGKILL), 0);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  for (int i = 0; i < 10; ++i) number(database());
  database().read([](Session& session) { mustBeWhole(session); });
}

}  // namespace
