// Posts, heads, delegations and rights, as the database answers.
#include "eoffice/directory/people.h"

#include <gtest/gtest.h>

#include <thread>

#include "eoffice/directory/delegation.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/directory/reorganisation.h"
#include "tests/support/manual_clock.h"
#include "tests/support/office_people.h"
#include "tests/support/test_database.h"

namespace {

using namespace eoffice;
using namespace eoffice::directory;
using base::db::Session;
using namespace std::chrono;

base::LocalDate day(unsigned d) { return {year(2026), January, std::chrono::day(d)}; }

class Directory : public tests::OfficeDatabaseTest {
 protected:
  void SetUp() override {
    OfficeDatabaseTest::SetUp();
    database().transact([&](Session& session) { office_.emplace(session); });
  }

  template <class Work>
  auto in(Work work) {
    return database().transact(work);
  }

  std::int64_t document(AgencyId agency, PostId part = {}) {
    return in([&](Session& session) {
      const auto id = session.insert(
          "INSERT INTO document (agency_id, direction, state, created_at, updated_at) "
          "VALUES (?, 1, 1, NOW(6), NOW(6))",
          {agency});
      if (part.valid()) {
        session.execute(
            "INSERT INTO document_part (document_id, post_id, part, agency_id) VALUES (?, ?, 1, ?)",
            {id, part, agency});
      }
      return id;
    });
  }

  std::vector<std::int64_t> visible(const Caller& caller) {
    static const std::string kList = "/* test.visible */ SELECT d.id FROM document d WHERE " +
                                     std::string(kDocumentVisible) + " ORDER BY d.id";
    return in([&](Session& session) {
      std::vector<std::int64_t> ids;
      for (const auto& row : session.query(kList, documentVisibleParams(caller))) {
        ids.push_back(row.integer(0));
      }
      return ids;
    });
  }

