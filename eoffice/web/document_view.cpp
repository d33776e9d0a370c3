#include "eoffice/web/document_view.h"

#include <nlohmann/json.hpp>

#include "eoffice/signing/pdf_facts.h"

namespace eoffice::web {
namespace {

using documents::Detail;
using documents::File;
using documents::FileKind;
using nlohmann::json;

constexpr int kPageWidth = 794;  // A4 at 96 dpi
constexpr int kPageHeight = 1123;
constexpr int kMostPages = 200;  // As images on one page; the PDF itself is one click away.

std::string pathOf(DocumentId id) { return "/documents/" + std::to_string(id.value()); }

json fact(const std::string& label, const std::string& value, json url = nullptr) {
  return {{"label", label}, {"value", value}, {"url", std::move(url)}};
}

void addFact(json& facts, const Speech& say, std::string_view key, const std::string& value) {
  if (!value.empty()) facts.push_back(fact(say("fact." + std::string(key)), value));
}

std::string dateOr(const std::optional<base::LocalDate>& date) {
  return date ? base::viDate(*date) : std::string();
}

// `KT. Chủ tịch, Nguyễn Văn A`: in which capacity, in which position, who.
std::string signerOf(const documents::Document& document) {
  const auto& f = document.fields;
  auto position = f.signerPosition;
  if (document.outgoing && !document.outgoing->signerCompetence.empty()) {
    position = document.outgoing->signerCompetence + (position.empty() ? "" : " " + position);
  }
  return position.empty() ? f.signerName : position + " " + f.signerName;
}

// texts: fact.* file.* history.* source.* came.* state.* urgency.* signature.*
json factsOf(const Speech& say, const Detail& detail) {
  const auto& d = detail.document;
  const auto& f = d.fields;
  json facts = json::array();
  const auto symbol = documents::symbolOf(f.codeNumber, f.codeNotation);
  addFact(facts, say, "symbol", symbol.empty() ? f.codeNotation : symbol);
  addFact(facts, say, "issued_on", dateOr(f.issuedDate));
  addFact(facts, say, "issuer", f.issuerName);
  addFact(facts, say, "type", f.typeName);
  addFact(facts, say, "urgency", say("urgency." + std::string(nameOf(f.urgency))));
  addFact(facts, say, "signer", signerOf(d));
  addFact(facts, say, "due", dateOr(f.dueDate));
  if (d.incoming) {
    if (d.incoming->arrivalNumber) {
      addFact(facts, say, "arrival_number", std::to_string(*d.incoming->arrivalNumber));
    }
    addFact(facts, say, "arrived_at", base::viDateTime(d.incoming->receivedAt));
    addFact(facts, say, "source", say("source." + std::string(nameOf(d.incoming->source))));
  }
  addFact(facts, say, "drafter", detail.drafterName);
  addFact(facts, say, "reviewer", detail.reviewerName);
  if (detail.answered) {
    facts.push_back(
        fact(say("fact.answers"), detail.answered->symbol, pathOf(detail.answered->id)));
  }
  return facts;
}

std::string fileLabel(const Speech& say, const File& file) {
  if (file.kind == FileKind::Attachment) return file.name;
  return say("file." + std::string(nameOf(file.kind)), {{"version", std::to_string(file.version)}});
}

json filesOf(const Speech& say, const Detail& detail, const File* shown, const std::string& tail) {
  json files = json::array();
  if (detail.files.size() < 2) return files;
  for (auto file = detail.files.rbegin(); file != detail.files.rend(); ++file) {
    files.push_back(
        {{"label", fileLabel(say, *file)},
         {"url", pathOf(detail.document.id) + "?file=" + std::to_string(file->id) + tail},
         {"current", shown != nullptr && file->id == shown->id}});
  }
  return files;
}

json pagesOf(DocumentId id, const File* shown) {
  json pages = json::array();
  if (shown == nullptr || shown->mediaType != "application/pdf") return pages;
  const auto base = pathOf(id) + "/files/" + std::to_string(shown->id) + "/pages/";
  for (int page = 1; page <= std::min(shown->pages, kMostPages); ++page) {
    pages.push_back({{"number", page},
                     {"url", base + std::to_string(page) + ".png"},
                     {"url_2x", base + std::to_string(page) + "@2x.png"},
                     {"width", kPageWidth},
                     {"height", kPageHeight},
                     {"lazy", page > 2}});
  }
  return pages;
}

json verdictOf(const Speech& say, const json& signature) {
  const bool valid = signature.value("valid", false);
  const auto signer = signature.value("signer", std::string());
  std::string detail;
  const auto time = base::parseIsoInstant(signature.value("time", std::string()));
  if (time) detail = say("verdict.signed_at", {{"at", base::viDateTime(*time)}});
  for (const auto& fault : signature.value("faults", json::array())) {
    detail += (detail.empty() ? "" : ". ") + say("signature." + fault.get<std::string>());
  }
  return {{"kind", valid ? "good" : "bad"},
          {"text", say(valid ? "verdict.valid" : "verdict.invalid", {{"signer", signer}})},
          {"detail", detail.empty() ? json(nullptr) : json(detail)}};
}

json verdictsOf(const Speech& say, const File* shown) {
  json verdicts = json::array();
  if (shown == nullptr || shown->signatureReport.empty()) return verdicts;
  const auto report = json::parse(shown->signatureReport, nullptr, false);
  if (!report.is_object()) return verdicts;
  for (const auto& signature : report.value("signatures", json::array())) {
    verdicts.push_back(verdictOf(say, signature));
  }
  return verdicts;
}

std::string whoOf(const Speech& say, const documents::StepLine& step) {
  if (step.doneByName.empty()) return say("history.system");
  auto who = step.doneByName + ", " + step.doneByTitle;
  if (!step.onBehalfOfName.empty()) {
    who = say("history.on_behalf", {{"who", who}, {"of", step.onBehalfOfName}});
  }
  return who;
}

json historyOf(const Speech& say, const Detail& detail) {
  json lines = json::array();
  const auto& d = detail.document;
  if (d.incoming) {
    lines.push_back({{"act", say("history." + std::string(nameOf(d.incoming->source)))},
                     {"who", say("history.system")},
                     {"at", base::viDateTime(d.incoming->receivedAt)},
                     {"note", nullptr}});
  }
  for (const auto& step : detail.steps) {
    if (!step.doneAt) continue;
    const auto outcome = step.outcome.value_or(documents::Outcome::Done);
    lines.push_back({{"act", say("history." + std::string(nameOf(step.kind)) + "." +
                                 std::string(nameOf(outcome)))},
                     {"who", whoOf(say, step)},
                     {"at", base::viDateTime(*step.doneAt)},
                     {"note", step.remark.empty() ? json(nullptr) : json(step.remark)}});
  }
  return lines;
}

json remarksOf(const Detail& detail) {
  json remarks = json::array();
  for (const auto& step : detail.steps) {
    const bool said =
        step.outcome == documents::Outcome::Returned || step.kind == documents::StepKind::Submit;
    if (!said || step.remark.empty() || !step.doneAt) continue;
    remarks.push_back({{"text", step.remark},
                       {"by", step.doneByName + ", " + step.doneByTitle},
                       {"at", base::viDateTime(*step.doneAt)}});
  }
  return remarks;
}

json relatedOf(const Speech& say, const Detail& detail) {
  json related = json::array();
  const auto add = [&](const documents::ListRow& row, std::string_view key) {
    related.push_back(
        {{"url", pathOf(row.id)},
         {"title", row.subject},
         {"second",
          say(key) + " · " +
              (row.symbol.empty() ? say("state." + std::string(nameOf(row.state))) : row.symbol)}});
  };
  for (const auto& row : detail.answers) add(row, "related.answer");
  if (detail.answered) add(*detail.answered, "related.answered");
  return related;
}

std::string secondOf(const Speech& say, const Detail& detail) {
  const auto& f = detail.document.fields;
  std::string second;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) second += (second.empty() ? "" : " · ") + part;
  };
  if (detail.document.direction == documents::Direction::Outgoing) {
    add(documents::symbolOf(f.codeNumber, f.codeNotation));
    add(f.typeName);
    if (!detail.drafterName.empty()) add(say("desk.drafted_by", {{"name", detail.drafterName}}));
  } else {
    add(documents::symbolOf(f.codeNumber, f.codeNotation));
    add(f.issuerName);
  }
  add(dateOr(f.issuedDate));
  return second;
}

}  // namespace

