#include "eoffice/documents/giving.h"

#include <algorithm>

#include "base/text.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/reach.h"
#include "eoffice/documents/assignment.h"
#include "eoffice/documents/field_rules.h"
#include "reminder/tasks/task_lists.h"

namespace eoffice::documents {
namespace {

using base::Refusal;
using base::RefusalKind;
using base::db::Session;

constexpr std::size_t kLongestTitle = 1000;

// What has ended meanwhile, in the same act even, stays as it ended.
constexpr const char* kWithdraw = R"(/* documents.withdrawReceiver */
UPDATE instruction_receiver SET state = ?, ended_at = ?, ended_by_post = ?, words = ?
WHERE id = ? AND state IN (1, 2))";

struct Wanted {
  const Receiver* receiver;
  Part part;
  const char* field;
};

std::vector<Wanted> wantedOf(const Instruction& input) {
  std::vector<Wanted> all{{&input.lead, Part::Lead, "lead"}};
  for (const auto& one : input.supports) all.push_back({&one, Part::Support, "supports"});
  for (const auto& one : input.informed) all.push_back({&one, Part::Informed, "informed"});
  return all;
}

Refusal invalid(std::string code, const char* field,
                std::vector<std::pair<std::string, std::string>> facts = {}) {
  return {RefusalKind::Invalid, std::move(code), field, std::move(facts)};
}

// What became of a unit that has ended, in the words of its sentence.
Refusal endedUnit(const directory::UnitReach& unit, const char* field) {
  const auto day = unit.validity.to ? base::viDate(*unit.validity.to) : std::string();
  if (unit.successorName.empty()) {
    return invalid("routing.unit_closed", field, {{"unit", unit.name}, {"day", day}});
  }
  return invalid("routing.unit_ended", field,
                 {{"unit", unit.name}, {"day", day}, {"successor", unit.successorName}});
}

class Reach {
 public:
  Reach(Session& session, const Caller& caller, const std::vector<Wanted>& wanted,
        base::LocalDate day)
      : caller_(caller), day_(day) {
    std::vector<PostId> posts;
    std::vector<UnitId> units;
    for (const auto& one : wanted) {
      if (one.receiver->post.valid()) posts.push_back(one.receiver->post);
      if (one.receiver->unit.valid()) units.push_back(one.receiver->unit);
    }
    cards_ = directory::findPosts(session, posts, day);
    for (const auto& card : cards_) {
      if (!card.active && card.unit.valid()) units.push_back(card.unit);
    }
    units_ = directory::reachOf(session, units, day);
  }

  // The post, or why work cannot reach it (R-111).
  base::Result<Reached> of(const Wanted& wanted) const {
    return wanted.receiver->unit.valid() ? ofUnit(wanted) : ofPost(wanted);
  }

 private:
  base::Result<Reached> ofUnit(const Wanted& wanted) const {
    const auto found = units_.find(wanted.receiver->unit);
    if (found == units_.end() || found->second.agency != caller_.agency) {
      return tl::unexpected(invalid("routing.unit_unknown", wanted.field));
    }
    const auto& unit = found->second;
    if (!unit.validity.covers(day_)) return tl::unexpected(endedUnit(unit, wanted.field));
    if (!unit.head.valid()) {
      return tl::unexpected(
          invalid("routing.unit_without_head", wanted.field, {{"unit", unit.name}}));
    }
    return Reached{*wanted.receiver, unit.head, unit.unit, wanted.part};
  }

  base::Result<Reached> ofPost(const Wanted& wanted) const {
    const auto card = std::find_if(cards_.begin(), cards_.end(), [&](const auto& one) {
      return one.post == wanted.receiver->post;
    });
    if (card == cards_.end() || card->agency != caller_.agency) {
      return tl::unexpected(invalid("instruction.unknown_post", wanted.field));
    }
    if (card->active) return Reached{*wanted.receiver, card->post, card->unit, wanted.part};
    const auto unit = units_.find(card->unit);
    if (unit != units_.end() && !unit->second.validity.covers(day_)) {
      return tl::unexpected(endedUnit(unit->second, wanted.field));
    }
    if (card->validity.covers(day_)) {
      return tl::unexpected(invalid("instruction.unknown_post", wanted.field));
    }
    const auto day = card->validity.to ? base::viDate(*card->validity.to) : std::string();
    return tl::unexpected(
        invalid("routing.post_ended", wanted.field, {{"name", card->personName}, {"day", day}}));
  }

