#include "eoffice/web/pages.h"

#include "eoffice/web/acts.h"
#include "eoffice/web/book_pages.h"
#include "eoffice/web/case_file_pages.h"
#include "eoffice/web/case_list_pages.h"
#include "eoffice/web/delegation_pages.h"
#include "eoffice/web/desk.h"
#include "eoffice/web/file_pages.h"
#include "eoffice/web/leader_pages.h"
#include "eoffice/web/look_up_pages.h"
#include "eoffice/web/numbering_pages.h"
#include "eoffice/web/reading_pages.h"
#include "eoffice/web/report_pages.h"
#include "eoffice/web/routing_acts.h"
#include "eoffice/web/search_pages.h"
#include "eoffice/web/slip_pages.h"
#include "eoffice/web/task_pages.h"
#include "eoffice/web/view_pages.h"

namespace eoffice::web {

struct Pages::All {
  explicit All(const PageParts& parts)
      : others(parts),
        desk(parts, others),
        incoming(parts, desk),
        outgoing(parts, desk),
        routing(parts, desk, others),
        leaders(parts, desk, others),
        slips(parts),
        files(parts),
        readings(parts),
        tasks(parts),
        books(parts),
        numbering(parts, desk),
        reports(parts),
        lookUp(parts),
        search(parts),
        delegations(parts),
        caseFiles(parts, desk),
        caseLists(parts),
        handIns(parts),
        views(parts) {
    caseFiles.addActs(others);
    others.add(voidNumberAct());
  }

  OtherActs others;
  Desk desk;
  IncomingActs incoming;
  OutgoingActs outgoing;
  RoutingActs routing;
  LeaderPages leaders;
  SlipPages slips;
  FilePages files;
  ReadingPages readings;
  TaskPages tasks;
  BookPages books;
  NumberingPages numbering;
  ReportPages reports;
  LookUpPages lookUp;
  SearchPages search;
  DelegationPages delegations;
  CaseFilePages caseFiles;
  CaseListPages caseLists;
  HandInPages handIns;
  ViewPages views;
};

Pages::Pages(const PageParts& parts) : all_(std::make_unique<All>(parts)) {}
Pages::~Pages() = default;

void Pages::addRoutes(base::http::Router& router) {
  all_->desk.addRoutes(router);
  all_->incoming.addRoutes(router);
  all_->outgoing.addRoutes(router);
  all_->routing.addRoutes(router);
  all_->leaders.addRoutes(router);
  all_->slips.addRoutes(router);
  all_->files.addRoutes(router);
  all_->readings.addRoutes(router);
  all_->tasks.addRoutes(router);
  all_->books.addRoutes(router);
  all_->numbering.addRoutes(router);
  all_->reports.addRoutes(router);
  all_->lookUp.addRoutes(router);
  all_->search.addRoutes(router);
  all_->delegations.addRoutes(router);
  all_->caseFiles.addRoutes(router);
  all_->caseLists.addRoutes(router);
  all_->handIns.addRoutes(router);
  all_->views.addRoutes(router);
}

}  // namespace eoffice::web
