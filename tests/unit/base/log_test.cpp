#include "base/log.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "tests/support/manual_clock.h"

namespace {

using base::log::Format;
using base::log::Level;

class LogTest : public ::testing::Test {
 protected:
  void use(Level least, Format format) { base::log::configure(least, format, clock_); }
  void TearDown() override { use(Level::Info, Format::Plain); }

  template <class Act>
  static std::string printed(Act act) {
    testing::internal::CaptureStderr();
    act();
    return testing::internal::GetCapturedStderr();
  }

  // Outlives every line, as the contract demands.
  static inline const tests::ManualClock clock_{*base::parseIsoInstant("2026-01-06T03:15:00Z")};
};

TEST_F(LogTest, WritesPlainLines) {
  use(Level::Info, Format::Plain);
  EXPECT_EQ(printed([] {
              base::log::info("mariadb.started", {{"pid", 12}, {"folder", "/var/x"}});
            }),
            "2026-01-06T03:15:00.000000Z INFO  mariadb.started pid=12 folder=/var/x\n");
}

TEST_F(LogTest, AValueCannotForgeAFieldOrALine) {
  use(Level::Info, Format::Plain);
  const auto line = printed([] {
    base::log::warning("x",
                       {{"a", "1 b=2"}, {"c", "line\nERROR forged"}, {"d", ""}, {"e", "\x1b[31m"}});
  });
  EXPECT_EQ(line,
            "2026-01-06T03:15:00.000000Z WARN  x a=\"1 b=2\" c=\"line\\nERROR forged\" d=\"\" "
            "e=\"\\u001b[31m\"\n");
}

TEST_F(LogTest, WritesJsonLines) {
  use(Level::Debug, Format::Json);
  const auto line = printed([] {
    const base::log::RequestScope request("r-1");
    base::log::debug("http.request", {{"ms", 3}, {"path", "/a\"b"}, {"bad", "\xFF"}});
  });
  EXPECT_EQ(line.back(), '\n');
  const auto json = nlohmann::json::parse(line);
  EXPECT_EQ(json["time"], "2026-01-06T03:15:00.000000Z");
  EXPECT_EQ(json["level"], "debug");
  EXPECT_EQ(json["event"], "http.request");
  EXPECT_EQ(json["request"], "r-1");
  EXPECT_EQ(json["ms"], 3);
  EXPECT_EQ(json["path"], "/a\"b");
}

TEST_F(LogTest, LeavesOutWhatIsBelowTheLevel) {
  use(Level::Warning, Format::Plain);
  EXPECT_EQ(printed([] { base::log::info("x"); }), "");
  EXPECT_NE(printed([] { base::log::error("x"); }), "");
}

TEST_F(LogTest, RequestsNestAndBelongToTheirThread) {
  EXPECT_EQ(base::log::requestId(), "");
  const base::log::RequestScope outer("outer");
  {
    const base::log::RequestScope inner("inner");
    EXPECT_EQ(base::log::requestId(), "inner");
    std::thread([] { EXPECT_EQ(base::log::requestId(), ""); }).join();
  }
  EXPECT_EQ(base::log::requestId(), "outer");
}

}  // namespace
