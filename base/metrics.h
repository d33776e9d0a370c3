// Counters, gauges and histograms for /metrics (Prometheus text format 0.0.4). Names and labels are
// fixed where they are declared; label values are few (routes, states), never ids or names of
// people. Safe from any thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace base {

using Labels = std::map<std::string, std::string>;

class Counter {
 public:
  virtual ~Counter() = default;
  virtual void add(double amount = 1) = 0;
};

class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void observe(double value) = 0;  ///< Seconds or bytes, as the name says.
};

class Metrics {
 public:
  Metrics();
  ~Metrics();

  /// The same name and labels give the same object; it lives as long as this.
  Counter& counter(const std::string& name, const std::string& help, const Labels& labels = {});
  Histogram& histogram(const std::string& name, const std::string& help,
                       const std::vector<double>& bounds, const Labels& labels = {});
  /// `read` is called when the page is asked for and must be quick. When it throws, this gauge is
  /// missing from the page and the log says so. The same name and labels again: the new `read`.
  void gauge(const std::string& name, const std::string& help, const Labels& labels,
             std::function<double()> read);
  [[nodiscard]] std::string render();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace base
