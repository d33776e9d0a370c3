#include "base/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using testing::HasSubstr;

TEST(Metrics, RendersPrometheusText) {
  base::Metrics metrics;
  metrics.counter("http_requests_total", "Requests.", {{"route", "/a"}}).add();
  metrics.counter("http_requests_total", "Requests.", {{"route", "/a"}}).add(2);
  metrics.counter("http_requests_total", "Requests.", {{"route", "/b"}}).add();
  auto& seconds = metrics.histogram("http_seconds", "Durations.", {0.01, 0.1});
  seconds.observe(0.005);
  seconds.observe(0.05);
  seconds.observe(5);
  metrics.gauge("pool_open", "Connections.", {{"pool", "x"}}, [] { return 3.0; });
  metrics.gauge("pool_open", "Connections.", {{"pool", "y"}}, [] { return 4.0; });
  const auto text = metrics.render();
  EXPECT_THAT(text, HasSubstr("# TYPE http_requests_total counter"));
  EXPECT_THAT(text, HasSubstr("http_requests_total{route=\"/a\"} 3"));
  EXPECT_THAT(text, HasSubstr("http_requests_total{route=\"/b\"} 1"));
  EXPECT_THAT(text, HasSubstr("http_seconds_bucket{le=\"0.01\"} 1"));
  EXPECT_THAT(text, HasSubstr("http_seconds_bucket{le=\"0.1\"} 2"));
  EXPECT_THAT(text, HasSubstr("http_seconds_bucket{le=\"+Inf\"} 3"));
  EXPECT_THAT(text, HasSubstr("# HELP pool_open Connections.\n# TYPE pool_open gauge\n"));
  EXPECT_THAT(text, HasSubstr("pool_open{pool=\"x\"} 3"));
  EXPECT_THAT(text, HasSubstr("pool_open{pool=\"y\"} 4"));
}

TEST(Metrics, TheSameNameAndLabelsAreTheSameObject) {
  base::Metrics metrics;
  EXPECT_EQ(&metrics.counter("a_total", "A."), &metrics.counter("a_total", "A."));
  EXPECT_NE(&metrics.counter("a_total", "A."), &metrics.counter("a_total", "A.", {{"x", "1"}}));
  EXPECT_EQ(&metrics.histogram("b", "B.", {1}), &metrics.histogram("b", "B.", {1}));
}

TEST(Metrics, AGaugeThatIsDeclaredAgainStandsOnceOnThePage) {
  base::Metrics metrics;
  metrics.gauge("g", "G.", {{"x", "1"}}, [] { return 1.0; });
  metrics.gauge("g", "G.", {{"x", "1"}}, [] { return 2.0; });
  EXPECT_EQ(metrics.render(), "# HELP g G.\n# TYPE g gauge\ng{x=\"1\"} 2\n");
}

TEST(Metrics, AGaugeMayAskForOtherMetrics) {
  base::Metrics metrics;
  metrics.gauge("g", "G.", {}, [&] {
    metrics.counter("c_total", "C.").add();
    return 1.0;
  });
  EXPECT_THAT(metrics.render(), HasSubstr("g 1"));
}

TEST(Metrics, AGaugeThatFailsDoesNotTakeTheOthersAlong) {
  base::Metrics metrics;
  metrics.gauge("a", "A.", {}, []() -> double { throw std::runtime_error("database down"); });
  metrics.gauge("b", "B.", {}, [] { return 2.0; });
  testing::internal::CaptureStderr();
  const auto text = metrics.render();
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("metrics.gauge_failed"));
  EXPECT_THAT(text, HasSubstr("b 2"));
}

}  // namespace
