// Real files through the real worker and the real OCR: what they say, and those that fight back.
#include "eoffice/intake/file_reader.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>

#include "eoffice/intake/findings.h"
#include "tests/integration/eoffice/signing/signing_fixture.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

namespace fs = std::filesystem;
using namespace eoffice::intake;
using namespace std::chrono_literals;
using eoffice::signing_tests::dataFile;
using eoffice::signing_tests::readFile;
using eoffice::signing_tests::writeFile;

template <class T>
std::string refusal(const base::Result<T>& result) {
  return result ? "accepted" : result.error().code;
}

class FileReading : public ::testing::Test {
 protected:
  FileReading() { options.worker = eoffice::signing_tests::workerOptions(); }

  /// A program in the OCR's place.
  void replaceOcr(const std::string& script) {
    const auto path = folder.path() / "ocr";
    writeFile(path, "#!/bin/sh\n" + script + "\n");
    ::chmod(path.c_str(), 0755);
    options.ocrProgram = path;
  }
  base::Result<PageText> ocr(const std::string& file = "cong-van-1234-UBND-KGVX-scan.pdf") {
    ProcessFileReader reader(options);
    return reader.ocr(dataFile(file), 1);
  }
  fs::path made(const std::string& name, const std::string& bytes) {
    writeFile(folder.path() / name, bytes);
    return folder.path() / name;
  }

  TemporaryFolder folder;
  FileReaderOptions options;
};

std::string valueOf(const std::vector<Finding>& findings, FoundField field) {
  for (const auto& one : findings) {
    if (one.field == field) return one.value;
  }
  return {};
}

const std::vector<TypeName> kTypes{{"", "Công văn"}};

void expectTheLetter(const std::vector<Finding>& found) {
  EXPECT_EQ(valueOf(found, FoundField::Symbol), "1234/UBND-KGVX");
  EXPECT_EQ(valueOf(found, FoundField::IssuedDate), "2026-01-06");
  EXPECT_EQ(valueOf(found, FoundField::Issuer), "Ủy ban nhân dân tỉnh Khánh Hòa");
  EXPECT_EQ(valueOf(found, FoundField::Type), "Công văn");
  EXPECT_EQ(valueOf(found, FoundField::Subject), "V/v đẩy mạnh cải cách hành chính");
  EXPECT_EQ(valueOf(found, FoundField::Signer), "Nguyễn Văn A");
  EXPECT_EQ(valueOf(found, FoundField::DueDate), "2026-01-20");
}

TEST_F(FileReading, FindsTheFieldsInAPdfsOwnText) {
  ProcessFileReader reader(options);
  const auto read = reader.textLayer(dataFile("cong-van-1234-UBND-KGVX.pdf"), 1, 50).value();
  EXPECT_EQ(read.pages, 1);
  expectTheLetter(findFields(read.texts, kTypes));
}

TEST_F(FileReading, FindsTheSameFieldsInItsScan) {
  const auto path = dataFile("cong-van-1234-UBND-KGVX-scan.pdf");
  const auto before = readFile(path);
  ProcessFileReader reader(options);
  ASSERT_TRUE(reader.hasOcr()) << "tesseract-ocr and tesseract-ocr-vie are in scripts/packages.txt";
  EXPECT_FALSE(isReadable(reader.textLayer(path, 1, 1).value().texts.at(0)));
  expectTheLetter(findFields({reader.ocr(path, 1).value()}, kTypes));
  EXPECT_EQ(readFile(path), before);
}

TEST_F(FileReading, KnowsWhereTheOcrIsMissing) {
  options.ocrProgram = "/nowhere/tesseract";
  ProcessFileReader reader(options);
  EXPECT_FALSE(reader.hasOcr());
  EXPECT_EQ(refusal(ocr()), "ocr.missing");
  options.ocrProgram = "tesseract";
  options.ocrLanguage = "xxx";
  ProcessFileReader other(options);
  EXPECT_FALSE(other.hasOcr());
  EXPECT_EQ(refusal(ocr()), "ocr.failed");
}

TEST_F(FileReading, SurvivesAnOcrThatCrashesOrIsKilled) {
  replaceOcr("kill -SEGV $$");
  EXPECT_EQ(refusal(ocr()), "ocr.failed");
  replaceOcr("kill -KILL $$");
  EXPECT_EQ(refusal(ocr()), "ocr.failed");
  replaceOcr("exit 3");
  EXPECT_EQ(refusal(ocr()), "ocr.failed");
}

TEST_F(FileReading, EndsAnOcrThatTakesTooLong) {
  options.ocrTime = 1s;
  const auto begin = std::chrono::steady_clock::now();
  replaceOcr("while :; do :; done");  // The processor's time.
  EXPECT_EQ(refusal(ocr()), "ocr.too_slow");
  replaceOcr("exec sleep 600");  // The clock's.
  EXPECT_EQ(refusal(ocr()), "ocr.too_slow");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 60s);
}

