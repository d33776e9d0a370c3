// Reading foreign PDFs in the worker: facts, text, pictures, and files that fight back.
#include <sys/resource.h>

#include <thread>

#include "tests/integration/eoffice/signing/signing_fixture.h"

namespace eoffice::signing_tests {
namespace {

template <class T>
std::string refusal(const base::Result<T>& result) {
  return result ? "accepted" : result.error().code;
}

using PdfReading = SigningTest;

TEST_F(PdfReading, TellsTheFactsOfADraft) {
  auto const facts = tools.inspect(dataFile("du-thao-cong-van.pdf")).value();
  EXPECT_EQ(facts.pages, 1);
  EXPECT_EQ(facts.version, "1.4");
  EXPECT_NEAR(facts.widthMm, 210, 1);
  EXPECT_NEAR(facts.heightMm, 297, 1);
  EXPECT_TRUE(facts.hasText);
  EXPECT_FALSE(facts.secrecy);  // "bí mật" stands in its text.
  EXPECT_EQ(facts.signatures, 0);
  EXPECT_EQ(tools.inspect(signAll(dataFile("du-thao-cong-van.pdf"))).value().signatures, 2);
}

TEST_F(PdfReading, KnowsAScanAFormAndProtection) {
  EXPECT_FALSE(tools.inspect(dataFile("cong-van-1234-UBND-KGVX-scan.pdf")).value().hasText);
  EXPECT_TRUE(tools.inspect(dataFile("with-form.pdf")).value().hasForm);
  EXPECT_TRUE(tools.inspect(dataFile("protected.pdf")).value().encrypted);
  EXPECT_EQ(tools.inspect(dataFile("thousand-pages.pdf")).value().pages, 1000);
}

TEST_F(PdfReading, FindsSecrecyMarks) {
  auto const secret = tools.inspect(dataFile("secret.pdf")).value().secrecy;
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->level, SecrecyLevel::Secret);
  auto const top = tools.inspect(dataFile("top-secret.pdf")).value().secrecy;
  ASSERT_TRUE(top);
  EXPECT_EQ(top->level, SecrecyLevel::TopSecret);
  EXPECT_EQ(top->text, "TỐI MẬT");
}

TEST_F(PdfReading, RefusesWhatIsNoPdf) {
  EXPECT_EQ(refusal(tools.inspect(dataFile("empty.pdf"))), "pdf.empty");
  EXPECT_EQ(refusal(tools.inspect(dataFile("not-a-pdf.pdf"))), "pdf.not_a_pdf");
  EXPECT_EQ(refusal(tools.inspect(dataFile("cut-off.pdf"))), "pdf.cut_off");
  EXPECT_EQ(refusal(tools.inspect(dataFile("text-transfer.pdf"))), "pdf.text_transfer");
  EXPECT_EQ(refusal(tools.inspect(dataFile("password.pdf"))), "pdf.password_needed");
  writeFile(folder / "header.pdf", "%PDF-1.4\nnothing else\n%%EOF\n");
  EXPECT_EQ(refusal(tools.inspect(folder / "header.pdf")), "pdf.damaged");
}

TEST_F(PdfReading, GivesWordsWithPlaces) {
  auto const text = tools.text(dataFile("du-thao-cong-van.pdf"), 1).value();
  auto const name = std::find_if(text.words.begin(), text.words.end(),
                                 [](const PdfWord& word) { return word.text == "Nguyễn"; });
  ASSERT_NE(name, text.words.end());
  EXPECT_GT(name->box.x, text.width / 2);
  EXPECT_EQ(refusal(tools.text(dataFile("du-thao-cong-van.pdf"), 2)), "pdf.page_missing");
  EXPECT_EQ(refusal(tools.text(dataFile("du-thao-cong-van.pdf"), 0)), "pdf.page_missing");
}

TEST_F(PdfReading, DrawsAPage) {
  ASSERT_TRUE(tools.renderPage(dataFile("du-thao-cong-van.pdf"), 1, 72, folder / "page.png"));
  auto const kind = runTool("file -b '" + (folder / "page.png").string() + "'").text;
  EXPECT_NE(kind.find("PNG image data, 595 x 842"), std::string::npos) << kind;
  EXPECT_EQ(refusal(tools.renderPage(dataFile("du-thao-cong-van.pdf"), 9, 72, folder / "x.png")),
            "pdf.page_missing");
}

TEST_F(PdfReading, DrawsAHugePageAsIfItWereA3) {
  ASSERT_TRUE(
      tools.renderPage(dataFile("cong-van-1234-UBND-KGVX-scan.pdf"), 1, 72, folder / "page.png"));
  auto const kind = runTool("file -b '" + (folder / "page.png").string() + "'").text;
  EXPECT_NE(kind.find("x 1191"), std::string::npos) << kind;
}

TEST_F(PdfReading, EndsABombInsteadOfDrawingIt) {
  auto limited = options();
  limited.cpuTime = std::chrono::seconds{1};
  limited.memoryBytes = 512ULL << 20;
  auto const refused =
      PdfTools(limited).renderPage(dataFile("bomb.pdf"), 1, 72, folder / "page.png");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().code == "pdf.too_slow" || refused.error().code == "pdf.too_complex")
      << refused.error().code;
}

