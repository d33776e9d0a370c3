#include "reminder/channels/mail_wire.h"

#include <gtest/gtest.h>

#include "reminder/channels/mail_transport.h"

namespace reminder {
namespace {

using namespace std::chrono_literals;

TEST(HeaderText, LeavesAsciiAndEncodesTheRest) {
  EXPECT_EQ(wire::headerText("Task reminder: 2 late"), "Task reminder: 2 late");
  EXPECT_EQ(wire::headerText("Trễ"), "=?UTF-8?B?VHLhu4U=?=");
}

TEST(HeaderText, CutsWordsBetweenCharacters) {
  const std::string text = "Nhắc việc: 12 việc trễ hạn, 3 việc đến hạn hôm nay, 5 việc sắp đến hạn";
  const auto encoded = wire::headerText(text);
  std::size_t begin = 0;
  int words = 0;
  while (begin < encoded.size()) {
    auto end = encoded.find("\r\n ", begin);
    if (end == std::string::npos) end = encoded.size();
    const auto word = encoded.substr(begin, end - begin);
    EXPECT_LE(word.size(), 75u);
    EXPECT_TRUE(word.starts_with("=?UTF-8?B?") && word.ends_with("?=")) << word;
    begin = end + 3;
    ++words;
  }
  EXPECT_EQ(words, 3);
}

TEST(HeaderText, LetsNothingStartAHeaderOfItsOwn) {
  EXPECT_EQ(wire::headerText("a\r\nBcc: x@y.vn"), "a  Bcc: x@y.vn");
  EXPECT_EQ(wire::mailbox("An\"\r\n<x@y.vn>", "an@k.vn"), "\"An\\\"  <x@y.vn>\" <an@k.vn>");
}

TEST(Mailbox, QuotesAsciiAndEncodesTheRest) {
  EXPECT_EQ(wire::mailbox("", "an@k.vn"), "<an@k.vn>");
  EXPECT_EQ(wire::mailbox("Van An", "an@k.vn"), "\"Van An\" <an@k.vn>");
  EXPECT_EQ(wire::mailbox("Văn An", "an@k.vn"), "=?UTF-8?B?VsSDbiBBbg==?=\r\n <an@k.vn>");
}

TEST(QuotedPrintable, KeepsLinesShortAndTheirEndsSafe) {
  EXPECT_EQ(wire::quotedPrintable("a=b\nc \n"), "a=3Db\r\nc=20\r\n");
  EXPECT_EQ(wire::quotedPrintable("việc\r\nhai"), "vi=E1=BB=87c\r\nhai");
  const auto encoded = wire::quotedPrintable(std::string(500, 'x') + std::string(80, '='));
  for (std::size_t begin = 0; begin < encoded.size();) {
    const auto end = std::min(encoded.find("\r\n", begin), encoded.size());
    EXPECT_LE(end - begin, 76u);
    begin = end + 2;
  }
}

TEST(MailDate, IsLocal) {
  EXPECT_EQ(wire::mailDate(base::toInstant(std::chrono::year{2026} / 3 / 2, 7h + 30min)),
            "Mon, 02 Mar 2026 07:30:00 +0700");
}

TEST(WireForm, IsTheSameForEveryAttempt) {
  SmtpOptions options;
  options.from = "nhac-viec@k.vn";
  options.fromName = "Nhắc việc";
  QueuedMail mail;
  mail.messageId = "<1@k.vn>";
  mail.createdAt = base::toInstant(std::chrono::year{2026} / 3 / 2, 7h + 30min);
  mail.mail = {"k", "an@k.vn", "An", "s", "một\n"};
  auto second = mail;
  second.attempts = 5;
  EXPECT_EQ(wireForm(mail, options), wireForm(second, options));
  EXPECT_EQ(wireForm(mail, options),
            "Date: Mon, 02 Mar 2026 07:30:00 +0700\r\n"
            "From: =?UTF-8?B?Tmjhuq9jIHZp4buHYw==?=\r\n <nhac-viec@k.vn>\r\n"
            "To: \"An\" <an@k.vn>\r\n"
            "Subject: s\r\n"
            "Message-ID: <1@k.vn>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=UTF-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\nm=E1=BB=99t\r\n\r\n");
}

struct AddressRow {
  const char* address;
  bool valid;
};

TEST(MailAddress, IsPlainAndHasOneAt) {
  const AddressRow rows[] = {{"an@k.vn", true},   {"an.binh+x@sub.k.vn", true},
                             {"an", false},       {"@k.vn", false},
                             {"an@", false},      {"a@b@c", false},
                             {"a b@k.vn", false}, {"a@k.vn\r\nRCPT TO:<x@y>", false},
                             {"<a@k.vn>", false}, {"", false},
                             {"ánh@k.vn", false}};
  for (const auto& row : rows) EXPECT_EQ(isMailAddress(row.address), row.valid) << row.address;
  EXPECT_FALSE(isMailAddress(std::string(250, 'a') + "@k.vn"));
}

}  // namespace
}  // namespace reminder
