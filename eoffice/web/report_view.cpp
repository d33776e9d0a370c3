#include "eoffice/web/report_view.h"

namespace eoffice::web {
namespace {

using documents::IncomingCount;
using documents::OutgoingCount;
using print::SheetCell;

SheetCell percent(std::int64_t onTime, std::int64_t doneLate, std::int64_t openLate) {
  const auto rate = documents::onTimePercent(onTime, doneLate, openLate);
  return rate ? SheetCell(std::to_string(*rate) + "%") : SheetCell(std::string("–"));
}

std::string unitName(const Speech& say, const std::string& unit) {
  return unit.empty() ? say("report.no_unit") : unit;
}

// texts: report.*
ReportTable tableOf(const Speech& say, const std::string& name, int columns,
                    const base::Texts::Facts& facts = {}) {
  ReportTable table{.name = name,
                    .title = say("report." + name),
                    .note = say("report." + name + ".note", facts),
                    .columns = {},
                    .rows = {}};
  for (int i = 1; i <= columns; ++i) {
    table.columns.push_back(say("report." + name + ".column." + std::to_string(i)));
  }
  return table;
}

std::vector<SheetCell> incomingRow(const std::string& label, const IncomingCount& c) {
  return {label,      c.total,       c.doneOnTime,
          c.doneLate, c.doneUndated, c.openInTime,
          c.openLate, c.openUndated, percent(c.doneOnTime, c.doneLate, c.openLate)};
}

ReportTable incomingTable(const Speech& say, const documents::HandlingReport& report) {
  auto table = tableOf(say, "incoming", 9,
                       {{"registered", std::to_string(report.registered)},
                        {"undirected", std::to_string(report.undirected)}});
  IncomingCount sum;
  for (const auto& unit : report.incoming) {
    table.rows.push_back(incomingRow(unitName(say, unit.unit), unit));
    sum.total += unit.total;
    sum.doneOnTime += unit.doneOnTime;
    sum.doneLate += unit.doneLate;
    sum.doneUndated += unit.doneUndated;
    sum.openInTime += unit.openInTime;
    sum.openLate += unit.openLate;
    sum.openUndated += unit.openUndated;
  }
  table.rows.push_back(incomingRow(say("report.sum"), sum));
  return table;
}

std::vector<SheetCell> outgoingRow(const std::string& label, const OutgoingCount& c) {
  return {label,        c.total,   c.issuedOnTime,
          c.issuedLate, c.waiting, percent(c.issuedOnTime, c.issuedLate, 0)};
}

ReportTable outgoingTable(const Speech& say, const documents::HandlingReport& report) {
  auto table = tableOf(say, "outgoing", 6);
  OutgoingCount sum;
  for (const auto& unit : report.outgoing) {
    table.rows.push_back(outgoingRow(unitName(say, unit.unit), unit));
    sum.total += unit.total;
    sum.issuedOnTime += unit.issuedOnTime;
    sum.issuedLate += unit.issuedLate;
    sum.waiting += unit.waiting;
  }
  table.rows.push_back(outgoingRow(say("report.sum"), sum));
  return table;
}

ReportTable rulesTable(const Speech& say, const documents::HandlingReport& report) {
  auto table = tableOf(say, "rules", 8);
  const auto minutes = [](const std::optional<int>& value) {
    return value ? SheetCell(std::int64_t{*value}) : SheetCell(std::string("–"));
  };
  for (const auto& rule : report.rules) {
    table.rows.push_back({say("report.duty." + std::string(nameOf(rule.duty))), rule.onTime,
                          rule.late, rule.openLate, percent(rule.onTime, rule.late, rule.openLate),
                          rule.urgent, minutes(rule.medianMinutes), minutes(rule.longestMinutes)});
  }
  return table;
}

}  // namespace

std::vector<ReportTable> reportTables(const Speech& say, const documents::HandlingReport& report) {
  return {incomingTable(say, report), outgoingTable(say, report), rulesTable(say, report)};
}

}  // namespace eoffice::web
