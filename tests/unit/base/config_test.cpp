#include "base/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/config_value.h"
#include "tests/support/temporary_folder.h"

namespace {

using base::Config;
using base::ConfigKey;
using base::KeyType;
using base::Refusal;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

ConfigKey key(const char* name, KeyType type, const char* fallback) {
  return {
      .name = name, .type = type, .fallback = fallback, .english = "What.", .vietnamese = "Gì."};
}

ConfigKey bounded(ConfigKey base, std::int64_t least, std::int64_t most) {
  base.least = least;
  base.most = most;
  return base;
}

std::vector<ConfigKey> table() {
  auto format = key("log.format", KeyType::Choice, "plain");
  format.choices = {"plain", "json"};
  return {key("office.name", KeyType::Text, ""),
          key("data.folder", KeyType::Path, "data"),
          bounded(key("database.pool", KeyType::Integer, "8"), 1, 256),
          bounded(key("database.pool_wait", KeyType::Duration, "5s"), 100, 60'000),
          key("database.password", KeyType::Secret, ""),
          bounded(key("server.body_limit", KeyType::Bytes, "300MB"), 1024, 4LL << 30),
          key("server.tls", KeyType::Flag, "false"),
          key("server.proxies", KeyType::List, "127.0.0.1, ::1"),
          bounded(key("office.code", KeyType::Text, "H32.11"), 3, 12),
          format};
}

class ConfigTest : public ::testing::Test {
 protected:
  base::Result<Config> read(const std::string& content, const Config::Variables& variables = {}) {
    std::ofstream(file(), std::ios::binary) << content;
    return Config::read(table(), file(), variables);
  }
  std::vector<Refusal> faults(const std::string& content, const Config::Variables& variables = {}) {
    const auto result = read(content, variables);
    if (result) return {};
    std::vector<Refusal> out{result.error()};
    for (const auto& other : result.error().others) out.push_back(other);
    return out;
  }
  // `place code key`
  std::vector<std::string> summary(const std::string& content,
                                   const Config::Variables& variables = {}) {
    std::vector<std::string> out;
    for (const auto& fault : faults(content, variables)) {
      auto place = fault.facts.at(0).second;
      if (place.starts_with(file().string())) place.erase(0, file().string().size());
      out.push_back(place + " " + fault.code + " " + fault.field);
    }
    return out;
  }
  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "x.properties"; }

  tests::TemporaryFolder folder_;
};

TEST_F(ConfigTest, DefaultsHoldWithoutAFile) {
  const auto config = Config::read(table(), std::nullopt, {}).value();
  EXPECT_EQ(config.text("office.name"), "");
  EXPECT_FALSE(config.isSet("office.name"));
  EXPECT_EQ(config.integer("database.pool"), 8);
  EXPECT_EQ(config.duration("database.pool_wait"), milliseconds{5000});
  EXPECT_EQ(config.bytes("server.body_limit"), 300ULL << 20);
  EXPECT_FALSE(config.flag("server.tls"));
  EXPECT_THAT(config.list("server.proxies"), ElementsAre("127.0.0.1", "::1"));
  EXPECT_EQ(config.text("log.format"), "plain");
  EXPECT_EQ(config.path("data.folder"), "data");
}

TEST_F(ConfigTest, ReadsEachType) {
  const auto config = read(
                          "\xEF\xBB\xBF# comment\r\n! comment\r\n\r\n"
                          "office.name = Sở Nội vụ = 1 # no comment\r\n"
                          "  data.folder=sub/../other  \r\n"
                          "database.pool= 16\n"
                          "database.pool_wait =1m\n"
                          "database.password = pass\\word \" '\n"
                          "server.body_limit = 2GB\n"
                          "server.tls = true\n"
                          "server.proxies = 10.0.0.1 ,, 10.0.0.2,\n"
                          "log.format = json")
                          .value();
  EXPECT_EQ(config.text("office.name"), "Sở Nội vụ = 1 # no comment");
  EXPECT_EQ(config.path("data.folder"), folder_.path() / "other");
  EXPECT_EQ(config.integer("database.pool"), 16);
  EXPECT_EQ(config.duration("database.pool_wait"), milliseconds{60'000});
  EXPECT_EQ(config.text("database.password"), "pass\\word \" '");
  EXPECT_EQ(config.bytes("server.body_limit"), 2ULL << 30);
  EXPECT_TRUE(config.flag("server.tls"));
  EXPECT_THAT(config.list("server.proxies"), ElementsAre("10.0.0.1", "10.0.0.2"));
  EXPECT_EQ(config.text("log.format"), "json");
}

TEST_F(ConfigTest, TellsEveryFaultAtOnceWithItsLine) {
  EXPECT_THAT(summary("database.pol = 8\n"
                      "database.pool = eight\n"
                      "\n"
                      "database.pool = 9\n"
                      "server.tls = yes\n"
                      "just words\n"
                      "log.format = xml\n"
                      "database.pool_wait = 5\n"
                      "server.body_limit = 1KiB\n"
                      "completely.else = 1\n"
                      "= 5\n"
                      "\xFF = 1\n"
                      "office.code = H3\n",
                      {{"EOFFICE_SERVER_TSL", "true"}, {"EOFFICE_LOG_FORMAT", "yaml"}}),
              ElementsAre(":1 config.unknown_key_like database.pol",
                          ":2 config.not_an_integer database.pool",
                          ":4 config.key_twice database.pool", ":5 config.not_a_flag server.tls",
                          ":6 config.not_a_setting ", ":7 config.not_a_choice log.format",
                          ":8 config.not_a_duration database.pool_wait",
                          ":9 config.not_a_size server.body_limit",
                          ":10 config.unknown_key completely.else", ":11 config.not_a_setting ",
                          ":12 config.not_utf8 ", ":13 config.wrong_length office.code",
                          "EOFFICE_LOG_FORMAT config.not_a_choice log.format",
                          "EOFFICE_SERVER_TSL config.unknown_variable_like EOFFICE_SERVER_TSL"));
}

struct BadValue {
  const char* name;
  const char* line;
  const char* code;
};

class BadValues : public ConfigTest, public ::testing::WithParamInterface<BadValue> {};

TEST_P(BadValues, AreRefused) {
  EXPECT_THAT(summary(std::string("\n") + GetParam().line),
              ElementsAre(testing::StartsWith(std::string(":2 ") + GetParam().code + " ")));
}

INSTANTIATE_TEST_SUITE_P(
    Config, BadValues,
    ::testing::Values(
        BadValue{"TooSmall", "database.pool = 0", "config.out_of_range"},
        BadValue{"TooLarge", "database.pool = 257", "config.out_of_range"},
        BadValue{"Negative", "database.pool = -1", "config.out_of_range"},
        BadValue{"NoInteger", "database.pool = 8.5", "config.not_an_integer"},
        BadValue{"Hexadecimal", "database.pool = 0x10", "config.not_an_integer"},
        BadValue{"Trailing", "database.pool = 8 # eight", "config.not_an_integer"},
        BadValue{"Overflow", "database.pool = 99999999999999999999", "config.not_an_integer"},
        BadValue{"EmptyInteger", "database.pool =", "config.not_an_integer"},
        BadValue{"EmptyFlag", "server.tls =", "config.not_a_flag"},
        BadValue{"FlagInCapitals", "server.tls = TRUE", "config.not_a_flag"},
        BadValue{"NoUnit", "database.pool_wait = 1000", "config.not_a_duration"},
        BadValue{"UnknownUnit", "database.pool_wait = 5 sec", "config.not_a_duration"},
        BadValue{"NegativeDuration", "database.pool_wait = -5s", "config.not_a_duration"},
        BadValue{"DurationTooShort", "database.pool_wait = 99ms", "config.out_of_range"},
        BadValue{"DurationTooLong", "database.pool_wait = 1d", "config.out_of_range"},
        BadValue{"DurationOverflow", "database.pool_wait = 9999999999999999d",
                 "config.not_a_duration"},
        BadValue{"SizeTooSmall", "server.body_limit = 1023B", "config.out_of_range"},
        BadValue{"SizeWithoutUnit", "server.body_limit = 1024", "config.not_a_size"},
        BadValue{"LowerCaseSize", "server.body_limit = 1kb", "config.not_a_size"},
        BadValue{"TextTooLong", "office.code = 0123456789012", "config.wrong_length"},
        BadValue{"ChoiceInCapitals", "log.format = JSON", "config.not_a_choice"},
        BadValue{"SecretFileMissing", "database.password = file:/nowhere/x",
                 "config.secret_unreadable"},
        BadValue{"Colon", "database.pool: 8", "config.not_a_setting"}),
    [](const auto& bad) { return bad.param.name; });

TEST_F(ConfigTest, FactsSayWhatIsWanted) {
  const auto all = faults("database.pool_wait = 2h\nlog.fromat = json\n");
  ASSERT_EQ(all.size(), 2U);
  const auto fact = [](const Refusal& refusal, const std::string& name) {
    for (const auto& [known, value] : refusal.facts) {
      if (known == name) return value;
    }
    return std::string("missing");
  };
  EXPECT_EQ(fact(all[0], "place"), file().string() + ":1");
  EXPECT_EQ(fact(all[0], "key"), "database.pool_wait");
  EXPECT_EQ(fact(all[0], "value"), "2h");
  EXPECT_EQ(fact(all[0], "wanted"), "100ms … 1m");
  EXPECT_EQ(fact(all[1], "nearest"), "log.format");
}

TEST_F(ConfigTest, VariablesOverrideTheFile) {
  const Config::Variables variables{{"EOFFICE_DATABASE_POOL_WAIT", "7s"}, {"HOME", "/root"}};
  const auto config = read("database.pool_wait = 9s\ndatabase.pool = 3\n", variables).value();
  EXPECT_EQ(config.duration("database.pool_wait"), milliseconds{7000});
  EXPECT_EQ(config.integer("database.pool"), 3);
}

TEST_F(ConfigTest, SecretsComeFromAFileAndAreNeverShown) {
  std::ofstream(folder_.path() / "secret") << "open sesame\n";
  const auto config =
      read("database.password = file:" + (folder_.path() / "secret").string() + "\n").value();
  EXPECT_EQ(config.text("database.password"), "open sesame");
  EXPECT_THAT(config.describe(), Not(HasSubstr("sesame")));
  EXPECT_THAT(config.describe(), HasSubstr("database.password = (hidden)   (" + file().string()));
  EXPECT_THAT(config.describe(), HasSubstr("database.pool = 8   (default)\n"));
}

TEST_F(ConfigTest, AMissingFileIsAFault) {
  const auto result = Config::read(table(), "/nowhere/eoffice.properties", {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "config.file_unreadable");
  EXPECT_EQ(Config::read(table(), folder_.path(), {}).error().code, "config.file_unreadable");
}

TEST_F(ConfigTest, AnEmptyFileIsNone) { EXPECT_TRUE(read("")); }

TEST_F(ConfigTest, AskingForWhatIsNotInTheTableIsABug) {
  const auto config = Config::read(table(), std::nullopt, {}).value();
  EXPECT_THROW(static_cast<void>(config.text("nothing")), std::logic_error);
  EXPECT_THROW(static_cast<void>(config.text("database.pool")), std::logic_error);
}

TEST_F(ConfigTest, AWrongTableIsABug) {
  const auto readTable = [](std::vector<ConfigKey> keys) {
    return Config::read(keys, std::nullopt, {});
  };
  const auto a = key("a.b", KeyType::Integer, "1");
  EXPECT_NO_THROW(static_cast<void>(readTable({a})));
  EXPECT_THROW(static_cast<void>(readTable({a, a})), std::logic_error);
  EXPECT_THROW(static_cast<void>(readTable({a, key("a_b", KeyType::Text, "")})), std::logic_error);
  EXPECT_THROW(static_cast<void>(readTable({key("a", KeyType::Integer, "x")})), std::logic_error);
  EXPECT_THROW(static_cast<void>(readTable({bounded(a, 2, 3)})), std::logic_error);
  auto silent = a;
  silent.vietnamese.clear();
  EXPECT_THROW(static_cast<void>(readTable({silent})), std::logic_error);
}

TEST_F(ConfigTest, TheExampleHoldsEveryKeyAndReadsBackAsTheDefaults) {
  const auto example = base::configExample(table());
  EXPECT_TRUE(read(example));
  EXPECT_THAT(example,
              HasSubstr("# What.\n# Gì.\n# [duration; unit: ms, s, m, h, d; range: 100ms … "
                        "1m; default: 5s; variable:\n# EOFFICE_DATABASE_POOL_WAIT]\n"
                        "#database.pool_wait = 5s\n"));
  EXPECT_THAT(example, HasSubstr("one of: plain, json"));
  std::string uncommented;
  std::istringstream in(example);
  for (std::string line; std::getline(in, line);) {
    uncommented += (line.size() > 1 && line[0] == '#' && line[1] != ' ' ? line.substr(1) : line);
    uncommented += '\n';
  }
  const auto config = read(uncommented).value();
  EXPECT_EQ(config.duration("database.pool_wait"), milliseconds{5000});
  EXPECT_EQ(config.bytes("server.body_limit"), 300ULL << 20);
}

TEST(ConfigValue, WritesNumbersTheShortestWay) {
  EXPECT_EQ(base::configNumberText(KeyType::Duration, 0), "0ms");
  EXPECT_EQ(base::configNumberText(KeyType::Duration, 1500), "1500ms");
  EXPECT_EQ(base::configNumberText(KeyType::Duration, 90'000), "90s");
  EXPECT_EQ(base::configNumberText(KeyType::Duration, 172'800'000), "2d");
  EXPECT_EQ(base::configNumberText(KeyType::Bytes, 1 << 20), "1MB");
  EXPECT_EQ(base::configNumberText(KeyType::Bytes, 1025), "1025B");
}

TEST(ConfigValue, FindsTheNearestName) {
  const std::vector<std::string> names{"database.url", "database.user", "server.port"};
  EXPECT_EQ(base::nearestName("databse.url", names), "database.url");
  EXPECT_EQ(base::nearestName("sever.prot", names), "");
  EXPECT_EQ(base::nearestName("server.prt", names), "server.port");
  EXPECT_EQ(base::nearestName("x", names), "");
}

}  // namespace