TEST_F(PdfReading, KillsAWorkerThatHangs) {
  auto hanging = options();
  hanging.program = "/bin/sleep";
  hanging.arguments = {"60"};
  hanging.timeout = std::chrono::milliseconds{100};
  EXPECT_EQ(refusal(PdfTools(hanging).inspect(dataFile("du-thao-cong-van.pdf"))), "pdf.too_slow");
}

TEST_F(PdfReading, ToldOfAWorkerThatCrashes) {
  auto crashing = options();
  crashing.program = "/bin/sh";
  crashing.arguments = {"-c", "kill -SEGV $$"};
  EXPECT_EQ(refusal(PdfTools(crashing).inspect(dataFile("du-thao-cong-van.pdf"))),
            "pdf.too_complex");
}

TEST_F(PdfReading, ThrowsWhenThereIsNoWorker) {
  auto none = options();
  none.program = "/nonexistent";
  EXPECT_THROW((void)PdfTools(none).inspect(dataFile("du-thao-cong-van.pdf")), std::system_error);
  none.program = "/bin/false";
  EXPECT_THROW((void)PdfTools(none).inspect(dataFile("du-thao-cong-van.pdf")), SigningError);
}

TEST_F(PdfReading, WorksFromManyThreads) {
  auto two = options();
  two.workersAtOnce = 2;
  PdfTools const shared(two);
  std::atomic<int> good{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      if (shared.inspect(dataFile("du-thao-cong-van.pdf"))) ++good;
    });
  }
  threads.clear();
  EXPECT_EQ(good, 6);
}

TEST_F(PdfReading, GivesTheWorkerNoSecretsOfTheEnvironment) {
  ::setenv("EOFFICE_DATABASE_PASSWORD", "bi-mat", 1);
  auto looking = options();
  looking.program = "/bin/sh";
  looking.arguments = {"-c", "test -z \"$EOFFICE_DATABASE_PASSWORD\" && echo '{\"ok\":{}}'"};
  auto const answer =
      PdfTools(looking).renderPage(dataFile("du-thao-cong-van.pdf"), 1, 72, folder / "page.png");
  ::unsetenv("EOFFICE_DATABASE_PASSWORD");
  EXPECT_TRUE(answer);
}

long residentKilobytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/// 200 MB of attachment inside a draft: a revision adds one large object that nothing needs.
TEST_F(PdfReading, KeepsTheOfficesMemoryFlatForLargeFiles) {
  constexpr std::size_t kLarge = 200U << 20;
  auto const draft = readFile(dataFile("du-thao-cong-van.pdf"));
  auto const before = draft.substr(draft.rfind("startxref") + 10, 5);
  {
    std::ofstream large(folder / "large.pdf", std::ios::binary);
    large << draft << "390 0 obj\n<</Length " << kLarge << ">>\nstream\n";
    std::string const piece(1U << 20, '\x5a');
    for (std::size_t done = 0; done < kLarge; done += piece.size()) large << piece;
    large << "\nendstream\nendobj\n";
    auto const xref = static_cast<std::size_t>(large.tellp());
    char entry[32];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n\r\n", draft.size());
    large << "xref\n390 1\n"
          << entry << "trailer\n<</Size 391/Root 61 0 R/Prev " << before << ">>\nstartxref\n"
          << xref << "\n%%EOF\n";
  }
  (void)pki.open("nva");
  long const resident = residentKilobytes();
  ASSERT_TRUE(tools.inspect(folder / "large.pdf"));
  ASSERT_TRUE(tools.renderPage(folder / "large.pdf", 1, 72, folder / "page.png"));
  auto const result = signAll(folder / "large.pdf");
  EXPECT_TRUE(report(result).valid());
  EXPECT_LT(residentKilobytes() - resident, 16 * 1024);
}

}  // namespace
}  // namespace eoffice::signing_tests
