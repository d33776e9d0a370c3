// Tasks: lists, one whole, the overview of a leader, and the acts of lead and assigner.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/directory/name_memory.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class TaskActions {
 public:
  explicit TaskActions(const web::PageParts& parts) : parts_(parts) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<base::http::Response> list(const Call& call) const;
  [[nodiscard]] base::Result<base::http::Response> show(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> overview(const Call& call) const;
  [[nodiscard]] base::Result<base::http::Response> receive(const Call& call) const;
  [[nodiscard]] base::Result<base::http::Response> progress(const Call& call) const;
  [[nodiscard]] base::Result<base::http::Response> confirm(const Call& call) const;
  [[nodiscard]] base::Result<base::http::Response> giveBack(const Call& call) const;
  [[nodiscard]] base::Result<base::http::Response> changeDue(const Call& call) const;
  /// One act in one transaction; answers `Task`.
  template <class Act>
  [[nodiscard]] base::Result<base::http::Response> perform(const Call& call, Act&& act) const;
  [[nodiscard]] base::http::Response render(base::db::Session& session, const Caller& caller,
                                            const reminder::Task& task) const;
  [[nodiscard]] const reminder::WorkCalendar& calendarOf(const Caller& caller) const;

  web::PageParts parts_;
  mutable directory::NameMemory names_{std::chrono::seconds(1)};  ///< docs/adr/0030
};

}  // namespace eoffice::api
