// What is refused before anything is written: texts, people, deadlines. Pure. For this folder
// alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "reminder/tasks/task_service.h"

namespace reminder::checks {

constexpr std::size_t kLongestTitle = 1000;
constexpr std::size_t kLongestProduct = 500;
constexpr std::size_t kLongestNote = 4000;
constexpr std::size_t kLongestKey = 120;
constexpr std::size_t kMostPeople = 300;

enum class Need : std::uint8_t { Optional, Required };

/// `task.text_missing`, `task.text_invalid` (not UTF-8), `task.text_too_long`.
[[nodiscard]] std::optional<base::Refusal> textFault(const std::string& text, const char* field,
                                                     std::size_t longest, Need need);

/// exactly one lead, nobody in two parts.
[[nodiscard]] std::vector<base::Refusal> peopleFaults(const Assignment& assignment);

/// `task.workdays_out_of_range`, `task.due_in_past`, `task.due_outside_calendar`.
[[nodiscard]] std::optional<base::Refusal> deadlineFault(const Deadline& deadline,
                                                         base::LocalDate today,
                                                         const WorkCalendar& calendar);

}  // namespace reminder::checks
