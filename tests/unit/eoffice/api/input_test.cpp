// Inputs against their schemas: each bad input is a row, with the faults that it must be told.
#include "eoffice/api/input.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace eoffice::api {
namespace {

const Schema& inner() {
  static const Schema kSchema{.name = "Inner",
                              .side = Schema::Side::Input,
                              .fields = {text("sha256", "", 64), text("name", "", 5)}};
  return kSchema;
}

const Schema& everything() {
  static const Schema kSchema{
      .name = "Everything",
      .side = Schema::Side::Input,
      .fields = {text("title", "", 5), optional(text("note", "", 5)), optional(secret("pin", "")),
                 optional(number("count", "", 1, 10)), optional(flag("sure", "")),
                 optional(date("day", "")), optional(choice("kind", "", {"a", "b"})),
                 optional(ids("posts", "", 2)), optional(texts("codes", "", 2)),
                 optional(object("file", inner())), optional(objects("files", inner()))}};
  return kSchema;
}

struct BadInput {
  const char* name;
  const char* body;
  std::vector<std::string> faults;  ///< `code field`
};

std::vector<std::string> faultsOf(const base::Refusal& why) {
  std::vector<std::string> out{why.code + " " + why.field};
  for (const auto& other : why.others) out.push_back(other.code + " " + other.field);
  std::sort(out.begin(), out.end());
  return out;
}

class BadInputs : public ::testing::TestWithParam<BadInput> {};

TEST_P(BadInputs, AreToldAllAtOnce) {
  const auto read = readBody(everything(), GetParam().body);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(faultsOf(read.error()), GetParam().faults);
}

INSTANTIATE_TEST_SUITE_P(
    Input, BadInputs,
    ::testing::Values(
        BadInput{"Empty", "", {"request.malformed_json "}},
        BadInput{"CutOff", R"({"title": "a)", {"request.malformed_json "}},
        BadInput{"Array", R"([{"title": "a"}])", {"request.malformed_json "}},
        BadInput{"Text", R"("title")", {"request.malformed_json "}},
        BadInput{"Null", "null", {"request.malformed_json "}},
        BadInput{"TwoObjects", R"({"title":"a"}{})", {"request.malformed_json "}},
        BadInput{"NotUtf8", "{\"title\":\"\xff\"}", {"request.malformed_json "}},
        BadInput{"Missing", "{}", {"field.missing title"}},
        BadInput{"NullIsAbsent", R"({"title": null})", {"field.missing title"}},
        BadInput{"OnlySpace", R"({"title": "  "})", {"field.missing title"}},
        BadInput{"Unknown", R"({"title": "a", "titel": 1})", {"field.unknown titel"}},
        BadInput{"NumberForText", R"({"title": 5})", {"field.wrong_type title"}},
        BadInput{"ObjectForText", R"({"title": {}})", {"field.wrong_type title"}},
        BadInput{"TooLong", R"({"title": "abcdef"})", {"field.too_long title"}},
        BadInput{"NulByte", R"({"title": "a\u0000b"})", {"field.not_text title"}},
        BadInput{"TextForNumber", R"({"title": "a", "count": "5"})", {"field.wrong_type count"}},
        BadInput{
            "FractionForNumber", R"({"title": "a", "count": 1.5})", {"field.wrong_type count"}},
        BadInput{"TooSmall", R"({"title": "a", "count": 0})", {"field.out_of_range count"}},
        BadInput{"Negative", R"({"title": "a", "count": -1})", {"field.out_of_range count"}},
        BadInput{"BeyondInt64",
                 R"({"title": "a", "count": 18446744073709551615})",
                 {"field.out_of_range count"}},
        BadInput{"TextForFlag", R"({"title": "a", "sure": "true"})", {"field.wrong_type sure"}},
        BadInput{"NoSuchDay", R"({"title": "a", "day": "2026-02-30"})", {"field.bad_iso_date day"}},
        BadInput{"OtherOrderOfDate",
                 R"({"title": "a", "day": "06/01/2026"})",
                 {"field.bad_iso_date day"}},
        BadInput{"NoSuchChoice", R"({"title": "a", "kind": "c"})", {"field.not_a_choice kind"}},
        BadInput{"ListForId", R"({"title": "a", "posts": 5})", {"field.wrong_type posts"}},
        BadInput{"TextInIds", R"({"title": "a", "posts": [1, "2"]})", {"field.wrong_type posts.1"}},
        BadInput{"ZeroInIds", R"({"title": "a", "posts": [0]})", {"field.too_small posts.0"}},
        BadInput{"TooMany", R"({"title": "a", "posts": [1,2,3]})", {"field.too_many posts"}},
        BadInput{
            "NumberInTexts", R"({"title": "a", "codes": ["x", 1]})", {"field.wrong_type codes.1"}},
        BadInput{
            "InnerFields",
            R"({"title": "a", "file": {"sha256": 1, "more": 2}})",
            {"field.missing file.name", "field.unknown file.more", "field.wrong_type file.sha256"}},
        BadInput{"InnerList",
                 R"({"title": "a", "files": [{"sha256": "x", "name": "y"}, 7]})",
                 {"field.wrong_type files.1"}},
        BadInput{"Several",
                 R"({"title": "abcdef", "count": "x", "day": 1, "what": 0})",
                 {"field.too_long title", "field.unknown what", "field.wrong_type count",
                  "field.wrong_type day"}}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Input, GivesWhatItsSchemaNames) {
  const auto read =
      readBody(everything(),
               R"({"title": "abc", "count": 3, "sure": true, "day": "2026-01-06", "kind": "b",
          "posts": [4, 5], "codes": ["H32"], "file": {"sha256": "x", "name": "n"}, "pin": " 1 "})");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->text("title"), "abc");
  EXPECT_EQ(read->number("count"), 3);
  EXPECT_TRUE(read->flag("sure"));
  EXPECT_EQ(base::isoDate(*read->date("day")), "2026-01-06");
  EXPECT_EQ(read->numbers("posts"), (std::vector<std::int64_t>{4, 5}));
  EXPECT_EQ(read->texts("codes"), std::vector<std::string>{"H32"});
  EXPECT_EQ(read->object("file").text("name"), "n");
  EXPECT_EQ(read->text("pin"), " 1 ");
  EXPECT_FALSE(read->has("note"));
  EXPECT_EQ(read->number("nothing", 7), 7);
}

TEST(Input, CountsCharactersAsTheActsDo) {
  // Five letters, in decomposed form and with space around: within the limit of five.
  EXPECT_TRUE(readBody(everything(), "{\"title\": \"  Đa\\u0302\\u0301t  nu \"}").has_value() ==
              false);
  EXPECT_TRUE(readBody(everything(), "{\"title\": \" Đa\\u0302\\u0301tnu \"}").has_value());
}

TEST(Input, SurvivesDeepNesting) {
  std::string deep(100'000, '[');
  EXPECT_FALSE(readBody(everything(), deep).has_value());
  deep = "{\"title\":" + deep + std::string(100'000, ']') + "}";
  EXPECT_FALSE(readBody(everything(), deep).has_value());
}

base::Result<Values> query(const std::string& target) {
  static const std::vector<Field> kFields{
      optional(number("page", "", 1, 100)), optional(flag("total", "")),
      optional(text("words", "", 5)), optional(choice("state", "", {"issued"}))};
  const auto mark = target.find('?');
  return readQuery(kFields, target, [&](const std::string& name) -> std::optional<std::string> {
    const auto at = target.find(name + "=", mark);
    if (at == std::string::npos) return std::nullopt;
    const auto begin = at + name.size() + 1;
    return target.substr(begin, target.find('&', begin) - begin);
  });
}

TEST(Query, ReadsNumbersFlagsAndTexts) {
  const auto read = query("/x?page=2&total=1&words=abc&state=");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->number("page"), 2);
  EXPECT_TRUE(read->flag("total"));
  EXPECT_EQ(read->text("words"), "abc");
  EXPECT_FALSE(read->has("state"));  // Empty, as forms send it.
  EXPECT_TRUE(query("/x").has_value());
  EXPECT_FALSE(query("/x?total=0")->flag("total"));
}

TEST(Query, TellsEveryFault) {
  const auto read = query("/x?page=two&total=maybe&words=abcdef&state=lost&pgae=1");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(faultsOf(read.error()),
            (std::vector<std::string>{"field.not_a_choice state", "field.too_long words",
                                      "field.unknown pgae", "field.wrong_type page",
                                      "field.wrong_type total"}));
}

}  // namespace
}  // namespace eoffice::api
