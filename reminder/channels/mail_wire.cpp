#include "reminder/channels/mail_wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/crypto/digest.h"
#include "reminder/channels/mail_transport.h"

namespace reminder::wire {
namespace {

constexpr std::size_t kWordBytes = 45;   // 60 in base64; with its frame 72 of the 75 allowed
constexpr std::size_t kLineLength = 76;  // RFC 2045, 6.7

bool isControl(char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; }

std::string withoutControls(std::string_view text) {
  std::string clean(text);
  std::replace_if(clean.begin(), clean.end(), isControl, ' ');
  return clean;
}

bool isAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 128; });
}

/// The length of the longest beginning of `text` that fits a word and ends with a character.
std::size_t wordLength(std::string_view text) {
  if (text.size() <= kWordBytes) return text.size();
  std::size_t end = kWordBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return end > 0 ? end : kWordBytes;  // no UTF-8 at all: cut anywhere
}

bool mustEscape(char c, bool endsLine) {
  const auto byte = static_cast<unsigned char>(c);
  if (c == ' ' || c == '\t') return endsLine;  // white space at the end of a line gets lost
  return byte < 33 || byte > 126 || c == '=';
}

}  // namespace

std::string headerText(std::string_view text) {
  const auto clean = withoutControls(text);
  if (isAscii(clean)) return clean;
  std::string words;
  for (std::string_view rest = clean; !rest.empty();) {
    const auto length = wordLength(rest);
    if (!words.empty()) words += "\r\n ";
    words += "=?UTF-8?B?" + base::base64(rest.substr(0, length)) + "?=";
    rest.remove_prefix(length);
  }
  return words;
}

std::string mailbox(std::string_view name, std::string_view address) {
  if (name.empty()) return fmt::format("<{}>", address);
  if (!isAscii(name)) return fmt::format("{}\r\n <{}>", headerText(name), address);
  std::string quoted;
  for (const char c : withoutControls(name)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return fmt::format("\"{}\" <{}>", quoted, address);
}

std::string quotedPrintable(std::string_view text) {
  std::string encoded;
  std::size_t column = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') continue;
    if (c == '\n') {
      encoded += "\r\n";
      column = 0;
      continue;
    }
    const bool endsLine = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
    const auto piece = mustEscape(c, endsLine)
                           ? fmt::format("={:02X}", static_cast<unsigned char>(c))
                           : std::string(1, c);
    if (column + piece.size() > kLineLength - 1) {  // room for the soft break
      encoded += "=\r\n";
      column = 0;
    }
    encoded += piece;
    column += piece.size();
  }
  return encoded;
}

std::string mailDate(base::Instant instant) {
  constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto local = base::toLocal(instant);
  const std::chrono::weekday weekday{std::chrono::sys_days{local.date}};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(local.sinceMidnight);
  const std::chrono::hh_mm_ss time{seconds};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0700", kDays.at(weekday.c_encoding()),
                     static_cast<unsigned>(local.date.day()),
                     kMonths.at(static_cast<unsigned>(local.date.month()) - 1),
                     static_cast<int>(local.date.year()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

}  // namespace reminder::wire

namespace reminder {

std::string wireForm(const QueuedMail& mail, const SmtpOptions& options) {
  std::string text;
  const auto header = [&](std::string_view name, std::string_view value) {
    text += fmt::format("{}: {}\r\n", name, value);
  };
  header("Date", wire::mailDate(mail.createdAt));
  header("From", wire::mailbox(options.fromName, options.from));
  header("To", wire::mailbox(mail.mail.toName, mail.mail.to));
  header("Subject", wire::headerText(mail.mail.subject));
  header("Message-ID", mail.messageId);
  header("Auto-Submitted", "auto-generated");  // RFC 3834: no out-of-office answers, please
  header("MIME-Version", "1.0");
  header("Content-Type", "text/plain; charset=UTF-8");
  header("Content-Transfer-Encoding", "quoted-printable");
  return text + "\r\n" + wire::quotedPrintable(mail.mail.text) + "\r\n";
}

}  // namespace reminder
