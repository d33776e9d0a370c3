#include "eoffice/documents/view.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"

namespace eoffice::documents {
namespace {

template <class Value>
using Named = std::pair<Value, std::string_view>;

constexpr std::array<Named<ViewColumn>, 11> kColumns{{{ViewColumn::Number, "number"},
                                                      {ViewColumn::Day, "day"},
                                                      {ViewColumn::Symbol, "symbol"},
                                                      {ViewColumn::Issued, "issued"},
                                                      {ViewColumn::Type, "type"},
                                                      {ViewColumn::Issuer, "issuer"},
                                                      {ViewColumn::Subject, "subject"},
                                                      {ViewColumn::Handler, "handler"},
                                                      {ViewColumn::Urgency, "urgency"},
                                                      {ViewColumn::Due, "due"},
                                                      {ViewColumn::State, "state"}}};
constexpr std::array<Named<Order>, 4> kOrderNames{{{Order::Newest, "newest"},
                                                   {Order::Oldest, "oldest"},
                                                   {Order::ByDay, "day"},
                                                   {Order::ByDue, "due"}}};
constexpr std::array<Named<Deadline>, 4> kDeadlineNames{{{Deadline::Late, "late"},
                                                         {Deadline::Week, "week"},
                                                         {Deadline::Any, "any"},
                                                         {Deadline::None, "none"}}};
constexpr std::size_t kLongestWords = 200;
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 9998;

template <class Names, class Value>
std::string_view nameIn(const Names& names, Value value) {
  for (const auto& [one, name] : names) {
    if (one == value) return name;
  }
  return "unknown";
}

template <class Value, std::size_t N>
std::optional<Value> findIn(const std::array<Named<Value>, N>& names, std::string_view wanted) {
  for (const auto& [one, name] : names) {
    if (name == wanted) return one;
  }
  return std::nullopt;
}

std::optional<std::int64_t> numberFrom(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole && value > 0 ? std::optional(value) : std::nullopt;
}

// Reads parameters and remembers those that say nothing.
class Reader {
 public:
  Reader(const Parameter& value, std::vector<std::string>* wrong) : value_(value), wrong_(wrong) {}

  template <class From>
  auto read(const std::string& name, From from) const -> decltype(from(std::string())) {
    const auto text = value_(name);
    if (text.empty()) return std::nullopt;
    auto found = from(text);
    if (!found && wrong_ != nullptr) wrong_->push_back(name);
    return found;
  }
  [[nodiscard]] std::string words(const std::string& name) const {
    return base::firstCharacters(base::squeezed(value_(name)), kLongestWords);
  }

