// What the pages of the office call. Made once by the composition root; copied freely.
#pragma once

#include <filesystem>

#include "base/blob/blob_store.h"
#include "base/db/database.h"
#include "eoffice/documents/book_acts.h"
#include "eoffice/documents/finder.h"
#include "eoffice/documents/incoming.h"
#include "eoffice/documents/outgoing.h"
#include "eoffice/documents/page_images.h"
#include "eoffice/documents/proposals.h"
#include "eoffice/documents/routing.h"
#include "eoffice/web/renderer.h"
#include "reminder/tasks/task_service.h"

namespace eoffice::web {

struct PageParts {
  base::db::Database& database;
  base::BlobStore& blobs;
  const Renderer& renderer;
  documents::Incoming& incoming;
  documents::Outgoing& outgoing;
  const documents::BookActs& books;
  documents::Routing& routing;
  documents::Proposals& proposals;
  const reminder::TaskService& tasks;
  const documents::PageImages& images;
  const KeyStore& keys;
  const documents::DocumentTypes& types;
  documents::Wakers& wakers;
  const documents::Finder& finder;
  std::string place;                ///< Where documents are issued.
  std::filesystem::path temporary;  ///< For what is gone when it was sent.
  std::uint64_t uploadLimit = 256ULL << 20;
};

}  // namespace eoffice::web
