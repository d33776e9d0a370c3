#include "base/templates.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

namespace base {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class TemplatesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("templates_test." + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "texts/vi");
    fs::create_directories(folder_ / "texts/en");
    put("texts/vi/a.json", R"({"hi": "Chào <bạn>", "left": "Còn {count} việc"})");
    put("texts/en/a.json", R"({"hi": "Hello & you", "left": "{count} left"})");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void put(const std::string& file, const std::string& text) const {
    fs::create_directories((folder_ / file).parent_path());
    std::ofstream(folder_ / file) << text;
  }
  [[nodiscard]] std::string page(const std::string& source, const json& data,
                                 Language language = Language::Vi,
                                 Templates::Escape escape = Templates::Escape::Html) const {
    put("p.mustache", source);
    return Templates(folder_, Texts(folder_ / "texts"), escape).render("p", data, language);
  }
  [[nodiscard]] std::string failure() const {
    try {
      const Templates templates(folder_, Texts(folder_ / "texts"));
      return {};
    } catch (const std::runtime_error& e) {
      return e.what();
    }
  }

  fs::path folder_;
};

TEST_F(TemplatesTest, EscapesValuesAndTexts) {
  EXPECT_EQ(page("[[hi]] {{name}}", {{"name", "<b a=\"1\" c='2'>&"}}),
            "Chào &lt;bạn&gt; &lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;\n");
  EXPECT_EQ(page("[[hi]]", json::object(), Language::En), "Hello &amp; you\n");
}

TEST_F(TemplatesTest, LeavesPlainMailUnescapedAndItsLinesAsTheyAre) {
  EXPECT_EQ(page("[[hi]]\n\n  {{name}}", {{"name", "<&>"}}, Language::Vi, Templates::Escape::None),
            "Chào <bạn>\n\n  <&>");
}

TEST_F(TemplatesTest, FillsTheFactsOfATextFromTheData) {
  EXPECT_EQ(page("[[left]]", {{"count", 3}}), "Còn 3 việc\n");
  EXPECT_EQ(page("[[left]]", {{"count", "<3"}}, Language::En), "&lt;3 left\n");
}

TEST_F(TemplatesTest, TakesEmptyNullFalseAndAbsentAsNo) {
  const std::string source = "{{#v}}yes{{/v}}{{^v}}no{{/v}}";
  for (const json& no : {json(""), json(nullptr), json(false), json::array()})
    EXPECT_EQ(page(source, {{"v", no}}), "no\n") << no;
  EXPECT_EQ(page(source, json::object()), "no\n");
  for (const json& yes : {json("x"), json(0), json(true), json::array({1}), json::object()})
    EXPECT_EQ(page(source, {{"v", yes}}), "yes\n") << yes;
}

TEST_F(TemplatesTest, NullKeepsAnItemFromInheriting) {
  const std::string source = "{{#rows}}({{url}}){{/rows}}";
  EXPECT_EQ(page(source, {{"url", "up"}, {"rows", {{{"a", 1}}, {{"url", nullptr}}}}}), "(up)()\n");
}

TEST_F(TemplatesTest, TellsBesideEachListWhetherItHasAny) {
  const std::string source = "{{#has_rows}}<ul>{{#rows}}{{.}}{{/rows}}</ul>{{/has_rows}}";
  EXPECT_EQ(page(source, {{"rows", {1, 2}}}), "<ul>12</ul>\n");
  EXPECT_EQ(page(source, {{"rows", json::array()}}), "\n");
}

TEST_F(TemplatesTest, ReadsDottedNamesAndLists) {
  EXPECT_EQ(page("{{#rows}}{{who.name}}{{.}},{{/rows}}", {{"rows", {{{"who", {{"name", "A"}}}}}}}),
            "A,\n");
  EXPECT_EQ(page("{{#rows}}{{.}},{{/rows}}", {{"rows", {"x", 2}}}), "x,2,\n");
}

TEST_F(TemplatesTest, PutsPartsIn) {
  put("parts/row.mustache", "<i>{{n}}</i>\n");
  EXPECT_EQ(page("{{#rows}}\n{{> parts/row}}\n{{/rows}}", {{"rows", {{{"n", 1}}, {{"n", 2}}}}}),
            "<i>1</i>\n<i>2</i>\n");
}

TEST_F(TemplatesTest, RefusesWhatDoesNotCompileAndNamesTheTemplate) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"{{#a}}", "template p: Unclosed section"},
      {"{{a", "template p: Unclosed tag"},
      {"{{> parts/none}}", "template p: no part parts/none"},
      {"[[none]]", "template p: no text none"},
      {"[[hi", "template p: unclosed [["},
      {"{{> p}}", "template p: includes itself"}};
  for (const auto& [source, expected] : cases) {
    put("p.mustache", source);
    EXPECT_EQ(failure().substr(0, expected.size()), expected) << source;
  }
}

TEST_F(TemplatesTest, AnUnknownNameIsABug) {
  const Templates templates(folder_, Texts(folder_ / "texts"));
  EXPECT_THROW((void)templates.render("pages/none", json::object(), Language::Vi),
               std::logic_error);
}

TEST_F(TemplatesTest, RendersFromManyThreadsAtOnce) {
  put("p.mustache", "{{#rows}}[[left]] {{name}}\n{{/rows}}");
  const Templates templates(folder_, Texts(folder_ / "texts"));
  json data = {{"rows", json::array()}};
  for (int i = 0; i < 40; ++i) data["rows"].push_back({{"count", i}, {"name", "<n>"}});
  const std::string expected = templates.render("p", data, Language::Vi);
  std::vector<int> wrong(4);
  std::vector<std::thread> threads;
  for (int& count : wrong)
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i)
        if (templates.render("p", data, Language::Vi) != expected) ++count;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4));
}

}  // namespace
}  // namespace base
