// Case files on a real database: from the year's list to the archive, and who sees what.
#include "eoffice/records/case_files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "eoffice/audit/audit_log.h"
#include "eoffice/documents/repository.h"
#include "eoffice/records/case_file_rows.h"
#include "eoffice/records/case_list.h"
#include "eoffice/records/hand_in_warning.h"
#include "eoffice/records/package.h"
#include "reminder/channels/bell.h"
#include "tests/support/manual_clock.h"
#include "tests/support/office_people.h"
#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_database.h"

namespace eoffice::records {
namespace {

using base::db::Session;
using namespace std::chrono;

class CaseFilesTest : public tests::OfficeDatabaseTest {
 protected:
  void SetUp() override {
    OfficeDatabaseTest::SetUp();
    database().transact(
        [&](Session& session) { people = std::make_unique<tests::Office>(session); });
  }

  [[nodiscard]] base::LocalDate today() const { return clock.today(); }
  [[nodiscard]] Cover cover(const std::string& code = "01.TCCB") const {
    return {.code = code, .title = "Tuyển dụng viên chức", .retention = 20, .openedOn = today()};
  }
  CaseFileId opened(const Caller& caller, const std::string& code = "01.TCCB") {
    const auto file = files.open(caller, cover(code));
    EXPECT_TRUE(file) << (file ? "" : file.error().code);
    return file.value_or(CaseFileId());
  }
  // A document in which the official has a part, and nobody else without reading the agency.
  DocumentId document(const std::string& number, const Caller& caller) {
    return database().transact([&](Session& session) {
      const auto id = documents::insertDocument(
          session, caller.agency, documents::Direction::Incoming, documents::State::Registered,
          {.typeName = "Công văn",
           .codeNumber = number,
           .codeNotation = "UBND",
           .issuedDate = today(),
           .issuerName = "UBND tỉnh",
           .subject = "Văn bản " + number},
          "key-" + number, caller.post, clock.now());
      documents::insertIncoming(session, id, {.receivedAt = clock.now()}, "");
      documents::addPart(session, id, caller.agency, caller.post, documents::Part::Lead);
      return id;
    });
  }
  CaseFile read(const Caller& caller, CaseFileId id) {
    return database().read([&](Session& session) { return findFile(session, caller, id).value(); });
  }
  std::vector<ItemLine> items(const Caller& caller, CaseFileId id) {
    return database().read([&](Session& session) { return itemsOf(session, caller, id); });
  }
  CaseFileId closed(const Caller& caller, const std::string& code) {
    const auto id = opened(caller, code);
    EXPECT_TRUE(files.add(caller, id, {document(code, caller)}));
    const auto done = files.close(caller, {{id}, today(), "Tuyển dụng", 20});
    EXPECT_TRUE(done) << (done ? "" : done.error().code);
    return id;
  }

  tests::ManualClock clock{year(2026) / 11 / 24, hours(8)};
  std::unique_ptr<tests::Office> people;
  CaseFiles files{database(), clock};
  CaseLists lists{database(), clock};
};

template <class T>
std::string codeOf(const base::Result<T>& result) {
  return result ? "" : result.error().code;
}

TEST_F(CaseFilesTest, HoldsADocumentInManyFiles) {
  const auto& me = people->official;
  const auto first = opened(me, "01.A");
  const auto second = opened(me, "02.A");
  const auto shared = document("12", me);
  EXPECT_TRUE(files.add(me, first, {shared, document("13", me)}));
  EXPECT_TRUE(files.add(me, first, {shared}));  // again: it lies there already
  EXPECT_TRUE(files.add(me, second, {shared}));
  EXPECT_EQ(items(me, first).size(), 2U);
  EXPECT_EQ(items(me, second).size(), 1U);
  const auto holding =
      database().read([&](Session& session) { return filesOf(session, me, shared); });
  EXPECT_EQ(holding.size(), 2U);
  EXPECT_TRUE(files.remove(me, first, shared));
  EXPECT_EQ(items(me, first).size(), 1U);
  EXPECT_EQ(codeOf(files.add(me, first, {})), "case_file.no_document");
}

TEST_F(CaseFilesTest, RefusesACodeThatIsTaken) {
  opened(people->official);
  EXPECT_EQ(codeOf(files.open(people->clerk, cover())), "case_file.code_taken");
  clock.set(base::toInstant(year(2027) / 1 / 4, hours(8)));
  EXPECT_EQ(codeOf(files.open(people->clerk, cover())), "");  // another year
}

TEST_F(CaseFilesTest, OpensOneOfTwoAtOnce) {
  std::vector<std::string> codes(2);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      threads.emplace_back([&, i] {
        codes[i] = codeOf(files.open(i == 0 ? people->official : people->clerk, cover()));
      });
    }
  }
  EXPECT_NE(codes[0].empty(), codes[1].empty()) << codes[0] << '/' << codes[1];
  EXPECT_EQ(codes[0] + codes[1], "case_file.code_taken");
}

