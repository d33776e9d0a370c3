#include "eoffice/app/front_door.h"

namespace eoffice::app {

FrontDoor::FrontDoor(const documents::Office& office, const base::Templates& pages,
                     const base::http::StaticFiles& assets, const FrontDoorOptions& options)
    : incoming_(office),
      outgoing_(office),
      books_(office),
      routing_(office),
      proposals_(office, incoming_),
      images_(office.blobs, office.reader, options.pageCache),
      finder_(office.database, office.texts, office.searcher),
      signIn_(office.database, office.clock, options.signIn),
      renderer_(office.database, office.clock, office.texts, pages, office.calendars, assets,
                {.agencyName = options.agencyName}),
      dispatcher_(signIn_, renderer_, office.blobs, options.cookies),
      signInPages_(signIn_, renderer_, dispatcher_, options.demo),
      parts_{.database = office.database,
             .blobs = office.blobs,
             .renderer = renderer_,
             .incoming = incoming_,
             .outgoing = outgoing_,
             .books = books_,
             .routing = routing_,
             .proposals = proposals_,
             .tasks = office.tasks,
             .images = images_,
             .keys = office.keys,
             .types = office.types,
             .wakers = office.wakers,
             .finder = finder_,
             .place = office.place,
             .temporary = office.temporary,
             .uploadLimit = options.uploadLimit},
      pages_(parts_),
      api_(parts_, signIn_) {}

void FrontDoor::addRoutes(base::http::Router& router) {
  signInPages_.addRoutes(router);
  pages_.addRoutes(router);
  api_.addRoutes(router);
}

}  // namespace eoffice::app
