#include "reminder/engine/recipients.h"

#include <algorithm>
#include <set>

namespace reminder {
namespace {

using base::db::Session;

bool speaksTo(const Rung& rung, RecipientRole role) {
  return std::find(rung.to.begin(), rung.to.end(), role) != rung.to.end();
}

/// The office's answers for a whole batch: one question of each kind.
struct Answers {
  std::map<HolderId, HolderId> headOf;
  std::map<ScopeId, HolderId> headOfOffice;
  std::map<TaskId, std::vector<HolderId>> supports;
  std::map<HolderId, Reader> readers;

  [[nodiscard]] const Reader* reader(HolderId holder) const {
    const auto found = readers.find(holder);
    return found == readers.end() ? nullptr : &found->second;
  }
  [[nodiscard]] std::vector<HolderId> holders(const Task& task, RecipientRole role) const {
    const auto from = [](const auto& map, auto key) {
      const auto found = map.find(key);
      return found == map.end() ? std::vector<HolderId>{} : std::vector<HolderId>{found->second};
    };
    switch (role) {
      case RecipientRole::Holder:
        return {task.lead.holder};
      case RecipientRole::HeadOfUnit:
        return from(headOf, task.lead.holder);
      case RecipientRole::HeadOfOffice:
        return from(headOfOffice, task.scope);
      case RecipientRole::Assigner:
        return {task.assigner.holder};
      case RecipientRole::Supports: {
        const auto found = supports.find(task.id);
        return found == supports.end() ? std::vector<HolderId>{} : found->second;
      }
    }
    return {};
  }
};

std::vector<HolderId> distinct(std::vector<HolderId> holders) {
  std::sort(holders.begin(), holders.end());
  holders.erase(std::unique(holders.begin(), holders.end()), holders.end());
  return holders;
}

Answers ask(Session& session, PeopleBook& people, const std::vector<Firing>& firings,
            base::Instant now) {
  Answers answers;
  std::vector<HolderId> leads;
  std::set<ScopeId> scopes;
  std::vector<TaskId> supported;
  std::vector<HolderId> all;
  for (const auto& [task, rung] : firings) {
    leads.push_back(task.lead.holder);
    if (speaksTo(*rung, RecipientRole::HeadOfOffice)) scopes.insert(task.scope);
    if (speaksTo(*rung, RecipientRole::Supports)) supported.push_back(task.id);
    all.push_back(task.assigner.holder);
  }
  leads = distinct(std::move(leads));
  answers.headOf = people.headsOfUnit(session, leads, now);
  if (!scopes.empty()) {
    answers.headOfOffice = people.headsOfOffice(session, {scopes.begin(), scopes.end()}, now);
  }
  answers.supports = rows::supportsOf(session, supported);
  all.insert(all.end(), leads.begin(), leads.end());
  for (const auto& [post, head] : answers.headOf) all.push_back(head);
  for (const auto& [scope, head] : answers.headOfOffice) all.push_back(head);
  for (const auto& [task, holders] : answers.supports) {
    all.insert(all.end(), holders.begin(), holders.end());
  }
  answers.readers = people.readersOf(session, distinct(std::move(all)), now);
  return answers;
}

///
std::vector<RecipientRole> rolesOf(const Firing& firing, const Answers& answers) {
  auto roles = firing.rung->to;
  const bool vacant = answers.reader(firing.task.lead.holder) == nullptr;
  if (vacant && speaksTo(*firing.rung, RecipientRole::Holder) &&
      !speaksTo(*firing.rung, RecipientRole::HeadOfUnit)) {
    roles.push_back(RecipientRole::HeadOfUnit);
  }
  return roles;
}

Addressed addressed(const Firing& firing, const Answers& answers) {
  Addressed result;
  std::set<ReaderId> told;
  const auto silent = [&](HolderId holder, Silence reason) {
    result.silent.push_back({firing.task.id, firing.rung->id, {}, reason, holder});
  };
  for (const auto role : rolesOf(firing, answers)) {
    const auto holders = answers.holders(firing.task, role);
    if (holders.empty() && role != RecipientRole::Supports) silent({}, Silence::NobodyThere);
    for (const auto holder : holders) {
      const auto* reader = answers.reader(holder);
      if (reader == nullptr) {
        silent(holder, Silence::NobodyThere);
      } else if (!told.insert(reader->id).second) {
        silent(holder, Silence::SameReader);
      } else {
        result.to.push_back({*reader, holder, role});
      }
    }
  }
  if (const auto* lead = answers.reader(firing.task.lead.holder)) result.leadName = lead->name;
  return result;
}

}  // namespace

std::vector<Addressed> addresseesOf(Session& session, PeopleBook& people,
                                    const std::vector<Firing>& firings, base::Instant now) {
  std::vector<Addressed> all;
  if (firings.empty()) return all;
  const auto answers = ask(session, people, firings, now);
  all.reserve(firings.size());
  for (const auto& firing : firings) all.push_back(addressed(firing, answers));
  return all;
}

}  // namespace reminder
