#include "reminder/tasks/task_names.h"

#include <array>
#include <stdexcept>
#include <utility>

namespace reminder {
namespace {

template <class Code, std::size_t Count>
using Names = std::array<std::pair<Code, std::string_view>, Count>;

constexpr Names<TaskState, 7> kStates{{{TaskState::Assigned, "assigned"},
                                       {TaskState::Received, "received"},
                                       {TaskState::InProgress, "in_progress"},
                                       {TaskState::Reported, "reported"},
                                       {TaskState::Done, "done"},
                                       {TaskState::Returned, "returned"},
                                       {TaskState::Cancelled, "cancelled"}}};
constexpr Names<Timing, 4> kTimings{{{Timing::None, "none"},
                                     {Timing::InTime, "in_time"},
                                     {Timing::Near, "near"},
                                     {Timing::Late, "late"}}};
constexpr Names<Part, 4> kParts{{{Part::Lead, "lead"},
                                 {Part::Support, "support"},
                                 {Part::Follower, "follower"},
                                 {Part::Assigner, "assigner"}}};
constexpr Names<TaskAct, 11> kActs{{{TaskAct::Assigned, "assigned"},
                                    {TaskAct::Received, "received"},
                                    {TaskAct::Progress, "progress"},
                                    {TaskAct::Reported, "reported"},
                                    {TaskAct::Confirmed, "confirmed"},
                                    {TaskAct::Returned, "returned"},
                                    {TaskAct::DueChanged, "due_changed"},
                                    {TaskAct::HandedOver, "handed_over"},
                                    {TaskAct::Cancelled, "cancelled"},
                                    {TaskAct::DueReckoned, "due_reckoned"},
                                    {TaskAct::PartsChanged, "parts_changed"}}};
constexpr Names<Urgency, 4> kUrgencies{{{Urgency::Normal, "normal"},
                                        {Urgency::Urgent, "urgent"},
                                        {Urgency::VeryUrgent, "very_urgent"},
                                        {Urgency::Express, "express"}}};

template <class Code, std::size_t Count>
std::string_view named(const Names<Code, Count>& names, Code code) {
  for (const auto& [known, name] : names) {
    if (known == code) return name;
  }
  throw std::logic_error("a code without a name");
}

template <class Code, std::size_t Count>
std::optional<Code> coded(const Names<Code, Count>& names, std::string_view wanted) {
  for (const auto& [code, name] : names) {
    if (name == wanted) return code;
  }
  return std::nullopt;
}

}  // namespace

std::string_view nameOf(TaskState state) { return named(kStates, state); }
std::string_view nameOf(Timing timing) { return named(kTimings, timing); }
std::string_view nameOf(Part part) { return named(kParts, part); }
std::string_view nameOf(TaskAct act) { return named(kActs, act); }
std::string_view nameOf(Urgency urgency) { return named(kUrgencies, urgency); }

std::optional<TaskState> taskStateNamed(std::string_view name) { return coded(kStates, name); }
std::optional<Timing> timingNamed(std::string_view name) { return coded(kTimings, name); }
std::optional<Part> partNamed(std::string_view name) { return coded(kParts, name); }
std::optional<Urgency> urgencyNamed(std::string_view name) { return coded(kUrgencies, name); }

}  // namespace reminder
