// What search lets a person find is what SQL lets them see: compared on an office made at random.
#include <gtest/gtest.h>

#include <random>
#include <tuple>

#include "eoffice/directory/permissions.h"
#include "tests/integration/eoffice/search/search_fixture.h"

namespace {

using base::db::Session;
using eoffice::AgencyId;
using eoffice::Caller;
using eoffice::DocumentId;

class SearchRights : public tests::SearchTest {
 protected:
  void SetUp() override {
    SearchTest::SetUp();
    database().transact([&](Session& session) {
      agencies = {people->agency, tests::addAgency(session, "H32.1", "Sở Y tế"),
                  tests::addAgency(session, "H32.2", "Sở Y tế cũ"),
                  tests::addAgency(session, "H32.3", "Xã đã nhập")};
      others.emplace(session, "H99", "Ủy ban nhân dân tỉnh khác", ".khac");
      agencies.push_back(others->agency);
      session.execute("/* test.merge */ INSERT INTO agency_predecessor VALUES (?, ?), (?, ?)",
                      {agencies[0], agencies[2], agencies[4], agencies[3]});
    });
  }

  [[nodiscard]] std::vector<Caller> callers() const {
    std::vector<Caller> all;
    for (const auto& office : {*people, *others}) {
      for (const auto& caller :
           {office.clerk, office.headOfOffice, office.leader, office.headOfUnit, office.official,
            office.recordsKeeper, office.unitAdmin, office.systemAdmin}) {
        all.push_back(caller);
      }
    }
    return all;
  }

  template <class T>
  const T& oneOf(const std::vector<T>& list) {
    return list[std::uniform_int_distribution<std::size_t>(0, list.size() - 1)(random)];
  }

  void makeDocuments(int count) {
    database().transact([&](Session& session) {
      for (int i = 0; i < count; ++i) {
        const auto& by = oneOf(callers());
        std::ignore = eoffice::documents::insertDocument(
            session, oneOf(agencies), eoffice::documents::Direction::Incoming,
            eoffice::documents::State::Arrived, {.subject = "Văn bản ngẫu nhiên"}, "", by.post,
            clock.now());
      }
    });
  }
  void changeParts(int count) {
    database().transact([&](Session& session) {
      const auto all = session.query("/* test.all */ SELECT id, agency_id FROM document");
      for (int i = 0; i < count; ++i) {
        const auto& row = oneOf(all);
        const auto post = oneOf(callers()).post;
        if (i % 4 == 3) {
          session.execute(
              "/* test.drop */ DELETE FROM document_part WHERE document_id = ? AND post_id = ?",
              {row.integer(0), post});
        } else {
          eoffice::documents::addPart(session, DocumentId(row.integer(0)), AgencyId(row.integer(1)),
                                      post, static_cast<eoffice::documents::Part>(1 + i % 10));
        }
      }
    });
  }

  [[nodiscard]] std::set<DocumentId> seenBySql(const Caller& caller) const {
    static const std::string kSql = "/* test.visible */ SELECT d.id FROM document d WHERE " +
                                    std::string(eoffice::directory::kDocumentVisible);
    return database().read([&](Session& session) {
      std::set<DocumentId> ids;
      for (const auto& row :
           session.query(kSql, eoffice::directory::documentVisibleParams(caller))) {
        ids.insert(row.id<DocumentId>(0));
      }
      return ids;
    });
  }
  // Asked of the index alone: what the lines of the result leave out is another net.
  [[nodiscard]] std::set<DocumentId> foundBySearch(const Caller& caller,
                                                   const std::string& words) const {
    eoffice::search::SearchRequest request{
        .conditions = eoffice::search::parseQuery(words, {}).value(), .reader = {}, .size = 1000};
    request.reader = database().read(
        [&](Session& session) { return eoffice::documents::searchReader(session, caller); });
    const auto answer = searcher.search(request).value();
    std::set<DocumentId> ids;
    for (const auto& one : answer.found) ids.insert(one.document);
    return ids;
  }

  std::mt19937 random{20260106};
  std::vector<AgencyId> agencies;
  std::optional<tests::Office> others;
};

TEST_F(SearchRights, AreThoseOfTheDatabase) {
  makeDocuments(150);
  for (int round = 0; round < 3; ++round) {
    changeParts(120);
    feed();
    for (const auto& caller : callers()) {
      const auto seen = seenBySql(caller);
      EXPECT_EQ(foundBySearch(caller, ""), seen) << caller.postTitle;
      EXPECT_EQ(foundBySearch(caller, "văn bản"), seen) << caller.postTitle;
    }
  }
  EXPECT_FALSE(seenBySql(people->official).empty()) << "the office is too small to tell";
}

TEST_F(SearchRights, OfADelegateBeginWithTheStep) {
  const auto id = registered();
  feed();
  EXPECT_TRUE(ids(people->official, "cải cách").empty());
  database().transact([&](Session& session) {
    eoffice::documents::addPart(session, id, people->agency, people->official.post,
                                eoffice::documents::Part::Delegate);
  });
  feed();
  EXPECT_EQ(ids(people->official, "cải cách"), std::vector{id});
}

TEST_F(SearchRights, ThatWereTakenAwayHideTheLineEvenBeforeTheIndexKnows) {
  const auto id = directed();
  feed();
  ASSERT_EQ(ids(people->official, "cải cách"), std::vector{id});
  database().transact([&](Session& session) {
    session.execute("/* test.drop */ DELETE FROM document_part WHERE post_id = ?",
                    {people->official.post});
  });
  EXPECT_TRUE(ids(people->official, "cải cách").empty());
}

}  // namespace
