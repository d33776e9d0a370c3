#include "reminder/tasks/task_lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

#include "base/db/in_list.h"
#include "reminder/tasks/task_query.h"
#include "reminder/tasks/task_rows.h"

namespace reminder {
namespace {

using base::db::Params;
using base::db::Session;

constexpr std::string_view kParticipants = R"(/* task.participants */
  SELECT holder_id, group_id, part, seen_at FROM task_part WHERE task_id = ?
  ORDER BY part, holder_id)";

Params with(Params params, const Params& more) {
  params.insert(params.end(), more.begin(), more.end());
  return params;
}

std::string orderBy(TaskOrder order, bool backwards) {
  if (order == TaskOrder::NewestFirst) return backwards ? " ORDER BY t.id" : " ORDER BY t.id DESC";
  return backwards ? " ORDER BY t.judged_due DESC, t.id DESC" : " ORDER BY t.judged_due, t.id";
}

// What comes beside a key. NOTE: not as a row comparison, by which the server walks no index.
void addKey(TaskQuery& query, TaskOrder order, const TaskKey& key, bool backwards) {
  if (order == TaskOrder::NewestFirst) {
    return query.where(backwards ? "t.id > ?" : "t.id < ?", {key.task});
  }
  query.where(backwards ? "t.judged_due <= ? AND (t.judged_due < ? OR t.id < ?)"
                        : "t.judged_due >= ? AND (t.judged_due > ? OR t.id > ?)",
              {key.judged, key.judged, key.task});
}

void add(OpenCounts& sum, const OpenCounts& part) {
  sum.late += part.late;
  sum.near += part.near;
  sum.inTime += part.inTime;
}

}  // namespace

std::optional<Task> findTask(Session& session, const TaskRights& rights, TaskId id) {
  std::string text = "/* task.find */ SELECT" TASK_COLUMNS "FROM task t ";
  Params params{id, rights.scope};
  if (rights.wholeScope) {
    text += "WHERE t.id = ? AND t.scope_id = ?";
  } else {
    const base::db::InList holders(rights.holders);
    const base::db::InList groups(rights.groups);
    text +=
        "STRAIGHT_JOIN task_part p ON p.task_id = t.id WHERE t.id = ? AND t.scope_id = ?"
        " AND (p.holder_id IN " +
        holders.text() + " OR p.group_id IN " + groups.text() + ") LIMIT 1";
    holders.appendTo(params);
    groups.appendTo(params);
  }
  const auto row = session.find(text, params);
  return row ? std::optional(rows::taskOf(*row)) : std::nullopt;
}

std::vector<Participant> participantsOf(Session& session, TaskId id) {
  std::vector<Participant> found;
  for (const auto& row : session.query(kParticipants, {id})) {
    found.push_back(
        {{row.id<HolderId>(0), row.id<GroupId>(1)}, row.code<Part>(2), row.maybeInstant(3)});
  }
  return found;
}

TaskPage listTasks(Session& session, const TaskRights& rights, const TaskFilter& filter,
                   TaskOrder order, base::LocalDate today, const WorkCalendar& calendar,
                   std::size_t limit, const TaskPlace& place) {
  TaskQuery query(rights, filter);
  query.narrow(filter, today, nearEnds(today, calendar));
  const bool backwards = place.side == TaskPlace::Side::Before;
  if (place.key) addKey(query, order, *place.key, backwards);
  const auto text = "/* task.list */ SELECT" TASK_COLUMNS ", t.judged_due " + query.text() +
                    orderBy(order, backwards) + " LIMIT ?";
  auto rows = session.query(text, with(query.params(), {limit + 1}));
  TaskPage page;
  page.more = rows.size() > limit;
  if (page.more) rows.pop_back();
  if (backwards) std::reverse(rows.begin(), rows.end());
  page.tasks = rows::tasksOf(rows);
  if (!rows.empty()) {
    page.first = {rows.front().id<TaskId>(0), rows.front().date(rows::kColumns)};
    page.last = {rows.back().id<TaskId>(0), rows.back().date(rows::kColumns)};
  }
  return page;
}

std::string textOf(const TaskKey& key) {
  return fmt::format("{}.{:04}{:02}{:02}", key.task.value(), static_cast<int>(key.judged.year()),
                     static_cast<unsigned>(key.judged.month()),
                     static_cast<unsigned>(key.judged.day()));
}

