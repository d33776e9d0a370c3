#include "base/http/router.h"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

namespace base::http {

std::string_view name(Method method) {
  switch (method) {
    case Method::Get:
      return "GET";
    case Method::Head:
      return "HEAD";
    case Method::Post:
      return "POST";
    case Method::Put:
      return "PUT";
    case Method::Patch:
      return "PATCH";
    case Method::Delete:
      return "DELETE";
  }
  throw std::logic_error("no such method");
}

/// One segment of a path. Literal children are looked at before the parameter's.
struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  struct Entry {
    std::size_t route;
    std::vector<std::string> names;  ///< Of the parameters, from left to right.
  };
  std::map<Method, Entry> entries;
};

namespace {

std::vector<std::string_view> segmentsOf(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    segments.push_back(path.substr(0, path.find('/')));
    path.remove_prefix(segments.back().size());
  }
  return segments;
}

bool isParameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

/// Walks every matching branch, the most literal first, until the method is found.
struct Router::Search {
  std::optional<Method> method;
  std::vector<std::string_view> segments;
  std::vector<std::string_view> values = {};
  const Node::Entry* found = nullptr;
  std::vector<Method> allowed = {};

  bool walk(const Node& node, std::size_t depth) {
    if (depth == segments.size()) return look(node);
    const auto literal = node.literals.find(segments[depth]);
    if (literal != node.literals.end() && walk(*literal->second, depth + 1)) return true;
    if (!node.parameter || segments[depth].empty()) return false;
    values.push_back(segments[depth]);
    if (walk(*node.parameter, depth + 1)) return true;
    values.pop_back();
    return false;
  }

  bool look(const Node& node) {
    auto entry = method ? node.entries.find(*method) : node.entries.end();
    if (entry == node.entries.end() && method == Method::Head) {
      entry = node.entries.find(Method::Get);
    }
    if (entry != node.entries.end()) {
      found = &entry->second;
      return true;
    }
    for (const auto& [other, unused] : node.entries) {
      allowed.push_back(other);
      if (other == Method::Get) allowed.push_back(Method::Head);
    }
    return false;
  }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;

void Router::add(Route route) {
  if (route.pattern.empty() || route.pattern.front() != '/') {
    throw std::logic_error("a route without a path: " + route.name);
  }
  Node* node = root_.get();
  Node::Entry entry{routes_.size(), {}};
  for (const std::string_view segment : segmentsOf(route.pattern)) {
    auto& child = isParameter(segment) ? node->parameter : node->literals[std::string(segment)];
    if (isParameter(segment)) entry.names.emplace_back(segment.substr(1, segment.size() - 2));
    if (!child) child = std::make_unique<Node>();
    node = child.get();
  }
  if (!node->entries.emplace(route.method, std::move(entry)).second) {
    throw std::logic_error("two routes for " + std::string(name(route.method)) + " " +
                           route.pattern);
  }
  routes_.push_back(std::move(route));
}

Router::Match Router::find(std::optional<Method> method, std::string_view path) const {
  if (path.empty() || path.front() != '/') return {};
  Search search{method, segmentsOf(path)};
  Match match;
  if (search.walk(*root_, 0)) {
    match.route = &routes_[search.found->route];
    for (std::size_t i = 0; i < search.found->names.size(); ++i) {
      match.params[search.found->names[i]] = search.values[i];
    }
  } else {
    std::sort(search.allowed.begin(), search.allowed.end());
    search.allowed.erase(std::unique(search.allowed.begin(), search.allowed.end()),
                         search.allowed.end());
    match.allowed = std::move(search.allowed);
  }
  return match;
}

}  // namespace base::http
