#include "eoffice/documents/document_text.h"

#include "base/text.h"
#include "eoffice/directory/pickers.h"
#include "eoffice/documents/reading.h"

namespace eoffice::documents {
namespace {

using base::db::Session;
using intake::Finding;
using intake::FoundField;

constexpr std::size_t kMostHits = 50;

// The file that a document is about.
constexpr const char* kOwnFile = R"(/* documents.ownFile */
SELECT f.id FROM document_file f JOIN document d ON d.id = f.document_id
WHERE f.document_id = ? AND f.kind <> 6
ORDER BY CASE WHEN d.direction = 1 THEN f.kind ELSE 100 - f.kind END, f.version DESC LIMIT 1)";

base::Result<File> findFile(Session& session, const Caller& caller, DocumentId id,
                            std::int64_t file) {
  if (file == 0) {
    const auto row = session.find(kOwnFile, {id});
    file = row ? row->integer(0) : 0;
  }
  auto found = fileFor(session, caller, id, file);
  if (!found) return base::refuse(base::RefusalKind::NotFound, "document.unknown");
  return std::move(*found);
}

const Finding* find(const std::vector<Finding>& findings, FoundField field) {
  for (const auto& one : findings) {
    if (one.field == field) return &one;
  }
  return nullptr;
}

std::string lastWords(const std::string& text, std::size_t count) {
  auto at = text.size();
  for (; count > 0 && at != std::string::npos && at > 0; --count) at = text.rfind(' ', at - 1);
  return at == std::string::npos || at == 0 ? text : text.substr(at + 1);
}

// The agencies that share words with a name; whole first, then its end, where the place stands.
std::vector<std::string> agenciesLike(Session& session, const std::string& name,
                                      base::LocalDate today) {
  std::vector<std::string> names;
  for (const auto& query : {name, lastWords(name, 3), lastWords(name, 2)}) {
    for (const auto& hit :
         directory::findAgencies(session, query, today, kMostHits, directory::Closed::Shown)) {
      names.push_back(hit.name);
    }
    if (!names.empty()) break;
  }
  return names;
}

// As the directory writes it, where it knows the body; marks and letters that OCR lost come back.
std::string issuerName(Session& session, const std::vector<Finding>& findings,
                       const std::string& read, base::LocalDate today) {
  std::vector<std::string> forms{read};
  if (const auto* parent = find(findings, FoundField::IssuerParent)) {
    // `Sở Nội vụ` below `Ủy ban nhân dân tỉnh Khánh Hòa` may be known as `Sở Nội vụ tỉnh Khánh
    // Hòa`.
    const auto folded = base::fold(parent->value);
    const std::string_view council = "uy ban nhan dan ";
    if (folded.starts_with(council)) {
      std::size_t words = 1;
      for (const char c : folded.substr(council.size())) words += c == ' ' ? 1 : 0;
      forms.push_back(read + " " + lastWords(parent->value, words));
    }
  }
  for (const auto& form : forms) {
    const auto names = agenciesLike(session, form, today);
    std::vector<std::string> folded;
    folded.reserve(names.size());
    for (const auto& name : names) folded.push_back(base::fold(name));
    if (const auto best = intake::mostAlike(base::fold(form), folded)) return names[*best];
  }
  return read;
}

void addSymbol(std::vector<Suggestion>& all, const Finding& found) {
  const auto slash = found.value.find('/');
  const auto number = found.value.substr(0, slash);
  if (!number.empty()) all.push_back({"code_number", number, found.places, found.sure});
  all.push_back({"code_notation", found.value.substr(slash + 1), found.places, found.sure});
}

std::vector<Suggestion> suggestionsOf(Session& session, const std::vector<Finding>& findings,
                                      base::LocalDate today) {
  std::vector<Suggestion> all;
  for (const auto& found : findings) {
    switch (found.field) {
      case FoundField::Symbol:
        addSymbol(all, found);
        break;
      case FoundField::Issuer:
        all.push_back({"issuer_name", issuerName(session, findings, found.value, today),
                       found.places, found.sure});
        break;
      case FoundField::IssuerParent:
      case FoundField::Competence:
      case FoundField::Secrecy:
        break;
      case FoundField::IssuedDate:
      case FoundField::Type:
      case FoundField::Subject:
      case FoundField::Signer:
      case FoundField::SignerPosition:
      case FoundField::Urgency:
      case FoundField::DueDate:
        all.push_back({std::string(nameOf(found.field)), found.value, found.places, found.sure});
        break;
    }
  }
  return all;
}

}  // namespace

base::Result<Reading> readingFor(Session& session, const Caller& caller, DocumentId id,
                                 std::int64_t file, base::LocalDate today) {
  const auto found = findFile(session, caller, id, file);
  if (!found) return tl::unexpected(found.error());
  Reading reading{.file = found->id, .text = {}, .suggestions = {}, .secrecy = {}};
  const auto text = intake::findBlobText(session, found->blob.sha256);
  if (!text) {
    reading.text.state = intake::ReadingState::None;
    reading.text.errorCode = "reading.not_pdf";
    return reading;
  }
  reading.text = *text;
  const auto findings = intake::findingsFromJson(text->findings);
  if (const auto* mark = find(findings, FoundField::Secrecy)) {
    reading.secrecy = Suggestion{"secrecy", mark->value, mark->places, mark->sure};
  } else {
    reading.suggestions = suggestionsOf(session, findings, today);
  }
  return reading;
}

base::Result<std::string> textFor(Session& session, const Caller& caller, DocumentId id,
                                  std::int64_t file) {
  const auto found = findFile(session, caller, id, file);
  if (!found) return tl::unexpected(found.error());
  return intake::textOf(session, found->blob.sha256);
}

void hasten(base::db::Database& database, const Reading& reading) {
  const auto& text = reading.text;
  if (text.state != intake::ReadingState::Waiting || text.turn >= intake::Turn::Opened) return;
  database.transact([&](Session& session) { intake::hasten(session, text.sha256); });
}

base::Result<void> readAgain(base::db::Database& database, const base::Clock& clock, Wakers& wakers,
                             const Caller& caller, DocumentId id, std::int64_t file) {
  auto done = database.transact([&](Session& session) -> base::Result<void> {
    const auto found = findFile(session, caller, id, file);
    if (!found) return tl::unexpected(found.error());
    if (!intake::readAgain(session, found->blob.sha256, clock.now())) {
      return base::refuse(base::RefusalKind::Conflict, "reading.not_failed");
    }
    record(session, clock, caller, "document.read_again", id, {},
           {{"file", std::to_string(found->id)}});
    return {};
  });
  if (done) wakers.filesArrived();
  return done;
}

base::Result<void> refuseSuspected(Session& session, DocumentId id, bool saidToBeNone) {
  const auto main = newestFile(session, id, FileKind::Main);
  if (!main || saidToBeNone) return {};
  const auto text = intake::findBlobText(session, main->blob.sha256);
  if (!text || text->errorCode != "reading.secret") return {};
  const auto findings = intake::findingsFromJson(text->findings);
  const auto* mark = find(findings, FoundField::Secrecy);
  // R-4: what OCR takes for a mark is one, until a person has looked.
  return base::refuse(base::RefusalKind::Invalid, "document.secret_suspected", "secrecy",
                      {{"mark", mark != nullptr ? mark->value : ""}});
}

}  // namespace eoffice::documents
