// The description of a small table: what programmers' tools read must be there and fit together.
#include "eoffice/api/openapi.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace eoffice::api {
namespace {

using nlohmann::json;

const Schema& thing() {
  static const Schema kSchema{.name = "Thing",
                              .fields = {id("id", "Which."), optional(text("name", "Its name."))}};
  return kSchema;
}
const Schema& newThing() {
  static const Schema kSchema{
      .name = "NewThing",
      .side = Schema::Side::Input,
      .fields = {text("name", "", 20), optional(choice("kind", "", {"a", "b"})),
                 optional(object("like", thing()))}};
  return kSchema;
}

json described() {
  return describe({{.method = base::http::Method::Post,
                    .path = "/things/{id}/copies",
                    .name = "copyThing",
                    .group = "things",
                    .summary = "Copy it.",
                    .query = {optional(number("page", "Which page.", 1, 9))},
                    .body = &newThing(),
                    .answer = &thing(),
                    .status = 201,
                    .errors = {"thing.gone"},
                    .action = {}},
                   {.path = "/open",
                    .name = "open",
                    .group = "things",
                    .summary = "For anybody.",
                    .door = web::Door::Open,
                    .mediaType = "text/plain",
                    .action = {}}});
}

TEST(OpenApi, DescribesParametersBodiesAndAnswers) {
  const auto all = described();
  const auto& copy = all["paths"]["/api/v1/things/{id}/copies"]["post"];
  EXPECT_EQ(copy["operationId"], "copyThing");
  EXPECT_EQ(copy["parameters"][0]["name"], "id");
  EXPECT_EQ(copy["parameters"][0]["in"], "path");
  EXPECT_EQ(copy["parameters"][1]["schema"]["maximum"], 9);
  EXPECT_EQ(copy["requestBody"]["content"]["application/json"]["schema"]["$ref"],
            "#/components/schemas/NewThing");
  EXPECT_EQ(copy["responses"]["201"]["content"]["application/json"]["schema"]["$ref"],
            "#/components/schemas/Thing");
  EXPECT_NE(copy["responses"]["default"]["description"].get<std::string>().find("thing.gone"),
            std::string::npos);
  EXPECT_TRUE(copy["responses"].contains("401"));
  EXPECT_FALSE(copy.contains("security"));
}

TEST(OpenApi, TellsInputsFromOutputs) {
  const auto schemas = described()["components"]["schemas"];
  EXPECT_EQ(schemas["NewThing"]["required"], json::array({"name"}));
  EXPECT_EQ(schemas["NewThing"]["properties"]["name"]["maxLength"], 20);
  EXPECT_EQ(schemas["NewThing"]["properties"]["kind"]["enum"], json::array({"a", "b", nullptr}));
  EXPECT_EQ(schemas["Thing"]["required"], json::array({"id", "name"}));
  EXPECT_EQ(schemas["Thing"]["properties"]["name"]["type"], json::array({"string", "null"}));
}

TEST(OpenApi, SaysWhatIsOpenToAnybody) {
  const auto all = described();
  EXPECT_TRUE(all["paths"]["/api/v1/open"]["get"]["security"].empty());
  EXPECT_FALSE(all["paths"]["/api/v1/open"]["get"]["responses"].contains("401"));
  EXPECT_FALSE(all["security"].empty());
}

TEST(OpenApi, RefersOnlyToWhatIsThere) {
  const auto all = described();
  const auto text = all.dump();
  const std::string mark = "#/components/schemas/";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const auto begin = at + mark.size();
    const auto name = text.substr(begin, text.find('"', begin) - begin);
    EXPECT_TRUE(all["components"]["schemas"].contains(name)) << name;
  }
}

}  // namespace
}  // namespace eoffice::api
