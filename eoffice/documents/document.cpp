#include "eoffice/documents/document.h"

#include <algorithm>
#include <utility>

namespace eoffice::documents {
namespace {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Names<Direction, 2> kDirections{
    {{Direction::Incoming, "incoming"}, {Direction::Outgoing, "outgoing"}}};
constexpr Names<State, 14> kStates{{{State::Arrived, "arrived"},
                                    {State::Registered, "registered"},
                                    {State::Submitted, "submitted"},
                                    {State::Directed, "directed"},
                                    {State::Finished, "finished"},
                                    {State::Refused, "refused"},
                                    {State::Draft, "draft"},
                                    {State::InReview, "in_review"},
                                    {State::Returned, "returned"},
                                    {State::Approved, "approved"},
                                    {State::Signed, "signed"},
                                    {State::Numbered, "numbered"},
                                    {State::Sealed, "sealed"},
                                    {State::Issued, "issued"}}};
constexpr Names<StepKind, 12> kSteps{{{StepKind::Register, "register"},
                                      {StepKind::Submit, "submit"},
                                      {StepKind::Direct, "direct"},
                                      {StepKind::Handle, "handle"},
                                      {StepKind::Revise, "revise"},
                                      {StepKind::Review, "review"},
                                      {StepKind::Sign, "sign"},
                                      {StepKind::Number, "number"},
                                      {StepKind::Seal, "seal"},
                                      {StepKind::Issue, "issue"},
                                      {StepKind::Support, "support"},
                                      {StepKind::Read, "read"}}};
constexpr Names<Outcome, 5> kOutcomes{{{Outcome::Done, "done"},
                                       {Outcome::Returned, "returned"},
                                       {Outcome::Dropped, "dropped"},
                                       {Outcome::PassedOn, "passed_on"},
                                       {Outcome::TakenBack, "taken_back"}}};
constexpr Names<FileKind, 6> kFiles{{{FileKind::Main, "main"},
                                     {FileKind::Draft, "draft"},
                                     {FileKind::Signed, "signed"},
                                     {FileKind::Numbered, "numbered"},
                                     {FileKind::Sealed, "sealed"},
                                     {FileKind::Attachment, "attachment"}}};
constexpr Names<Source, 2> kSources{{{Source::Upload, "upload"}, {Source::Exchange, "exchange"}}};
constexpr Names<Urgency, 4> kUrgencies{{{Urgency::Normal, "thuong"},
                                        {Urgency::Urgent, "khan"},
                                        {Urgency::VeryUrgent, "thuong_khan"},
                                        {Urgency::Express, "hoa_toc"}}};

template <class Enum, std::size_t N>
std::string_view find(const Names<Enum, N>& names, Enum value) {
  for (const auto& [code, name] : names) {
    if (code == value) return name;
  }
  return "unknown";
}

template <class Enum, std::size_t N>
std::optional<Enum> findBack(const Names<Enum, N>& names, std::string_view wanted) {
  for (const auto& [code, name] : names) {
    if (name == wanted) return code;
  }
  return std::nullopt;
}

}  // namespace

bool isCompetence(std::string_view text) {
  return std::any_of(kCompetences.begin(), kCompetences.end(), [&](std::string_view known) {
    return text == known || (text.starts_with(known) && text.substr(known.size(), 1) == " ");
  });
}

std::string symbolOf(const std::string& number, const std::string& notation) {
  if (number.empty()) return {};
  // a number below 10 is written with a leading zero.
  const bool oneDigit = number.size() == 1 && number[0] >= '1' && number[0] <= '9';
  return (oneDigit ? "0" + number : number) + "/" + notation;
}

std::string_view nameOf(Direction direction) { return find(kDirections, direction); }
std::string_view nameOf(State state) { return find(kStates, state); }
std::string_view nameOf(StepKind kind) { return find(kSteps, kind); }
std::string_view nameOf(Outcome outcome) { return find(kOutcomes, outcome); }
std::string_view nameOf(FileKind kind) { return find(kFiles, kind); }
std::string_view nameOf(Source source) { return find(kSources, source); }
std::string_view nameOf(Urgency urgency) { return find(kUrgencies, urgency); }

Direction directionOf(State state) {
  return state < State::Draft ? Direction::Incoming : Direction::Outgoing;
}
std::optional<State> stateFrom(std::string_view name) { return findBack(kStates, name); }
std::optional<Urgency> urgencyFrom(std::string_view name) { return findBack(kUrgencies, name); }

}  // namespace eoffice::documents