TEST_F(CaseFilesTest, TakesOnlyWhatTheKeeperMaySee) {
  const auto file = opened(people->official);
  const auto others = document("40", people->clerk);
  EXPECT_EQ(codeOf(files.add(people->official, file, {document("12", people->official), others})),
            "document.unknown");
  EXPECT_TRUE(items(people->official, file).empty());
  EXPECT_EQ(codeOf(files.add(people->clerk, file, {others})), "case_file.not_yours");
}

TEST_F(CaseFilesTest, ShowsOnlyWhatTheReaderMaySee) {
  const auto file = opened(people->official);
  EXPECT_TRUE(files.add(people->official, file, {document("12", people->official)}));
  const auto seen = items(people->headOfUnit, file);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_FALSE(seen[0].seen);
  EXPECT_EQ(seen[0].symbol, "12/UBND");
  EXPECT_EQ(seen[0].subject, "");
  EXPECT_TRUE(items(people->leader, file)[0].seen);
  database().read([&](Session& session) {
    EXPECT_FALSE(findFile(session, people->systemAdmin, file));
    EXPECT_TRUE(filesToPack(session, people->headOfUnit, file).empty());
    EXPECT_EQ(listFiles(session, people->headOfUnit, {}, {}, 10).files.size(), 1U);
    EXPECT_TRUE(listFiles(session, people->unitAdmin, {}, {}, 10).files.empty());
  });
}

TEST_F(CaseFilesTest, ClosesAndOpensAgain) {
  const auto& me = people->official;
  const auto id = opened(me);
  EXPECT_EQ(codeOf(files.close(me, {{id}, today(), "Tuyển dụng", 20})), "case_file.empty");
  const auto one = document("12", me);
  EXPECT_TRUE(files.add(me, id, {one}));
  EXPECT_EQ(codeOf(files.close(me, {{id}, base::addDays(today(), 1), "Tuyển dụng", 20})),
            "field.date_in_future");
  EXPECT_EQ(codeOf(files.close(me, {{id}, base::addDays(today(), -1), "Tuyển dụng", 20})),
            "case_file.ends_before_it_begins");
  EXPECT_EQ(codeOf(files.close(me, {{id, 7}, today(), "Tuyển dụng", 20})),
            "case_file.changed_meanwhile");
  EXPECT_TRUE(files.close(me, {{id, 1}, today(), "Tuyển dụng năm 2026", std::nullopt}));
  const auto now = read(me, id);
  EXPECT_EQ(now.state, FileState::Closed);
  EXPECT_EQ(now.title, "Tuyển dụng năm 2026");
  EXPECT_EQ(now.retention, std::nullopt);
  EXPECT_EQ(now.handInDue, handInDue(today(), Work::General));
  EXPECT_EQ(codeOf(files.add(me, id, {one})), "case_file.wrong_state");
  EXPECT_EQ(codeOf(files.remove(me, id, one)), "case_file.wrong_state");
  EXPECT_EQ(codeOf(files.reopen(me, {id}, " ")), "field.missing");
  EXPECT_TRUE(files.reopen(me, {id}, "Bổ sung văn bản"));
  EXPECT_EQ(read(me, id).handInDue, std::nullopt);
}

TEST_F(CaseFilesTest, KeepsBackForTwoYearsAtTheMost) {
  const auto& me = people->official;
  const auto id = closed(me, "01.A");
  const auto due = handInDue(today(), Work::General);
  const auto latest = latestKeepingBack(due);
  EXPECT_EQ(codeOf(files.keepBack(me, {id}, due, "CV 5/SNV")), "case_file.kept_back_too_long");
  EXPECT_EQ(codeOf(files.keepBack(me, {id}, base::addDays(latest, 1), "CV 5/SNV")),
            "case_file.kept_back_too_long");
  EXPECT_TRUE(files.keepBack(me, {id}, latest, "CV 5/SNV"));
  EXPECT_EQ(read(me, id).handInDue, latest);
  // Once more counts from the first day, not from the one that was moved.
  EXPECT_EQ(codeOf(files.keepBack(me, {id}, base::addDays(latest, 1), "CV 6/SNV")),
            "case_file.kept_back_too_long");
}

