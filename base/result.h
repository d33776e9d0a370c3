// A refusal is a value: the caller asked for something that the rules do not allow, and a person
// will read why. Failures (database down, disk full) are exceptions and never travel this way.
// Codes stand once in docs/errors.md; their sentences, in both languages, in the text catalogues
// under `error.<code>`.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace base {

/// What sort of no it is; decides the HTTP status and the exit code, never the sentence.
enum class RefusalKind : std::uint8_t {
  Invalid,       ///< The input is wrong (400/422).
  SignInNeeded,  ///< Nobody is signed in (401).
  Forbidden,     ///< This person may not (403).
  NotFound,      ///< There is no such thing, or this person may not know of it (404).
  Conflict,      ///< Somebody was faster, or the state does not allow it (409).
  TooLarge,      ///< Over a limit (413).
  TooOften,      ///< Slow down (429).
  Unavailable    ///< Something that is needed is out of reach for now (503).
};

/// One no. `code` is snake_case with dots (`document.secret_refused`), `field` the name of the
/// input field that it is about or empty, `facts` the named values that its sentence shows.
struct Refusal {
  RefusalKind kind = RefusalKind::Invalid;
  std::string code;
  std::string field = {};
  std::vector<std::pair<std::string, std::string>> facts = {};
  std::vector<Refusal> others =
      {};  ///< Further faults of the same input, so that all are told at once.
};

template <class T>
using Result = tl::expected<T, Refusal>;

[[nodiscard]] inline tl::unexpected<Refusal> refuse(
    RefusalKind kind, std::string code, std::string field = {},
    std::vector<std::pair<std::string, std::string>> facts = {}) {
  return tl::unexpected<Refusal>(
      Refusal{kind, std::move(code), std::move(field), std::move(facts), {}});
}

/// Folds the faults of one input into one refusal: the first carries the rest. `faults` is not
/// empty.
[[nodiscard]] inline tl::unexpected<Refusal> refuseAll(std::vector<Refusal> faults) {
  Refusal first = std::move(faults.front());
  faults.erase(faults.begin());
  first.others = std::move(faults);
  return tl::unexpected<Refusal>(std::move(first));
}

}  // namespace base