 private:
  const Parameter& value_;
  std::vector<std::string>* wrong_;
};

std::optional<Direction> directionFrom(const std::string& name) {
  if (name == nameOf(Direction::Incoming)) return Direction::Incoming;
  if (name == nameOf(Direction::Outgoing)) return Direction::Outgoing;
  return std::nullopt;
}

std::optional<int> yearFrom(const std::string& text) {
  const auto year = numberFrom(text);
  if (!year || *year < kFirstYear || *year > kLastYear) return std::nullopt;
  return static_cast<int>(*year);
}

// In their own order, each once; the abstract is always there.
std::optional<std::vector<ViewColumn>> columnsFrom(const std::string& text) {
  std::vector<ViewColumn> columns;
  const std::string list = "," + text + ",";
  std::size_t known = 0;
  for (const auto& [column, name] : kColumns) {
    const bool wanted = list.find("," + std::string(name) + ",") != std::string::npos;
    if (wanted) ++known;
    if (wanted || column == ViewColumn::Subject) columns.push_back(column);
  }
  if (known == 0) return std::nullopt;
  return columns;
}

// What a query may hold unescaped; the rest as %XX.
std::string escaped(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const unsigned char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == ',';
    if (plain) {
      out += static_cast<char>(c);
    } else {
      out += {'%', kDigits[c >> 4], kDigits[c & 15]};
    }
  }
  return out;
}

int digitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digitOf(text[i + 1]) >= 0 &&
        digitOf(text[i + 2]) >= 0) {
      out += static_cast<char>(digitOf(text[i + 1]) * 16 + digitOf(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::string columnNames(const std::vector<ViewColumn>& columns) {
  std::string text;
  for (const auto column : columns) {
    text += (text.empty() ? "" : ",") + std::string(nameOf(column));
  }
  return text;
}

}  // namespace

const std::vector<ViewColumn>& allColumns() {
  static const std::vector<ViewColumn> kAll = [] {
    std::vector<ViewColumn> all;
    for (const auto& [column, name] : kColumns) all.push_back(column);
    return all;
  }();
  return kAll;
}

const std::vector<ViewColumn>& usualColumns() {
  static const std::vector<ViewColumn> kUsual{
      ViewColumn::Number,  ViewColumn::Day,     ViewColumn::Symbol, ViewColumn::Issuer,
      ViewColumn::Subject, ViewColumn::Handler, ViewColumn::Due,    ViewColumn::State};
  return kUsual;
}

std::string_view nameOf(ViewColumn column) { return nameIn(kColumns, column); }
std::string_view nameOf(Order order) { return nameIn(kOrderNames, order); }
std::string_view nameOf(Deadline deadline) { return nameIn(kDeadlineNames, deadline); }
std::optional<Order> orderFrom(std::string_view name) { return findIn(kOrderNames, name); }
std::optional<Deadline> deadlineFrom(std::string_view name) { return findIn(kDeadlineNames, name); }

ListFilter View::filterOn(base::LocalDate today) const {
  auto narrowed = filter;
  narrowed.today = today;
  if (!year) return narrowed;
  const base::LocalDate first{std::chrono::year(*year), std::chrono::January, std::chrono::day(1)};
  const base::LocalDate last{std::chrono::year(*year), std::chrono::December, std::chrono::day(31)};
  narrowed.from = std::max(narrowed.from.value_or(first), first);
  narrowed.to = std::min(narrowed.to.value_or(last), last);
  return narrowed;
}

View viewFrom(const Parameter& value, std::vector<std::string>* wrong) {
  const Reader reader(value, wrong);
  View view;
  auto& filter = view.filter;
  filter.direction = reader.read("direction", directionFrom);
  if (const auto state = reader.read("state", [](const std::string& t) { return stateFrom(t); })) {
    filter.states = {*state};
  }
  filter.words = reader.words("words");
  filter.type = reader.words("type");
  filter.issuer = reader.words("issuer");
  filter.urgency =
      reader.read("urgency", [](const std::string& text) { return urgencyFrom(text); });
  view.year = reader.read("year", yearFrom);
  const auto day = [](const std::string& text) { return base::parseIsoDate(text); };
  filter.from = reader.read("from", day);
  filter.to = reader.read("to", day);
  filter.unit = UnitId(reader.read("unit", numberFrom).value_or(0));
  filter.handler = PostId(reader.read("handler", numberFrom).value_or(0));
  filter.deadline =
      reader.read("deadline", [](const std::string& text) { return deadlineFrom(text); });
  view.order = reader.read("sort", [](const std::string& text) { return orderFrom(text); })
                   .value_or(Order::Newest);
  view.columns = reader.read("columns", columnsFrom).value_or(std::vector<ViewColumn>());
  if (view.columns == usualColumns()) view.columns.clear();
  return view;
}

std::string queryOf(const View& view) {
  std::string query;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    query += (query.empty() ? "" : "&") + std::string(name) + "=" + escaped(value);
  };
  const auto& filter = view.filter;
  if (filter.direction) add("direction", nameOf(*filter.direction));
  if (filter.states.size() == 1) add("state", nameOf(filter.states.front()));
  add("words", filter.words);
  add("type", filter.type);
  add("issuer", filter.issuer);
  if (filter.urgency) add("urgency", nameOf(*filter.urgency));
  if (view.year) add("year", std::to_string(*view.year));
  if (filter.from) add("from", base::isoDate(*filter.from));
  if (filter.to) add("to", base::isoDate(*filter.to));
  if (filter.unit.valid()) add("unit", std::to_string(filter.unit.value()));
  if (filter.handler.valid()) add("handler", std::to_string(filter.handler.value()));
  if (filter.deadline) add("deadline", nameOf(*filter.deadline));
  if (view.order != Order::Newest) add("sort", nameOf(view.order));
  add("columns", columnNames(view.columns));
  return query;
}

View viewFromQuery(std::string_view query, std::vector<std::string>* wrong) {
  std::map<std::string, std::string> values;
  for (std::size_t at = 0; at < query.size();) {
    const auto end = std::min(query.find('&', at), query.size());
    const auto pair = query.substr(at, end - at);
    const auto equals = std::min(pair.find('='), pair.size());
    values[unescaped(pair.substr(0, equals))] =
        unescaped(pair.substr(std::min(equals + 1, pair.size())));
    at = end + 1;
  }
  return viewFrom(
      [&](const std::string& name) {
        const auto found = values.find(name);
        return found == values.end() ? std::string() : found->second;
      },
      wrong);
}

}  // namespace eoffice::documents
