#include "eoffice/web/chain_view.h"

#include <nlohmann/json.hpp>

#include "eoffice/web/task_view.h"

namespace eoffice::web {
namespace {

using documents::Chain;
using documents::InstructionRow;
using documents::Part;
using documents::ReceiverRow;
using documents::ReceiverState;
using nlohmann::json;

constexpr int kDeepest = 6;  // Deeper ones stand under each other.

const char* kindOf(ReceiverState state) {
  switch (state) {
    case ReceiverState::Open:
      return "info";
    case ReceiverState::Done:
      return "good";
    case ReceiverState::Returned:
      return "near";
    case ReceiverState::PassedOn:
    case ReceiverState::TakenBack:
    case ReceiverState::Replaced:
      return "plain";
  }
  return "plain";
}

const char* partOf(Part part) {
  return part == Part::Lead ? "lead" : part == Part::Support ? "support" : "informed";
}

class View {
 public:
  View(const Speech& say, const Chain& chain, const std::map<PostId, directory::PostName>& names,
       base::LocalDate today, const reminder::WorkCalendar& calendar)
      : say_(say), chain_(chain), names_(names), today_(today), calendar_(calendar) {}

  json rows() {
    under(0, 0);
    return std::move(rows_);
  }

 private:
  [[nodiscard]] std::string nameOf(PostId post) const {
    const auto found = names_.find(post);
    return found == names_.end() ? std::string() : found->second.personName;
  }
  [[nodiscard]] std::string titleOf(PostId post) const {
    const auto found = names_.find(post);
    if (found == names_.end()) return {};
    const auto& name = found->second;
    return name.unitName.empty() ? name.title : name.title + " · " + name.unitName;
  }

  // texts: chain.kind.* chain.part.* chain.state.*
  [[nodiscard]] json receiverView(const ReceiverRow& row) const {
    const bool runs = row.state == ReceiverState::Open || row.state == ReceiverState::PassedOn;
    json badge = nullptr;
    if (row.due && runs) {
      const reminder::Task open{.due = row.due};
      badge = deadlineBadge(say_.texts(), say_.language(), open, today_, calendar_);
    }
    return {{"name", nameOf(row.post)},
            {"second", titleOf(row.post)},
            {"part", say_(std::string("chain.part.") + partOf(row.part))},
            {"due", row.due ? json(base::viDate(*row.due)) : json(nullptr)},
            {"badge", std::move(badge)},
            {"state", say_("chain.state." + std::string(documents::nameOf(row.state)))},
            {"kind", kindOf(row.state)},
            {"words", row.words.empty() ? json(nullptr) : json(row.words)}};
  }

  [[nodiscard]] json instructionView(const InstructionRow& row, int level) const {
    json prepared = nullptr;
    if (row.proposedBy.valid()) {
      prepared = say_(row.proposalKept ? "chain.prepared" : "chain.prepared_changed",
                      {{"name", nameOf(row.proposedBy)}});
    }
    auto by = nameOf(row.giver) + ", " + titleOf(row.giver);
    if (row.writtenBy != row.giver) {
      by = say_("history.on_behalf", {{"who", nameOf(row.writtenBy)}, {"of", by}});
    }
    json receivers = json::array();
    for (const auto& one : chain_.receivers) {
      if (one.instruction == row.id) receivers.push_back(receiverView(one));
    }
    return {{"level", std::min(level, kDeepest)},
            {"act", say_("chain.kind." + std::string(documents::nameOf(row.kind)))},
            {"by", std::move(by)},
            {"at", base::viDateTime(row.at)},
            {"text", row.text},
            {"prepared", std::move(prepared)},
            {"receivers", std::move(receivers)}};
  }

  void under(std::int64_t receiver, int level) {
    for (const auto& one : chain_.instructions) {
      if (one.parentReceiver != receiver) continue;
      rows_.push_back(instructionView(one, level));
      for (const auto& below : chain_.receivers) {
        if (below.instruction == one.id) under(below.id, level + 1);
      }
    }
  }

  const Speech& say_;
  const Chain& chain_;
  const std::map<PostId, directory::PostName>& names_;
  base::LocalDate today_;
  const reminder::WorkCalendar& calendar_;
  json rows_ = json::array();
};

}  // namespace

std::vector<PostId> postsOf(const Chain& chain) {
  std::vector<PostId> posts;
  for (const auto& one : chain.instructions) {
    posts.insert(posts.end(), {one.giver, one.writtenBy});
    if (one.proposedBy.valid()) posts.push_back(one.proposedBy);
  }
  for (const auto& one : chain.receivers) posts.push_back(one.post);
  return posts;
}

json chainView(const Speech& say, const documents::Detail& detail,
               const std::map<PostId, directory::PostName>& names, base::LocalDate today,
               const reminder::WorkCalendar& calendar) {
  if (detail.chain.receivers.empty()) return json::array();
  return View(say, detail.chain, names, today, calendar).rows();
}

}  // namespace eoffice::web