json urgencyTag(const Speech& say, documents::Urgency urgency) {
  using documents::Urgency;
  if (urgency == Urgency::Normal) return nullptr;
  return {{"kind", urgency == Urgency::Express ? "late" : "near"},
          {"text", say("urgency." + std::string(nameOf(urgency)))}};
}

std::string secondLine(const documents::ListRow& row, const Speech& say) {
  std::string line;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) line += (line.empty() ? "" : " · ") + part;
  };
  add(row.symbol);
  add(row.issuerName);
  add(dateOr(row.issuedDate));
  if (row.source) {
    add(say("came." + std::string(nameOf(*row.source)), {{"at", base::viDateTime(row.since)}}));
  }
  return line;
}

const File* fileToShow(const std::vector<File>& files, std::int64_t wanted) {
  const File* best = nullptr;
  const auto rank = [](const File& file) {
    return file.kind == FileKind::Attachment ? 0 : static_cast<int>(file.kind);
  };
  for (const auto& file : files) {
    if (file.id == wanted) return &file;
    if (best == nullptr || rank(file) > rank(*best) ||
        (rank(file) == rank(*best) && file.version > best->version)) {
      best = &file;
    }
  }
  return best;
}

// texts: place.*
json placesView(const Speech& say, const std::string& places) {
  json rows = json::array();
  const auto found = json::parse(places, nullptr, false);
  if (!found.is_object()) return rows;
  for (const char* what : {"signature", "number", "date"}) {
    const auto place = found.value(what, json::object());
    const auto how = place.value("how", std::string("default"));
    rows.push_back(
        {{"label", say(std::string("place.") + what)},
         {"text", say("place." + how, {{"page", std::to_string(place.value("page", 1))}})},
         {"kind", how == "found" ? "good" : "near"}});
  }
  return rows;
}

