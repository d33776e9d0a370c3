// CSV files of imports. Whatever the bytes: a record has the header's width, is text and stands on
// no line that has a fault, and a fault names a line that the text has.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/csv.h"
#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto csv = base::parseCsv(text);
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) +
                     static_cast<std::size_t>(std::count(text.begin(), text.end(), '\r')) + 1;
  for (const auto& fault : csv.faults) {
    if (fault.line == 0 || fault.line > lines) std::abort();
  }
  for (const auto& record : csv.records) {
    if (record.fields.size() != csv.header.size()) std::abort();
    for (const auto& field : record.fields) {
      if (!base::isUtf8(field) || field.find('\0') != field.npos) std::abort();
    }
    for (const auto& fault : csv.faults) {
      if (fault.line == record.line) std::abort();
    }
  }
  return 0;
}
