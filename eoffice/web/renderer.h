// Makes pages: a template, the page's own data, and what stands on every page around it (navigation
// by role with its counts, bell, person, language, assets). Safe from any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/db/database.h"
#include "base/http/static_files.h"
#include "base/result.h"
#include "base/templates.h"
#include "base/texts.h"
#include "eoffice/web/visit.h"
#include "reminder/calendar/calendar_files.h"

namespace eoffice::web {

struct RendererOptions {
  std::string agencyName;  ///< Whose office this is, in short: beside the product's name.
};

class Renderer {
 public:
  /// References outlive it.
  Renderer(base::db::Database& database, const base::Clock& clock, const base::Texts& texts,
           const base::Templates& templates, const reminder::Calendars& calendars,
           const base::http::StaticFiles& assets, RendererOptions options);
  ~Renderer();

  /// `data` is the page's own, as docs/pages.md wants it; `here` marks the navigation's current
  /// item.
  [[nodiscard]] base::http::Response page(const Visit& visit, const std::string& name,
                                          nlohmann::json data, int status = 200) const;
  /// A part of a page, for partial updates: no chrome is reckoned.
  [[nodiscard]] base::http::Response part(const Visit& visit, const std::string& name,
                                          nlohmann::json data) const;
  /// The page of a refusal that no form can show.
  [[nodiscard]] base::http::Response refusal(const Visit& visit, const base::Refusal& why) const;
  /// The page of a fault; reads no database and does not throw.
  [[nodiscard]] base::http::Response fault(const base::http::Request& request,
                                           base::Language language, int status) const;

  [[nodiscard]] std::string text(const Visit& visit, std::string_view key,
                                 const base::Texts::Facts& facts = {}) const;
  /// The sentence of a refusal: `error.<code>` with its facts.
  [[nodiscard]] std::string sentence(base::Language language, const base::Refusal& why) const;

  [[nodiscard]] const base::Clock& clock() const { return clock_; }
  [[nodiscard]] const base::Texts& texts() const { return texts_; }
  [[nodiscard]] const reminder::Calendars& calendars() const { return calendars_; }

 private:
  [[nodiscard]] std::string errorTitleKey(int status) const;
  [[nodiscard]] nlohmann::json common(base::Language language,
                                      const base::http::Request& request) const;
  void addPerson(nlohmann::json& data, const Visit& visit) const;

  base::db::Database& database_;
  const base::Clock& clock_;
  const base::Texts& texts_;
  const base::Templates& templates_;
  const reminder::Calendars& calendars_;
  RendererOptions options_;
  std::unique_ptr<nlohmann::json> assets_;  ///< Name in templates → hashed address.
};

/// The status of an answer for a kind of refusal.
[[nodiscard]] int statusOf(base::RefusalKind kind);

}  // namespace eoffice::web
