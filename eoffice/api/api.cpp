#include "eoffice/api/api.h"

#include <nlohmann/json.hpp>

#include "eoffice/api/case_file_actions.h"
#include "eoffice/api/delegation_actions.h"
#include "eoffice/api/document_queries.h"
#include "eoffice/api/endpoint.h"
#include "eoffice/api/incoming_actions.h"
#include "eoffice/api/leader_actions.h"
#include "eoffice/api/look_up_actions.h"
#include "eoffice/api/numbering_actions.h"
#include "eoffice/api/openapi.h"
#include "eoffice/api/outgoing_actions.h"
#include "eoffice/api/reading_actions.h"
#include "eoffice/api/report_actions.h"
#include "eoffice/api/routing_actions.h"
#include "eoffice/api/search_actions.h"
#include "eoffice/api/session_actions.h"
#include "eoffice/api/task_actions.h"
#include "eoffice/api/upload_actions.h"
#include "eoffice/api/view_actions.h"

namespace eoffice::api {

struct Api::State {
  State(const web::PageParts& given, directory::SignIn& signIn);

  // Who needs what, group by group.
  const web::PageParts parts;
  SessionActions sessions;
  UploadActions uploads;
  IncomingActions incoming;
  OutgoingActions outgoing;
  RoutingActions routing;
  LeaderActions leaders;
  DocumentQueries documents;
  TaskActions tasks;
  LookUpActions lookUps;
  SearchActions search;
  DelegationActions delegations;
  ReadingActions readings;
  CaseFileActions caseFiles;
  NumberingActions numbering;
  ReportActions reports;
  ViewActions views;

  Operations table;
  std::string description;  ///< openapi.json
};

Api::State::State(const web::PageParts& given, directory::SignIn& signIn)
    : parts(given),
      sessions(parts, signIn),
      uploads(parts),
      incoming(parts),
      outgoing(parts),
      routing(parts),
      leaders(parts),
      documents(parts),
      tasks(parts),
      lookUps(parts),
      search(parts),
      delegations(parts),
      readings(parts),
      caseFiles(parts),
      numbering(parts),
      reports(parts),
      views(parts) {
  const auto add = [this](const auto& actions) {
    const auto group = actions.operations();
    table.insert(table.end(), group.begin(), group.end());
  };
  add(sessions);
  add(uploads);
  add(routing);
  add(leaders);
  add(documents);
  add(incoming);
  add(outgoing);
  add(tasks);
  add(lookUps);
  add(search);
  add(delegations);
  add(readings);
  add(caseFiles);
  add(views);
  add(numbering);
  add(reports);
  table.push_back({.path = "/openapi.json",
                   .name = "describe",
                   .group = "description",
                   .summary = "This description.",
                   .door = web::Door::Open,
                   .mediaType = "application/json",
                   .action = [this](const Call&) -> base::Result<Output> {
                     return Output(base::http::Response::json(description));
                   }});
  description = describe(table).dump();
}

Api::Api(const web::PageParts& parts, directory::SignIn& signIn)
    : state_(std::make_unique<State>(parts, signIn)) {}
Api::~Api() = default;

void Api::addRoutes(base::http::Router& router) {
  for (const auto& operation : state_->table) {
    addEndpoint(router, operation, state_->parts.renderer.texts());
  }
}

}  // namespace eoffice::api