  const Caller& caller_;
  base::LocalDate day_;
  std::vector<directory::PostCard> cards_;
  std::map<UnitId, directory::UnitReach> units_;
};

const char* fieldOf(Part part) {
  return part == Part::Lead ? "lead" : part == Part::Support ? "supports" : "informed";
}

reminder::Seat seatOf(const Reached& one) {
  return {reminder::HolderId(one.post.value()), reminder::GroupId(one.unit.value())};
}

bool hasOwnDeadline(const Reached& one) { return one.asked.workdays || one.asked.due; }

reminder::Deadline deadlineOf(const std::optional<int>& workdays,
                              const std::optional<base::LocalDate>& due) {
  if (workdays) return reminder::Deadline::inWorkdays(*workdays);
  if (due) return reminder::Deadline::on(*due);
  return reminder::Deadline::none();
}

// Who takes part in the main task: those with a deadline of their own have a task of their own.
std::vector<reminder::Seat> seatsOf(const std::vector<Reached>& all, Part part) {
  std::vector<reminder::Seat> seats;
  for (const auto& one : all) {
    if (one.part == part && !hasOwnDeadline(one)) seats.push_back(seatOf(one));
  }
  return seats;
}

// One giving out, from the receivers to the rows.
class Giver {
 public:
  Giver(Session& session, const Office& office, const Caller& caller, const Document& document,
        const Giving& giving, const Instruction& input, base::Instant now)
      : session_(session),
        office_(office),
        caller_(caller),
        document_(document),
        giving_(giving),
        input_(input),
        now_(now) {}

  base::Result<Given> run() {
    auto reached = reachAll(session_, caller_, input_, base::localDate(now_));
    if (!reached) return tl::unexpected(std::move(reached.error()));
    all_ = std::move(*reached);
    auto giver = giverSeat();
    if (!giver) return tl::unexpected(std::move(giver.error()));
    giver_ = *giver;
    if (auto below = checkBelow(); !below) return tl::unexpected(std::move(below.error()));
    auto task = mainTask();
    if (!task) return tl::unexpected(std::move(task.error()));
    const auto instruction = insertInstruction(session_, document_.id,
                                               {.kind = giving_.kind,
                                                .giver = giving_.giver,
                                                .writtenBy = caller_.post,
                                                .parentReceiver = giving_.parentReceiver,
                                                .text = input_.text,
                                                .task = task->id.value(),
                                                .due = task->due,
                                                .at = now_,
                                                .proposedBy = giving_.proposedBy,
                                                .proposalKept = giving_.proposalKept});
    for (const auto& one : all_) {
      if (auto given = giveTo(one, instruction, *task); !given) {
        return tl::unexpected(std::move(given.error()));
      }
    }
    return Given{instruction, task->id.value(), task->due, all_.front().post};
  }

 private:
  base::Result<reminder::Seat> giverSeat() const {
    const auto card = directory::findPost(session_, giving_.giver, base::localDate(now_));
    if (!card || !card->active) {
      return base::refuse(RefusalKind::Invalid, "instruction.unknown_post", "leader");
    }
    return reminder::Seat{reminder::HolderId(card->post.value()),
                          reminder::GroupId(card->unit.value())};
  }

  // R-112: down the tree, to people at or below the unit of who passes it on.
  [[nodiscard]] base::Result<void> checkBelow() const {
    if (giving_.kind != InstructionKind::Forward || !giver_.group.valid()) return {};
    const auto units =
        directory::unitsBelow(session_, UnitId(giver_.group.value()), base::localDate(now_));
    for (const auto& one : all_) {
      if (units.contains(one.unit)) continue;
      return tl::unexpected(invalid("routing.not_below", fieldOf(one.part)));
    }
    return {};
  }

