#include "eoffice/directory/password_rules.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/crypto/digest.h"
#include "base/text.h"

namespace eoffice::directory {
namespace {

using base::RefusalKind;

constexpr std::size_t kFewestLetters = 4;  // Different characters.

// What everybody tries first, as its letters alone: digits and signs around or inside them do not
// make it better (`M@tkhau2026!` is `mtkhau`, `Matkhau@2026` is `matkhau`).
constexpr std::array<std::string_view, 44> kCommonCores{
    "abc",        "abcabc",     "abcd",
    "abcde",      "abcdef",     "admin",
    "adminadmin", "anhyeuem",   "asdfgh",
    "asdfghjkl",  "changeme",   "chuyenvien",
    "default",    "emyeuanh",   "eoffice",
    "guest",      "hoilamgi",   "iloveyou",
    "khanhhoa",   "khongbiet",  "khongco",
    "lanhdao",    "letmein",    "matkhau",
    "matkhaumoi", "ninhthuan",  "nhatrang",
    "nguoidung",  "pass",       "passw",
    "password",   "passwords",  "passwordpassword",
    "phanrang",   "qlvb",       "quantri",
    "qwerty",     "qwertyuiop", "thongtin",
    "ubnd",       "user",       "vanthu",
    "vietnam",    "welcome"};

std::string lettersOf(std::string_view text) {
  std::string letters;
  for (const char c : base::fold(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (c >= 'a' && c <= 'z')) letters += c;
  }
  return letters;
}

// `0` for o, `1` for l, `3` for e, `4` and `@` for a, `5` and `$` for s: known to every guesser.
// Digits and signs at the ends are put there to be long enough, and say nothing.
std::string withoutDisguise(std::string_view text) {
  const auto isLetter = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  };
  const auto first = std::find_if(text.begin(), text.end(), isLetter);
  const auto last = std::find_if(text.rbegin(), text.rend(), isLetter).base();
  if (first >= last) return {};
  std::string plain(first, last);
  for (char& c : plain) {
    switch (c) {
      case '@':
      case '4':
        c = 'a';
        break;
      case '0':
        c = 'o';
        break;
      case '1':
        c = 'l';
        break;
      case '3':
        c = 'e';
        break;
      case '5':
      case '$':
        c = 's';
        break;
      default:
        break;
    }
  }
  return plain;
}

bool isCommon(std::string_view password) {
  const auto known = [](const std::string& core) {
    return core.empty() ||
           std::find(kCommonCores.begin(), kCommonCores.end(), core) != kCommonCores.end();
  };
  return known(lettersOf(password)) || known(lettersOf(withoutDisguise(password)));
}

bool says(std::string_view password, std::string_view what) {
  const auto core = lettersOf(what);
  return core.size() >= 3 && lettersOf(password) == core;
}

base::Result<void> no(std::string code,
                      std::vector<std::pair<std::string, std::string>> facts = {}) {
  return base::refuse(RefusalKind::Invalid, std::move(code), "password", std::move(facts));
}

}  // namespace

base::Result<void> checkPassword(std::string_view password, const PasswordOwner& owner) {
  if (!base::isUtf8(password) || password.find('\0') != password.npos) {
    return no("password.not_text");
  }
  const auto length = base::lengthInCharacters(password);
  if (length < kShortestPassword) {
    return no("password.too_short", {{"least", std::to_string(kShortestPassword)}});
  }
  if (length > kLongestPassword) {
    return no("password.too_long", {{"most", std::to_string(kLongestPassword)}});
  }
  const std::set<char> different(password.begin(), password.end());
  if (different.size() < kFewestLetters) return no("password.one_letter");
  if (base::fold(password) == base::fold(owner.login) || says(password, owner.login)) {
    return no("password.is_login");
  }
  const auto mailbox = owner.mail.substr(0, owner.mail.find('@'));
  if (says(password, owner.name) || says(password, mailbox) ||
      base::fold(password) == base::fold(owner.mail)) {
    return no("password.is_name");
  }
  if (isCommon(password)) return no("password.common");
  return {};
}

std::string initialPassword() {
  constexpr std::string_view kAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  constexpr std::size_t kGroups = 4;
  constexpr std::size_t kGroupLength = 4;
  constexpr auto kFair = static_cast<unsigned char>(256 / kAlphabet.size() * kAlphabet.size());
  std::string password;
  std::size_t letters = 0;
  while (letters < kGroups * kGroupLength) {
    for (const char c : base::randomBytes(32)) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= kFair || letters == kGroups * kGroupLength) continue;
      if (letters > 0 && letters % kGroupLength == 0) password += '-';
      password += kAlphabet[byte % kAlphabet.size()];
      ++letters;
    }
  }
  return password;
}

}  // namespace eoffice::directory
