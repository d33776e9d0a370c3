// Writes XML text as edXML's receivers expect it: prefixes exactly as given, every tag even where
// it is empty, two spaces a level. A library would normalise the prefixes. For this folder only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exchange {

class XmlWriter {
 public:
  /// `name` with its prefix; `attributes` ready to stand in the tag, or empty.
  void open(std::string name, std::string_view attributes = {});
  void close();
  void leaf(std::string_view name, std::string_view text, std::string_view attributes = {});
  void leaf(std::string_view name, std::optional<int> number);
  /// Where the next line begins.
  [[nodiscard]] std::size_t place() const { return out_.size(); }
  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  void indent();
  std::string out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  std::vector<std::string> open_;
};

/// `&`, `<`, `>`, `"` and CR as references, everything else as it is.
[[nodiscard]] std::string escaped(std::string_view text);
/// UTF-8 without the characters that XML 1.0 cannot hold.
[[nodiscard]] bool isXmlText(std::string_view text);

}  // namespace exchange