TEST_F(FileReading, EndsAnOcrThatEatsMemory) {
  options.ocrMemory = 160ULL << 20;  // It wants more for its language alone.
  EXPECT_EQ(refusal(ocr()), "ocr.failed");
}

TEST_F(FileReading, ReachesNoNetworkAndWritesNoFile) {
  const auto trace = folder.path() / "trace";
  writeFile(folder.path() / "probe.py",
            "import socket\ndef tried(act):\n  try: act(); return 'allowed'\n"
            "  except OSError as e: return 'denied'\n"
            "n = tried(lambda: socket.socket())\nu = tried(lambda: socket.socket(socket.AF_UNIX))\n"
            "print('1\\t1\\t0\\t0\\t0\\t0\\t0\\t0\\t100\\t100\\t-1\\t')\n"
            "for w in (n, u): print('5\\t1\\t1\\t1\\t1\\t1\\t1\\t1\\t10\\t10\\t90\\t' + w)\n");
  replaceOcr("exec /usr/bin/python3 " + (folder.path() / "probe.py").string());
  const auto page = ocr();
  ASSERT_TRUE(page) << refusal(page);
  ASSERT_EQ(page->words.size(), 2U);
  EXPECT_EQ(page->words[0].text, "denied");
  EXPECT_EQ(page->words[1].text, "denied");
  replaceOcr("echo x >" + trace.string());
  EXPECT_EQ(refusal(ocr()), "ocr.failed");
  EXPECT_FALSE(fs::exists(trace));
}

TEST_F(FileReading, StopsAtOnceWhenTheOfficeStops) {
  replaceOcr("exec sleep 600");
  ProcessFileReader reader(options);
  reader.stop();
  EXPECT_THROW((void)reader.ocr(dataFile("cong-van-1234-UBND-KGVX-scan.pdf"), 1),
               eoffice::WorkStopped);
}

struct Hostile {
  const char* file;
  const char* code;
};

TEST_F(FileReading, RefusesHostileFilesWithTheReason) {
  ProcessFileReader reader(options);
  for (const auto& [file, code] :
       {Hostile{"empty.pdf", "pdf.empty"}, Hostile{"not-a-pdf.pdf", "pdf.not_a_pdf"},
        Hostile{"cut-off.pdf", "pdf.cut_off"}, Hostile{"text-transfer.pdf", "pdf.text_transfer"},
        Hostile{"password.pdf", "pdf.password_needed"}, Hostile{"protected.pdf", "accepted"}}) {
    EXPECT_EQ(refusal(reader.textLayer(dataFile(file), 1, 50)), code) << file;
  }
  const std::string deep(200'000, '[');
  EXPECT_EQ(refusal(reader.textLayer(made("deep.pdf", "%PDF-1.4\n1 0 obj " + deep +
                                                          "\nendobj\ntrailer <</Root 1 0 R>>\n"
                                                          "startxref\n9\n%%EOF\n"),
                                     1, 1)),
            "pdf.damaged");
}

std::string pdfOf(const std::string& objects) {  // Poppler finds the objects itself.
  return "%PDF-1.4\n" + objects + "trailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n";
}

TEST_F(FileReading, ReadsTenThousandPagesInPortions) {
  std::string kids;
  std::string pages;
  for (int i = 0; i < 10'000; ++i) {
    const auto number = std::to_string(i + 10);
    kids += number + " 0 R ";
    pages += number + " 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj\n";
  }
  const auto file =
      made("long.pdf", pdfOf("1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj "
                             "<</Type /Pages /Count 10000 /Kids [" +
                             kids + "]>> endobj\n" + pages));
  ProcessFileReader reader(options);
  const auto read = reader.textLayer(file, 9'951, 50);
  ASSERT_TRUE(read) << refusal(read);
  EXPECT_EQ(read->pages, 10'000);
  EXPECT_EQ(read->texts.size(), 50U);
  EXPECT_EQ(read->texts.back().page, 10'000);
}

TEST_F(FileReading, DrawsAHugePageNoLargerThanItCanRead) {
  const auto file = made(
      "huge.pdf", pdfOf("1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages "
                        "/Count 1 /Kids [3 0 R]>> endobj\n3 0 obj <</Type /Page /Parent 2 0 R "
                        "/MediaBox [0 0 200000 200000]>> endobj\n"));
  ProcessFileReader reader(options);
  const auto page = reader.ocr(file, 1);
  ASSERT_TRUE(page) << refusal(page);
  EXPECT_LE(page->width, 5000);
}

}  // namespace
}  // namespace tests
