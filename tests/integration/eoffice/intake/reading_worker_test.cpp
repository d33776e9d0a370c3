// The reader over a real database: what comes first, what is kept when it is broken off, what is
// given up. Files are faked here; real ones stand in file_reader_test.cpp.
#include "eoffice/intake/reading_worker.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "tests/support/manual_clock.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_database.h"

namespace tests {
namespace {

using namespace eoffice::intake;
using namespace std::chrono_literals;
using base::db::Session;

PageText pageOf(int number, const std::vector<std::string>& lines,
                TextSource source = TextSource::TextLayer) {
  PageText page{.page = number, .source = source, .width = 600, .height = 850};
  double y = 300;
  for (const auto& line : lines) {
    double x = 50;
    std::string word;
    for (const char c : line + " ") {
      if (c != ' ') {
        word += c;
        continue;
      }
      page.words.push_back({word, {x, y, 30, 14}, 90});
      x += 36;
      word.clear();
    }
    y += 20;
  }
  return page;
}

/// A file of so many pages, all scans; each page says its number.
class FakeReader : public FileReader {
 public:
  int pages = 3;
  bool ocrIsThere = true;
  std::vector<int> read;  ///< Pages that OCR was asked for, in order.
  std::function<base::Result<PageText>(int page)> onOcr = [](int page) {
    return pageOf(page, {"trang so " + std::to_string(page)}, TextSource::Ocr);
  };
  std::function<base::Result<FilePages>(int first, int count)> onText = [this](int first,
                                                                               int count) {
    FilePages found{.pages = pages};
    for (int page = first; page < first + count && page <= pages; ++page) {
      found.texts.push_back(pageOf(page, {}));
    }
    return found;
  };

  base::Result<FilePages> textLayer(const std::filesystem::path&, int first, int count) override {
    return onText(first, count);
  }
  base::Result<PageText> ocr(const std::filesystem::path&, int page) override {
    read.push_back(page);
    return onOcr(page);
  }
  bool hasOcr() override { return ocrIsThere; }
  void stop() override {}
};

class ReadingWorkerTest : public OfficeDatabaseTest {
 protected:
  /// A blob that waits.
  std::string note(const std::string& bytes, Turn turn = Turn::Incoming,
                   std::string_view type = "application/pdf") {
    const auto sha256 = blobs.put(bytes).sha256;
    database().transact(
        [&](Session& session) { noteBlob(session, sha256, type, turn, clock.now()); });
    return sha256;
  }
  BlobText stateOf(const std::string& sha256) {
    return database().read([&](Session& session) { return findBlobText(session, sha256).value(); });
  }
  std::string text(const std::string& sha256) {
    return database().read([&](Session& session) { return textOf(session, sha256); });
  }
  std::int64_t keptPages() {
    return database().read([](Session& session) {
      return session.get("/* test.pages */ SELECT COUNT(*) FROM blob_text_page").integer(0);
    });
  }
  ReadingWorker worker() {
    return {database(), blobs, clock, metrics, reader, {{"", "Công văn"}}, options};
  }
  void readAll() {
    auto one = worker();
    while (one.tick()) {
    }
  }

