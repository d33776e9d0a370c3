// Who may see and do what, by REST: the rights stand in the queries, and what one may not see is
// not there.
#include <gtest/gtest.h>

#include "eoffice/directory/sign_in.h"
#include "tests/integration/eoffice/api/api_office.h"

namespace tests {
namespace {

using nlohmann::json;

std::string at(std::int64_t id, const std::string& rest = "") {
  return "/documents/" + std::to_string(id) + rest;
}

class ApiRights : public ApiTest {};

TEST_F(ApiRights, AdministratorsSeeNoContents) {
  const auto id = office.directed();
  const auto file = office.get("clerk", at(id)).body["files"][0]["id"].dump();
  for (const char* admin : {"system_admin", "unit_admin"}) {
    EXPECT_EQ(office.get(admin, at(id)).status, 404);
    EXPECT_EQ(office.get(admin, at(id, "/files/" + file)).status, 404);
    EXPECT_EQ(office.get(admin, at(id, "/history")).status, 404);
    EXPECT_TRUE(office.get(admin, "/documents").body["documents"].empty());
    EXPECT_TRUE(office.get(admin, "/tasks").body["tasks"].empty());
    EXPECT_EQ(office.get(admin, "/registers/incoming").code(), "permission.denied");
    const auto upload = office.raw({.method = "POST",
                                    .path = "/api/v1/uploads?name=a.pdf",
                                    .headers = {{"Authorization", "Bearer " + office.token(admin)},
                                                {"Content-Type", "application/pdf"}},
                                    .body = "%PDF-1.7"});
    EXPECT_EQ(upload.code(), "permission.denied");
  }
}

TEST_F(ApiRights, OthersDoNotKnowThatADocumentExists) {
  const auto id = office.registered();
  // The official has no part in it yet; the other agency never has.
  for (const char* login : {"official", "clerk_ward", "leader_ward", "official_ward"}) {
    EXPECT_EQ(office.get(login, at(id)).code(), "document.unknown") << login;
    EXPECT_TRUE(office.get(login, "/documents").body["documents"].empty()) << login;
  }
  const auto act = office.post("clerk_ward", at(id, "/registration"), office.registration());
  EXPECT_EQ(act.code(), "document.unknown");
  EXPECT_EQ(office.get("clerk", at(id)).status, 200);
  EXPECT_EQ(office.get("clerk", at(999'999)).code(), "document.unknown");
  EXPECT_EQ(office.get("clerk", "/documents/abc").code(), "document.unknown");
}

TEST_F(ApiRights, TheLeadSeesItOnceDirected) {
  const auto id = office.directed();
  EXPECT_EQ(office.get("official", at(id)).body["waits_for_me"], json::array({"handle"}));
  EXPECT_EQ(office.get("head_of_unit", at(id)).status, 200);
  EXPECT_EQ(office.get("official_ward", at(id)).status, 404);
}

TEST_F(ApiRights, EachActNeedsItsRole) {
  const auto id = office.submitted();
  EXPECT_EQ(office
                .post("official", "/incoming-documents",
                      {{"upload", office.upload("official", "du-thao-cong-van.pdf")},
                       {"request_key", "k"}})
                .code(),
            "permission.denied");
  const json direction{{"text", "x"}, {"lead", office.people().official.post.value()}};
  EXPECT_EQ(office.post("clerk", at(id, "/direction"), direction).code(), "permission.denied");
  // A head of office may direct, but this one waits for the leader.
  EXPECT_EQ(office.post("head_of_office", at(id, "/direction"), direction).code(),
            "document.not_yours");
  EXPECT_EQ(office.post("clerk", at(id, "/signature"), {{"pin", kPin}}).code(),
            "permission.denied");
}

TEST_F(ApiRights, WantsASession) {
  const auto answer = office.get("", "/documents");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.code(), "sign_in.needed");
  const auto made =
      office.raw({.path = "/api/v1/documents", .headers = {{"Authorization", "Bearer nothing"}}});
  EXPECT_EQ(made.status, 401);
}

TEST_F(ApiRights, CookiesNeedTheCsrfToken) {
  office.signIn("clerk");
  const auto token = office.token("clerk");
  const auto with = [&](const std::string& method, const std::string& csrf) {
    base::http::ClientRequest request{.method = method, .path = "/api/v1/me/post"};
    if (method == "GET") request.path = "/api/v1/documents";
    request.headers = {{"Cookie", "eoffice=" + token}, {"Content-Type", "application/json"}};
    if (!csrf.empty()) request.headers.emplace_back("X-CSRF-Token", csrf);
    if (method == "POST") {
      request.body = json{{"post", office.people().clerk.post.value()}}.dump();
    }
    return office.raw(request);
  };
  EXPECT_EQ(with("GET", "").status, 200);
  EXPECT_EQ(with("POST", "").code(), "request.forged");
  EXPECT_EQ(with("POST", "wrong").code(), "request.forged");
  EXPECT_EQ(with("POST", eoffice::directory::SignIn::csrfToken(token)).status, 200);
}

TEST_F(ApiRights, EndsWithTheSession) {
  office.signIn("clerk");
  EXPECT_EQ(office.send("clerk", "DELETE", "/sessions/current").status, 204);
  EXPECT_EQ(office.get("clerk", "/me").status, 401);
  office.signIn("clerk");
  const auto first = office.token("clerk");
  office.signIn("clerk");
  EXPECT_EQ(office.send("clerk", "DELETE", "/sessions").body["ended"], 2);
  EXPECT_EQ(
      office.raw({.path = "/api/v1/me", .headers = {{"Authorization", "Bearer " + first}}}).status,
      401);
}

TEST_F(ApiRights, TellsWhoOneIs) {
  const auto me = office.get("official", "/me").body;
  EXPECT_EQ(me["login"], "official");
  EXPECT_EQ(me["post"]["role"], "official");
  EXPECT_EQ(me["posts"].size(), 1U);
  EXPECT_EQ(
      office.post("official", "/me/post", {{"post", office.people().clerk.post.value()}}).code(),
      "post.not_yours");
}

TEST_F(ApiRights, ChangesThePassword) {
  const json wrong{{"current", "nothing"}, {"password", "một mật khẩu khác hẳn"}};
  EXPECT_EQ(office.post("clerk", "/me/password", wrong).code(), "password.wrong");
  const json good{{"current", kPassword}, {"password", "một mật khẩu khác hẳn"}};
  EXPECT_EQ(office.post("clerk", "/me/password", good).status, 204);
  const auto again = office.post("", "/sessions", {{"login", "clerk"}, {"password", kPassword}});
  EXPECT_EQ(again.status, 401);
  EXPECT_EQ(again.code(), "sign_in.wrong");
}

TEST_F(ApiRights, KeepsTasksToThoseWhoTakePart) {
  office.directed();
  const auto task = office.get("official", "/tasks?list=mine").body["tasks"][0]["id"].dump();
  EXPECT_EQ(office.get("leader", "/tasks/" + task).status, 200);
  EXPECT_EQ(office.get("clerk", "/tasks/" + task).code(), "task.not_found");
  EXPECT_EQ(office.get("leader_ward", "/tasks/" + task).code(), "task.not_found");
  EXPECT_EQ(office.post("official", "/tasks/" + task + "/confirmation", {{"version", 1}}).code(),
            "task.not_yours");
}

}  // namespace
}  // namespace tests