  [[nodiscard]] reminder::Assignment assignment(const std::string& key, const Reached& lead,
                                                reminder::TaskId parent) const {
    return {.key = key,
            .source = {"document", document_.id.value()},
            .parent = parent,
            .title = base::firstCharacters(document_.fields.subject, kLongestTitle),
            .note = input_.text,
            .urgency = static_cast<reminder::Urgency>(document_.fields.urgency),
            .assigner = giver_,
            .lead = seatOf(lead)};
  }

  base::Result<reminder::Task> mainTask() const {
    if (giving_.returnedTask != 0) return returnedTask();
    auto wanted = assignment(giving_.key, all_.front(), reminder::TaskId(giving_.parentTask));
    wanted.supports = seatsOf(all_, Part::Support);
    wanted.followers = seatsOf(all_, Part::Informed);
    wanted.deadline = deadlineOf(input_.workdays, input_.due);
    wanted.confirmation = giving_.confirmation;
    return office_.tasks.assign(session_, actorOf(caller_, giving_.giver), now_, wanted);
  }

  // The same task goes on: its first day stays in its history, and so does who had it before.
  base::Result<reminder::Task> returnedTask() const {
    const auto who = actorOf(caller_, giving_.giver);
    const reminder::TaskRights rights{.scope = who.scope, .holders = {who.holder}};
    auto task = reminder::findTask(session_, rights, reminder::TaskId(giving_.returnedTask));
    if (!task) return base::refuse(RefusalKind::NotFound, "task.not_found");
    auto moved = office_.tasks.handOver(session_, who, now_, task->id, task->version,
                                        seatOf(all_.front()), input_.text);
    if (!moved) return moved;
    moved = office_.tasks.changeParts(session_, who, now_, task->id, moved->version,
                                      seatsOf(all_, Part::Support), seatsOf(all_, Part::Informed),
                                      input_.text);
    const auto deadline = deadlineOf(input_.workdays, input_.due);
    if (!moved || deadline.kind == reminder::DeadlineKind::None) return moved;
    const auto due =
        reminder::dueOf(deadline, base::localDate(now_), office_.calendars.of(who.scope));
    if (due == moved->due) return moved;
    return office_.tasks.changeDue(session_, who, now_, task->id, moved->version, deadline,
                                   input_.text);
  }

  base::Result<void> giveTo(const Reached& one, std::int64_t instruction,
                            const reminder::Task& main) const {
    ReceiverRow row{.instruction = instruction,
                    .post = one.post,
                    .unit = one.asked.unit,
                    .part = one.part,
                    .due = main.due,
                    .givenAt = now_};
    if (one.part == Part::Lead) row.task = main.id.value();
    if (one.part == Part::Informed) row.due.reset();
    if (one.part != Part::Lead && hasOwnDeadline(one)) {
      auto own = ownTask(one, main);
      if (!own) return tl::unexpected(std::move(own.error()));
      row.task = own->id.value();
      row.due = own->due;
    }
    addPart(session_, document_.id, document_.agency, one.post, one.part);
    const auto kind = one.part == Part::Lead      ? giving_.leadStep
                      : one.part == Part::Support ? StepKind::Support
                                                  : StepKind::Read;
    row.step = openStepFor(session_, document_, kind, one.post, caller_, input_.text, now_);
    static_cast<void>(insertReceiver(session_, document_.id, row));
    return {};
  }

  // R-110: the deadline of a support, or of who is to read it, is not later than the lead's.
  base::Result<reminder::Task> ownTask(const Reached& one, const reminder::Task& main) const {
    auto wanted = assignment(giving_.key + "-" + std::to_string(one.post.value()), one, main.id);
    wanted.deadline = deadlineOf(one.asked.workdays, one.asked.due);
    wanted.confirmation = reminder::Confirmation::NotNeeded;
    auto task = office_.tasks.assign(session_, actorOf(caller_, giving_.giver), now_, wanted);
    if (!task) task.error().field = fieldOf(one.part);
    return task;
  }

