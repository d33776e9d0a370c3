#include "base/http/form.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/text.h"
#include "tests/support/trickle.h"

namespace {

using namespace base::http;

/// Keeps a file's bytes in memory.
class MemoryWriter : public base::BlobWriter {
 public:
  explicit MemoryWriter(std::string& target) : target_(target) {}
  void write(std::string_view bytes) override { target_ += bytes; }
  base::BlobRef keep() override { return {"kept", target_.size()}; }

 private:
  std::string& target_;
};

struct Read {
  Form form;
  std::string file;
};
Read read(const std::string& body, std::size_t piece = 7) {
  tests::Trickle buffer(body, piece);
  std::istream in(&buffer);
  Read result;
  result.form = readMultipart(in, "B", [&] { return std::make_unique<MemoryWriter>(result.file); });
  return result;
}
std::string field(const std::string& value) {
  return "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + value + "\r\n";
}
std::string file(const std::string& value) {
  return "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n" + value +
         "\r\n";
}

TEST(FormTest, AFileKeepsEveryByteWhereverTheWindowEnds) {
  std::string bytes;
  for (int i = 0; i < 70'000; ++i) bytes += "\r\n--\r\n-B\r--"[i % 11];
  for (const std::size_t piece : {1, 2, 3, 65'536, 65'537, 1'000'000}) {
    EXPECT_TRUE(read(file(bytes) + "--B--", piece).file == bytes) << piece;
  }
  EXPECT_EQ(read(file("") + "--B--").form.files.at(0).blob.size, 0U);
}

TEST(FormTest, FieldsOfOneNameStayInOrder) {
  const Form form = read(field("1") + field("2") + field("") + "--B--\r\n").form;
  EXPECT_EQ(form.values("a"), (std::vector<std::string>{"1", "2", ""}));
  EXPECT_EQ(form.value("a"), "1");
  EXPECT_EQ(form.value("none"), "");
}

TEST(FormTest, FieldsAreLimitedTogetherAndFilesAreNot) {
  const std::string half(600'000, 'x');
  EXPECT_NO_THROW(read(field(half) + "--B--", 100'000));
  EXPECT_NO_THROW(read(file(half) + file(half) + "--B--", 100'000));
  EXPECT_THROW(read(field(half) + field(half) + "--B--", 100'000), BodyTooLarge);
  std::string many;
  for (int i = 0; i < 1001; ++i) many += field("");
  EXPECT_THROW(read(many + "--B--", 100'000), BadRequest);
}

TEST(FormTest, ACutIsNoticedAtEveryByte) {
  const std::string whole = field("value") + file("bytes") + "--B--";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_THROW(read(whole.substr(0, size)), BadRequest) << size;
  }
  EXPECT_NO_THROW(read(whole));
}

TEST(FormTest, FindsTheBoundary) {
  EXPECT_EQ(boundaryOf("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(boundaryOf("multipart/form-data; charset=utf-8; Boundary=\"a b;c\""), "a b;c");
  EXPECT_EQ(boundaryOf("multipart/form-data"), "");
  EXPECT_EQ(boundaryOf("multipart/form-data; boundary="), "");
  EXPECT_EQ(boundaryOf("multipart/form-data; boundary=" + std::string(71, 'a')), "");
  EXPECT_EQ(boundaryOf("multipart/form-data; boundary=\"open"), "");
}

TEST(FormTest, FileNamesAreMadeHarmless) {
  struct Case {
    std::string claimed;
    std::string safe;
  };
  for (const Case& c :
       {Case{"Công văn 12.pdf", "Công văn 12.pdf"}, Case{"C:\\Users\\a\\b.pdf", "b.pdf"},
        Case{"../../etc/passwd", "passwd"}, Case{"..", "file"}, Case{"", "file"}, Case{"/", "file"},
        Case{"a\r\nb\x01.pdf", "ab.pdf"}, Case{"a%22b.pdf", "a\"b.pdf"},
        Case{"fdp.\u202efdp", "fdp.fdp"}, Case{"  a  b.pdf ", "a b.pdf"},
        Case{"a\xff.pdf", "a_.pdf"}, Case{"a.pdf...", "a.pdf"}, Case{".bashrc", ".bashrc"},
        Case{"Co\xcc\x82ng.pdf", "Công.pdf"}}) {
    EXPECT_EQ(safeFileName(c.claimed), c.safe) << c.claimed;
  }
  std::string longName;
  for (int i = 0; i < 300; ++i) longName += "ă";
  const std::string shortened = safeFileName(longName + ".pdf");
  EXPECT_EQ(base::lengthInCharacters(shortened), 200U);
  EXPECT_EQ(shortened.substr(shortened.size() - 4), ".pdf");
}

TEST(FormTest, UrlEncodedFormsAreLimited) {
  std::istringstream fits("a=" + std::string(1'000'000, 'x'));
  EXPECT_EQ(readUrlEncoded(fits).value("a").size(), 1'000'000U);
  std::istringstream large("a=" + std::string(1'100'000, 'x'));
  EXPECT_THROW((void)readUrlEncoded(large), BodyTooLarge);
}

}  // namespace