TEST_F(CaseFilesTest, PassesOnWithAReason) {
  const auto id = opened(people->official);
  EXPECT_EQ(codeOf(files.passOn(people->leader, {id}, people->headOfUnit.post, "nghỉ hưu")),
            "case_file.not_yours");
  EXPECT_EQ(codeOf(files.passOn(people->headOfUnit, {id}, PostId(99999), "nghỉ hưu")),
            "case_file.unknown_keeper");
  EXPECT_TRUE(files.passOn(people->headOfUnit, {id}, people->headOfUnit.post, "nghỉ hưu"));
  EXPECT_EQ(read(people->headOfUnit, id).keeper, people->headOfUnit.post);
  EXPECT_EQ(codeOf(files.edit(people->official, {id}, cover())), "case_file.unknown");
}

TEST_F(CaseFilesTest, GoesToTheArchiveAndBack) {
  const auto& me = people->official;
  const auto one = closed(me, "01.A");
  const auto two = closed(me, "02.A");
  const auto third = opened(me, "03.A");
  EXPECT_EQ(codeOf(files.handIn(me, {})), "case_file.none_chosen");
  EXPECT_EQ(codeOf(files.handIn(me, {one, third})), "case_file.not_closed");
  EXPECT_EQ(codeOf(files.handIn(people->clerk, {one})), "case_file.unknown");
  const auto first = files.handIn(me, {two, one, one});
  ASSERT_TRUE(first);
  EXPECT_EQ(read(me, one).state, FileState::HandedIn);
  EXPECT_EQ(codeOf(files.handIn(me, {one})), "case_file.not_closed");
  EXPECT_EQ(codeOf(files.accept(me, *first)), "permission.denied");
  EXPECT_TRUE(files.giveBack(people->recordsKeeper, *first, "Thiếu mục lục"));
  EXPECT_EQ(read(me, one).state, FileState::Closed);
  EXPECT_EQ(codeOf(files.accept(people->recordsKeeper, *first)), "hand_in.answered");
  const auto again = files.handIn(me, {one, two});
  ASSERT_TRUE(again);
  EXPECT_TRUE(files.accept(people->recordsKeeper, *again));
  EXPECT_EQ(read(people->recordsKeeper, two).state, FileState::Archived);
  database().read([&](Session& session) {
    const auto all = handIns(session, people->recordsKeeper);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].state, HandIn::State::Accepted);
    EXPECT_EQ(all[1].remark, "Thiếu mục lục");
    EXPECT_EQ(filesOf(session, me, *again).size(), 2U);
    EXPECT_TRUE(handIns(session, people->leader).empty());
    EXPECT_EQ(audit::history(session, "case_hand_in", again->value()).size(), 2U);
  });
}

TEST_F(CaseFilesTest, WarnsThirtyDaysBefore) {
  const auto& me = people->official;
  const auto id = closed(me, "01.A");
  const auto brief = opened(me, "02.A");
  EXPECT_TRUE(files.add(me, brief, {document("90", me)}));
  EXPECT_TRUE(files.close(me, {{brief}, today(), "Việc ngắn hạn", 4}));
  const auto due = read(me, id).handInDue.value();
  const auto ring = [&] {
    return database().transact([&](Session& s) { return warnOfHandIn(s, clock.now()); });
  };
  clock.set(base::toInstant(base::addDays(warningDay(due), -1), hours(9)));
  EXPECT_EQ(ring(), 0U);
  clock.set(base::toInstant(warningDay(due), hours(9)));
  EXPECT_EQ(ring(), 1U);
  EXPECT_EQ(ring(), 0U);
  clock.set(base::toInstant(base::addDays(due, 40), hours(9)));
  EXPECT_EQ(ring(), 0U);
  database().read([&](Session& session) {
    EXPECT_EQ(reminder::Bell::unread(session, reminder::ReaderId(me.person.value())), 1);
  });
}

TEST_F(CaseFilesTest, ListsByKeyThroughEveryFileOnce) {
  for (int i = 0; i < 25; ++i) opened(people->official, std::to_string(100 + i) + ".A");
  std::vector<CaseFileId> seen;
  CaseFileId before;
  do {
    const auto page = database().read(
        [&](Session& s) { return listFiles(s, people->official, {.mine = true}, before, 10); });
    for (const auto& file : page.files) seen.push_back(file.id);
    before = page.next;
  } while (before.valid());
  EXPECT_EQ(seen.size(), 25U);
  EXPECT_TRUE(std::is_sorted(seen.rbegin(), seen.rend()));
  const auto found = database().read(
      [&](Session& s) { return listFiles(s, people->official, {.words = "tuyen 107"}, {}, 10); });
  EXPECT_EQ(found.files.size(), 1U);
}

