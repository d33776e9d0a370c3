// The table that the OCR writes, and the rules that look for fields on such pages: nothing may
// crash, and every place must be a number.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "eoffice/intake/findings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace eoffice::intake;
  const auto page = fromTsv({reinterpret_cast<const char*>(data), size}, 1);
  for (const auto& found : findFields({page}, {{"", "Công văn"}, {"QĐ", "Quyết định"}})) {
    for (const auto& [number, box] : found.places) {
      if (!std::isfinite(box.x + box.y + box.width + box.height)) __builtin_trap();
    }
  }
  (void)pageFromJson(toJson(page));
  return 0;
}
