#include "eoffice/documents/handling_report.h"

#include <gtest/gtest.h>

#include "tests/integration/eoffice/documents/documents_fixture.h"

namespace {

using eoffice::documents::Duty;
using eoffice::documents::HandlingReport;

class HandlingReportTest : public tests::DocumentsTest {
 protected:
  [[nodiscard]] const reminder::WorkCalendar& calendar() const {
    return calendars.of(reminder::ScopeId(1));
  }
  [[nodiscard]] base::Result<HandlingReport> report(const char* from = "2026-01-01",
                                                    const char* to = "2026-01-31") {
    return database().read([&](base::db::Session& session) {
      return eoffice::documents::handlingReport(
          session, people->clerk, calendar(), {*base::parseIsoDate(from), *base::parseIsoDate(to)},
          clock.now());
    });
  }
  void setClock(const char* day, int hour) {
    clock.set(base::toInstant(*base::parseIsoDate(day), std::chrono::hours(hour)));
  }
};

TEST_F(HandlingReportTest, JudgesRegistrationByTheNextWorkday) {
  const auto urgent = [&](eoffice::DocumentId id) {
    auto fields = goodFields();
    fields.codeNumber = std::to_string(id.value());
    fields.urgency = eoffice::documents::Urgency::Express;
    return incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = fields});
  };
  setClock("2026-01-09", 9);  // a Friday before a Saturday that is worked
  const auto inTime = receive("in time");
  const auto late = receive("late");
  receive("waiting");
  setClock("2026-01-10", 10);
  ASSERT_TRUE(urgent(inTime));
  setClock("2026-01-13", 9);
  auto fields = goodFields();
  ASSERT_TRUE(incoming.registerIncoming(people->clerk, {.target = {late, 0}, .fields = fields}));
  const auto rule = report().value().rules.front();
  EXPECT_EQ(rule.duty, Duty::Register);
  EXPECT_EQ(rule.onTime, 1);
  EXPECT_EQ(rule.late, 1);
  EXPECT_EQ(rule.openLate, 1);
  EXPECT_EQ(rule.urgent, 1);
  EXPECT_GT(rule.longestMinutes.value(), 400) << "working minutes from Friday 9:00 on";
  EXPECT_LT(rule.longestMinutes.value(), 600) << "the night is not counted";
}

TEST_F(HandlingReportTest, CallsLateWhatBeganBeforeTheLastWorkday) {
  // Monday: Friday's may still be done today, Thursday's not.
  const auto at = [](const char* day, int hour) {
    return base::toInstant(*base::parseIsoDate(day), std::chrono::hours(hour));
  };
  const auto before = eoffice::documents::lateBefore(calendar(), at("2026-01-19", 8)).value();
  EXPECT_LT(at("2026-01-15", 23), before);
  EXPECT_GE(at("2026-01-16", 0), before);
  EXPECT_EQ(eoffice::documents::ruleDue(calendar(), at("2026-01-16", 23)),
            base::parseIsoDate("2026-01-19"));
  EXPECT_EQ(eoffice::documents::ruleDue(calendar(), at("2026-01-17", 9)),
            base::parseIsoDate("2026-01-19"))
      << "what came on a rest day";
  EXPECT_FALSE(eoffice::documents::ruleDue(calendar(), at("1999-01-17", 9)));
}

TEST_F(HandlingReportTest, CountsIncomingByTheUnitThatLeads) {
  directed();
  registered("not directed");
  const auto now = report().value();
  EXPECT_EQ(now.registered, 2);
  EXPECT_EQ(now.undirected, 1);
  ASSERT_EQ(now.incoming.size(), 1U);
  EXPECT_EQ(now.incoming[0].unit, "Phòng Khoa giáo - Văn xã");
  EXPECT_EQ(now.incoming[0].openInTime, 1);
  setClock("2026-01-20", 9);
  EXPECT_EQ(report().value().incoming[0].openLate, 1);
  EXPECT_EQ(report("2026-02-01", "2026-02-28").value().registered, 0);
}

TEST_F(HandlingReportTest, CountsOutgoingByTheUnitThatDrafted) {
  const auto id = sealed();
  const auto waiting = report().value();
  ASSERT_EQ(waiting.outgoing.size(), 1U);
  EXPECT_EQ(waiting.outgoing[0].waiting, 1);
  setClock("2026-01-09", 9);  // signed on the 6th: two days too late
  EXPECT_EQ(report().value().rules.back().openLate, 1);
  ASSERT_TRUE(outgoing.issue(people->clerk, {id, 0}, {.receivers = {"H32.21"}}));
  const auto issued = report().value();
  EXPECT_EQ(issued.outgoing[0].issuedLate, 1);
  EXPECT_EQ(issued.rules.back().late, 1);
  EXPECT_EQ(issued.rules.back().openLate, 0);
}

TEST_F(HandlingReportTest, RefusesWhoReadsNothingAndAPeriodThatIsNone) {
  EXPECT_EQ(tests::codeOf(report("2026-02-01", "2026-01-01")), "report.bad_period");
  EXPECT_EQ(tests::codeOf(report("2020-02-01", "2026-01-01")), "report.bad_period");
  const auto refused = database().read([&](base::db::Session& session) {
    return eoffice::documents::handlingReport(
        session, people->official, calendar(),
        {*base::parseIsoDate("2026-01-01"), *base::parseIsoDate("2026-01-31")}, clock.now());
  });
  EXPECT_EQ(tests::codeOf(refused), "permission.denied");
}

TEST(HandlingRate, DividesOnTimeByWhatIsDoneOrOverdue) {
  EXPECT_EQ(eoffice::documents::onTimePercent(2, 1, 0), 66);
  EXPECT_EQ(eoffice::documents::onTimePercent(1, 0, 3), 25);
  EXPECT_FALSE(eoffice::documents::onTimePercent(0, 0, 0));
}

}  // namespace