  std::optional<tests::Office> office_;
  tests::ManualClock clock_{day(6), 9h};
};

TEST_F(Directory, FindsTheHeadsAboveAPost) {
  const auto& o = *office_;
  const auto head = [&](const Caller& of) {
    return in([&](Session& s) { return headOf(s, of.post, day(6)); });
  };
  EXPECT_EQ(head(o.official)->post, o.headOfUnit.post);
  EXPECT_EQ(head(o.headOfUnit)->post, o.headOfOffice.post);
  EXPECT_EQ(head(o.clerk)->post, o.headOfOffice.post);
  EXPECT_EQ(head(o.headOfOffice)->post, o.leader.post);
  EXPECT_FALSE(head(o.leader));
  EXPECT_EQ(head(o.recordsKeeper)->post, o.headOfOffice.post);
  in([&](Session& s) {
    EXPECT_EQ(headOfUnit(s, o.room, day(6))->post, o.headOfUnit.post);
    EXPECT_EQ(headOfUnit(s, o.office, day(6))->post, o.headOfOffice.post);
    EXPECT_EQ(headOfOffice(s, o.agency, day(6))->post, o.headOfOffice.post);
    EXPECT_EQ(leadersOf(s, o.agency, day(6)).size(), 1U);
    EXPECT_EQ(clerksOf(s, o.agency, day(6)).front().personName, "Trần Thị Bích");
  });
}

TEST_F(Directory, PassesOverAHeadWhosePostHasEnded) {
  const auto& o = *office_;
  in([&](Session& s) {
    s.execute("UPDATE post SET valid_to = '2026-01-05' WHERE id = ?", {o.headOfUnit.post});
  });
  in([&](Session& s) {
    EXPECT_EQ(headOf(s, o.official.post, day(5))->post, o.headOfUnit.post);
    EXPECT_EQ(headOf(s, o.official.post, day(6))->post, o.headOfOffice.post);
  });
}

TEST_F(Directory, GivesWorkOnlyToThoseWhoHandleIt) {
  const auto posts = in([&](Session& s) { return assignablePosts(s, office_->agency, day(6)); });
  std::vector<Role> roles;
  for (const auto& post : posts) roles.push_back(post.role);
  EXPECT_EQ(roles, (std::vector<Role>{Role::Leader, Role::HeadOfOffice, Role::HeadOfUnit,
                                      Role::Official}));
}

TEST_F(Directory, FindsManyPostsInOneQueryEndedOnesToo) {
  const auto& o = *office_;
  in([&](Session& s) {
    s.execute("UPDATE post SET valid_to = '2026-01-05' WHERE id = ?", {o.clerk.post});
    enterAbsence(s, o.leader.person, day(6), day(7));
  });
  const std::vector<PostId> wanted{o.clerk.post, o.leader.post, PostId(999999)};
  const auto cards = in([&](Session& s) { return findPosts(s, wanted, day(6)); });
  ASSERT_EQ(cards.size(), 2U);
  for (const auto& card : cards) {
    EXPECT_EQ(card.active, card.post == o.leader.post);
    EXPECT_EQ(card.absent, card.post == o.leader.post);
    EXPECT_FALSE(card.mail.empty());
  }
  in([&](Session& s) {
    EXPECT_TRUE(findPosts(s, {}, day(6)).empty());
    EXPECT_FALSE(findPost(s, o.leader.post, day(8))->absent);
  });
}

TEST_F(Directory, CountsALockedAccountAsNotActive) {
  const auto& o = *office_;
  in([&](Session& s) {
    s.execute("UPDATE account SET locked = 1 WHERE person_id = ?", {o.clerk.person});
    EXPECT_FALSE(findPost(s, o.clerk.post, day(6))->active);
    EXPECT_TRUE(clerksOf(s, o.agency, day(6)).empty());
  });
}

TEST_F(Directory, DelegatesBetweenItsDaysAndNeverInAChain) {
  const auto& o = *office_;
  in([&](Session& s) {
    ASSERT_TRUE(delegate(
        s, clock_, o.leader,
        {o.leader.post, o.headOfOffice.post, day(6), day(10), Scope::Read | Scope::Direct}));
    ASSERT_TRUE(delegate(s, clock_, o.headOfOffice,
                         {o.headOfOffice.post, o.headOfUnit.post, day(6), day(10), 7}));
  });
  in([&](Session& s) {
    const auto step = holderFor(s, o.leader.post, Scope::Direct, day(10));
    EXPECT_EQ(step.holder, o.headOfOffice.post);
    EXPECT_EQ(step.onBehalfOf, o.leader.post);
    EXPECT_EQ(holderFor(s, o.leader.post, Scope::Direct, day(11)).holder, o.leader.post);
    EXPECT_EQ(holderFor(s, o.leader.post, Scope::Approve, day(8)).holder, o.leader.post);
    EXPECT_FALSE(holderFor(s, o.leader.post, Scope::Approve, day(8)).onBehalfOf.valid());
    const auto card = findPost(s, o.leader.post, day(6));
    EXPECT_TRUE(card->absent);
    EXPECT_EQ(card->delegate, o.headOfOffice.post);
    EXPECT_EQ(delegationsOf(s, o.headOfOffice.post, day(6)).size(), 2U);
  });
}

TEST_F(Directory, PassesOverADelegateWhosePostHasEnded) {
  const auto& o = *office_;
  in([&](Session& s) {
    ASSERT_TRUE(
        delegate(s, clock_, o.leader, {o.leader.post, o.headOfOffice.post, day(6), day(10), 7}));
    s.execute("UPDATE post SET valid_to = '2026-01-07' WHERE id = ?", {o.headOfOffice.post});
    EXPECT_EQ(holderFor(s, o.leader.post, Scope::Read, day(7)).holder, o.headOfOffice.post);
    EXPECT_EQ(holderFor(s, o.leader.post, Scope::Read, day(8)).holder, o.leader.post);
  });
}

TEST_F(Directory, RefusesDelegationsThatMayNotBe) {
  const auto& o = *office_;
  const auto other = in([&](Session& s) { return tests::Office(s, "H33", "Tỉnh khác", ".2"); });
  const auto code = [&](const Caller& caller, NewDelegation input) {
    auto made = database().transact([&](Session& s) { return delegate(s, clock_, caller, input); });
    return made ? std::string("made") : made.error().code;
  };
  const auto from = o.leader.post;
  const auto to = o.headOfOffice.post;
  EXPECT_EQ(code(o.official, {from, to, day(6), day(7), 7}), "delegation.not_yours");
  EXPECT_EQ(code(other.unitAdmin, {from, to, day(6), day(7), 7}), "delegation.not_yours");
  EXPECT_EQ(code(o.leader, {from, from, day(6), day(7), 7}), "delegation.to_oneself");
  EXPECT_EQ(code(o.leader, {from, other.leader.post, day(6), day(7), 7}),
            "delegation.other_agency");
  EXPECT_EQ(code(o.leader, {from, to, day(7), day(6), 7}), "delegation.dates");
  EXPECT_EQ(code(o.leader, {from, to, day(1), day(5), 7}), "delegation.dates");
  EXPECT_EQ(code(o.leader, {from, to, day(6), base::addDays(day(6), 366), 7}),
            "delegation.too_long");
  EXPECT_EQ(code(o.leader, {from, to, day(6), day(7), 0}), "delegation.scope");
  EXPECT_EQ(code(o.leader, {from, to, day(6), day(7), 8}), "delegation.scope");
  EXPECT_EQ(code(o.leader, {from, PostId(999999), day(6), day(7), 7}), "post.unknown");
  EXPECT_EQ(code(o.leader, {from, to, day(6), day(8), 1}), "made");
  EXPECT_EQ(code(o.leader, {from, to, day(8), day(9), 3}), "delegation.overlaps");
  EXPECT_EQ(code(o.leader, {from, to, day(8), day(9), 6}), "made");
  EXPECT_EQ(code(o.unitAdmin, {from, to, day(9), day(9), 1}), "made");
}

TEST_F(Directory, RevokesADelegationOnceAndSaysSoInTheAudit) {
  const auto& o = *office_;
  const auto id = in([&](Session& s) {
    return *delegate(s, clock_, o.leader, {o.leader.post, o.headOfOffice.post, day(6), day(9), 7});
  });
  in([&](Session& s) {
    EXPECT_EQ(revokeDelegation(s, clock_, o.official, id).error().code, "delegation.unknown");
    EXPECT_TRUE(revokeDelegation(s, clock_, o.leader, id));
    EXPECT_TRUE(revokeDelegation(s, clock_, o.leader, id));
    EXPECT_EQ(holderFor(s, o.leader.post, Scope::Read, day(7)).holder, o.leader.post);
    EXPECT_EQ(audit::history(s, "delegation", id.value()).size(), 2U);
  });
}

TEST_F(Directory, LetsTwoOverlappingDelegationsAtOnceBecomeOne) {
  const auto& o = *office_;
  std::atomic<int> made = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        auto result = database().transact([&](Session& s) {
          return delegate(s, clock_, o.leader,
                          {o.leader.post, o.headOfOffice.post, day(6), day(9), 7});
        });
        if (result) ++made;
      });
    }
  }
  EXPECT_EQ(made, 1);
}

