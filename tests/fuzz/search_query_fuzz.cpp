// What a person types into the search box: parsed, completed, and its hits marked in the same text.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "eoffice/search/passages.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace eoffice::search;
  static const Vocabulary kVocabulary{
      .states = {{"daxong", 5}}, .urgencies = {{"hoatoc", 3}}, .directions = {{"den", 1}}};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = parseQuery(text, kVocabulary);
  if (!parsed) return 0;
  const auto conditions = whileTyping(*parsed, text);
  const Wanted wanted(conditions);
  std::string whole;
  for (const auto& part : mark(text, wanted)) whole += part.text;
  if (whole != text) __builtin_trap();
  (void)passageOf(text, wanted);
  (void)passageOf(packTexts({.notes = {std::string(text)}}, 1000), wanted);
  return 0;
}