json emptyDocument() {
  return {{"title", ""},
          {"second", ""},
          {"tags", json::array()},
          {"back_url", nullptr},
          {"previous_url", nullptr},
          {"next_url", nullptr},
          {"files", json::array()},
          {"file", nullptr},
          {"pages", json::array()},
          {"plain_text", nullptr},
          {"drop", false},
          {"side_open", false},
          {"done", nullptr},
          {"problem", nullptr},
          {"verdicts", json::array()},
          {"places", json::array()},
          {"task", nullptr},
          {"step", nullptr},
          {"others", json::array()},
          {"delivery", nullptr},
          {"instruction", nullptr},
          {"chain", json::array()},
          {"slip_url", nullptr},
          {"remarks", json::array()},
          {"tasks", json::array()},
          {"facts", json::array()},
          {"related", json::array()},
          {"history", json::array()},
          {"history_url", nullptr}};
}

json documentView(const Speech& say, const Detail& detail, std::int64_t wantedFile,
                  const std::string& tail) {
  const auto& d = detail.document;
  const auto* shown = fileToShow(detail.files, wantedFile);
  json tags = json::array();
  if (auto tag = urgencyTag(say, d.fields.urgency); !tag.is_null()) tags.push_back(std::move(tag));
  tags.push_back({{"kind", "plain"}, {"text", say("state." + std::string(nameOf(d.state)))}});
  auto view = emptyDocument();
  view["title"] =
      d.fields.subject.empty() ? (shown ? shown->name : say("desk.untitled")) : d.fields.subject;
  view["second"] = secondOf(say, detail);
  view["tags"] = std::move(tags);
  view["files"] = filesOf(say, detail, shown, tail);
  if (shown != nullptr) {
    view["file"] = {{"pdf_url", pathOf(d.id) + "/files/" + std::to_string(shown->id)}};
  }
  view["pages"] = pagesOf(d.id, shown);
  view["verdicts"] = verdictsOf(say, shown);
  if (detail.envelopeSignature) {
    view["verdicts"].push_back(envelopeVerdict(say, *detail.envelopeSignature));
  }
  if (shown != nullptr) view["places"] = placesView(say, shown->signingPlaces);
  view["remarks"] = remarksOf(detail);
  view["facts"] = factsOf(say, detail);
  view["related"] = relatedOf(say, detail);
  view["history"] = historyOf(say, detail);
  view["history_url"] = pathOf(d.id) + "/history";
  return view;
}

}  // namespace eoffice::web
