#include "eoffice/documents/assignment.h"

#include "base/text.h"
#include "eoffice/directory/people.h"
#include "reminder/tasks/task_lists.h"

namespace eoffice::documents {
namespace {

using base::db::Session;

constexpr std::size_t kLongestTitle = 1000;

// The seats of all posts of an instruction, by one query; refuses posts that cannot do work.
class Seats {
 public:
  Seats(Session& session, const Caller& caller, std::vector<PostId> posts, base::LocalDate day)
      : agency_(caller.agency), cards_(directory::findPosts(session, posts, day)) {}

  base::Result<reminder::Seat> of(PostId post, std::string_view field) const {
    for (const auto& card : cards_) {
      if (card.post == post && card.active && card.agency == agency_) {
        return reminder::Seat{reminder::HolderId(post.value()),
                              reminder::GroupId(card.unit.value())};
      }
    }
    return base::refuse(base::RefusalKind::Invalid, "instruction.unknown_post", std::string(field));
  }

  base::Result<std::vector<reminder::Seat>> of(const std::vector<PostId>& posts,
                                               std::string_view field) const {
    std::vector<reminder::Seat> seats;
    for (const auto post : posts) {
      auto seat = of(post, field);
      if (!seat) return tl::unexpected(std::move(seat.error()));
      seats.push_back(*seat);
    }
    return seats;
  }

 private:
  AgencyId agency_;
  std::vector<directory::PostCard> cards_;
};

std::vector<PostId> allPosts(const Instruction& input, PostId leader) {
  std::vector<PostId> posts{leader, input.lead};
  posts.insert(posts.end(), input.supports.begin(), input.supports.end());
  posts.insert(posts.end(), input.informed.begin(), input.informed.end());
  return posts;
}

reminder::Deadline deadlineOf(const Instruction& input) {
  if (input.workdays) return reminder::Deadline::inWorkdays(*input.workdays);
  if (input.due) return reminder::Deadline::on(*input.due);
  return reminder::Deadline::none();
}

}  // namespace

reminder::Actor actorOf(const Caller& caller, PostId right) {
  reminder::Actor actor{.scope = reminder::ScopeId(caller.agency.value()),
                        .holder = reminder::HolderId(right.value()),
                        .person = reminder::ReaderId(caller.person.value()),
                        .requestId = caller.requestId,
                        .address = caller.address};
  if (right != caller.post) actor.delegate = reminder::HolderId(caller.post.value());
  return actor;
}

base::Result<reminder::Task> assignTask(Session& session, const Office& office,
                                        const Caller& caller, const Document& document,
                                        PostId leader, const Instruction& input,
                                        base::Instant now) {
  const Seats seats(session, caller, allPosts(input, leader), base::localDate(now));
  auto assigner = seats.of(leader, "leader");
  auto lead = seats.of(input.lead, "lead");
  auto supports = seats.of(input.supports, "supports");
  auto informed = seats.of(input.informed, "informed");
  if (!assigner) return tl::unexpected(std::move(assigner.error()));
  if (!lead) return tl::unexpected(std::move(lead.error()));
  if (!supports) return tl::unexpected(std::move(supports.error()));
  if (!informed) return tl::unexpected(std::move(informed.error()));

  return office.tasks.assign(
      session, actorOf(caller, leader), now,
      {.key = "document-" + std::to_string(document.id.value()) + "-v" +
              std::to_string(document.version),
       .source = {"document", document.id.value()},
       .title = base::firstCharacters(document.fields.subject, kLongestTitle),
       .note = input.text,
       .urgency = static_cast<reminder::Urgency>(document.fields.urgency),
       .assigner = *assigner,
       .lead = *lead,
       .supports = std::move(*supports),
       .followers = std::move(*informed),
       .deadline = deadlineOf(input)});
}

std::optional<reminder::Task> taskLedBy(Session& session, const Office& office,
                                        const Caller& caller, DocumentId document, PostId lead) {
  const reminder::TaskRights rights{.scope = reminder::ScopeId(caller.agency.value()),
                                    .holders = {reminder::HolderId(lead.value())}};
  const reminder::TaskFilter filter{.open = true,
                                    .holder = reminder::HolderId(lead.value()),
                                    .part = reminder::Part::Lead,
                                    .source = {"document", document.value()}};
  auto page = reminder::listTasks(session, rights, filter, reminder::TaskOrder::NewestFirst,
                                  office.clock.today(), office.calendars.of(rights.scope), 1);
  return page.tasks.empty() ? std::nullopt : std::optional(std::move(page.tasks.front()));
}

}  // namespace eoffice::documents
