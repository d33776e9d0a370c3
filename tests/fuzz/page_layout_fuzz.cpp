// Placing signature, number and date, and looking for secrecy marks, on pages of any words at any
// places: nothing may crash, and every box must be a number.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/text.h"
#include "eoffice/signing/page_layout.h"

namespace {

using namespace eoffice;

/// Words from a small vocabulary or from the bytes themselves, where the bytes say.
PdfPageText pageOf(const std::uint8_t* data, std::size_t size) {
  static char const* const kWords[] = {"Số:", "Số",  "/UBND", "…", "ngày", "tháng", "năm", "2026",
                                       "20",  "MẬT", "TỐI",   "A", "Độ",   "mật:",  ",",   "12"};
  PdfPageText text;
  text.width = 595;
  text.height = 842;
  for (std::size_t at = 0; at + 4 <= size && text.words.size() < 400; at += 4) {
    PdfWord word;
    word.text = kWords[data[at] % 16];
    if (data[at] >= 240 && at + 8 <= size) {
      std::string const raw(reinterpret_cast<const char*>(data) + at + 4, 4);
      if (base::isUtf8(raw)) word.text = raw;
    }
    word.box = {data[at + 1] * 2.5 - 20, data[at + 2] * 3.5 - 20, data[at + 3] / 4.0, 14.4};
    word.fontSize = data[at] % 40;
    if (data[at] == 255) word.box.height = std::nan("");
    text.words.push_back(word);
  }
  return text;
}

void check(const layout::StampPlan& plan) {
  for (auto const& run : plan.runs) {
    if (!std::isfinite(run.x + run.baseline + run.size)) __builtin_trap();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto const text = pageOf(data, size);
  auto const measure = [](std::string_view words, double points, bool) {
    return static_cast<double>(words.size()) * points / 2;
  };
  check(layout::planNumber(text, "1234", "UBND-KGVX", measure));
  check(layout::planDate(text, "Khánh Hòa", std::chrono::year{2026} / 11 / 24, measure));
  (void)layout::showsNumber(text, "12", "UBND");
  (void)layout::findSecrecyMark(text, 1);
  if (auto const space = layout::findSignatureSpace(text, "A")) {
    auto const box = layout::inside(layout::fitSignature(*space, 2, 1), text.width, text.height);
    if (box.x < 0 || box.y < 0 || box.x + box.width > text.width + 0.01) __builtin_trap();
  }
  return 0;
}
