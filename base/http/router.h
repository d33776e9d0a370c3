// The one route table of a server: method and pattern to handler. Patterns are literal segments and
// `{name}` for one segment; the most literal match wins. Built once, then read from any thread.
#pragma once

#include <any>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/message.h"
#include "base/log.h"

namespace base::http {

using Handler = std::function<Response(Request&)>;

struct Route {
  Method method = Method::Get;
  std::string pattern;  ///< `/api/v1/documents/{id}`
  std::string name;     ///< For metrics and logs: `document.show`.
  Handler handler;
  std::uint64_t bodyLimit = 1ULL << 20;  ///< Bytes; a longer body is 413.
  /// Of its good answers in the log. Debug: what machines ask every few seconds.
  log::Level logged = log::Level::Info;
  std::any meta = {};  ///< What the layer above wants to know of a route (rights, API description).
};

class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;

  /// A method and pattern that are there already are a bug (throws std::logic_error).
  void add(Route route);
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

  struct Match {
    const Route* route = nullptr;  ///< Null: no such path, or not by this method.
    std::map<std::string, std::string> params;
    std::vector<Method> allowed;  ///< Methods the path has, when the method does not match.
  };
  /// HEAD finds GET's route; a method that is none of ours (empty) finds what is allowed. `path` is
  /// decoded.
  [[nodiscard]] Match find(std::optional<Method> method, std::string_view path) const;

 private:
  struct Node;
  struct Search;
  std::vector<Route> routes_;
  std::unique_ptr<Node> root_;
};

}  // namespace base::http
