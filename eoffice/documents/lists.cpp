#include "eoffice/documents/lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/db/in_list.h"
#include "base/id.h"
#include "base/text.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/list_rows.h"

namespace eoffice::documents {
namespace {

using base::db::Params;
using base::db::Session;

constexpr const char* kPredecessors = R"(/* documents.predecessors */
SELECT predecessor_id FROM agency_predecessor WHERE agency_id = ?)";

constexpr const char* kPlace = R"(/* documents.placeInList */
SELECT day, due FROM document_list WHERE document_id = ? LIMIT 1)";

constexpr std::size_t kMostWords = 6;
constexpr int kMostIssuers = 1024;  // names that one filter may mean

// As whom the caller reads: the post, and whole agencies where the role does. The same right as
// directory::kDocumentVisible, as values of document_list.reader.
std::vector<std::int64_t> readersOf(Session& session, const Caller& caller) {
  std::vector<std::int64_t> readers{caller.post.value()};
  if (!directory::may(caller, directory::Capability::ReadAgency)) return readers;
  readers.push_back(-caller.agency.value());
  for (const auto& row : session.query(kPredecessors, {caller.agency})) {
    readers.push_back(-row.integer(0));
  }
  return readers;
}

std::string likePattern(const std::string& word) {
  std::string out = "%";
  for (const char c : word) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out + "%";
}

std::vector<std::string> wordsOf(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream in(base::fold(text));
  for (std::string word; in >> word && words.size() < kMostWords;) words.push_back(word);
  return words;
}

// What is needed of one reader's rows. They are few and fixed, so the statements that they make are
// few too: each stays prepared.
struct Where {
  std::string sql;
  Params params;
  void add(std::string_view condition, Params values = {}) {
    sql += " AND ";
    sql += condition;
    directory::append(params, std::move(values));
  }
};

std::string inStates(const std::vector<State>& states) {
  std::string text = "l.state IN (";
  for (std::size_t i = 0; i < states.size(); ++i) {
    text += (i == 0 ? "" : ",") + std::to_string(static_cast<int>(states[i]));
  }
  return text + ")";
}

// R-72 counts a deadline by its day; what is closed has none any more.
void addDeadline(Where& where, const ListFilter& filter) {
  static const std::string kClosed =
      "NOT " + inStates({State::Finished, State::Refused, State::Issued});
  const auto today = filter.today.value_or(base::LocalDate{});
  switch (*filter.deadline) {
    case Deadline::Late:
      return where.add("l.due < ? AND " + kClosed, {today});
    case Deadline::Week:
      return where.add("l.due >= ? AND l.due < ? AND " + kClosed, {today, base::addDays(today, 7)});
    case Deadline::Any:
      return where.add("l.due < '9999-12-31'");
    case Deadline::None:
      return where.add("l.due = '9999-12-31'");
  }
}

// The names that hold all of the words, found before the walk: inside of it the server would ask
// for the name of each row.
std::vector<base::Id<struct IssuerTag>> issuersNamed(Session& session,
                                                     const std::vector<std::string>& words) {
  std::string text = "/* documents.issuersNamed */ SELECT id FROM list_name WHERE TRUE";
  Params params;
  for (const auto& word : words) {
    text += " AND name LIKE ?";
    params.emplace_back(likePattern(word));
  }
  std::vector<base::Id<struct IssuerTag>> found;
  params.emplace_back(kMostIssuers);
  for (const auto& row : session.query(text + " LIMIT ?", params)) {
    found.emplace_back(row.integer(0));
  }
  return found;
}

Where whereOf(Session& session, const ListFilter& filter) {
  Where where;
  if (filter.direction) where.add("l.direction = ?", {*filter.direction});
  if (filter.states.size() == 1) {
    // With the direction: then the index is one range.
    if (!filter.direction) where.add("l.direction = ?", {directionOf(filter.states.front())});
    where.add("l.state = ?", {filter.states.front()});
  } else if (!filter.states.empty()) {
    where.add(inStates(filter.states));
  }
  if (filter.urgency) where.add("l.urgency = ?", {*filter.urgency});
  if (!filter.type.empty()) {
    where.add("l.type = (SELECT n.id FROM list_name n WHERE n.name = ?)", {filter.type});
  }
  if (filter.from) where.add("l.day >= ?", {*filter.from});
  if (filter.to) where.add("l.day <= ?", {*filter.to});
  if (filter.unit.valid()) where.add("l.handler_unit = ?", {filter.unit});
  if (filter.handler.valid()) where.add("l.handler_post = ?", {filter.handler});
  if (filter.deadline) addDeadline(where, filter);
  if (const auto words = wordsOf(filter.issuer); !words.empty()) {
    const base::db::InList names(issuersNamed(session, words));
    where.add("l.issuer IN " + names.text(), names.params());
  }
  for (const auto& word : wordsOf(filter.words)) {
    where.add(
        "EXISTS (SELECT 1 FROM document x WHERE x.id = l.document_id AND x.search_text LIKE ?)",
        {likePattern(word)});
  }
  return where;
}

// One order of lists: its index, how its rows follow each other, and what comes after a key.
struct Walk {
  std::string_view index;
  std::string_view column;  ///< Before the document; empty: the document alone.
  bool falling = true;      ///< Largest first, of column and document both.
};