TEST_F(CaseFilesTest, MakesAPackageThatOutsideToolsVerify) {
  const tests::TemporaryFolder folder;
  base::BlobStore blobs(folder.path() / "blobs");
  const auto& me = people->official;
  const auto id = opened(me);
  const auto one = document("12", me);
  const auto blob = blobs.put("%PDF-1.7 bytes of the record");
  database().transact([&](Session& session) {
    documents::addFile(
        session, one,
        {.kind = documents::FileKind::Main, .name = "Công văn.pdf", .blob = blob, .pages = 1},
        clock.now());
  });
  EXPECT_TRUE(files.add(me, id, {one}));
  const auto out = folder.path() / "file.zip";
  const auto package = database().read([&](Session& session) {
    return Package{.file = *findFile(session, me, id),
                   .agencyCode = "H32",
                   .items = itemsOf(session, me, id),
                   .files = filesToPack(session, me, id),
                   .contents = "%PDF list",
                   .at = clock.now(),
                   .by = me.name};
  });
  writePackage(package, blobs, out);
  const auto unpacked = folder.path() / "unpacked";
  const auto unzipped =
      tests::runCommand("python3 -c \"import zipfile; zipfile.ZipFile('" + out.string() +
                        "').extractall('" + unpacked.string() + "')\" && cd '" + unpacked.string() +
                        "' && sha256sum -c checksums.sha256 && "
                        "python3 -c \"import xml.dom.minidom as m; m.parse('index.xml')\"");
  EXPECT_EQ(unzipped.status, 0) << unzipped.output;
  EXPECT_TRUE(std::filesystem::exists(unpacked / "files/0001/Công văn.pdf"));
}

TEST_F(CaseFilesTest, TheYearsListIsWrittenIssuedAndOpenedFrom) {
  const auto& keeper = people->recordsKeeper;
  std::vector<ListEntry> lines{{.heading = "Tổ chức",
                                .code = "01.TCCB",
                                .title = "Tuyển dụng",
                                .retention = 20,
                                .keeper = people->official.post},
                               {.heading = "Tổ chức", .code = "02.TCCB", .title = "Khen thưởng"}};
  EXPECT_EQ(codeOf(lists.save(people->official, 2026, 0, lines)), "permission.denied");
  EXPECT_TRUE(lists.save(keeper, 2026, 0, lines));
  EXPECT_EQ(codeOf(lists.save(keeper, 2026, 0, lines)), "case_list.changed_meanwhile");
  auto twice = lines;
  twice[1].code = "01.tccb";
  twice[1].title = "";
  const auto refused = lists.save(keeper, 2026, 1, twice);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "field.missing");
  EXPECT_EQ(refused.error().field, "entries.1.title");
  ASSERT_EQ(refused.error().others.size(), 1U);
  EXPECT_EQ(refused.error().others[0].code, "case_list.code_twice");
  EXPECT_EQ(codeOf(lists.issue(keeper, 2026, 1)), "permission.denied");
  EXPECT_EQ(codeOf(lists.issue(people->leader, 2025, 0)), "case_list.empty");
  EXPECT_TRUE(lists.issue(people->leader, 2026, 1));
  EXPECT_EQ(codeOf(lists.save(keeper, 2026, 2, lines)), "case_list.in_force");
  EXPECT_EQ(codeOf(lists.removeEntry(keeper, 2026, "02.TCCB")), "case_list.in_force");
  EXPECT_TRUE(lists.addEntry(keeper, 2026, {.code = "03.TCCB", .title = "Đột xuất"}));
  EXPECT_EQ(codeOf(lists.addEntry(keeper, 2026, {.code = "03.TCCB", .title = "Đột xuất"})),
            "case_list.code_twice");
  opened(people->official);
  const auto list = lists.of(people->official, 2026);
  EXPECT_EQ(list.entries.size(), 3U);
  EXPECT_TRUE(list.entries[0].opened.valid());
  EXPECT_FALSE(list.entries[1].opened.valid());
  EXPECT_TRUE(lists.copyLastYear(keeper, 2027));
  EXPECT_EQ(codeOf(lists.copyLastYear(keeper, 2027)), "case_list.not_empty");
  EXPECT_EQ(codeOf(lists.copyLastYear(keeper, 2030)), "case_list.none_before");
  EXPECT_EQ(lists.of(keeper, 2027).entries.size(), 3U);
}

}  // namespace
}  // namespace eoffice::records