  TemporaryFolder folder;
  ManualClock clock{
      base::LocalDate{std::chrono::year{2026}, std::chrono::November, std::chrono::day{24}}, 8h};
  base::BlobStore blobs{folder.path()};
  base::Metrics metrics;
  FakeReader reader;
  ReadingOptions options;
};

TEST_F(ReadingWorkerTest, ReadsTheFirstPageThenTheLast) {
  reader.pages = 5;
  const auto scan = note("scan");
  readAll();
  EXPECT_EQ(reader.read, (std::vector<int>{1, 5, 2, 3, 4}));
  const auto done = stateOf(scan);
  EXPECT_EQ(done.state, ReadingState::Done);
  EXPECT_EQ(done.source, TextSource::Ocr);
  EXPECT_EQ(done.pagesRead, 5);
  EXPECT_EQ(text(scan), "trang so 1\n\ftrang so 2\n\ftrang so 3\n\ftrang so 4\n\ftrang so 5\n\f");
  EXPECT_EQ(keptPages(), 0);  // They were needed only on the way.
}

TEST_F(ReadingWorkerTest, ReadsTheFirstPagesAndTheLastFiveOfALongScan) {
  reader.pages = 100;
  options.mostOcrPages = 8;
  const auto scan = note("scan");
  readAll();
  EXPECT_EQ(reader.read, (std::vector<int>{1, 100, 2, 3, 96, 97, 98, 99}));
  EXPECT_TRUE(stateOf(scan).cut);
}

TEST_F(ReadingWorkerTest, ReadsNoMorePagesThanAllowedOfAFileWithText) {
  options.mostPages = 60;
  options.mostText = 4000;
  reader.onText = [](int first, int count) {
    FilePages found{.pages = 10'000};
    for (int page = first; page < first + count; ++page) {
      found.texts.push_back(
          pageOf(page, {"mot hai ba bon nam sau bay tam chin muoi", "a b c d đ"}));
    }
    return found;
  };
  const auto file = note("long");
  readAll();
  EXPECT_EQ(stateOf(file).pages, 60);
  EXPECT_TRUE(stateOf(file).cut);
  EXPECT_LE(text(file).size(), 4000U);
  EXPECT_TRUE(reader.read.empty());
}

TEST_F(ReadingWorkerTest, GoesOnWhereItWasWhenTheProcessDied) {
  reader.pages = 4;
  reader.onOcr = [this](int page) -> base::Result<PageText> {
    if (reader.read.size() == 3) throw std::runtime_error("the process died here");
    return pageOf(page, {"trang so " + std::to_string(page)}, TextSource::Ocr);
  };
  const auto scan = note("scan");
  EXPECT_THROW(worker().tick(), std::runtime_error);
  EXPECT_EQ(stateOf(scan).state, ReadingState::Reading);
  EXPECT_EQ(stateOf(scan).pagesRead, 2);
  EXPECT_EQ(keptPages(), 2);
  readAll();  // A new process of the same name.
  EXPECT_EQ(reader.read, (std::vector<int>{1, 4, 2, 2, 3}));
  EXPECT_EQ(stateOf(scan).state, ReadingState::Done);
  EXPECT_EQ(text(scan), "trang so 1\n\ftrang so 2\n\ftrang so 3\n\ftrang so 4\n\f");
}

TEST_F(ReadingWorkerTest, LeavesAClaimThatAnotherProcessHoldsUntilItsTimeIsOver) {
  const auto scan = note("scan");
  reader.onOcr = [](int) -> base::Result<PageText> { throw std::runtime_error("died"); };
  options.node = "first";
  EXPECT_THROW(worker().tick(), std::runtime_error);
  options.node = "second";
  EXPECT_FALSE(worker().tick());
  clock.advance(options.lease + 1s);
  reader.onOcr = [](int page) { return pageOf(page, {"xong"}, TextSource::Ocr); };
  EXPECT_TRUE(worker().tick());
  EXPECT_EQ(stateOf(scan).state, ReadingState::Done);
}

TEST_F(ReadingWorkerTest, GivesUpWhatEndsTheProcessEachTime) {
  const auto scan = note("scan");
  reader.onOcr = [](int) -> base::Result<PageText> { throw std::runtime_error("died"); };
  for (int i = 0; i < options.attempts; ++i) EXPECT_THROW(worker().tick(), std::runtime_error);
  EXPECT_TRUE(worker().tick());
  EXPECT_EQ(stateOf(scan).state, ReadingState::Failed);
  EXPECT_EQ(stateOf(scan).errorCode, "reading.gave_up");
}

TEST_F(ReadingWorkerTest, TriesAPageThreeTimesAndThenGoesOnWithoutIt) {
  reader.pages = 3;
  reader.onOcr = [](int page) -> base::Result<PageText> {
    if (page == 3) return base::refuse(base::RefusalKind::Invalid, "ocr.failed", "file");
    return pageOf(page, {"trang so " + std::to_string(page)}, TextSource::Ocr);
  };
  const auto scan = note("scan");
  readAll();
  EXPECT_EQ(stateOf(scan).state, ReadingState::Waiting);  // Not at once again.
  EXPECT_EQ(stateOf(scan).errorCode, "ocr.failed");
  clock.advance(1h);
  readAll();
  clock.advance(1h);
  readAll();
  EXPECT_EQ(stateOf(scan).state, ReadingState::Done);
  EXPECT_EQ(stateOf(scan).errorCode, "ocr.failed");
  EXPECT_TRUE(stateOf(scan).cut);
  EXPECT_EQ(text(scan), "trang so 1\n\ftrang so 2\n\f\f");
}

TEST_F(ReadingWorkerTest, FailsWithTheReasonAndIsReadAgainWhenAPersonAsks) {
  reader.onText = [](int, int) -> base::Result<FilePages> {
    return base::refuse(base::RefusalKind::Invalid, "pdf.damaged", "file");
  };
  const auto file = note("broken");
  readAll();
  EXPECT_EQ(stateOf(file).state, ReadingState::Failed);
  EXPECT_EQ(stateOf(file).errorCode, "pdf.damaged");
  const auto again = [&] {
    return database().transact(
        [&](Session& session) { return readAgain(session, file, clock.now()); });
  };
  EXPECT_TRUE(again());
  EXPECT_FALSE(again());  // It waits already.
  EXPECT_EQ(stateOf(file).state, ReadingState::Waiting);
}

TEST_F(ReadingWorkerTest, ReadsFirstWhatSomebodyHasOpen) {
  std::vector<std::string> order;
  reader.onText = [&](int, int) {
    return FilePages{.pages = 1,
                     .texts = {pageOf(1, {"mot hai ba bon nam sau bay tam chin muoi "
                                          "muoi mot muoi hai"})}};
  };
  const auto old = note("old", Turn::Old);
  const auto usual = note("usual", Turn::Usual);
  const auto opened = note("opened", Turn::Usual);
  database().transact([&](Session& session) { hasten(session, opened); });
  auto one = worker();
  ASSERT_TRUE(one.tick());
  EXPECT_EQ(stateOf(opened).state, ReadingState::Done);
  ASSERT_TRUE(one.tick());
  EXPECT_EQ(stateOf(usual).state, ReadingState::Done);
  EXPECT_EQ(stateOf(old).state, ReadingState::Waiting);
}

TEST_F(ReadingWorkerTest, LetsANewDocumentPassOnceTheFieldsOfALongOneAreRead) {
  reader.pages = 6;
  const auto longScan = note("long");
  std::string fresh;
  reader.onOcr = [&](int page) {
    if (page == 6 && fresh.empty()) fresh = note("fresh");
    return pageOf(page, {"trang so " + std::to_string(page)}, TextSource::Ocr);
  };
  auto one = worker();
  ASSERT_TRUE(one.tick());
  EXPECT_EQ(stateOf(longScan).state, ReadingState::Waiting);
  EXPECT_EQ(stateOf(longScan).pagesRead, 2);
  EXPECT_EQ(stateOf(longScan).attempts, 0);  // It did not fail.
  ASSERT_TRUE(one.tick());
  EXPECT_EQ(stateOf(fresh).state, ReadingState::Done);
  reader.read.clear();
  ASSERT_TRUE(one.tick());
  EXPECT_EQ(reader.read, (std::vector<int>{2, 3, 4, 5}));
  EXPECT_EQ(stateOf(longScan).state, ReadingState::Done);
}

TEST_F(ReadingWorkerTest, KeepsNothingOfASecretButThatItIsOne) {
  reader.onOcr = [](int page) {
    auto text = pageOf(page, {"noi dung"}, TextSource::Ocr);
    if (page == 3) text.words.push_back({"MẬT", {100, 60, 40, 14}, 90});
    return text;
  };
  const auto scan = note("scan");
  readAll();
  EXPECT_EQ(stateOf(scan).state, ReadingState::None);
  EXPECT_EQ(stateOf(scan).errorCode, "reading.secret");
  EXPECT_EQ(text(scan), "");
  EXPECT_EQ(keptPages(), 0);
  const auto findings = findingsFromJson(stateOf(scan).findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].value, "MẬT");
  EXPECT_EQ(reader.read, (std::vector<int>{1, 3}));
}

TEST_F(ReadingWorkerTest, SaysThatOcrIsMissingAndReadsOnceItIsThere) {
  reader.ocrIsThere = false;
  const auto scan = note("scan");
  readAll();
  EXPECT_EQ(stateOf(scan).state, ReadingState::None);
  EXPECT_EQ(stateOf(scan).errorCode, "ocr.missing");
  EXPECT_TRUE(reader.read.empty());
  reader.ocrIsThere = true;
  readAll();
  EXPECT_EQ(stateOf(scan).state, ReadingState::Done);
}

TEST_F(ReadingWorkerTest, ReadsNoFileThatIsNoPdfAndNoneThatIsGone) {
  const auto sheet = note("sheet", Turn::Usual, "application/vnd.ms-excel");
  const auto gone = note("gone");
  blobs.remove(gone);
  readAll();
  EXPECT_EQ(stateOf(sheet).state, ReadingState::None);
  EXPECT_EQ(stateOf(sheet).errorCode, "reading.not_pdf");
  EXPECT_EQ(stateOf(gone).errorCode, "reading.no_bytes");
}

}  // namespace
}  // namespace tests
