#include "eoffice/api/report_actions.h"

#include "eoffice/documents/handling_report.h"
#include "eoffice/web/report_pages.h"

namespace eoffice::api {
namespace {

using base::http::Response;
using nlohmann::json;

const Schema& incomingCount() {
  static const Schema kSchema{
      .name = "IncomingCount",
      .fields = {text("unit", "That leads; empty: at the head of the agency."),
                 number("total", "Tasks of documents registered in the period."),
                 number("done_on_time", "Done by their day."),
                 number("done_late", "Done after it."),
                 number("done_undated", "Done, without a deadline."),
                 number("open_in_time", "Open, not late today."),
                 number("open_late", "Open and late today."),
                 number("open_undated", "Open, without a deadline."),
                 optional(number("rate", "Percent: on time / (on time + late + open late)."))}};
  return kSchema;
}

const Schema& outgoingCount() {
  static const Schema kSchema{
      .name = "OutgoingCount",
      .fields = {text("unit", "That drafted; empty: at the head of the agency."),
                 number("total", "Numbered in the period."),
                 number("issued_on_time", "On the day of the signature or the next workday."),
                 number("issued_late", "Later."), number("waiting", "Not issued."),
                 optional(number("rate", "Percent: on time / issued."))}};
  return kSchema;
}

const Schema& ruleCount() {
  static const Schema kSchema{
      .name = "RuleCount",
      .fields = {choice("duty", "What is to be done by the next workday.",
                        {"register", "submit", "issue"}),
                 number("on_time", "In the period."), number("late", "In the period."),
                 number("open_late", "Waiting now, over the deadline."),
                 number("urgent", "Urgent ones among the done."),
                 optional(number("median_minutes", "Of the urgent ones, working time.")),
                 optional(number("longest_minutes", "Of the urgent ones, working time."))}};
  return kSchema;
}

const Schema& handlingSchema() {
  static const Schema kSchema{
      .name = "HandlingReport",
      .fields = {date("from", "First day."), date("to", "Last day."),
                 number("registered", "Incoming documents registered in the period."),
                 number("undirected", "Of them, not directed yet."),
                 objects("incoming", incomingCount(), "By leading unit."),
                 objects("outgoing", outgoingCount(), "By drafting unit."),
                 objects("rules", ruleCount(), "Deadlines of the rules themselves.")}};
  return kSchema;
}

json orNull(const std::optional<int>& value) { return value ? json(*value) : json(nullptr); }

json incomingJson(const documents::IncomingCount& c) {
  return {{"unit", c.unit},
          {"total", c.total},
          {"done_on_time", c.doneOnTime},
          {"done_late", c.doneLate},
          {"done_undated", c.doneUndated},
          {"open_in_time", c.openInTime},
          {"open_late", c.openLate},
          {"open_undated", c.openUndated},
          {"rate", orNull(documents::onTimePercent(c.doneOnTime, c.doneLate, c.openLate))}};
}

json outgoingJson(const documents::OutgoingCount& c) {
  return {{"unit", c.unit},
          {"total", c.total},
          {"issued_on_time", c.issuedOnTime},
          {"issued_late", c.issuedLate},
          {"waiting", c.waiting},
          {"rate", orNull(documents::onTimePercent(c.issuedOnTime, c.issuedLate, 0))}};
}

json ruleJson(const documents::RuleCount& c) {
  return {{"duty", nameOf(c.duty)},
          {"on_time", c.onTime},
          {"late", c.late},
          {"open_late", c.openLate},
          {"urgent", c.urgent},
          {"median_minutes", orNull(c.medianMinutes)},
          {"longest_minutes", orNull(c.longestMinutes)}};
}

documents::Period periodOf(const Call& call) {
  return {*call.query.date("from"), *call.query.date("to")};
}

std::vector<Field> periodFields() {
  return {date("from", "First day."), date("to", "Last day; at most 400 days later.")};
}

}  // namespace

Operations ReportActions::operations() const {
  using Me = ReportActions;
  auto fileFields = periodFields();
  fileFields.push_back(choice("format", "Of the file.", {"pdf", "xlsx", "csv"}));
  fileFields.push_back(
      optional(choice("part", "Of .xlsx and .csv: one table.", {"incoming", "outgoing", "rules"})));
  return {{.path = "/reports/handling",
           .name = "reportHandling",
           .group = "books",
           .summary = "Counts of handling, by unit, and how the deadlines of the rules are kept.",
           .query = periodFields(),
           .answer = &handlingSchema(),
           .errors = {"permission.denied", "report.bad_period"},
           .action = bind(this, &Me::handling)},
          {.path = "/reports/handling/file",
           .name = "printReport",
           .group = "books",
           .summary = "The same as a file; the print is audited.",
           .query = std::move(fileFields),
           .mediaType = "application/octet-stream",
           .errors = {"permission.denied", "report.bad_period", "report.unknown_part"},
           .action = bind(this, &Me::file)}};
}

base::Result<json> ReportActions::handling(const Call& call) const {
  const auto& renderer = parts_.renderer;
  const auto period = periodOf(call);
  const auto& calendar = renderer.calendars().of(reminder::ScopeId(call.caller().agency.value()));
  return parts_.database.read([&](base::db::Session& session) -> base::Result<json> {
    auto report =
        documents::handlingReport(session, call.caller(), calendar, period, renderer.clock().now());
    if (!report) return tl::unexpected(std::move(report.error()));
    json incoming = json::array();
    for (const auto& one : report->incoming) incoming.push_back(incomingJson(one));
    json outgoing = json::array();
    for (const auto& one : report->outgoing) outgoing.push_back(outgoingJson(one));
    json rules = json::array();
    for (const auto& one : report->rules) rules.push_back(ruleJson(one));
    return json{{"from", base::isoDate(period.first)},
                {"to", base::isoDate(period.last)},
                {"registered", report->registered},
                {"undirected", report->undirected},
                {"incoming", std::move(incoming)},
                {"outgoing", std::move(outgoing)},
                {"rules", std::move(rules)}};
  });
}

base::Result<Response> ReportActions::file(const Call& call) const {
  const auto form = web::fileForm(call.query.text("format"));
  return web::reportFile(parts_, call.visit, periodOf(call), form.value(), call.query.text("part"));
}

}  // namespace eoffice::api