TEST_F(Directory, ShowsDocumentsByPartAndByRole) {
  const auto& o = *office_;
  const auto other = in([&](Session& s) { return tests::Office(s, "H33", "Tỉnh khác", ".2"); });
  const auto one = document(o.agency, o.official.post);
  const auto two = document(o.agency);
  const auto three = document(other.agency, o.official.post);
  using Ids = std::vector<std::int64_t>;
  EXPECT_EQ(visible(o.official), (Ids{one, three}));
  for (const auto& caller : {o.clerk, o.headOfOffice, o.leader, o.recordsKeeper}) {
    EXPECT_EQ(visible(caller), (Ids{one, two})) << name(caller.role);
  }
  EXPECT_EQ(visible(other.clerk), (Ids{three}));
}

TEST_F(Directory, ShowsAdministratorsNoDocument) {
  document(office_->agency);
  EXPECT_TRUE(visible(office_->systemAdmin).empty());
  EXPECT_TRUE(visible(office_->unitAdmin).empty());
}

TEST_F(Directory, ShowsTheSuccessorWhatItsPredecessorsHad) {
  const auto& o = *office_;
  const auto second = in([&](Session& s) { return tests::Office(s, "H43", "Ninh Thuận", ".2"); });
  const auto first = in([&](Session& s) { return tests::Office(s, "H43.1", "Huyện", ".3"); });
  const auto old = document(first.agency);
  const auto newer = document(second.agency);
  const auto own = document(o.agency);
  in([&](Session& s) {
    ASSERT_TRUE(closeAgency(s, clock_, o.systemAdmin, first.agency, day(3), second.agency));
    ASSERT_TRUE(closeAgency(s, clock_, o.systemAdmin, second.agency, day(5), o.agency));
  });
  EXPECT_EQ(visible(o.clerk), (std::vector<std::int64_t>{old, newer, own}));
  in([&](Session& s) {
    EXPECT_EQ(currentAgency(s, first.agency, day(3))->id, first.agency);
    EXPECT_EQ(currentAgency(s, first.agency, day(4))->id, second.agency);
    EXPECT_EQ(currentAgency(s, first.agency, day(6))->id, o.agency);
    EXPECT_EQ(findAgency(s, first.agency)->name, "Huyện");
    EXPECT_FALSE(findPost(s, first.clerk.post, day(6))->active);
    EXPECT_TRUE(findPost(s, first.clerk.post, day(3))->active);
    EXPECT_TRUE(unitsOf(s, first.agency, day(4)).empty());
    EXPECT_EQ(unitsOf(s, first.agency, day(3)).size(), 2U);
  });
}

