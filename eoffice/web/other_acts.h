// Acts that are possible on a document beside its one next step: take it back, pass it on, void its
// number. A quiet list in the side pane offers them; `?do=<slug>` opens an act's form in the place
// of the step. Each page class adds its acts once, before the first request; what an act does is
// its POST route `/documents/{id}/<slug>`, not known here.
//
// An act's texts: `act.<slug>` (its name and the form's title), `act.<slug>.submit`, the sentence
// `act.<slug>.text` where there is one, `act.<slug>.<field>` the label of each field, and
// `act.<slug>.<field>.hint` where it needs one. Read-only after the start; any thread.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "eoffice/documents/reading.h"
#include "eoffice/web/document_view.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

/// What an act may look at to decide whether it is offered and what its form holds.
struct ActScene {
  base::db::Session& session;
  const Visit& visit;
  const documents::Detail& detail;
};

struct ActOption {
  std::string value;
  std::string label;
  std::string second = {};  ///< A second line, where options are people or agencies.
  bool selected = false;    ///< Before anything was typed.
};

struct ActField {
  enum class Kind : std::uint8_t {
    Line,     ///< One line of text.
    Text,     ///< Several lines.
    Day,      ///< `dd/mm/yyyy`
    Number,   ///< A whole number from 1.
    Select,   ///< One of few words.
    One,      ///< One of many people or agencies, with a filter.
    Several,  ///< Any of them.
    File,     ///< A PDF; the field's name is `file`.
    Pin
  };
  Kind kind = Kind::Line;
  std::string name;
  bool required = false;
  std::size_t most = 0;    ///< Characters of a Line or Text.
  std::string value = {};  ///< Before anything was typed.
  std::vector<ActOption> options = {};
};

struct ActForm {
  std::vector<ActField> fields;
  base::Texts::Facts facts = {};  ///< Of the sentence `act.<slug>.text`.
};

/// The fields for templates/parts/fields.mustache: with what was typed where `visit` has a form,
/// and with the sentences of `errors`. Labels and hints are the texts `<key>.<field>` and `….hint`.
[[nodiscard]] nlohmann::json fieldsView(const std::vector<ActField>& fields, const std::string& key,
                                        const Speech& say, const Visit& visit,
                                        const nlohmann::json& errors);

struct OtherAct {
  std::string slug;  ///< `take-back`
  /// May this reader do it now? Asked at each view of a document: answers from what the scene
  /// holds, with one query at the most. The act itself checks again.
  std::function<bool(const ActScene&)> offered;
  std::function<ActForm(const ActScene&)> form;
};

/// Where a form of this kind is sent, and where its writer goes without sending it.
struct ActPlace {
  std::string action;
  std::string cancelUrl;
  std::string version;
};

/// `{label, act: {...}}` for templates/steps/act.mustache; after a refusal with what was typed and
/// what was wrong. `key` is what its texts begin with: `act.<slug>`.
[[nodiscard]] nlohmann::json actView(const PageParts& parts, const Visit& visit,
                                     const std::string& key, const ActForm& form,
                                     const ActPlace& place, const base::Refusal* refused);

class OtherActs {
 public:
  explicit OtherActs(const PageParts& parts) : parts_(parts) {}

  /// In the order in which they are to be offered. Each slug once.
  void add(OtherAct act);

  /// `[{label, url}]` of those that this reader may do now; the list that they came from is kept.
  [[nodiscard]] nlohmann::json offered(const ActScene& scene) const;

  /// `{label, act: {...}}` for templates/steps/act.mustache; after a refusal with what was typed
  /// and what was wrong. Null for a slug that is none, or that is not offered to this reader.
  [[nodiscard]] nlohmann::json form(const ActScene& scene, std::string_view slug,
                                    const base::Refusal* refused) const;

 private:
  [[nodiscard]] const OtherAct* find(std::string_view slug) const;

  PageParts parts_;
  std::vector<OtherAct> acts_;
};

}  // namespace eoffice::web
