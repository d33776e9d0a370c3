#include "eoffice/api/json_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace eoffice::api {
namespace {

TEST(JsonWriter, WritesWhatAParserReadsBack) {
  const std::string nasty = std::string("\"\\/\b\f\n\r\t\x01\x1f", 10) + "Đắk Lắk 😀";
  JsonWriter out;
  out.open('{').field("text", std::string_view(nasty)).field("number", std::int64_t{-5});
  out.field("yes", true).field("none", std::optional<base::LocalDate>());
  out.key("list").open('[').open('{').close('}').value(std::int64_t{1}).null().close(']');
  out.key("empty").open('[').close(']').close('}');
  const auto read = nlohmann::json::parse(out.take());
  EXPECT_EQ(read["text"], nasty);
  EXPECT_EQ(read["number"], -5);
  EXPECT_EQ(read["yes"], true);
  EXPECT_TRUE(read["none"].is_null());
  EXPECT_EQ(read["list"].dump(), "[{},1,null]");
  EXPECT_EQ(read["empty"].dump(), "[]");
}

}  // namespace
}  // namespace eoffice::api
