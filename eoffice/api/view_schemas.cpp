#include "eoffice/api/schemas.h"
#include "eoffice/documents/view.h"

namespace eoffice::api::schemas {
namespace {

template <class Values>
std::vector<std::string> namesOf(const Values& values) {
  std::vector<std::string> names;
  for (const auto value : values) names.emplace_back(nameOf(value));
  return names;
}

}  // namespace

const std::vector<Field>& viewQuery() {
  static const std::vector<Field> kFields{
      optional(choice("direction", "Incoming or outgoing ones.", {"incoming", "outgoing"})),
      optional(choice("state", "In this state.", stateNames())),
      optional(text("words", "All of these words are found in it; tone marks or not.", 200)),
      optional(text("type", "Of this type: its name.", 200)),
      optional(text("issuer", "All of these words are in the issuing body's name.", 200)),
      optional(choice("urgency", "Of this urgency.", urgencyNames())),
      optional(number("year", "Arrived, issued or, until then, made in this year.", 1900, 9998)),
      optional(date("from", "The same, on this day or later.")),
      optional(date("to", "The same, on this day or earlier.")),
      optional(id("unit", "Led by somebody of this unit, or drafted there.")),
      optional(id("handler", "Led or drafted by this post.")),
      optional(choice("deadline", "Late and week: of documents that are not closed.",
                      namesOf(documents::kDeadlines))),
      optional(choice("sort", "`newest` when absent; with days or a year, `day`.",
                      namesOf(documents::kOrders))),
      optional(text("columns",
                    "Of an export, with commas between: number, day, symbol, issued, "
                    "type, issuer, subject, handler, urgency, due, state.",
                    200))};
  return kFields;
}

}  // namespace eoffice::api::schemas
