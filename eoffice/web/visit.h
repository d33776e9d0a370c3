// One request of one person, as page and API handlers see it: who, in which language, with which
// form. Made by the dispatcher, which has checked sign-in and CSRF before a handler runs.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/http/message.h"
#include "base/http/router.h"
#include "base/texts.h"
#include "eoffice/directory/sign_in.h"

namespace eoffice::web {

struct Waiting;

struct Visit {
  base::http::Request& request;
  base::Language language = base::Language::Vi;
  std::optional<directory::CurrentSession> session = {};
  std::string token = {};                         ///< Of the session; never shown.
  base::http::Form form = {};                     ///< Of a POST page; files are in the blob store.
  mutable std::shared_ptr<Waiting> waiting = {};  ///< See waiting.h.

  /// Of a route that wants sign-in.
  [[nodiscard]] const Caller& caller() const { return session.value().caller; }
  /// A path parameter that is a number; 0 when it is none.
  [[nodiscard]] std::int64_t number(const std::string& param) const;
  /// A query parameter that is a number within bounds; `otherwise` when it is none.
  [[nodiscard]] int queryNumber(const std::string& key, int otherwise, int least, int most) const;
};

using VisitHandler = std::function<base::http::Response(Visit&)>;

/// Who may enter, and in which shape faults are told.
enum class Surface : std::uint8_t { Page, Api };
enum class Door : std::uint8_t {
  Open,        ///< Anybody.
  SignedIn,    ///< A session; whoever must change their password first is sent there.
  NewPassword  ///< A session, even before the password was changed.
};

/// What a route carries in `base::http::Route::meta`.
struct RouteInfo {
  Surface surface = Surface::Page;
  Door door = Door::SignedIn;
  VisitHandler handler;
};

/// Bodies: what a form without a file may hold, and what an upload may.
inline constexpr std::uint64_t kFormLimit = 256 * 1024;

/// `text` as the value of a query parameter.
[[nodiscard]] std::string escapedQuery(std::string_view text);
/// The path when it is one of ours (begins with one `/`), else `/`: no form sends people elsewhere.
[[nodiscard]] std::string ownPath(const std::string& path);

/// Puts a page into the route table. POST pages read their form (and its CSRF token) first.
void addPage(base::http::Router& router, base::http::Method method, std::string pattern,
             std::string name, VisitHandler handler, Door door = Door::SignedIn,
             std::uint64_t bodyLimit = kFormLimit);

}  // namespace eoffice::web
