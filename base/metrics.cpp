#include "base/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <stdexcept>

#include "base/log.h"

namespace base {
namespace {

class PrometheusCounter : public Counter {
 public:
  explicit PrometheusCounter(prometheus::Counter& counter) : counter_(counter) {}
  void add(double amount) override { counter_.Increment(amount); }

 private:
  prometheus::Counter& counter_;
};

class PrometheusHistogram : public Histogram {
 public:
  explicit PrometheusHistogram(prometheus::Histogram& histogram) : histogram_(histogram) {}
  void observe(double value) override { histogram_.Observe(value); }

 private:
  prometheus::Histogram& histogram_;
};

}  // namespace

struct Metrics::State {
  using Key = std::pair<std::string, Labels>;
  struct Gauges {
    std::string help;
    std::map<Labels, std::function<double()>> each;
    [[nodiscard]] prometheus::MetricFamily family(const std::string& name) const;
  };

  std::mutex mutex;
  prometheus::Registry registry;
  std::map<Key, std::unique_ptr<Counter>> counters;
  std::map<Key, std::unique_ptr<Histogram>> histograms;
  std::map<std::string, Gauges> gauges;
};

prometheus::MetricFamily Metrics::State::Gauges::family(const std::string& name) const {
  prometheus::MetricFamily family;
  family.name = name;
  family.help = help;
  family.type = prometheus::MetricType::Gauge;
  for (const auto& [labels, read] : each) {
    prometheus::ClientMetric metric;
    for (const auto& [label, value] : labels) metric.label.push_back({label, value});
    try {
      metric.gauge.value = read();
    } catch (const std::exception& error) {  // the rest of the page is still wanted, now above all
      log::warning("metrics.gauge_failed", {{"name", name}, {"error", error.what()}});
      continue;
    }
    family.metric.push_back(std::move(metric));
  }
  return family;
}

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::counter(const std::string& name, const std::string& help, const Labels& labels) {
  const std::lock_guard lock(state_->mutex);
  auto& slot = state_->counters[{name, labels}];
  if (!slot) {
    auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry);
    slot = std::make_unique<PrometheusCounter>(family.Add(labels));
  }
  return *slot;
}

Histogram& Metrics::histogram(const std::string& name, const std::string& help,
                              const std::vector<double>& bounds, const Labels& labels) {
  const std::lock_guard lock(state_->mutex);
  auto& slot = state_->histograms[{name, labels}];
  if (!slot) {
    auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(state_->registry);
    slot = std::make_unique<PrometheusHistogram>(family.Add(labels, bounds));
  }
  return *slot;
}

void Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels,
                    std::function<double()> read) {
  const std::lock_guard lock(state_->mutex);
  auto& gauges = state_->gauges[name];
  gauges.help = help;
  gauges.each.insert_or_assign(labels, std::move(read));
}

std::string Metrics::render() {
  std::map<std::string, State::Gauges> gauges;
  {
    const std::lock_guard lock(state_->mutex);
    gauges = state_->gauges;  // read without the lock: what they ask may take a moment
  }
  auto families = state_->registry.Collect();
  for (const auto& [name, each] : gauges) families.push_back(each.family(name));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace base
