// Saved views and exports, by REST and on their page: a view goes round whole, belongs to its
// owner, is shared with the unit alone, and shows each reader what they may see.
#include <gtest/gtest.h>

#include "eoffice/audit/audit_log.h"
#include "tests/integration/eoffice/api/api_office.h"
#include "tests/integration/eoffice/web/page_visitor.h"
#include "tests/support/test_database.h"

namespace tests {
namespace {

using nlohmann::json;

class ApiViews : public ApiTest {
 protected:
  ApiAnswer save(const std::string& login, const std::string& name, const std::string& query,
                 bool shared = false) {
    return office.post(login, "/views", {{"name", name}, {"query", query}, {"shared", shared}});
  }
  json views(const std::string& login) { return office.get(login, "/views").body["views"]; }
  ApiAnswer exported(const std::string& login, const std::string& what) {
    return office.raw({.path = "/api/v1/exports/documents." + what,
                       .headers = {{"Authorization", "Bearer " + office.token(login)}}});
  }
  PageVisitor visitor{office};
};

TEST_F(ApiViews, AViewGoesRoundWhole) {
  const auto saved = save("clerk", "Khẩn, chưa trình", "sort=due&state=registered&urgency=khan");
  ASSERT_EQ(saved.status, 201) << saved.text;
  EXPECT_EQ(saved.body["query"], "state=registered&urgency=khan&sort=due");
  office.registered("one");
  office.received("two");
  const auto query = saved.body["query"].get<std::string>();
  EXPECT_EQ(office.get("clerk", "/documents?" + query).body["documents"].size(), 1U);
  const auto page = visitor.get("clerk", "/documents?" + query);
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.text.find("Khẩn, chưa trình"), std::string::npos);
  const auto path = "/views/" + saved.body["id"].dump();
  const auto stale =
      office.send("clerk", "PUT", path, {{"name", "a"}, {"query", ""}, {"version", 7}});
  EXPECT_EQ(stale.code(), "view.changed_meanwhile");
  const auto changed =
      office.send("clerk", "PUT", path, {{"name", "Mới"}, {"query", "year=2026"}, {"version", 1}});
  EXPECT_EQ(changed.body["query"], "year=2026");
  EXPECT_EQ(office.send("clerk", "DELETE", path, nullptr).status, 204);
  EXPECT_TRUE(views("clerk").empty());
}

TEST_F(ApiViews, BelongsToItsOwnerAndIsSharedWithTheUnitAlone) {
  const auto mine = save("official", "Riêng", "words=a").body["id"].dump();
  save("official", "Chung", "words=b", true);
  // The head of unit sits in the same unit, the clerk in another one.
  ASSERT_EQ(views("head_of_unit").size(), 1U);
  EXPECT_EQ(views("head_of_unit")[0]["name"], "Chung");
  EXPECT_EQ(views("head_of_unit")[0]["own"], false);
  EXPECT_TRUE(views("clerk").empty());
  for (const auto* login : {"head_of_unit", "clerk"}) {
    EXPECT_EQ(office.send(login, "PUT", "/views/" + mine, {{"name", "x"}, {"query", ""}}).code(),
              "view.unknown");
    EXPECT_EQ(office.send(login, "DELETE", "/views/" + mine, nullptr).code(), "view.unknown");
  }
}

TEST_F(ApiViews, RefusesWhatIsNoView) {
  EXPECT_EQ(save("clerk", "a", "state=lost&deadline=soon").code(), "view.bad_query");
  EXPECT_EQ(save("clerk", "  ", "").status, 422);
  EXPECT_EQ(save("clerk", "Báo cáo", "").status, 201);
  EXPECT_EQ(save("clerk", "bao cao", "").code(), "view.name_taken");
  for (int i = 1; i < 50; ++i) save("clerk", "v" + std::to_string(i), "");
  EXPECT_EQ(save("clerk", "one more", "").code(), "view.too_many");
}

TEST_F(ApiViews, ExportsWhatTheReaderMaySeeAndIsAudited) {
  const auto id = office.registered("one");
  const auto csv = exported("clerk", "csv?columns=number,symbol,subject&state=registered");
  ASSERT_EQ(csv.status, 200) << csv.text;
  EXPECT_EQ(csv.whole.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_TRUE(csv.text.starts_with("\xEF\xBB\xBF\"Số đến\",\"Số, ký hiệu\",\"Trích yếu\"\r\n1,\""))
      << csv.text;
  EXPECT_EQ(std::count(csv.text.begin(), csv.text.end(), '\n'), 2);
  const auto none = exported("official", "csv");
  EXPECT_EQ(std::count(none.text.begin(), none.text.end(), '\n'), 1) << id;
  const auto xlsx = exported("clerk", "xlsx");
  EXPECT_TRUE(xlsx.text.starts_with("PK")) << xlsx.text.substr(0, 40);
  EXPECT_EQ(exported("clerk", "csv?state=lost").status, 422);
  const auto entries = TestDatabase::office().database().read([&](base::db::Session& session) {
    return eoffice::audit::history(session, "agency", office.people().agency.value());
  });
  std::vector<std::string> exports;
  for (const auto& record : entries) {
    if (record.entry.act == "documents.exported")
      exports.push_back(record.entry.detail.at(2).second);
  }
  EXPECT_EQ(exports, (std::vector<std::string>{"1", "0", "1"}));
}

TEST_F(ApiViews, ShowsTheNextOfTheListThatWasOpened) {
  std::vector<std::int64_t> ids;
  for (int i = 0; i < 60; ++i) ids.push_back(office.received("key-" + std::to_string(i)));
  // Far down in a filtered view: its neighbours are the view's, and so is the way back.
  const auto page =
      visitor.get("clerk", "/documents/" + std::to_string(ids[3]) +
                               "?list=documents%3Fdirection%3Dincoming%26sort%3Doldest");
  const auto link = [](std::int64_t id) {
    return "/documents/" + std::to_string(id) +
           "?list=documents%3Fdirection%3Dincoming%26sort%3Doldest";
  };
  ASSERT_EQ(page.status, 200);
  const auto next = page.text.find("data-next");
  ASSERT_NE(next, std::string::npos);
  const auto before = page.text.rfind("<a ", next);
  EXPECT_NE(page.text.substr(before, next - before).find(link(ids[4])), std::string::npos)
      << page.text.substr(before, next - before);
  EXPECT_NE(page.text.find("/documents?direction=incoming&amp;sort=oldest"), std::string::npos);
  // The last rows of a box are shown around the one that was opened.
  const auto last =
      visitor.get("clerk", "/documents/" + std::to_string(ids[59]) + "?list=to-register");
  EXPECT_NE(last.text.find("data-previous"), std::string::npos);
  EXPECT_EQ(last.text.find("data-next"), std::string::npos);
  EXPECT_NE(last.text.find("/incoming/to-register?before="), std::string::npos);
}

}  // namespace
}  // namespace tests
