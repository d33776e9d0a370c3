#include "eoffice/documents/exports.h"

#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/people.h"

namespace eoffice::documents {
namespace {

using base::db::Session;
using print::SheetCell;

constexpr int kBatch = 500;

double widthOf(ViewColumn column) {
  switch (column) {
    case ViewColumn::Subject:
      return 70;
    case ViewColumn::Issuer:
    case ViewColumn::Handler:
      return 32;
    case ViewColumn::Symbol:
    case ViewColumn::Type:
    case ViewColumn::State:
      return 18;
    case ViewColumn::Number:
    case ViewColumn::Day:
    case ViewColumn::Issued:
    case ViewColumn::Urgency:
    case ViewColumn::Due:
      return 12;
  }
  return 12;
}

SheetCell dayCell(const std::optional<base::LocalDate>& day) {
  return day ? SheetCell(*day) : SheetCell();
}

SheetCell cellOf(const ListRow& row, ViewColumn column, const directory::PostNames& names,
                 const ExportWords& words) {
  switch (column) {
    case ViewColumn::Number:
      return row.arrivalNumber ? SheetCell(std::int64_t{*row.arrivalNumber}) : SheetCell();
    case ViewColumn::Day:
      return dayCell(row.day);
    case ViewColumn::Symbol:
      return row.symbol;
    case ViewColumn::Issued:
      return dayCell(row.issuedDate);
    case ViewColumn::Type:
      return row.typeName;
    case ViewColumn::Issuer:
      return row.issuerName;
    case ViewColumn::Subject:
      return row.subject;
    case ViewColumn::Handler: {
      const auto found = names.find(row.handler);
      return found == names.end() ? SheetCell() : SheetCell(found->second.personName);
    }
    case ViewColumn::Urgency:
      return words.urgency(row.urgency);
    case ViewColumn::Due:
      return dayCell(row.dueDate);
    case ViewColumn::State:
      return words.state(row.state);
  }
  return {};
}

struct Batch {
  ListResult list;
  directory::PostNames handlers;
};

Batch readBatch(Session& session, const Caller& caller, const ListFilter& filter, Order order,
                const std::optional<ListKey>& after) {
  Batch batch{list(session, caller, filter,
                   {.key = after, .size = kBatch, .total = Total::NotCounted}, order),
              {}};
  std::vector<PostId> posts;
  for (const auto& row : batch.list.rows) {
    if (row.handler.valid()) posts.push_back(row.handler);
  }
  batch.handlers = directory::postNames(session, posts);
  return batch;
}

std::int64_t writeRows(base::db::Database& database, const Caller& caller, const ListFilter& filter,
                       const View& view, const ExportWords& words, print::Sheet& sheet) {
  std::int64_t written = 0;
  std::optional<ListKey> after;
  for (bool more = true; more && written < kMostExported;) {
    const auto batch = database.read(
        [&](Session& session) { return readBatch(session, caller, filter, view.order, after); });
    for (const auto& row : batch.list.rows) {
      std::vector<SheetCell> cells;
      for (const auto column : view.shownColumns()) {
        cells.push_back(cellOf(row, column, batch.handlers, words));
      }
      sheet.row(cells);
      ++written;
    }
    more = batch.list.more;
    if (more) after = batch.list.rows.back().key;
  }
  return written;
}

void record(Session& session, const base::Clock& clock, const Caller& caller, const View& view,
            print::SheetForm form, std::int64_t rows) {
  audit::write(session, clock,
               {.act = "documents.exported",
                .person = caller.person,
                .post = caller.post,
                .agency = caller.agency,
                .objectKind = "agency",
                .objectId = caller.agency.value(),
                .detail = {{"query", queryOf(view)},
                           {"form", std::string(endingOf(form))},
                           {"rows", std::to_string(rows)}},
                .requestId = caller.requestId,
                .address = caller.address});
}

}  // namespace

base::Result<std::int64_t> exportView(base::db::Database& database, const base::Clock& clock,
                                      const Caller& caller, const View& view, print::SheetForm form,
                                      const ExportWords& words, const std::filesystem::path& file) {
  const auto filter = view.filterOn(clock.today());
  const auto count = database.read(
      [&](Session& session) { return countList(session, caller, filter, kMostExported + 1); });
  if (count > kMostExported) {
    return base::refuse(base::RefusalKind::Invalid, "export.too_many", "",
                        {{"most", std::to_string(kMostExported)}});
  }
  std::vector<print::SheetColumn> columns;
  for (const auto column : view.shownColumns()) {
    columns.push_back({words.column(column), widthOf(column)});
  }
  const auto sheet = print::makeSheet(form, file, words.title, columns);
  const auto written = writeRows(database, caller, filter, view, words, *sheet);
  sheet->finish();
  database.transact([&](Session& session) { record(session, clock, caller, view, form, written); });
  return written;
}

}  // namespace eoffice::documents
