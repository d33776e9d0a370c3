// A view as the query of an address.
#include "eoffice/documents/view.h"

#include <gtest/gtest.h>

namespace {

using eoffice::documents::Order;
using eoffice::documents::queryOf;
using eoffice::documents::ViewColumn;
using eoffice::documents::viewFromQuery;

TEST(View, ComesBackFromItsShortestQuery) {
  for (const char* query :
       {"", "direction=incoming", "direction=outgoing&state=issued&words=h%E1%BB%8Dp%20giao%20ban",
        "type=B%C3%A1o%20c%C3%A1o&issuer=S%E1%BB%9F%20%26%20Ban%3D1&urgency=hoa_toc&year=2026",
        "from=2026-01-06&to=2026-02-28&unit=3&handler=17&deadline=late&sort=due",
        "sort=day&columns=symbol,subject,due"}) {
    std::vector<std::string> wrong;
    EXPECT_EQ(queryOf(viewFromQuery(query, &wrong)), query);
    EXPECT_TRUE(wrong.empty()) << query;
  }
}

TEST(View, LeavesOutWhatSaysNothing) {
  EXPECT_EQ(queryOf(viewFromQuery(
                "sort=newest&words=+a++b+&columns=due,subject,number,nothing&after=3&x")),
            "words=a%20b&columns=number,subject,due");
  // The usual columns are no choice.
  EXPECT_EQ(queryOf(viewFromQuery("columns=number,day,symbol,issuer,subject,handler,due,state")),
            "");
  // The abstract always stands.
  EXPECT_EQ(viewFromQuery("columns=due").shownColumns(),
            (std::vector<ViewColumn>{ViewColumn::Subject, ViewColumn::Due}));
}

TEST(View, NamesWhatIsNoValue) {
  std::vector<std::string> wrong;
  const auto view = viewFromQuery(
      "direction=up&state=lost&urgency=9&year=1&from=06/01/2026&to=2026-02-30&unit=-1&handler=x"
      "&deadline=soon&sort=best&columns=nothing",
      &wrong);
  EXPECT_EQ(wrong, (std::vector<std::string>{"direction", "state", "urgency", "year", "from", "to",
                                             "unit", "handler", "deadline", "sort", "columns"}));
  EXPECT_EQ(queryOf(view), "");
}

TEST(View, NarrowsTheDaysToItsYear) {
  const auto today = *base::parseIsoDate("2026-01-06");
  const auto year = viewFromQuery("year=2025&from=2025-03-01").filterOn(today);
  EXPECT_EQ(year.from, base::parseIsoDate("2025-03-01"));
  EXPECT_EQ(year.to, base::parseIsoDate("2025-12-31"));
  EXPECT_EQ(year.today, today);
}

TEST(View, ReadsBrokenEscapesAsTheyStand) {
  EXPECT_EQ(viewFromQuery("words=100%&issuer=%4").filter.words, "100%");
  EXPECT_EQ(viewFromQuery("issuer=%zz").filter.issuer, "%zz");
}

}  // namespace
