// Lists, tasks, look-ups and the description, by REST.
#include <gtest/gtest.h>

#include <set>

#include "eoffice/audit/audit_log.h"
#include "reminder/channels/bell.h"
#include "tests/integration/eoffice/api/api_office.h"
#include "tests/support/test_database.h"

namespace tests {
namespace {

using nlohmann::json;

class ApiReading : public ApiTest {
 protected:
  json list(const std::string& query, const std::string& login = "clerk") {
    const auto answer = office.get(login, "/documents" + query);
    EXPECT_EQ(answer.status, 200) << answer.text;
    return answer.body;
  }
};

TEST_F(ApiReading, PagesAndCounts) {
  for (int i = 0; i < 5; ++i) office.received("key-" + std::to_string(i));
  const auto first = list("?size=2");
  EXPECT_EQ(first["documents"].size(), 2U);
  EXPECT_TRUE(first["more"]);
  EXPECT_TRUE(first["total"].is_null());
  const auto next = [](const json& page) { return "&after=" + page["next"].get<std::string>(); };
  const auto second = list("?size=2" + next(first));
  EXPECT_LT(second["documents"][0]["id"], first["documents"][1]["id"]);
  const auto last = list("?size=2&total=1" + next(second));
  EXPECT_EQ(last["documents"].size(), 1U);
  EXPECT_FALSE(last["more"]);
  EXPECT_TRUE(last["next"].is_null());
  EXPECT_EQ(last["total"], 5);
  EXPECT_FALSE(list("?size=5")["more"]);
  const auto box = list("?box=to_register&size=4");
  EXPECT_EQ(list("?box=to_register&size=4" + next(box))["documents"].size(), 1U);
  const auto refused = office.get("clerk", "/documents?after=1%20OR%201");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.code(), "list.bad_key");
  EXPECT_EQ(list("?box=to_register&size=2&total=1")["total"], 5);
  EXPECT_TRUE(list("?box=to_register&size=2")["more"]);
}

TEST_F(ApiReading, Filters) {
  const auto id = office.registered("one");
  office.received("two");
  const auto only = json::array({id});
  const auto ids = [&](const std::string& query) {
    json out = json::array();
    const auto found = list(query);
    for (const auto& row : found["documents"]) out.push_back(row["id"]);
    return out;
  };
  EXPECT_EQ(ids("?state=registered"), only);
  EXPECT_EQ(ids("?urgency=khan&direction=incoming"), only);
  EXPECT_EQ(ids("?words=truong%20hoc%201234"), only);
  EXPECT_EQ(ids("?state=registered&from=2026-11-24&to=2026-11-24"), only);
  EXPECT_TRUE(ids("?words=truong%20hoc%20khac").empty());
  EXPECT_TRUE(ids("?direction=outgoing").empty());
  EXPECT_TRUE(ids("?to=2026-11-23").empty());
  const auto both = office.get("clerk", "/documents?box=to_register&words=a");
  EXPECT_EQ(both.status, 422);
  EXPECT_EQ(both.code(), "list.box_alone");
  EXPECT_EQ(office.get("clerk", "/documents?state=lost&size=0&sort=x").faults().size(), 3U);
}

TEST_F(ApiReading, GivesFilesInParts) {
  const auto id = office.received();
  const auto shown = office.get("clerk", "/documents/" + std::to_string(id)).body;
  const auto path =
      "/api/v1/documents/" + std::to_string(id) + "/files/" + shown["files"][0]["id"].dump();
  const std::pair<std::string, std::string> bearer{"Authorization",
                                                   "Bearer " + office.token("clerk")};
  const auto whole = office.raw({.path = path, .headers = {bearer}});
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.text.size(), shown["files"][0]["size"]);
  EXPECT_EQ(whole.whole.header("Content-Type"), "application/pdf");
  const auto part = office.raw({.path = path, .headers = {bearer, {"Range", "bytes=0-3"}}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.text, "%PDF");
  const auto tag = whole.whole.header("ETag").value_or("");
  EXPECT_EQ(office.raw({.path = path, .headers = {bearer, {"If-None-Match", tag}}}).status, 304);
  // Of a browser that somebody else sits at now, it is asked again.
  EXPECT_EQ(whole.whole.header("Cache-Control"), "private, no-cache");
  office.signIn("official");
  const std::pair<std::string, std::string> other{"Authorization",
                                                  "Bearer " + office.token("official")};
  EXPECT_EQ(office.raw({.path = path, .headers = {other, {"If-None-Match", tag}}}).status, 404);
}

TEST_F(ApiReading, FollowsTasks) {
  office.directed();
  const auto mine = office.get("official", "/tasks?list=mine").body["tasks"];
  ASSERT_EQ(mine.size(), 1U);
  const auto path = "/tasks/" + mine[0]["id"].dump();
  EXPECT_EQ(mine[0]["state"], "assigned");
  EXPECT_EQ(mine[0]["timing"], "in_time");
  EXPECT_EQ(office.post("official", path + "/receipt").body["state"], "received");
  const auto progress =
      office.post("official", path + "/progress", {{"text", "Đã gửi phiếu."}, {"version", 99}});
  EXPECT_EQ(progress.code(), "task.changed_meanwhile");
  auto version = office.get("official", path).body["version"];
  const auto going = office.post("official", path + "/progress",
                                 {{"text", "Đã gửi phiếu."}, {"version", version}});
  EXPECT_EQ(going.body["state"], "in_progress");
  const auto later = office.post("leader", path + "/due-date",
                                 {{"due_date", "2026-12-11"},
                                  {"reason", "Thêm thời gian."},
                                  {"version", going.body["version"]}});
  EXPECT_EQ(later.body["due_date"], "2026-12-11") << later.text;
  EXPECT_EQ(later.body["original_due_date"], "2026-12-01");
  const auto two = office.post("leader", path + "/due-date",
                               {{"due_date", "2026-12-11"},
                                {"workdays", 3},
                                {"reason", "x"},
                                {"version", later.body["version"]}});
  EXPECT_EQ(two.code(), "instruction.two_deadlines");
  const auto detail = office.get("leader", path).body;
  EXPECT_EQ(detail["history"].size(), 4U);
  EXPECT_EQ(detail["history"][3]["act"], "due_changed");
  EXPECT_EQ(detail["participants"].size(), 3U);

  // Each act left its audit entry, in the name of who did it.
  const auto audited = TestDatabase::office().database().read([&](base::db::Session& session) {
    return eoffice::audit::history(session, "task", mine[0]["id"].get<std::int64_t>());
  });
  std::vector<std::string> acts;
  for (const auto& record : audited) acts.push_back(record.entry.act + " " + record.personName);
  EXPECT_EQ(acts, (std::vector<std::string>{
                      "task.assigned Nguyễn Văn An", "task.received Đỗ Hoàng Nam",
                      "task.progress Đỗ Hoàng Nam", "task.due_changed Nguyễn Văn An"}));
}

TEST_F(ApiReading, ReturnsAReport) {
  const auto id = office.directed();
  office.post("official", "/documents/" + std::to_string(id) + "/completion",
              {{"result", "Xong."}});
  const auto task = office.get("leader", "/tasks?list=open").body["tasks"][0];
  EXPECT_EQ(task["state"], "reported");
  const auto back = office.post("leader", "/tasks/" + task["id"].dump() + "/return",
                                {{"reason", "Chưa đủ."}, {"version", task["version"]}});
  EXPECT_EQ(back.body["state"], "returned") << back.text;
}

TEST_F(ApiReading, CountsByUnit) {
  office.directed();
  office.clock().advance(std::chrono::hours(24 * 30));
  office.signIn("leader");
  const auto overview = office.get("leader", "/tasks/overview").body;
  EXPECT_EQ(overview["all"]["late"], 1);
  ASSERT_EQ(overview["units"].size(), 1U);
  EXPECT_EQ(overview["units"][0]["on_time"]["permille"], 0);
  const auto unit = overview["units"][0]["unit"]["id"].dump();
  EXPECT_EQ(office.get("leader", "/tasks?list=late&unit=" + unit).body["tasks"].size(), 1U);
  EXPECT_EQ(office.get("leader", "/tasks?list=near").body["tasks"].size(), 0U);
}

TEST_F(ApiReading, FindsPeopleAgenciesAndTypes) {
  const auto people = office.get("clerk", "/people?words=nguyen%20van").body["people"];
  ASSERT_EQ(people.size(), 1U);
  EXPECT_EQ(people[0]["post"], office.people().leader.post.value());
  EXPECT_EQ(office.get("clerk", "/units").body["units"].size(), 2U);
  EXPECT_TRUE(office.get("clerk", "/agencies").body["agencies"].empty());
  EXPECT_EQ(office.get("clerk", "/document-types").body["types"].size() > 5, true);
  EXPECT_EQ(office.get("clerk", "/registers/other").code(), "register.unknown");
}

TEST_F(ApiReading, ShowsAndMarksNotices) {
  const auto reader = reminder::ReaderId(office.people().official.person.value());
  TestDatabase::office().database().transact([&](base::db::Session& session) {
    for (const char* key : {"a", "b"}) {
      reminder::Bell::ring(
          session, office.clock().now(),
          {{.reader = reader, .kind = "task_due", .object = {"task", 7}, .key = key}});
    }
  });
  const auto first = office.get("official", "/notifications?unread=1").body;
  EXPECT_EQ(first["unread"], 2);
  const auto oldest = first["notifications"][1]["id"];
  EXPECT_EQ(office.post("official", "/notifications/read", {{"last", oldest}}).status, 204);
  EXPECT_EQ(office.get("official", "/notifications").body["unread"], 1);
  EXPECT_EQ(office.get("clerk", "/notifications").body["notifications"].size(), 0U);
}

TEST_F(ApiReading, DescribesExactlyTheRoutesThatThereAre) {
  std::set<std::string> described;
  const auto description = office.raw({.path = "/api/v1/openapi.json"}).body;
  for (const auto& [path, methods] : description["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      auto upper = method;
      std::transform(upper.begin(), upper.end(), upper.begin(), ::toupper);
      described.insert(upper + " " + path);
      EXPECT_FALSE(operation["summary"].get<std::string>().empty()) << path;
    }
  }
  std::set<std::string> routed;
  for (const auto& route : office.router().routes()) {
    if (route.pattern.starts_with("/api/v1")) {
      routed.insert(std::string(base::http::name(route.method)) + " " + route.pattern);
    }
  }
  EXPECT_EQ(described, routed);
  EXPECT_GT(routed.size(), 40U);
}

TEST_F(ApiReading, NamesEveryOperationOnceAndEveryErrorInTheCatalogues) {
  const base::Texts texts(std::filesystem::path(EOFFICE_SOURCE_DIR) / "templates/texts");
  std::set<std::string> names;
  const auto description = office.raw({.path = "/api/v1/openapi.json"}).body;
  for (const auto& [path, methods] : description["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      EXPECT_TRUE(names.insert(operation["operationId"].get<std::string>()).second) << path;
      for (const auto& code : operation["x-errors"]) {
        EXPECT_TRUE(texts.has("error." + code.get<std::string>())) << path << ": " << code;
      }
    }
  }
}

}  // namespace
}  // namespace tests