TEST_F(Directory, RefusesClosuresThatMayNotBe) {
  const auto& o = *office_;
  const auto other = in([&](Session& s) { return tests::Office(s, "H43", "Ninh Thuận", ".2"); });
  const auto code = [&](const Caller& caller, AgencyId agency, base::LocalDate last,
                        AgencyId next) {
    auto closed = database().transact(
        [&](Session& s) { return closeAgency(s, clock_, caller, agency, last, next); });
    return closed ? std::string("closed") : closed.error().code;
  };
  EXPECT_EQ(code(o.unitAdmin, other.agency, day(5), o.agency), "permission.denied");
  EXPECT_EQ(code(o.systemAdmin, AgencyId(999999), day(5), o.agency), "agency.unknown");
  EXPECT_EQ(code(o.systemAdmin, other.agency, day(5), other.agency), "agency.successor_loop");
  EXPECT_EQ(code(o.systemAdmin, other.agency, day(5), AgencyId(999999)), "agency.unknown");
  EXPECT_EQ(code(o.systemAdmin, other.agency, day(5), o.agency), "closed");
  EXPECT_EQ(code(o.systemAdmin, other.agency, day(5), o.agency), "closed");
  EXPECT_EQ(code(o.systemAdmin, other.agency, day(6), o.agency), "agency.closed_already");
  EXPECT_EQ(code(o.systemAdmin, o.agency, day(9), other.agency), "agency.successor_loop");
}

TEST_F(Directory, ClosesAUnitWithItsPosts) {
  const auto& o = *office_;
  in([&](Session& s) {
    EXPECT_EQ(closeUnit(s, clock_, o.official, o.room, day(5), o.office).error().code,
              "permission.denied");
    EXPECT_TRUE(closeUnit(s, clock_, o.unitAdmin, o.room, day(5), o.office));
    EXPECT_EQ(unitsOf(s, o.agency, day(6)).size(), 1U);
    EXPECT_EQ(findUnit(s, o.room)->successor, o.office);
    EXPECT_FALSE(findPost(s, o.official.post, day(6))->active);
    EXPECT_EQ(closeUnit(s, clock_, o.unitAdmin, o.office, day(9), o.room).error().code,
              "unit.successor_loop");
  });
}

}  // namespace
