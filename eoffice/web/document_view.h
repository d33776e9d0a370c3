// One document as the reading pane and the side pane show it (docs/pages.md, "The desk"), without
// the step that waits: facts, tags, files, page images, verdicts, instruction, history, delivery.
// Pure: what it shows was read before.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/texts.h"
#include "eoffice/documents/reading.h"
#include "exchange/delivery/outbox.h"

namespace eoffice::web {

/// Says things in one language.
class Speech {
 public:
  Speech(const base::Texts& texts, base::Language language) : texts_(texts), language_(language) {}
  [[nodiscard]] std::string operator()(std::string_view key,
                                       const base::Texts::Facts& facts = {}) const {
    return texts_.get(language_, key, facts);
  }
  [[nodiscard]] const base::Texts& texts() const { return texts_; }
  [[nodiscard]] base::Language language() const { return language_; }

 private:
  const base::Texts& texts_;
  base::Language language_;
};

/// `{kind, text}` for khẩn and above; null for thường.
[[nodiscard]] nlohmann::json urgencyTag(const Speech& say, documents::Urgency urgency);
/// `1234/UBND-KGVX · UBND tỉnh · 06/01/2026`
[[nodiscard]] std::string secondLine(const documents::ListRow& row, const Speech& say);

/// The file to read first: sealed before numbered before signed before the newest draft; `wanted`
/// (an id) if it is one of them. Null: no file.
[[nodiscard]] const documents::File* fileToShow(const std::vector<documents::File>& files,
                                                std::int64_t wanted);

/// `[{label, text, kind}]` of the places that intake.h's toJson() names; empty for an empty text.
/// `kind` is `good` where the page's text showed the place, `near` where the drafter should look.
[[nodiscard]] nlohmann::json placesView(const Speech& say, const std::string& places);

/// The `document` object of the desk, without a document: every name that the page may ask for.
[[nodiscard]] nlohmann::json emptyDocument();

/// The `document` object of the desk.
/// `tail` goes on in the links to its files: `&list=to-register`.
[[nodiscard]] nlohmann::json documentView(const Speech& say, const documents::Detail& detail,
                                          std::int64_t wantedFile, const std::string& tail = {});

/// `{kind, text, detail}` of the envelope that brought the document: good, plain (not signed) or
/// near (it cannot be verified).
[[nodiscard]] nlohmann::json envelopeVerdict(const Speech& say,
                                             const exchange::delivery::ArrivedSignature& found);

/// The `delivery` object.
[[nodiscard]] nlohmann::json deliveryView(
    const Speech& say, DocumentId document,
    const std::vector<exchange::delivery::ReceiverDelivery>& receivers);

}  // namespace eoffice::web
