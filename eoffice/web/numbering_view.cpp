#include "eoffice/web/numbering_view.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/book.h"
#include "eoffice/documents/book_list.h"

namespace eoffice::web {
namespace {

using directory::Capability;
using documents::Aside;
using documents::Book;
using documents::BookNumber;
using documents::Direction;
using documents::Nature;
using documents::Scheme;
using documents::Series;
using nlohmann::json;

constexpr int kGroups = 8;  // that the form has room for; more are decided over the API

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

std::string yearOf(base::LocalDate day) { return std::to_string(static_cast<int>(day.year())); }

// How the next number will look: `13`, `12/2026/…`.
std::string preview(const Series& series, Direction direction, int next, base::LocalDate today) {
  if (direction == Direction::Incoming) return std::to_string(next);
  const auto number = documents::printedNumber(next);
  return series.nature == Nature::Legal ? number + "/" + yearOf(today) + "/…" : number + "/…";
}

// texts: numbering.*
std::string typesText(const Speech& say, const Series& series, Direction direction) {
  if (!series.types.empty()) return joined(series.types);
  return say(direction == Direction::Incoming ? "numbering.by_choice" : "numbering.all_others");
}

json statusOf(const Speech& say, const Book* book) {
  if (book == nullptr) return {{"kind", "plain"}, {"text", say("numbering.unopened")}};
  if (book->closedAt) {
    return {{"kind", "near"},
            {"text",
             say("numbering.closed", {{"day", base::viDate(base::localDate(*book->closedAt))}})},
            {"hint", book->closeReason}};
  }
  return {{"kind", "good"}, {"text", say("numbering.open")}};
}

json seriesRow(const Speech& say, const Caller& caller, Direction direction, const Series& series,
               const std::vector<Book>& books, base::LocalDate today) {
  const auto found = std::find_if(books.begin(), books.end(), [&](const Book& book) {
    return book.agency == caller.agency && book.code == series.code;
  });
  const Book* book = found == books.end() ? nullptr : &*found;
  const bool open = book == nullptr || !book->closedAt;
  const bool numbers =
      directory::may(caller, direction == Direction::Incoming ? Capability::RegisterIncoming
                                                              : Capability::GiveNumber);
  const auto path = "/numbering/series/" + std::string(nameOf(direction)) + "/" + series.code + "/";
  const auto url = [](bool offered, const std::string& to) {
    return offered ? json(to) : json(nullptr);
  };
  json status = statusOf(say, book);
  status.emplace("hint", nullptr);
  const bool reads = directory::may(caller, Capability::ReadAgency);
  return {
      {"name", series.name},
      {"types", typesText(say, series, direction)},
      {"next",
       open ? json(preview(series, direction, book ? book->next : 1, today)) : json(nullptr)},
      {"status", std::move(status)},
      {"register_url",
       url(book != nullptr && reads,
           book ? "/books/" + std::string(nameOf(direction)) + "?book=" + std::to_string(book->id)
                : "")},
      {"reserve_url", url(open && numbers && direction == Direction::Outgoing, path + "reserve")},
      {"void_url", url(open && numbers, path + "void")},
      {"close_url", url(book != nullptr && open && directory::may(caller, Capability::ManageBooks),
                        book ? "/numbering/book/" + std::to_string(book->id) + "/close" : "")}};
}

json asideRow(const Speech& say, const Caller& caller, const BookNumber& one,
              const std::vector<Book>& books, base::LocalDate today) {
  const auto book = std::find_if(books.begin(), books.end(),
                                 [&](const Book& each) { return each.id == one.book; });
  const bool late = one.state == Aside::Reserved && one.useBy && *one.useBy < today;
  const bool may = one.state == Aside::Reserved && book->agency == caller.agency &&
                   directory::may(caller, Capability::GiveNumber);
  return {{"number", documents::printedNumber(one.number)},
          {"book", book->name},
          {"state",
           {{"kind", late                           ? "late"
                     : one.state == Aside::Reserved ? "near"
                     : one.state == Aside::Used     ? "good"
                                                    : "plain"},
            {"text", say("numbering.aside." + std::string(nameOf(one.state)))},
            {"hint", nullptr}}},
          {"reason", one.reason},
          {"for_whom", one.forWhom},
          {"use_by", one.useBy ? say("numbering.use_by", {{"day", base::viDate(*one.useBy)}}) : ""},
          {"day", base::viDate(one.day)},
          {"by", one.by},
          {"document_url", one.document.valid() && directory::may(caller, Capability::ReadAgency)
                               ? json("/documents/" + std::to_string(one.document.value()))
                               : json(nullptr)},
          {"void_url", may ? json("/numbering/book/" + std::to_string(one.book) + "/number/" +
                                  std::to_string(one.number) + "/void")
                           : json(nullptr)}};
}

std::string decisionText(const Speech& say, const Scheme& scheme) {
  if (scheme.id == 0) return say("numbering.undecided");
  return say("numbering.decided", {{"by", scheme.decidedBy},
                                   {"decision", scheme.decision.empty() ? "–" : scheme.decision},
                                   {"day", scheme.decidedOn ? base::viDate(*scheme.decidedOn) : ""},
                                   {"from", base::viDate(scheme.from)}});
}

// Types that may be put into groups; the law has decided on the legal ones.
std::vector<std::string> divisibleTypes(const documents::DocumentTypes& types,
                                        Direction direction) {
  std::vector<std::string> names;
  for (const auto& type : types.all()) {
    if (direction == Direction::Outgoing && (type.incomingOnly || type.legal)) continue;
    names.push_back(type.name);
  }
  if (direction == Direction::Outgoing) {
    for (const auto copy : documents::kCopyTypes) names.emplace_back(copy);
  }
  return names;
}

json groupView(int index, const Series& series, const std::vector<std::string>& types) {
  json choices = json::array();
  for (const auto& type : types) {
    choices.push_back(
        {{"value", type},
         {"id", "types-" + std::to_string(index) + "-" + std::to_string(choices.size())},
         {"checked",
          std::find(series.types.begin(), series.types.end(), type) != series.types.end()}});
  }
  return {{"index", std::to_string(index)},
          {"number", std::to_string(index + 1)},
          {"name", series.name},
          {"code", series.code},
          {"open", !series.name.empty() || index == 0},
          {"types", std::move(choices)}};
}

// What the form shows as groups: as typed, else those of today that somebody decided on.
std::vector<Series> groupsOf(const Visit& visit, const Scheme& now) {
  std::vector<Series> groups;
  if (visit.form.fields.contains("division")) {
    for (int i = 0; i < kGroups; ++i) {
      const auto tail = "_" + std::to_string(i);
      groups.push_back({.code = visit.form.value("code" + tail),
                        .name = visit.form.value("name" + tail),
                        .types = visit.form.values("types" + tail)});
    }
    return groups;
  }
  for (const auto& series : now.series) {
    const bool fixed = series.code == documents::kCommonSeries || series.nature == Nature::Legal ||
                       (series.nature == Nature::Copy && series.code == "copies");
    if (!fixed && now.id != 0) groups.push_back(series);
  }
  groups.resize(std::max<std::size_t>(groups.size(), kGroups));
  return groups;
}

}  // namespace

json numberingSection(base::db::Session& session, const documents::DocumentTypes& types,
                      const Speech& say, const Caller& caller, Direction direction,
                      base::LocalDate today) {
  const auto scheme = documents::schemeOn(session, types, caller.agency, direction, today);
  const auto books =
      documents::booksOf(session, caller.agency, direction, static_cast<int>(today.year()));
  json rows = json::array();
  for (const auto& series : scheme.series) {
    rows.push_back(seriesRow(say, caller, direction, series, books, today));
  }
  json later = json::array();
  for (const auto& one : documents::schemesAfter(session, types, caller.agency, direction, today)) {
    std::vector<std::string> names;
    for (const auto& series : one.series) names.push_back(series.name);
    later.push_back({{"text", decisionText(say, one)}, {"series", joined(names)}});
  }
  json aside = json::array();
  for (const auto& one : documents::numbersAside(session, books, documents::Which::All)) {
    aside.push_back(asideRow(say, caller, one, books, today));
  }
  const std::string name(nameOf(direction));
  return {{"title", say("numbering." + name)},
          {"decision", decisionText(say, scheme)},
          {"rows", std::move(rows)},
          {"later", std::move(later)},
          {"aside", std::move(aside)},
          {"divide_url", directory::may(caller, Capability::ManageBooks)
                             ? json("/numbering/division/" + name)
                             : json(nullptr)}};
}

json divisionForm(const Speech& say, const Visit& visit, Direction direction,
                  const documents::DocumentTypes& types, const Scheme& now, base::LocalDate today) {
  const auto typed = [&](const char* field, const std::string& otherwise) {
    return visit.form.fields.contains(field) ? visit.form.value(field) : otherwise;
  };
  const auto choices = divisibleTypes(types, direction);
  json groups = json::array();
  for (const auto& group : groupsOf(visit, now)) {
    groups.push_back(groupView(static_cast<int>(groups.size()), group, choices));
  }
  const auto usual = now.id == 0 || now.series.size() == 1 ? "one" : "groups";
  const auto division = typed("division", usual);
  json kinds = json::array();
  for (const char* kind : {"one", "by_type", "groups"}) {
    if (direction == Direction::Incoming && std::string_view(kind) == "by_type") continue;
    kinds.push_back({{"value", kind},
                     {"label", say("numbering.division." + std::string(nameOf(direction)) + "." +
                                   std::string(kind))},
                     {"checked", division == kind}});
  }
  const std::string name(nameOf(direction));
  return {{"title", say("numbering.divide." + name)},
          {"action", "/numbering/division/" + name},
          {"cancel_url", "/numbering"},
          {"lead", say("numbering.divide." + name + ".lead")},
          {"kinds", std::move(kinds)},
          {"groups", std::move(groups)},
          {"values",
           {{"effective_from", typed("effective_from", base::viDate(today))},
            {"decided_by", typed("decided_by", "")},
            {"decision", typed("decision", "")},
            {"decided_on", typed("decided_on", base::viDate(today))}}}};
}

std::vector<Series> seriesIn(const base::http::Form& form, Direction direction,
                             const documents::DocumentTypes& types) {
  const auto division = form.value("division");
  std::vector<Series> series;
  if (division == "by_type" && direction == Direction::Outgoing) {
    for (const auto& type : types.all()) {
      if (type.incomingOnly || type.legal || type.code.empty()) continue;
      series.push_back({.name = type.name, .types = {type.name}});
    }
  } else if (division == "groups") {
    for (int i = 0; form.fields.contains("name_" + std::to_string(i)); ++i) {
      const auto tail = "_" + std::to_string(i);
      const auto name = form.value("name" + tail);
      const auto chosen = form.values("types" + tail);
      if (base::squeezed(name).empty() && chosen.empty()) continue;
      series.push_back({.code = form.value("code" + tail), .name = name, .types = chosen});
    }
  }
  return series;
}

}  // namespace eoffice::web