  Session& session_;
  const Office& office_;
  const Caller& caller_;
  const Document& document_;
  const Giving& giving_;
  const Instruction& input_;
  base::Instant now_;
  reminder::Seat giver_;
  std::vector<Reached> all_;
};

}  // namespace

base::Result<void> checkInstruction(Instruction& input) {
  FieldCheck check;
  check.required(input.text, "text", 2000);
  if (!input.lead.valid()) check.fault("instruction.no_lead", "lead");  // R-9
  const bool noDeadline = !input.workdays && !input.due;
  // R-9: where several are named, the direction has a deadline.
  if (noDeadline && !input.supports.empty()) check.fault("instruction.no_deadline", "workdays");
  if (input.workdays && input.due) check.fault("instruction.two_deadlines", "workdays");
  for (const auto* receivers : {&input.supports, &input.informed}) {
    const auto* field = receivers == &input.supports ? "supports" : "informed";
    for (const auto& one : *receivers) {
      if (one.workdays && one.due) check.fault("instruction.two_deadlines", field);
    }
  }
  return check.result();
}

base::Result<std::vector<Reached>> reachAll(Session& session, const Caller& caller,
                                            const Instruction& input, base::LocalDate day) {
  const auto wanted = wantedOf(input);
  const Reach reach(session, caller, wanted, day);
  std::vector<Reached> all;
  std::vector<Refusal> faults;
  for (const auto& one : wanted) {
    auto reached = reach.of(one);
    if (reached) {
      all.push_back(std::move(*reached));
    } else {
      faults.push_back(std::move(reached.error()));
    }
  }
  if (!faults.empty()) return base::refuseAll(std::move(faults));
  return all;
}

base::Result<Given> give(Session& session, const Office& office, const Caller& caller,
                         const Document& document, const Giving& giving, const Instruction& input,
                         base::Instant now) {
  return Giver(session, office, caller, document, giving, input, now).run();
}

base::Result<std::int64_t> takeUp(Session& session, const Office& office, const Caller& caller,
                                  const Chain& chain, std::int64_t parentReceiver, PostId giver,
                                  const std::string& words, base::Instant now) {
  const InstructionRow* last = nullptr;
  for (const auto& one : chain.instructions) {
    if (one.parentReceiver == parentReceiver) last = &one;
  }
  if (last == nullptr) return 0;
  std::vector<const ReceiverRow*> besides;
  bool back = false;
  for (const auto& one : chain.receivers) {
    if (one.instruction != last->id) continue;
    if (one.part != Part::Lead) {
      besides.push_back(&one);
    } else {
      back = one.state == ReceiverState::Returned || one.state == ReceiverState::TakenBack;
    }
  }
  if (!back) return 0;
  auto ended = withdraw(session, office, caller, chain, besides, ReceiverState::Replaced,
                        Outcome::Dropped, words, now);
  if (!ended) return tl::unexpected(std::move(ended.error()));
  if (last->giver == giver) return last->task;
  ended = cancelTask(session, office, caller, last->giver, last->task, words, now);
  if (!ended) return tl::unexpected(std::move(ended.error()));
  return 0;
}

base::Result<void> withdraw(Session& session, const Office& office, const Caller& caller,
                            const Chain& chain, const std::vector<const ReceiverRow*>& receivers,
                            ReceiverState state, Outcome outcome, const std::string& words,
                            base::Instant now) {
  for (const auto* one : receivers) {
    if (session.execute(kWithdraw, {state, now, caller.post, words, one->id}) == 0) continue;
    closeStep(session, one->step, caller.post, outcome, words, now);
    if (one->task == 0) continue;
    const auto giver = chain.instruction(one->instruction)->giver;
    if (auto ended = cancelTask(session, office, caller, giver, one->task, words, now); !ended) {
      return ended;
    }
  }
  return {};
}

}  // namespace eoffice::documents
