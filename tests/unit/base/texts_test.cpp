#include "base/texts.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace base {
namespace {

namespace fs = std::filesystem;

class TextsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("texts_test." + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "vi");
    fs::create_directories(folder_ / "en");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void put(const std::string& file, const std::string& json) const {
    std::ofstream(folder_ / file) << json;
  }
  [[nodiscard]] std::string failure() const {
    try {
      const Texts texts(folder_);
      return {};
    } catch (const std::runtime_error& e) {
      return e.what();
    }
  }

  fs::path folder_;
};

TEST_F(TextsTest, GivesTheTextOfTheLanguageWithItsFacts) {
  put("vi/a.json", R"({"hello": "Chào {name}, còn {count} việc"})");
  put("en/a.json", R"({"hello": "Hello {name}, {count} left"})");
  const Texts texts(folder_);
  EXPECT_EQ(texts.get(Language::Vi, "hello", {{"name", "Bình"}, {"count", "3"}}),
            "Chào Bình, còn 3 việc");
  EXPECT_EQ(texts.get(Language::En, "hello", {{"count", "3"}}), "Hello {name}, 3 left");
  EXPECT_TRUE(texts.has("hello"));
  EXPECT_FALSE(texts.has("bye"));
}

TEST_F(TextsTest, ShowsAFactThatLooksLikeAPlaceholderAsItIs) {
  put("vi/a.json", R"({"k": "{a} và {b}"})");
  put("en/a.json", R"({"k": "{a} and {b}"})");
  const Texts texts(folder_);
  EXPECT_EQ(texts.get(Language::Vi, "k", {{"a", "{b}"}, {"b", "x"}}), "{b} và x");
}

TEST_F(TextsTest, ShowsAnUnknownKeyInBrackets) {
  put("vi/a.json", R"({})");
  put("en/a.json", R"({})");
  EXPECT_EQ(Texts(folder_).get(Language::Vi, "no.such"), "[no.such]");
}

TEST_F(TextsTest, RefusesAKeyThatOneLanguageLacks) {
  put("vi/a.json", R"({"one": "một", "two": "hai"})");
  put("en/a.json", R"({"one": "one"})");
  EXPECT_NE(failure().find("lacks the key two"), std::string::npos) << failure();
  put("en/a.json", R"({"one": "one", "two": "two", "three": "three"})");
  EXPECT_NE(failure().find("lacks the key three"), std::string::npos) << failure();
}

TEST_F(TextsTest, RefusesAKeyTwice) {
  put("en/a.json", R"({"one": "one"})");
  put("vi/a.json", R"({"one": "một", "one": "hai"})");
  EXPECT_NE(failure().find("key twice: one"), std::string::npos) << failure();
  put("vi/a.json", R"({"one": "một"})");
  put("vi/b.json", R"({"one": "hai"})");
  EXPECT_NE(failure().find("another file too: one"), std::string::npos) << failure();
}

TEST_F(TextsTest, RefusesWhatIsNoFlatJsonAndNamesTheFile) {
  put("en/a.json", R"({})");
  for (const char* bad : {"{", "[]", R"({"a": 1})", R"({"a": {"b": "c"}})", ""}) {
    put("vi/a.json", bad);
    EXPECT_NE(failure().find("a.json"), std::string::npos) << bad;
  }
  fs::remove_all(folder_ / "en");
  put("vi/a.json", "{}");
  EXPECT_NE(failure().find("en"), std::string::npos);
}

}  // namespace
}  // namespace base
