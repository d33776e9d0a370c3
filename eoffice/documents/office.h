// What every act on a document needs, handed to it by the composition root; and the few things that
// all acts do alike. No act keeps state: each call is one request of one person.
#pragma once

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "base/blob/blob_store.h"
#include "base/clock.h"
#include "base/db/database.h"
#include "base/result.h"
#include "base/texts.h"
#include "eoffice/directory/caller.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/document.h"
#include "eoffice/documents/document_types.h"
#include "eoffice/documents/repository.h"
#include "eoffice/search/searcher.h"
#include "eoffice/signing/key_store.h"
#include "eoffice/signing/pdf_tools.h"
#include "exchange/delivery/outbox.h"
#include "reminder/tasks/task_service.h"

namespace eoffice::documents {

/// Told after a commit, so that workers need not wait for their next round. Must not throw or
/// block.
class Wakers {
 public:
  virtual ~Wakers() = default;
  virtual void outboxHasWork() = 0;
  virtual void remindersHaveWork() = 0;
  /// Somebody will want to know what they say.
  virtual void filesArrived() = 0;
};

/// References to what lives as long as the office. Copied freely.
struct Office {
  base::db::Database& database;
  const base::Clock& clock;
  base::BlobStore& blobs;
  const PdfReader& reader;
  const PdfSigner& signer;
  const KeyStore& keys;
  const reminder::TaskService& tasks;
  exchange::delivery::Outbox& outbox;
  const reminder::Calendars& calendars;
  const DocumentTypes& types;
  const base::Texts& texts;
  Wakers& wakers;
  std::vector<std::filesystem::path> trust;  ///< PEM: whose signatures count.
  std::filesystem::path images;  ///< `<key label>.png`: pictures of signatures and seals.
  std::filesystem::path temporary;
  std::string place;  ///< Where documents are issued, as printed before their date: `Khánh Hòa`.
  const search::Searcher* searcher = nullptr;  ///< Null: searches ask the database.
};

/// How a file's bytes came into the store.
enum class Brought : std::uint8_t {
  WithTheRequest,  ///< Here they are: whoever acts has them.
  Before           ///< Only their hash is given: they must be the caller's (uploads.h).
};

/// A file that a person brought; its bytes are in the blob store already.
struct Upload {
  base::BlobRef blob;  ///< Of one that was brought before, only the hash counts.
  std::string fileName;
  std::string requestKey;  ///< Made by the page or client; the same key is the same upload.
  Brought brought = Brought::WithTheRequest;
};

/// Which document an act is about, and the version that the person had before their eyes; 0: any.
struct Target {
  DocumentId document;
  int version = 0;
};

/// How an act ends a step: what tells a repeated act from another one.
struct StepEnd {
  StepKind kind;
  Outcome outcome = Outcome::Done;
};

/// Locks the document for an act. Refuses `document.unknown` (also for one that the caller may not
/// see), `document.changed_meanwhile` (another version), `document.wrong_state` (facts `state`);
/// instead of these two `document.done_by_you` (fact `at`) where the caller's own act, one of
/// `ends`, is what moved it on: the request came twice.
[[nodiscard]] base::Result<Document> lockForAct(base::db::Session& session, const Caller& caller,
                                                const Target& target,
                                                std::initializer_list<State> allowed,
                                                std::initializer_list<StepEnd> ends = {});

/// `permission.denied` unless the caller's role has the capability, or the open step of that kind
/// is theirs as a delegate: then the post's right that they stand in for counts.
[[nodiscard]] base::Result<void> requireForStep(base::db::Session& session, const Caller& caller,
                                                const Document& document, StepKind kind,
                                                directory::Capability capability);

/// Closes the open step of that kind in the caller's name. Refuses `document.not_yours` unless the
/// step waits for the caller's post (or as its delegate) or for the caller's role in the agency.
/// Returns the post that the caller acted for when that is another one.
[[nodiscard]] base::Result<PostId> closeOwnStep(base::db::Session& session, const Caller& caller,
                                                const Document& document, StepKind kind,
                                                Outcome outcome, const std::string& remark,
                                                base::Instant now);

/// Opens a step for a post, resolving its delegate of the day, who may see the document from then
/// on. Returns the row's id.
std::int64_t openStepFor(base::db::Session& session, const Document& document, StepKind kind,
                         PostId post, const Caller& caller, const std::string& note,
                         base::Instant now);
/// Opens a step for everybody of that role in the document's agency.
void openStepForRole(base::db::Session& session, const Document& document, StepKind kind, Role role,
                     PostId openedBy, const std::string& note, base::Instant now);

/// The audit entry of an act on a document, in its transaction.
void record(base::db::Session& session, const base::Clock& clock, const Caller& caller,
            std::string_view act, DocumentId document, PostId onBehalfOf = {},
            std::vector<std::pair<std::string, std::string>> detail = {});

/// Makes a document in one transaction, once for each request key of an agency: whoever comes
/// second, at the same moment even, gets the document that the first one made.
[[nodiscard]] base::Result<DocumentId> makeOnce(
    base::db::Database& database, const Caller& caller, const std::string& requestKey,
    const std::function<base::Result<DocumentId>(base::db::Session&)>& make);

}  // namespace eoffice::documents
