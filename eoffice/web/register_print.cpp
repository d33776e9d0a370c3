#include "eoffice/web/register_print.h"

#include <fstream>

#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/documents/temporary_file.h"
#include "eoffice/print/paper.h"
#include "eoffice/web/register_view.h"

namespace eoffice::web {
namespace {

using base::db::Session;
using base::http::Response;
using documents::RegisterHead;
using documents::RegisterLine;
using documents::RegisterQuery;
using documents::TemporaryFile;

constexpr double kTextSize = 10.5;

std::string nameOf(FileForm form) {
  switch (form) {
    case FileForm::Pdf:
      return "pdf";
    case FileForm::Xlsx:
      return "xlsx";
    case FileForm::Csv:
      return "csv";
  }
  return "pdf";
}

// What stands above the lines, with the agency's own words.
struct Heading {
  std::string parent;
  std::string agency;
  std::string title;
  std::string book;
  std::string time;
  std::string numbers;  // `Từ số 1 đến số 120`
};

Heading headingOf(Session& session, const Speech& say, const RegisterQuery& query,
                  const RegisterHead& head) {
  const auto agency = directory::findAgency(session, head.book->agency);
  const auto parent = directory::findAgency(session, agency ? agency->parent : AgencyId());
  return {.parent = parent ? parent->name : "",
          .agency = head.book->agencyName,
          // texts: book.*
          .title = say("book." + std::string(documents::nameOf(query.form)) + ".title"),
          .book = bookLabel(*head.book, head.book->agency),
          .time = timeLabel(say, head.book->year, query.month),
          .numbers = say("book.numbers", {{"first", std::to_string(head.firstNumber)},
                                          {"last", std::to_string(head.lastNumber)},
                                          {"count", std::to_string(head.lines)}})};
}

void cover(print::Paper& paper, const Speech& say, const Heading& heading) {
  using print::Align;
  paper.text(heading.parent, {.size = 14, .align = Align::Center, .spaceAfter = 0});
  paper.text(heading.agency, {.size = 14, .bold = true, .align = Align::Center});
  paper.space(35);
  paper.text(heading.title, {.size = 26, .bold = true, .align = Align::Center, .spaceAfter = 8});
  paper.text(heading.book, {.size = 16, .align = Align::Center, .spaceAfter = 4});
  paper.text(heading.time, {.size = 16, .bold = true, .align = Align::Center, .spaceAfter = 4});
  paper.text(heading.numbers, {.size = 14, .align = Align::Center, .spaceAfter = 4});
  paper.text(say("book.volume"), {.size = 14, .align = Align::Center});
  paper.newPage();
}

void lay(const Speech& say, const RegisterQuery& query, const RegisterHead& head, Session& session,
         print::Paper& paper) {
  cover(paper, say, headingOf(session, say, query, head));
  std::vector<print::Column> columns;
  for (const auto& column : registerColumns(say, query.form)) {
    columns.push_back({column.label, column.width});
  }
  paper.beginTable(columns, {.size = kTextSize, .numbered = true});
  documents::streamRegister(session, *head.book, query, [&](const RegisterLine& line) {
    std::vector<std::string> cells;
    for (const auto& cell : registerCells(say, query.form, line)) cells.push_back(textOf(cell));
    paper.row(cells);
    return true;
  });
  paper.endTable();
}

void fill(const Speech& say, const RegisterQuery& query, const RegisterHead& head, Session& session,
          print::Sheet& sheet) {
  documents::streamRegister(session, *head.book, query, [&](const RegisterLine& line) {
    sheet.row(registerCells(say, query.form, line));
    return true;
  });
}

std::unique_ptr<print::Sheet> sheetFor(const Speech& say, const RegisterQuery& query, FileForm form,
                                       const std::filesystem::path& file) {
  constexpr double kCharacters = 7;  // of a column of width 1
  std::vector<print::SheetColumn> columns;
  for (const auto& column : registerColumns(say, query.form)) {
    columns.push_back({column.label, column.width * kCharacters});
  }
  return print::makeSheet(form == FileForm::Xlsx ? print::SheetForm::Xlsx : print::SheetForm::Csv,
                          file, say("nav.books." + std::string(documents::nameOf(query.form))),
                          columns);
}

void recordPrint(const PageParts& parts, const Visit& visit, const RegisterQuery& query,
                 const RegisterHead& head, FileForm form) {
  const auto& caller = visit.caller();
  parts.database.transact([&](Session& session) {
    audit::write(session, parts.renderer.clock(),
                 {.act = "register.printed",
                  .person = caller.person,
                  .post = caller.post,
                  .agency = caller.agency,
                  .objectKind = "book",
                  .objectId = head.book->id,
                  .detail = {{"form", std::string(documents::nameOf(query.form))},
                             {"month", std::to_string(query.month)},
                             {"file", nameOf(form)},
                             {"lines", std::to_string(head.lines)}},
                  .requestId = caller.requestId,
                  .address = caller.address});
  });
}

std::string fileName(const RegisterQuery& query, const RegisterHead& head) {
  auto name = "so-" + std::string(documents::nameOf(query.form)) + "-" + head.book->code + "-" +
              std::to_string(head.book->year);
  if (query.month > 0) name += "-" + std::to_string(query.month);
  return name;
}

}  // namespace

std::optional<FileForm> fileForm(std::string_view ending) {
  for (const auto form : {FileForm::Pdf, FileForm::Xlsx, FileForm::Csv}) {
    if (nameOf(form) == ending) return form;
  }
  return std::nullopt;
}

std::string printedBy(const PageParts& parts, const Visit& visit) {
  const auto& renderer = parts.renderer;
  return renderer.text(visit, "print.foot",
                       {{"name", visit.caller().name},
                        {"title", visit.caller().postTitle},
                        {"at", base::viDateTime(renderer.clock().now())}});
}

Response madeFile(std::shared_ptr<TemporaryFile> file, FileForm form, const std::string& name) {
  Response response;
  response.body = base::http::StreamBody([file](std::ostream& out) {
    std::ifstream in(file->path(), std::ios::binary);
    out << in.rdbuf();
  });
  const auto type =
      form == FileForm::Pdf
          ? std::string("application/pdf")
          : std::string(print::mediaTypeOf(form == FileForm::Xlsx ? print::SheetForm::Xlsx
                                                                  : print::SheetForm::Csv));
  response.set("Content-Type", type);
  response.set("Content-Disposition", std::string(form == FileForm::Pdf ? "inline" : "attachment") +
                                          "; filename=\"" + name + "." + nameOf(form) + "\"");
  response.set("Cache-Control", "private, no-store");
  return response;
}

base::Result<Response> registerFile(const PageParts& parts, const Visit& visit,
                                    const RegisterQuery& query, FileForm form) {
  const Speech say(parts.renderer.texts(), visit.language);
  auto file = std::make_shared<TemporaryFile>(parts.temporary);
  print::Paper paper({.orientation = print::Orientation::Landscape,
                      .title = say("book." + std::string(documents::nameOf(query.form)) + ".title"),
                      .foot = printedBy(parts, visit),
                      .pageOf = say("print.page_of")});
  auto head = parts.database.read([&](Session& session) -> base::Result<RegisterHead> {
    auto found = documents::registerHead(session, visit.caller(), query);
    if (!found) return found;
    if (!found->book) return base::refuse(base::RefusalKind::NotFound, "book.nothing_to_print");
    if (form == FileForm::Pdf) {
      lay(say, query, *found, session, paper);
    } else {
      const auto sheet = sheetFor(say, query, form, file->path());
      fill(say, query, *found, session, *sheet);
      sheet->finish();
    }
    return found;
  });
  if (!head) return tl::unexpected(std::move(head.error()));
  if (form == FileForm::Pdf) static_cast<void>(paper.write(file->path()));
  recordPrint(parts, visit, query, *head, form);
  return madeFile(std::move(file), form, fileName(query, *head));
}

}  // namespace eoffice::web