std::optional<TaskKey> taskKeyFrom(std::string_view text) {
  std::int64_t task = 0;
  int day = 0;
  const auto* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, task);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '.') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, day);
  const base::LocalDate judged{std::chrono::year(day / 10'000),
                               std::chrono::month(static_cast<unsigned>(day / 100 % 100)),
                               std::chrono::day(static_cast<unsigned>(day % 100))};
  const bool whole = second.ec == std::errc{} && second.ptr == end;
  if (!whole || task <= 0 || day < 10'000 || day > 99'991'231 || !judged.ok()) return std::nullopt;
  return TaskKey{TaskId(task), judged};
}

std::int64_t countTasks(Session& session, const TaskRights& rights, const TaskFilter& filter,
                        base::LocalDate today, const WorkCalendar& calendar) {
  TaskQuery query(rights, filter);
  query.narrow(filter, today, nearEnds(today, calendar));
  return session.get("/* task.count */ SELECT COUNT(*) " + query.text(), query.params()).integer(0);
}

Overview overviewOf(Session& session, const TaskRights& rights, base::LocalDate today,
                    const WorkCalendar& calendar) {
  TaskQuery query(rights, /*openOnly=*/true);
  query.where("t.is_open = 1");
  // The same two ranges as in a list: Late and Near.
  const auto text =
      "/* task.overview */ SELECT t.lead_group_id, SUM(t.judged_due < ?),"
      " SUM(t.judged_due >= ? AND t.judged_due < ?),"
      " COUNT(*) " +
      query.text() + " GROUP BY t.lead_group_id";
  const Params judged = {today, today, nearEnds(today, calendar)};
  Overview overview;
  for (const auto& row : session.query(text, with(judged, query.params()))) {
    GroupCounts counts{row.id<GroupId>(0), {row.integer(1), row.integer(2), row.integer(3)}};
    counts.open.inTime -= counts.open.late + counts.open.near;
    add(overview.all, counts.open);
    overview.groups.push_back(counts);
  }
  std::sort(overview.groups.begin(), overview.groups.end(),
            [](const GroupCounts& a, const GroupCounts& b) {
              return std::tie(b.open.late, b.open.near, a.group) <
                     std::tie(a.open.late, a.open.near, b.group);
            });
  return overview;
}

TaskFilter listBehind(std::optional<Timing> timing, std::optional<GroupId> group) {
  TaskFilter filter;
  filter.open = true;
  filter.group = group;
  if (timing) filter.timings = {*timing};
  if (timing == Timing::InTime) filter.timings.push_back(Timing::None);
  return filter;
}

std::vector<Task> longestLate(Session& session, const TaskRights& rights, base::LocalDate today,
                              std::size_t limit) {
  TaskFilter late;
  late.open = true;
  late.timings = {Timing::Late};
  TaskQuery query(rights, late);
  query.narrow(late, today, today);
  const auto text = "/* task.longestLate */ SELECT" TASK_COLUMNS + query.text() +
                    " ORDER BY t.judged_due, t.id LIMIT ?";
  return rows::tasksOf(session.query(text, with(query.params(), {limit})));
}

std::optional<int> OnTimeRate::permille() const {
  const auto all = doneOnTime + doneLate + openLate;
  if (all == 0) return std::nullopt;
  return static_cast<int>(doneOnTime * 1000 / all);  // R-68
}

OnTimeRate onTimeRate(Session& session, const TaskRights& rights, base::LocalDate from,
                      base::LocalDate to, std::optional<GroupId> group) {
  TaskQuery done(rights, /*openOnly=*/false);
  done.where("t.state = 5 AND t.due_on IS NOT NULL AND t.reported_on BETWEEN ? AND ?", {from, to});
  TaskQuery late(rights, /*openOnly=*/true);
  late.where("t.is_open = 1 AND t.judged_due < ?", {to});
  for (auto* query : {&done, &late}) {
    if (group) query->where("t.lead_group_id <=> ?", {*group});
  }
  const auto text =
      "/* task.rate */ SELECT d.on_time, d.late, l.open FROM"
      " (SELECT COALESCE(SUM(t.reported_on <= t.due_on), 0) on_time,"
      " COALESCE(SUM(t.reported_on > t.due_on), 0) late " +
      done.text() + ") d, (SELECT COUNT(*) open " + late.text() + ") l";
  const auto row = session.get(text, with(done.params(), late.params()));
  return {row.integer(0), row.integer(1), row.integer(2)};
}

std::map<GroupId, OnTimeRate> onTimeRates(Session& session, const TaskRights& rights,
                                          base::LocalDate from, base::LocalDate to) {
  TaskQuery done(rights, /*openOnly=*/false);
  done.where("t.state = 5 AND t.due_on IS NOT NULL AND t.reported_on BETWEEN ? AND ?", {from, to});
  TaskQuery late(rights, /*openOnly=*/true);
  late.where("t.is_open = 1 AND t.judged_due < ?", {to});
  const auto text =
      "/* task.rates */ SELECT unit, SUM(on_time), SUM(late), SUM(open) FROM"
      " (SELECT t.lead_group_id unit, SUM(t.reported_on <= t.due_on) on_time,"
      " SUM(t.reported_on > t.due_on) late, 0 open " +
      done.text() + " GROUP BY t.lead_group_id UNION ALL SELECT t.lead_group_id, 0, 0, COUNT(*) " +
      late.text() + " GROUP BY t.lead_group_id) each_unit GROUP BY unit";
  std::map<GroupId, OnTimeRate> rates;
  for (const auto& row : session.query(text, with(done.params(), late.params()))) {
    rates.emplace(row.id<GroupId>(0), OnTimeRate{row.integer(1), row.integer(2), row.integer(3)});
  }
  return rates;
}

}  // namespace reminder
