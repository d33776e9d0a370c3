// Search by REST and on its page.
#include <gtest/gtest.h>

#include "tests/integration/eoffice/web/page_visitor.h"

namespace tests {
namespace {

using nlohmann::json;

class ApiSearch : public ApiTest {
 protected:
  json search(const std::string& login, const std::string& query) {
    const auto answer = office.get(login, "/search" + query);
    EXPECT_EQ(answer.status, 200) << answer.text;
    return answer.body;
  }
};

TEST_F(ApiSearch, GivesHitsFacetsAndPassages) {
  const auto id = office.directed();
  office.feedSearch();
  const auto found = search("clerk", "?q=truong%20hoc");
  ASSERT_EQ(found["total"], 1) << found;
  EXPECT_TRUE(found["exact"]);
  EXPECT_TRUE(found["indexed"]);
  EXPECT_EQ(found["documents"][0]["document"]["id"], id);
  EXPECT_EQ(found["facets"]["state"], json::array({{{"value", "directed"}, {"count", 1}}}));
  bool hit = false;
  for (const auto& piece : found["documents"][0]["subject"]) hit = hit || piece["hit"].get<bool>();
  EXPECT_TRUE(hit);
  EXPECT_EQ(search("clerk",
                   "?q=so:1234&state=directed&urgency=khan&direction=incoming&year=2026"
                   "&from=2026-11-24&to=2026-11-24&sort=newest&size=1")["total"],
            1);
  EXPECT_EQ(search("clerk", "?direction=outgoing")["total"], 0);
  EXPECT_EQ(search("official_ward", "?q=truong%20hoc")["total"], 0) << "another agency's";
}

TEST_F(ApiSearch, SuggestsFromTheBeginningOfAWord) {
  office.registered();
  office.feedSearch();
  const auto found = office.get("clerk", "/search/suggestions?q=tr%C6%B0%E1%BB%9Dng%20h").body;
  ASSERT_EQ(found["documents"].size(), 1U) << found;
  EXPECT_TRUE(office.get("clerk", "/search/suggestions?q=zz").body["documents"].empty());
  EXPECT_EQ(office.get("clerk", "/search/suggestions").status, 422);
}

TEST_F(ApiSearch, RefusesAFilterThatItCannotRead) {
  for (const auto& [query, code] :
       std::vector<std::pair<std::string, std::string>>{{"tu:31/02/2026", "search.bad_date"},
                                                        {"nam:26", "search.bad_year"},
                                                        {"khan:x", "search.unknown_value"}}) {
    const auto answer = office.get("clerk", "/search?q=" + query);
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.code(), code);
  }
}

TEST_F(ApiSearch, AnswersFromTheDatabaseBeforeThereIsAnIndex) {
  office.registered();
  const auto found = search("clerk", "?q=truong%20hoc");
  EXPECT_EQ(found["documents"].size(), 1U);
  EXPECT_FALSE(found["indexed"]);
}

TEST_F(ApiSearch, HasItsPage) {
  office.registered();
  office.feedSearch();
  PageVisitor visitor{office};
  const auto page = visitor.get("clerk", "/search?q=truong+hoc&state=registered");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.text.find("<mark>"), std::string::npos);
  EXPECT_EQ(visitor.get("clerk", "/search?q=tu:x").status, 422);
  EXPECT_EQ(visitor.get("clerk", "/search?from=31/02/2026").status, 422);
  EXPECT_EQ(visitor.get("clerk", "/search?q=%FF").status, 400);
  EXPECT_EQ(visitor.get("clerk", "/search?year=abc&agency=x&page=-1").status, 200);
  const auto suggestions = visitor.get("clerk", "/search/suggest?q=tru");
  EXPECT_NE(suggestions.text.find("role=\"option\""), std::string::npos);
  EXPECT_EQ(suggestions.text.find("<html"), std::string::npos);
}

}  // namespace
}  // namespace tests
