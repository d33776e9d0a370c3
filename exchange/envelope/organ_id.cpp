#include "exchange/envelope/organ_id.h"

#include <algorithm>

namespace exchange {
namespace {

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isCodeChar(char c) { return isUpper(c) || isDigit(c); }

}  // namespace

bool isCode102(std::string_view text) {
  if (text.size() != 13 || text[3] != '.' || text[6] != '.' || text[9] != '.') {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i != 3 && i != 6 && i != 9 && !isCodeChar(text[i])) {
      return false;
    }
  }
  return isUpper(text[10]);
}

bool isCodeQd20(std::string_view text) {
  if (text.size() < 3 || text.size() > 35 || !isUpper(text[0]) || !isDigit(text[1]) ||
      !isDigit(text[2])) {
    return false;
  }
  std::string_view rest = text.substr(3);
  while (!rest.empty()) {
    if (rest[0] != '.') {
      return false;
    }
    rest.remove_prefix(1);
    const auto length = std::min(rest.find('.'), rest.size());
    if (length == 0 || length > 31 ||
        !std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(length),
                     isCodeChar)) {
      return false;
    }
    rest.remove_prefix(length);
  }
  return true;
}

bool looksLikeOrganId(std::string_view text) {
  if (isCode102(text) || isCodeQd20(text)) {
    return true;
  }
  return text.find('.') != std::string_view::npos && text.size() <= 35 &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return isCodeChar(c) || (c >= 'a' && c <= 'z') || c == '.'; });
}

bool looksLikeCode(std::string_view text) {
  const auto slash = text.find('/');
  return slash != std::string_view::npos && slash > 0 && slash + 1 < text.size();
}

}  // namespace exchange