Walk walkOf(Order order, bool oneState) {
  const std::string_view byId = oneState ? "by_state" : "PRIMARY";
  switch (order) {
    case Order::Newest:
      return {byId, "", true};
    case Order::Oldest:
      return {byId, "", false};
    case Order::ByDay:
      return {"by_day", "day", true};
    case Order::ByDue:
      return {"by_due", "due", false};
  }
  return {byId, "", true};
}

std::string orderBy(const Walk& walk, std::string_view table, bool backwards) {
  const std::string way = walk.falling != backwards ? " DESC" : "";
  std::string text = " ORDER BY ";
  if (!walk.column.empty()) text += fmt::format("{}.{}{}, ", table, walk.column, way);
  return text + fmt::format("{}.document_id{}", table, way);
}

// Rows beside the key. NOTE: a row comparison would say it shorter, but the server does not walk an
// index by one.
void addKey(Where& where, const Walk& walk, const Page& page) {
  if (!page.key) return;
  const bool falls = walk.falling != (page.side == Page::Side::Before);
  const std::string_view beyond = falls ? "<" : ">";
  const std::string id =
      fmt::format("l.document_id {}{} ?", beyond, page.side == Page::Side::From ? "=" : "");
  if (walk.column.empty()) return where.add(id, {page.key->document});
  const auto day = page.key->day.value_or(base::LocalDate{});
  where.add(fmt::format("l.{0} {1}= ? AND (l.{0} {1} ? OR {2})", walk.column, beyond, id),
            {day, day, page.key->document});
}

std::string streamOf(const Walk& walk, const Where& where, bool backwards) {
  return fmt::format(
      "SELECT l.document_id, l.day, l.due, l.handler_post FROM document_list l FORCE INDEX ({}) "
      "WHERE l.reader = ?{}{} LIMIT ?",
      walk.index, where.sql, orderBy(walk, "l", backwards));
}

// Each reader's rows are a short walk of their own; what several readers see is one row.
std::string unionOf(const std::string& stream, std::size_t readers) {
  std::string text = "(" + stream + ")";
  for (std::size_t i = 1; i < readers; ++i) text += " UNION (" + stream + ")";
  return text;
}

Params unionParams(const std::vector<std::int64_t>& readers, const Where& where,
                   std::int64_t limit) {
  Params params;
  for (const auto reader : readers) {
    params.emplace_back(reader);
    params.insert(params.end(), where.params.begin(), where.params.end());
    params.emplace_back(limit);
  }
  return params;
}

std::int64_t countUpTo(Session& session, const std::vector<std::int64_t>& readers, const Walk& walk,
                       const Where& where, std::int64_t most) {
  const auto stream = fmt::format(
      "SELECT l.document_id FROM document_list l FORCE INDEX ({}) WHERE l.reader = ?{} LIMIT ?",
      walk.index, where.sql);
  const auto row = session.get(
      "/* documents.listTotal */ SELECT COUNT(*) FROM (" + unionOf(stream, readers.size()) + ") w",
      unionParams(readers, where, most));
  return std::min(row.integer(0), most);
}

}  // namespace

ListResult list(Session& session, const Caller& caller, const ListFilter& filter, const Page& page,
                Order order) {
  const auto readers = readersOf(session, caller);
  const auto walk = walkOf(order, filter.states.size() == 1);
  const bool backwards = page.side == Page::Side::Before;
  const auto all = whereOf(session, filter);
  auto some = all;
  addKey(some, walk, page);
  auto params = unionParams(readers, some, page.size + 1);
  params.emplace_back(page.size + 1);
  const auto text = fmt::format(
      "/* documents.list */ SELECT {}, d.created_at, w.day, w.due, w.handler_post FROM ({}) w "
      "STRAIGHT_JOIN document d ON d.id = w.document_id "
      "LEFT JOIN incoming_document i ON i.document_id = d.id{} LIMIT ?",
      kRowColumns, unionOf(streamOf(walk, some, backwards), readers.size()),
      orderBy(walk, "w", backwards));
  auto result = readPage(session.query(text, params), page, [&](const base::db::Row& row) {
    auto read = readRow(row, row.instant(kSinceColumn));
    read.day = row.date(kSinceColumn + 1);
    read.handler = row.id<PostId>(kSinceColumn + 3);
    read.key = {.document = read.id};
    if (order == Order::ByDay) read.key.day = read.day;
    if (order == Order::ByDue) read.key.day = row.date(kSinceColumn + 2);
    return read;
  });
  if (page.total == Total::Counted)
    result.total = countUpTo(session, readers, walk, all, kMostCounted);
  return result;
}

std::int64_t countList(Session& session, const Caller& caller, const ListFilter& filter,
                       std::int64_t most) {
  const auto walk = walkOf(Order::Newest, filter.states.size() == 1);
  return countUpTo(session, readersOf(session, caller), walk, whereOf(session, filter), most);
}

std::optional<ListKey> keyInList(Session& session, Order order, DocumentId id) {
  if (order == Order::Newest || order == Order::Oldest) return ListKey{.document = id};
  const auto row = session.find(kPlace, {id});
  if (!row) return std::nullopt;
  return ListKey{.document = id, .day = row->date(order == Order::ByDay ? 0 : 1)};
}

}  // namespace eoffice::documents
