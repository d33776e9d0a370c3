// Standing in for somebody who is away, by REST: given, used when a step is opened, ended.
#include <gtest/gtest.h>

#include "tests/integration/eoffice/api/api_office.h"
#include "tests/support/test_database.h"

namespace tests {
namespace {

using nlohmann::json;

class ApiDelegation : public ApiTest {
 protected:
  std::int64_t postOf(const std::string& login) {
    return office.get(login, "/me").body["post"]["id"];
  }
  json away(const std::string& last = "2026-11-27") {
    return {{"to", postOf("head_of_office")},
            {"first_day", "2026-11-24"},
            {"last_day", last},
            {"scopes", {"read", "direct"}}};
  }
  std::size_t waiting(const std::string& login) {
    return office.get(login, "/documents?box=to_direct").body["documents"].size();
  }
};

TEST_F(ApiDelegation, BringsNewStepsToWhoStandsIn) {
  const auto given = office.post("leader", "/delegations", away());
  ASSERT_EQ(given.status, 201) << given.text;
  EXPECT_EQ(given.body["to"]["post"], postOf("head_of_office"));
  EXPECT_EQ(given.body["scopes"], json({"read", "direct"}));
  for (const char* login : {"leader", "head_of_office"}) {
    EXPECT_EQ(office.get(login, "/delegations").body["delegations"].size(), 1U) << login;
  }
  const auto id = office.submitted();
  EXPECT_EQ(waiting("head_of_office"), 1U);
  const auto shown = office.get("head_of_office", "/documents/" + std::to_string(id)).body;
  EXPECT_EQ(shown["waits_for_me"], json::array({"direct"}));

  const auto path = "/delegations/" + given.body["id"].dump();
  EXPECT_EQ(office.send("clerk", "DELETE", path).code(), "delegation.unknown");
  EXPECT_EQ(office.send("leader", "DELETE", path).status, 204);
  EXPECT_TRUE(office.get("leader", "/delegations").body["delegations"].empty());
  const auto next = "/documents/" + std::to_string(office.received("key-2"));
  ASSERT_EQ(office.post("clerk", next + "/registration", office.registration("99")).status, 200);
  ASSERT_EQ(
      office.post("head_of_office", next + "/submission", {{"leader", postOf("leader")}}).status,
      200);
  EXPECT_EQ(waiting("leader"), 2U);          // Who is away may still do what was lent.
  EXPECT_EQ(waiting("head_of_office"), 1U);  // What was opened before keeps its holder.
}

TEST_F(ApiDelegation, IsRefusedWithItsReason) {
  auto signing = away();
  signing["scopes"] = {"read", "sign"};
  EXPECT_EQ(office.post("leader", "/delegations", signing).code(), "delegation.scope");
  EXPECT_EQ(office.post("leader", "/delegations", away("2026-11-23")).code(), "delegation.dates");
  auto anothers = away();
  anothers["from"] = postOf("leader");
  EXPECT_EQ(office.post("clerk", "/delegations", anothers).code(), "delegation.not_yours");
  EXPECT_EQ(office.post("leader", "/delegations", away()).status, 201);
  EXPECT_EQ(office.post("leader", "/delegations", away()).code(), "delegation.overlaps");
}

}  // namespace
}  // namespace tests
