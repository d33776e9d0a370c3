#include "eoffice/directory/codes.h"

#include <algorithm>

namespace eoffice::directory {
namespace {

constexpr std::size_t kLongestCode = 35;
constexpr std::size_t kLongestGroup = 31;
constexpr std::string_view kQcvnShape = "***.**.**.A**";

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isUpperOrDigit(char c) { return isUpper(c) || isDigit(c); }

bool isGroup(std::string_view group) {
  return !group.empty() && group.size() <= kLongestGroup &&
         std::all_of(group.begin(), group.end(), isUpperOrDigit);
}

}  // namespace

bool isQd20Code(std::string_view code) {
  if (code.size() < 3 || code.size() > kLongestCode) return false;
  if (!isUpper(code[0]) || !isDigit(code[1]) || !isDigit(code[2])) return false;
  code.remove_prefix(3);
  while (!code.empty()) {
    if (code.front() != '.') return false;
    const std::size_t end = std::min(code.find('.', 1), code.size());
    if (!isGroup(code.substr(1, end - 1))) return false;
    code.remove_prefix(end);
  }
  return true;
}

bool isQcvnCode(std::string_view code) {
  if (code.size() != kQcvnShape.size()) return false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char shape = kQcvnShape[i];
    const bool fits = shape == '*'   ? isUpperOrDigit(code[i])
                      : shape == 'A' ? isUpper(code[i])
                                     : code[i] == shape;
    if (!fits) return false;
  }
  return true;
}

bool isAxisCode(std::string_view code) {
  if (code.size() < 3 || code.size() > kLongestCode) return false;
  if (code.front() == '.' || code.back() == '.') return false;
  return std::all_of(code.begin(), code.end(), [](char c) {
    return isUpperOrDigit(c) || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_';
  });
}

}  // namespace eoffice::directory
