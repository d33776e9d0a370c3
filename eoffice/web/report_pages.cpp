#include "eoffice/web/report_pages.h"

#include <nlohmann/json.hpp>

#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/documents/temporary_file.h"
#include "eoffice/print/paper.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/register_view.h"
#include "eoffice/web/report_view.h"

namespace eoffice::web {
namespace {

using base::db::Session;
using base::http::Method;
using base::http::Response;
using documents::HandlingReport;
using documents::Period;
using documents::TemporaryFile;
using nlohmann::json;

constexpr const char* kPath = "/reports/handling";

// As typed; else this month up to today.
Period periodOf(const Visit& visit, base::LocalDate today) {
  const auto from = typedDate(visit.request.query("from").value_or("")).date;
  const auto to = typedDate(visit.request.query("to").value_or("")).date;
  return {from.value_or(today.year() / today.month() / 1), to.value_or(today)};
}

base::Result<HandlingReport> reportOf(const PageParts& parts, Session& session, const Visit& visit,
                                      const Period& period) {
  const auto& renderer = parts.renderer;
  const auto& calendar = renderer.calendars().of(reminder::ScopeId(visit.caller().agency.value()));
  return documents::handlingReport(session, visit.caller(), calendar, period,
                                   renderer.clock().now());
}

std::string periodText(const Speech& say, const Period& period) {
  return say("report.period",
             {{"from", base::viDate(period.first)}, {"to", base::viDate(period.last)}});
}

json tableView(const ReportTable& table, const std::string& fileUrl) {
  json columns = json::array();
  for (const auto& label : table.columns) columns.push_back({{"label", label}});
  json rows = json::array();
  for (const auto& row : table.rows) {
    json cells = json::array();
    for (std::size_t i = 1; i < row.size(); ++i) {
      cells.push_back({{"text", textOf(row[i])}, {"label", table.columns[i]}});
    }
    rows.push_back({{"name", textOf(row.front())}, {"cells", std::move(cells)}});
  }
  return {{"title", table.title},
          {"note", table.note},
          {"columns", std::move(columns)},
          {"rows", std::move(rows)},
          {"xlsx_url", fileUrl + "&part=" + table.name}};
}

void lay(print::Paper& paper, const Speech& say, const std::string& agency, const Period& period,
         const std::vector<ReportTable>& tables, const Visit& visit) {
  using print::Align;
  paper.head({agency}, {say("print.nation"), say("print.motto")});
  paper.text(say("report.title_print"),
             {.size = 15, .bold = true, .align = Align::Center, .spaceAfter = 1});
  paper.text(periodText(say, period), {.size = 13, .align = Align::Center, .spaceAfter = 6});
  for (const auto& table : tables) {
    paper.text(table.title, {.size = 13, .bold = true});
    std::vector<print::Column> columns;
    for (const auto& label : table.columns) {
      columns.push_back(
          {label, columns.empty() ? 4.0 : 1.6, columns.empty() ? Align::Left : Align::Right});
    }
    paper.beginTable(columns);
    for (const auto& row : table.rows) {
      std::vector<std::string> cells;
      for (const auto& cell : row) cells.push_back(textOf(cell));
      paper.row(cells);
    }
    paper.endTable();
    paper.text(table.note, {.size = 11, .italic = true, .spaceAfter = 6});
  }
  paper.signatures({{"", say("print.prepared_by"), say("print.sign_hint"), visit.caller().name},
                    {"", say("print.head"), say("print.sign_hint"), ""}});
}

void fillSheet(const ReportTable& table, FileForm form, const std::filesystem::path& file) {
  std::vector<print::SheetColumn> columns;
  for (const auto& label : table.columns) columns.push_back({label, columns.empty() ? 36.0 : 14.0});
  const auto sheet =
      print::makeSheet(form == FileForm::Xlsx ? print::SheetForm::Xlsx : print::SheetForm::Csv,
                       file, table.title, columns);
  for (const auto& row : table.rows) sheet->row(row);
  sheet->finish();
}

}  // namespace

void ReportPages::addRoutes(base::http::Router& router) {
  addPage(router, Method::Get, kPath, "report.handling",
          [this](Visit& visit) { return show(visit); });
  addPage(router, Method::Get, std::string(kPath) + "/file/{ending}", "report.handling.file",
          [this](Visit& visit) { return file(visit); });
}

Response ReportPages::show(Visit& visit) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto period = periodOf(visit, parts_.renderer.clock().today());
  const auto report = parts_.database.read(
      [&](Session& session) { return reportOf(parts_, session, visit, period); });
  if (!report) return parts_.renderer.refusal(visit, report.error());
  const auto query = "?from=" + base::isoDate(period.first) + "&to=" + base::isoDate(period.last);
  json tables = json::array();
  for (const auto& table : reportTables(say, *report)) {
    tables.push_back(tableView(table, std::string(kPath) + "/file/xlsx" + query));
  }
  return parts_.renderer.page(visit, "pages/report",
                              {{"title", say("nav.reports.handling")},
                               {"period", periodText(say, period)},
                               {"action", kPath},
                               {"from", base::viDate(period.first)},
                               {"to", base::viDate(period.last)},
                               {"pdf_url", std::string(kPath) + "/file/pdf" + query},
                               {"tables", std::move(tables)}});
}

Response ReportPages::file(Visit& visit) const {
  const auto form = fileForm(visit.request.pathParams.at("ending"));
  if (!form) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "report.unknown_part"});
  }
  auto made = reportFile(parts_, visit, periodOf(visit, parts_.renderer.clock().today()), *form,
                         visit.request.query("part").value_or(""));
  if (!made) return parts_.renderer.refusal(visit, made.error());
  return std::move(*made);
}

base::Result<Response> reportFile(const PageParts& parts, const Visit& visit, const Period& period,
                                  FileForm form, const std::string& part) {
  const Speech say(parts.renderer.texts(), visit.language);
  const auto& caller = visit.caller();
  std::string agency;
  const auto report = parts.database.read([&](Session& session) {
    if (const auto found = directory::findAgency(session, caller.agency)) agency = found->name;
    return reportOf(parts, session, visit, period);
  });
  if (!report) return tl::unexpected(report.error());
  const auto tables = reportTables(say, *report);
  const auto wanted = std::find_if(tables.begin(), tables.end(),
                                   [&](const ReportTable& table) { return table.name == part; });
  if (form != FileForm::Pdf && wanted == tables.end()) {
    return base::refuse(base::RefusalKind::NotFound, "report.unknown_part", "part");
  }
  auto file = std::make_shared<TemporaryFile>(parts.temporary);
  if (form == FileForm::Pdf) {
    print::Paper paper({.orientation = print::Orientation::Landscape,
                        .title = say("report.title_print"),
                        .foot = printedBy(parts, visit),
                        .pageOf = say("print.page_of")});
    lay(paper, say, agency, period, tables, visit);
    static_cast<void>(paper.write(file->path()));
  } else {
    fillSheet(*wanted, form, file->path());
  }
  parts.database.transact([&](Session& session) {
    audit::write(session, parts.renderer.clock(),
                 {.act = "report.printed",
                  .person = caller.person,
                  .post = caller.post,
                  .agency = caller.agency,
                  .objectKind = "agency",
                  .objectId = caller.agency.value(),
                  .detail = {{"from", base::isoDate(period.first)},
                             {"to", base::isoDate(period.last)},
                             {"part", part}},
                  .requestId = caller.requestId,
                  .address = caller.address});
  });
  return madeFile(std::move(file), form,
                  "bao-cao-" + base::isoDate(period.first) + "-" + base::isoDate(period.last));
}

}  // namespace eoffice::web
