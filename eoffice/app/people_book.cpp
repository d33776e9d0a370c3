#include "eoffice/app/people_book.h"

#include "eoffice/directory/heads.h"
#include "eoffice/directory/people.h"

namespace eoffice::app {
namespace {

using base::db::Session;
using reminder::HolderId;
using reminder::Reader;
using reminder::ScopeId;

std::vector<PostId> postsOf(const std::vector<HolderId>& holders) {
  std::vector<PostId> posts;
  posts.reserve(holders.size());
  for (const auto holder : holders) posts.emplace_back(holder.value());
  return posts;
}

Reader readerOf(const directory::PostCard& card, bool standsIn) {
  return {.id = reminder::ReaderId(card.person.value()),
          .name = card.personName,
          .mail = card.mail,
          .standsIn = standsIn};
}

}  // namespace

std::map<HolderId, Reader> PeopleBook::readersOf(Session& session,
                                                 const std::vector<HolderId>& holders,
                                                 base::Instant at) {
  const auto day = base::localDate(at);
  std::map<HolderId, Reader> readers;
  std::vector<PostId> delegates;
  std::map<PostId, std::vector<HolderId>> standIns;
  for (const auto& card : directory::findPosts(session, postsOf(holders), day)) {
    const HolderId holder(card.post.value());
    if (!card.active) continue;
    if (!card.absent) {
      readers.emplace(holder, readerOf(card, false));
    } else if (card.delegate.valid()) {
      delegates.push_back(card.delegate);
      standIns[card.delegate].push_back(holder);
    }
  }
  if (delegates.empty()) return readers;
  for (const auto& card : directory::findPosts(session, delegates, day)) {
    if (!card.active) continue;
    for (const auto holder : standIns[card.post]) readers.emplace(holder, readerOf(card, true));
  }
  return readers;
}

std::map<HolderId, HolderId> PeopleBook::headsOfUnit(Session& session,
                                                     const std::vector<HolderId>& holders,
                                                     base::Instant at) {
  std::map<HolderId, HolderId> heads;
  for (const auto& [post, head] :
       directory::headsOf(session, postsOf(holders), base::localDate(at))) {
    heads.emplace(HolderId(post.value()), HolderId(head.value()));
  }
  return heads;
}

std::map<ScopeId, HolderId> PeopleBook::headsOfOffice(Session& session,
                                                      const std::vector<ScopeId>& scopes,
                                                      base::Instant at) {
  std::vector<AgencyId> agencies;
  for (const auto scope : scopes) agencies.emplace_back(scope.value());
  std::map<ScopeId, HolderId> heads;
  for (const auto& [agency, head] :
       directory::headsOfOffices(session, agencies, base::localDate(at))) {
    heads.emplace(ScopeId(agency.value()), HolderId(head.value()));
  }
  return heads;
}

}  // namespace eoffice::app
