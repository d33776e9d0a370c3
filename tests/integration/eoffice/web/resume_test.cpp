// A form that meets a session that is over: what was typed comes back after the sign-in.
#include <gtest/gtest.h>

#include "tests/integration/eoffice/web/page_visitor.h"

namespace tests {
namespace {

class Resume : public ApiTest {
 protected:
  Resume() { id = office.submitted(); }
  [[nodiscard]] std::string path() const {
    return "/documents/" + std::to_string(id) + "/instruct";
  }
  [[nodiscard]] PageForm typed(const std::string& token) {
    return {{"text", "Chủ trì <tham mưu> & báo cáo"},
            {"lead", std::to_string(office.people().official.post.value())},
            {"workdays", "5"},
            {"pin", "9999"},
            {"_csrf", eoffice::directory::SignIn::csrfToken(token)}};
  }
  static bool says(const ApiAnswer& answer, const std::string& text) {
    return answer.text.find(text) != std::string::npos;
  }

  std::int64_t id = 0;
  PageVisitor visitor{office};
  const std::vector<std::pair<std::string, std::string>> own{{"Sec-Fetch-Site", "same-origin"}};
};

TEST_F(Resume, KeepsWhatWasTypedThroughTheSignIn) {
  const auto over = office.token("leader");
  office.send("leader", "DELETE", "/sessions/current");
  const auto kept = visitor.postAs(over, path(), typed(over), own);
  EXPECT_EQ(kept.status, 401);
  EXPECT_TRUE(says(kept, R"(name="kept_action" value=")" + path()));
  EXPECT_TRUE(says(kept, "Chủ trì &lt;tham mưu&gt; &amp; báo cáo"));
  EXPECT_FALSE(says(kept, "9999")) << "a PIN never comes back";

  const std::string visit(43, 'v');
  const auto signedIn = office.raw(
      {.method = "POST",
       .path = "/sign-in",
       .headers = {{"Cookie", "eoffice_visitor=" + visit},
                   {"Content-Type", "application/x-www-form-urlencoded"}},
       .body = PageVisitor::encoded({{"account", "leader"},
                                     {"password", kPassword},
                                     {"kept_action", path()},
                                     {"kept.text", "Chủ trì"},
                                     {"kept.pin", "9999"},
                                     {"_csrf", eoffice::directory::SignIn::csrfToken(visit)}})});
  EXPECT_EQ(signedIn.status, 200);
  EXPECT_TRUE(says(signedIn, R"(action=")" + path()));
  EXPECT_TRUE(says(signedIn, R"(name="text" value="Chủ trì")"));
  EXPECT_FALSE(says(signedIn, "9999"));
  // Its token is the new session's: the form can be sent as it stands.
  const auto cookie = signedIn.whole.header("Set-Cookie").value_or("");
  const auto token = cookie.substr(8, cookie.find(';') - 8);
  EXPECT_TRUE(says(signedIn, eoffice::directory::SignIn::csrfToken(token)));
  EXPECT_EQ(visitor.postAs(token, path(), typed(token), own).status, 303);
}

TEST_F(Resume, KeepsAFormOfAnEarlierSession) {
  const auto earlier = office.token("leader");
  office.signIn("leader");
  const auto shown = visitor.postAs(office.token("leader"), path(), typed(earlier), own);
  EXPECT_EQ(shown.status, 200);
  EXPECT_TRUE(says(shown, eoffice::directory::SignIn::csrfToken(office.token("leader"))));
  EXPECT_TRUE(says(shown, "báo cáo"));
  EXPECT_EQ(office.get("leader", "/documents/" + std::to_string(id)).body["state"], "submitted");
}

TEST_F(Resume, KeepsNothingForAnotherSite) {
  const auto over = office.token("leader");
  using Headers = std::vector<std::pair<std::string, std::string>>;
  const Headers foreign{{"Sec-Fetch-Site", "cross-site"}};
  const Headers foreignOrigin{{"Origin", "https://example.org"}};
  for (const auto& headers : {foreign, foreignOrigin, Headers{}}) {
    EXPECT_EQ(visitor.postAs(over, path(), {{"text", "x"}, {"_csrf", "made up"}}, headers).status,
              403);
  }
  office.send("leader", "DELETE", "/sessions/current");
  for (const auto& headers : {foreign, foreignOrigin, Headers{}}) {
    const auto answer = visitor.postAs(over, path(), typed(over), headers);
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.whole.header("Location"), "/sign-in");
  }
}

TEST_F(Resume, TellsAScriptThatTheSessionIsOver) {
  const auto over = office.token("leader");
  const auto live = visitor.get("leader", "/session");
  EXPECT_EQ(live.body["csrf"], eoffice::directory::SignIn::csrfToken(over));
  office.send("leader", "DELETE", "/sessions/current");
  EXPECT_EQ(visitor.get("leader", "/session", {{"X-Requested-With", "fetch"}}).status, 401);
  EXPECT_EQ(visitor.get("leader", "/deadline?workdays=5", {{"HX-Request", "true"}}).status, 401);
  EXPECT_EQ(visitor.postAs(over, path(), typed(over), {{"HX-Request", "true"}}).status, 401);
  EXPECT_EQ(visitor.get("leader", "/today").whole.header("Location"), "/sign-in?next=/today");
}

TEST_F(Resume, LetsNoPollingPageKeepASessionAlive) {
  for (int minutes = 0; minutes < 150; minutes += 5) {
    office.clock().advance(std::chrono::minutes(5));
    visitor.get("leader", "/notifications/bell", {{"HX-Request", "true"}, {"HX-Trigger", "bell"}});
  }
  EXPECT_EQ(visitor.get("leader", "/session", {{"X-Requested-With", "fetch"}}).status, 401);
}

}  // namespace
}  // namespace tests
