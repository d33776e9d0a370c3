// Every route that changes something, of pages and REST: driven once, and its entry is in the audit
// with the request's id and address. A new route that is missing here fails the test.
#include <gtest/gtest.h>

#include <set>

#include "tests/integration/eoffice/web/page_visitor.h"
#include "tests/support/test_database.h"

namespace tests {
namespace {

using nlohmann::json;

constexpr const char* kDraft = "du-thao-cong-van.pdf";
constexpr const char* kScan = "cong-van-1234-UBND-KGVX-scan.pdf";

// What changes no record: how a page looks, and what its reader has seen.
const std::set<std::string> kNoRecord{"language.choose", "notifications.read",
                                      "api.readNotifications", "api.noteView"};

class AuditOfRoutes : public ApiTest {
 protected:
  static std::string at(std::int64_t id, const std::string& act) {
    return "/documents/" + std::to_string(id) + "/" + act;
  }

  // The answer of a request to the route `name` that went well.
  ApiAnswer ofRoute(const std::string& name, ApiAnswer answer) {
    covered_.insert(name);
    EXPECT_LT(answer.status, 400) << name << ": " << answer.text.substr(0, 2000);
    const auto id = answer.whole.header("X-Request-Id").value_or("");
    TestDatabase::office().database().read([&](base::db::Session& session) {
      const auto rows = session.query(
          "/* test.audit */ SELECT address FROM audit_entry WHERE request_id = ?", {id});
      EXPECT_FALSE(rows.empty()) << name << " left no entry";
      for (const auto& row : rows) EXPECT_EQ(row.text(0), "127.0.0.1") << name;
    });
    return answer;
  }
  json rest(const std::string& name, const std::string& login, const std::string& path,
            const json& body = json::object(), const std::string& method = "POST") {
    return ofRoute("api." + name, office.send(login, method, path, body)).body;
  }
  ApiAnswer page(const std::string& name, const std::string& login, const std::string& path,
                 const PageForm& form = {}) {
    return ofRoute(name, visitor.post(login, path, form));
  }
  // `/documents/12?done=…` → 12
  static std::int64_t documentOf(const ApiAnswer& answer) {
    const auto location = answer.whole.header("Location").value_or("");
    return std::atoll(location.c_str() + std::string_view("/documents/").size());
  }
  std::string posted(const eoffice::Caller& caller) { return std::to_string(caller.post.value()); }

  void restJob();
  void restBooks();
  void pageBooks();
  void restRouting();
  void pageRouting();
  void pageJob();
  void caseFiles();
  std::int64_t pageDraft(std::int64_t incoming);
  void failDeliveries();
  void failReadings();

  std::set<std::string> covered_;
  PageVisitor visitor{office};
};

void AuditOfRoutes::failDeliveries() {
  TestDatabase::office().database().transact([](base::db::Session& session) {
    session.execute("/* test.fail */ UPDATE exchange_outbox SET state = 3");
    session.execute("/* test.fail */ UPDATE exchange_receiver SET state = 12");
  });
}

void AuditOfRoutes::failReadings() {
  TestDatabase::office().database().transact([](base::db::Session& session) {
    session.execute("/* test.fail */ UPDATE blob_text SET state = 5");
  });
}

void AuditOfRoutes::restJob() {
  const auto post = [&](const eoffice::Caller& caller) { return caller.post.value(); };
  rest("signIn", "", "/sessions", {{"login", "clerk"}, {"password", kPassword}});
  const auto file = office.upload("clerk", kScan);
  ofRoute("api.upload", office.lastUpload());
  std::int64_t id = rest("receive", "clerk", "/incoming-documents",
                         {{"upload", file}, {"request_key", "one"}})["id"];
  rest("registerIncoming", "clerk", at(id, "registration"), office.registration("4321"));
  rest("submit", "head_of_office", at(id, "submission"),
       {{"leader", post(office.people().leader)}});
  const auto directed =
      rest("direct", "leader", at(id, "direction"),
           {{"text", "Chủ trì"}, {"lead", post(office.people().official)}, {"workdays", 5}});
  const auto task = "/tasks/" + directed["task"].dump();
  const auto version = [&] { return office.get("leader", task).body["version"]; };
  rest("receiveTask", "official", task + "/receipt");
  rest("reportProgress", "official", task + "/progress", {{"text", "a"}, {"version", version()}});
  rest("changeDueDate", "leader", task + "/due-date",
       {{"workdays", 9}, {"reason", "b"}, {"version", version()}});
  rest("finish", "official", at(id, "completion"), {{"result", "Xong"}});
  rest("returnTask", "leader", task + "/return", {{"reason", "c"}, {"version", version()}});

  id = office.received("to refuse");
  failReadings();
  rest("readAgain", "clerk", at(id, "reading/retry"));
  rest("refuseIncoming", "clerk", at(id, "refusal"), {{"reason", "Gửi nhầm"}});
  rest("draft", "official", "/outgoing-documents", office.draft("draft"));
  id = office.directed("answered");
  id = rest("answer", "official", at(id, "answer"), office.draft("answer"))["id"];
  auto better = office.draft();
  better.erase("request_key");
  rest("revise", "official", at(id, "draft"), better, "PUT");
  rest("sendUp", "official", at(id, "review-request"));
  rest("returnDraft", "head_of_unit", at(id, "return"), {{"remark", "d"}});
  rest("sendUp", "official", at(id, "review-request"));
  rest("approve", "head_of_unit", at(id, "approval"));
  rest("sign", "leader", at(id, "signature"), {{"pin", kPin}});
  rest("giveNumber", "clerk", at(id, "number"));
  rest("seal", "clerk", at(id, "seal"), {{"pin", kPin}});
  rest("issue", "clerk", at(id, "issue"), {{"receivers", {"H32.21"}}});
  failDeliveries();
  const auto delivery =
      office.get("clerk", "/documents/" + std::to_string(id)).body["outgoing"]["receivers"][0];
  rest("retryDelivery", "clerk", at(id, "deliveries/" + delivery["delivery"].dump() + "/retry"));
  const auto reported = office.get("leader", "/tasks?list=open").body["tasks"];
  for (const auto& one : reported) {
    if (one["state"] != "reported") continue;
    rest("confirmTask", "leader", "/tasks/" + one["id"].dump() + "/confirmation",
         {{"version", one["version"]}});
  }
  const auto lent = rest("delegate", "leader", "/delegations",
                         {{"to", post(office.people().headOfOffice)},
                          {"first_day", "2026-12-01"},
                          {"last_day", "2026-12-02"},
                          {"scopes", {"direct"}}});
  rest("endDelegation", "leader", "/delegations/" + lent["id"].dump(), nullptr, "DELETE");
  const auto view =
      rest("saveView", "clerk", "/views", {{"name", "Khẩn"}, {"query", "urgency=khan"}});
  rest("changeView", "clerk", "/views/" + view["id"].dump(),
       {{"name", "Hỏa tốc"}, {"query", "urgency=hoa_toc"}, {"version", view["version"]}}, "PUT");
  rest("removeView", "clerk", "/views/" + view["id"].dump(), nullptr, "DELETE");
  restBooks();
  rest("choosePost", "clerk", "/me/post", {{"post", post(office.people().clerk)}});
  rest("changePassword", "records_keeper", "/me/password",
       {{"current", kPassword}, {"password", "một mật khẩu khác hẳn"}});
  rest("signOut", "records_keeper", "/sessions/current", nullptr, "DELETE");
  rest("signOutEverywhere", "unit_admin", "/sessions", nullptr, "DELETE");
}

void AuditOfRoutes::restBooks() {
  const auto today = base::isoDate(office.clock().today());
  rest("divideNumbers", "unit_admin", "/numbering/outgoing/division",
       {{"effective_from", today},
        {"decided_by", "Chủ tịch"},
        {"decided_on", today},
        {"series", {{{"name", "Kế hoạch"}, {"types", {"Kế hoạch"}}}}}});
  const std::string series = "/numbering/outgoing/series/ke-hoach/";
  const auto kept = rest("reserveNumber", "clerk", series + "reserved-numbers",
                         {{"reason", "a"}, {"for_whom", "b"}});
  rest("voidNextNumber", "clerk", series + "void-numbers", {{"reason", "c"}});
  const auto book = "/books/" + kept["book"].dump();
  rest("voidReservedNumber", "clerk", book + "/numbers/" + kept["number"].dump() + "/void",
       {{"reason", "d"}});
  rest("closeBook", "unit_admin", book + "/closing", {{"reason", "e"}});
  rest("voidDocumentNumber", "clerk", at(office.registered("void"), "number-void"),
       {{"reason", "f"}});
}

void AuditOfRoutes::pageBooks() {
  const auto today = base::viDate(office.clock().today());
  page("numbering.divide", "clerk", "/numbering/division/outgoing",
       {{"division", "groups"},
        {"name_0", "Báo cáo"},
        {"types_0", "Báo cáo"},
        {"effective_from", today},
        {"decided_by", "Chủ tịch"},
        {"decided_on", today}});
  const std::string series = "/numbering/series/outgoing/bao-cao/";
  page("numbering.reserve", "clerk", series + "reserve", {{"reason", "a"}, {"for_whom", "b"}});
  page("numbering.void", "clerk", series + "void", {{"reason", "c"}});
  const auto aside = office.get("clerk", "/numbering/outgoing").body["aside"].back();
  const auto book = "/numbering/book/" + aside["book"].dump();
  page("numbering.void_reserved", "clerk", book + "/number/1/void", {{"reason", "d"}});
  page("numbering.close", "clerk", book + "/close", {{"reason", "e"}});
  page("document.void_number", "clerk", at(office.registered("void page"), "void-number"),
       {{"reason", "f"}});
}

void AuditOfRoutes::restRouting() {
  auto& people = office.people();
  const auto direction = [](const eoffice::Caller& lead) {
    return json{{"text", "Chủ trì"}, {"lead", lead.post.value()}, {"workdays", 5}};
  };
  const auto receiverOf = [&](std::int64_t id) {
    const auto chain = office.get("leader", at(id, "routing")).body;
    return chain["instructions"].back()["receivers"].back()["id"];
  };
  auto id = office.submitted("rest proposal");
  rest("propose", "head_of_office", at(id, "proposal"), direction(people.official));
  rest("discardProposal", "leader", at(id, "proposal/discard"));
  rest("propose", "head_of_office", at(id, "proposal"), direction(people.official));
  rest("confirmProposal", "leader", at(id, "proposal/confirmation"));
  const auto phrase = rest("addPhrase", "leader", "/phrases", {{"text", "Chủ trì"}})["phrases"][0];
  const auto line = "/phrases/" + phrase["id"].dump();
  rest("movePhrase", "leader", line + "/move", {{"where", "up"}});
  rest("removePhrase", "leader", line, nullptr, "DELETE");
  rest("nameAssistant", "leader", "/assistants", {{"post", people.official.post.value()}});
  rest("endAssistant", "leader", "/assistants/" + posted(people.official), nullptr, "DELETE");
  id = office.registered("rest hand-over");
  rest("handOver", "clerk", at(id, "hand-over"), direction(people.headOfUnit));
  rest("forward", "head_of_unit", at(id, "forwarding"), direction(people.official));
  rest("suggest", "official", at(id, "suggestion"), {{"text", "Đề nghị họp"}});
  rest("returnUp", "official", at(id, "return-up"), {{"reason", "Nhầm"}});
  id = office.submitted("rest routing");
  auto several = direction(people.headOfUnit);
  several["receivers"] = {
      {{"part", "support"}, {"post", people.official.post.value()}, {"workdays", 3}},
      {{"part", "informed"}, {"post", people.headOfOffice.post.value()}}};
  rest("direct", "leader", at(id, "direction"), several);
  rest("finishSupport", "official", at(id, "support-completion"), {{"result", "Xong"}});
  rest("markRead", "head_of_office", at(id, "reading-receipt"));
  rest("reassign", "leader", at(id, "reassignment"),
       {{"lead", people.official.post.value()}, {"reason", "Đổi"}});
  rest("takeBack", "leader", at(id, "take-back"), {{"receiver", receiverOf(id)}});
}

void AuditOfRoutes::pageRouting() {
  auto& people = office.people();
  auto id = office.submitted("page proposal");
  page("proposal.make", "head_of_office", at(id, "propose"),
       {{"text", "Chủ trì"}, {"lead", posted(people.official)}, {"workdays", "5"}});
  page("proposal.discard", "leader", at(id, "discard-proposal"));
  page("phrases.add", "leader", "/phrases", {{"text", "Phối hợp"}});
  const auto phrase = office.get("leader", "/phrases").body["phrases"][0]["id"].dump();
  page("phrases.move", "leader", "/phrases/" + phrase + "/move", {{"where", "up"}});
  page("phrases.remove", "leader", "/phrases/" + phrase + "/remove");
  page("assistants.name", "leader", "/assistants", {{"assistant", posted(people.official)}});
  page("assistants.end", "leader", "/assistants/" + posted(people.official) + "/end");
  id = office.registered("page hand-over");
  page("routing.hand_over", "clerk", at(id, "hand-over"),
       {{"text", "Theo quy chế"}, {"lead", posted(people.headOfUnit)}, {"workdays", "5"}});
  page("routing.forward", "head_of_unit", at(id, "forward"),
       {{"text", "Xử lý"}, {"lead", posted(people.official)}});
  page("routing.suggest", "official", at(id, "suggest"), {{"text", "Đề nghị họp"}});
  page("routing.return_up", "official", at(id, "return-up"), {{"reason", "Nhầm"}});
  id = office.submitted("page routing");
  page("incoming.instruct", "leader", at(id, "instruct"),
       {{"text", "Chủ trì"},
        {"lead", "u" + std::to_string(people.room.value())},
        {"workdays", "5"},
        {"support", posted(people.official)},
        {"days_" + posted(people.official), "3"},
        {"informed", posted(people.headOfOffice)}});
  page("routing.finish_support", "official", at(id, "finish-support"), {{"note", "Xong"}});
  page("routing.read", "head_of_office", at(id, "read"));
  page("routing.reassign", "leader", at(id, "reassign"),
       {{"lead", posted(people.official)}, {"reason", "Đổi"}});
  const auto chain = office.get("leader", at(id, "routing")).body;
  const auto receiver = chain["instructions"].back()["receivers"].back()["id"].dump();
  page("routing.take_back", "leader", at(id, "take-back"), {{"receiver", receiver}});
}

// A draft that answers, sent up.
std::int64_t AuditOfRoutes::pageDraft(std::int64_t incoming) {
  const PageForm draft{{"signer", posted(office.people().leader)},
                       {"suffix", "UBND-KGVX"},
                       {"type", "Công văn"},
                       {"competence", "KT."},
                       {"abstract", "V/v báo cáo"}};
  ofRoute("outgoing.examine", visitor.upload("official", "/drafts/examination", draft, kDraft));
  return documentOf(ofRoute("outgoing.answer",
                            visitor.upload("official", at(incoming, "answer"), draft, kDraft)));
}

void AuditOfRoutes::pageJob() {
  const PageForm registration{{"notation", "77/VPCP"}, {"issued_on", "20/11/2026"},
                              {"issuer", "Văn phòng"}, {"abstract", "V/v cải cách"},
                              {"type", "Công văn"},    {"urgency", "khan"},
                              {"duplicate", "1"}};
  auto id = documentOf(
      ofRoute("incoming.upload", visitor.upload("clerk", "/incoming/uploads", {}, kDraft)));
  page("incoming.refuse", "clerk", at(id, "refuse"), {{"reason", "Gửi nhầm"}});
  ofRoute("incoming.upload_and_register",
          visitor.upload("clerk", "/incoming/new", registration, kScan));
  id = office.received("page");
  failReadings();
  page("reading.again", "clerk", at(id, "reading/retry"));
  page("incoming.register", "clerk", at(id, "register"), registration);
  page("incoming.submit", "head_of_office", at(id, "submit"),
       {{"leader", posted(office.people().leader)}});
  page("incoming.instruct", "leader", at(id, "instruct"),
       {{"text", "Chủ trì"}, {"lead", posted(office.people().official)}, {"workdays", "5"}});
  const auto task = office.get("official", "/tasks?list=mine").body["tasks"][0];
  ofRoute("task.open", visitor.get("official", "/tasks/" + task["id"].dump()));
  const auto finished = office.directed("to finish");
  page("incoming.finish", "official", at(finished, "finish"), {{"note", "Xong"}});

  id = pageDraft(id);
  page("outgoing.return", "head_of_unit", at(id, "return"), {{"remark", "Bổ sung"}});
  page("outgoing.revise", "official", at(id, "revise"),
       {{"signer", posted(office.people().leader)},
        {"suffix", "UBND-KGVX"},
        {"type", "Công văn"},
        {"abstract", "V/v báo cáo thêm"}});
  page("outgoing.approve", "head_of_unit", at(id, "approve"));
  page("outgoing.sign", "leader", at(id, "sign"), {{"pin", kPin}});
  page("outgoing.number", "clerk", at(id, "number"));
  page("outgoing.seal", "clerk", at(id, "seal"), {{"pin", kPin}});
  page("outgoing.issue", "clerk", at(id, "issue"),
       {{"receiver", "H32.21"}, {"due_on", "31/12/2026"}});
  failDeliveries();
  const auto shown = office.get("clerk", "/documents/" + std::to_string(id)).body;
  EXPECT_EQ(shown["fields"]["due_date"], "2026-12-31");
  EXPECT_EQ(shown["outgoing"]["competence"], "");
  page("outgoing.retry", "clerk",
       at(id, "deliveries/" + shown["outgoing"]["receivers"][0]["delivery"].dump() + "/retry"));
  const auto open = office.get("leader", "/tasks?list=open").body["tasks"];
  bool returned = false;
  for (const auto& one : open) {
    if (one["state"] != "reported") continue;
    const auto reported = "/tasks/" + one["id"].dump();
    const auto version = one["version"].dump();
    if (returned) {
      page("task.confirm", "leader", reported + "/confirm", {{"version", version}});
    } else {
      page("task.return", "leader", reported + "/return",
           {{"version", version}, {"reason", "Thiếu"}});
    }
    returned = true;
  }
  page("delegation.give", "leader", "/delegations",
       {{"to", posted(office.people().headOfOffice)},
        {"first", "03/12/2026"},
        {"last", "04/12/2026"},
        {"scope", "direct"}});
  const auto lent = office.get("leader", "/delegations").body["delegations"][0]["id"].dump();
  page("delegation.end", "leader", "/delegations/" + lent + "/end");
  page("view.save", "clerk", "/views", {{"name", "Khẩn"}, {"query", "urgency=khan"}});
  const auto view = office.get("clerk", "/views").body["views"][0]["id"].dump();
  page("view.change", "clerk", "/views/" + view,
       {{"name", "Khẩn"}, {"query", "urgency=khan"}, {"shared", "1"}});
  page("view.remove", "clerk", "/views/" + view + "/delete");
  pageBooks();
  const std::string visit(43, 'v');
  ofRoute("sign_in.attempt",
          office.raw({.method = "POST",
                      .path = "/sign-in",
                      .headers = {{"Cookie", "eoffice_visitor=" + visit},
                                  {"Content-Type", "application/x-www-form-urlencoded"}},
                      .body = PageVisitor::encoded(
                          {{"account", "clerk"},
                           {"password", kPassword},
                           {"_csrf", eoffice::directory::SignIn::csrfToken(visit)}})}));
  page("post.switch", "clerk", "/post", {{"post", posted(office.people().clerk)}});
  page("password.change", "head_of_unit", "/password",
       {{"old", kPassword}, {"new", "một mật khẩu khác"}, {"again", "một mật khẩu khác"}});
  page("sign_in.out", "head_of_unit", "/sign-out");
  page("sign_in.out_everywhere", "head_of_office", "/sign-out/everywhere");
}

// Both ways through one file's life each, and the list that it stands in.
void AuditOfRoutes::caseFiles() {
  const auto document = office.directed("case file");
  const json cover{{"code", "01.A"}, {"title", "Tuyển dụng"}, {"retention_years", 20}};
  auto file = rest("openCaseFile", "official", "/case-files", cover);
  const auto path = "/case-files/" + file["id"].dump();
  auto edited = cover;
  edited["code"] = "02.A";
  rest("editCaseFile", "official", path + "/cover", edited);
  rest("layIntoCaseFile", "official", path + "/documents", {{"documents", {document}}});
  const auto laid = path + "/documents/" + std::to_string(document);
  rest("takeOutOfCaseFile", "official", laid, nullptr, "DELETE");
  rest("layIntoCaseFile", "official", path + "/documents", {{"documents", {document}}});
  const json closing{{"ended_on", file["opened_on"]}, {"title", "Tuyển dụng"}};
  rest("closeCaseFile", "official", path + "/closing", closing);
  rest("reopenCaseFile", "official", path + "/reopening", {{"reason", "Bổ sung"}});
  file = rest("closeCaseFile", "official", path + "/closing", closing);
  auto until = file["hand_in_due"].get<std::string>();
  until.replace(0, 4, std::to_string(std::stoi(until.substr(0, 4)) + 1));
  rest("keepCaseFileBack", "official", path + "/keeping-back", {{"until", until}, {"reason", "a"}});
  const auto handIn = [&] {
    return rest("handInCaseFiles", "official", "/case-hand-ins", {{"files", {file["id"]}}});
  };
  auto in = "/case-hand-ins/" + handIn()["hand_in"]["id"].dump();
  rest("returnCaseHandIn", "clerk", in + "/return", {{"reason", "Thiếu mục lục"}});
  in = "/case-hand-ins/" + handIn()["hand_in"]["id"].dump();
  rest("acceptCaseHandIn", "clerk", in + "/acceptance");
  const json line{{"code", "05.A"}, {"title", "Khen thưởng"}};
  rest("saveCaseList", "clerk", "/case-lists/2027", {{"entries", {line}}, {"version", 0}}, "PUT");
  rest("issueCaseList", "leader", "/case-lists/2027/issue", {{"version", 1}});

  const PageForm form{{"code", "03.A"},
                      {"title", "Đào tạo"},
                      {"retention", "permanent"},
                      {"work", "general"},
                      {"opened_on", "24/11/2026"}};
  const auto opened = page("case_file.open", "official", "/case-files/new", form);
  const auto here = opened.whole.header("Location").value_or("");
  page("case_file.edit", "official", here + "/edit", form);
  const PageForm one{{"document", std::to_string(document)}};
  page("case_file.add", "official", here + "/documents", one);
  page("case_file.remove", "official", here + "/documents/remove", one);
  page("document.lay_in_file", "official", at(document, "lay-in-file"),
       {{"file", here.substr(here.rfind('/') + 1)}});
  const PageForm end{{"ended_on", "24/11/2026"}, {"title", "Đào tạo"}, {"retention", "10"}};
  page("case_file.close", "official", here + "/close", end);
  page("case_file.keep-back", "official", here + "/keep-back",
       {{"until", "24/11/2028"}, {"reason", "a"}});
  page("case_file.reopen", "official", here + "/reopen", {{"reason", "Bổ sung"}});
  page("case_file.close", "official", here + "/close", end);
  page("case_file.hand-in", "official", here + "/hand-in");
  const auto waiting = [&] {
    return "/case-files/hand-ins/" +
           office.get("clerk", "/case-hand-ins").body["hand_ins"][0]["id"].dump();
  };
  page("hand_in.return", "clerk", waiting() + "/return", {{"reason", "Thiếu"}});
  page("hand_in.hand_in", "official", "/case-files/hand-ins",
       {{"file", here.substr(here.rfind('/') + 1)}});
  page("hand_in.accept", "clerk", waiting() + "/accept");
  const auto spare =
      rest("openCaseFile", "official", "/case-files", {{"code", "09.A"}, {"title", "Bàn giao"}});
  const auto passed = "/case-files/" + spare["id"].dump();
  page("case_file.pass-on", "official", passed + "/pass-on",
       {{"keeper", posted(office.people().clerk)}, {"reason", "Nghỉ hưu"}});
  rest("passCaseFileOn", "clerk", passed + "/keeper",
       {{"keeper", office.people().official.post.value()}, {"reason", "Trả về"}});
  const PageForm entry{{"code", "07.A"}, {"title", "Họp"}, {"retention", "5"}};
  page("case_list.add", "clerk", "/case-lists/2026/entries", entry);
  page("case_list.remove", "clerk", "/case-lists/2026/entries/remove", {{"code", "07.A"}});
  page("case_list.copy", "clerk", "/case-lists/2028/copy");
  page("case_list.add", "clerk", "/case-lists/2026/entries", entry);
  const auto version = office.get("clerk", "/case-lists/2026").body["version"].dump();
  page("case_list.issue", "leader", "/case-lists/2026/issue", {{"version", version}});
}

TEST_F(AuditOfRoutes, HasAnEntryForEachAct) {
  restRouting();
  pageRouting();
  restJob();
  caseFiles();
  pageJob();
  for (const auto& route : office.router().routes()) {
    const bool reads =
        route.method == base::http::Method::Get || route.method == base::http::Method::Head;
    if (reads || kNoRecord.contains(route.name)) continue;
    EXPECT_TRUE(covered_.contains(route.name)) << route.name << " is not driven by this test";
  }
}

TEST_F(AuditOfRoutes, HasAnEntryForWhatWasRefusedAtTheDoor) {
  const auto entriesOf = [](const ApiAnswer& answer) {
    return TestDatabase::office().database().read([&](base::db::Session& session) {
      std::vector<std::string> acts;
      for (const auto& row : session.query("/* test.audit */ SELECT act, detail FROM audit_entry"
                                           " WHERE request_id = ? ORDER BY id",
                                           {answer.whole.header("X-Request-Id").value_or("")})) {
        acts.push_back(row.text(0) + " " + row.text(1));
      }
      return acts;
    });
  };
  const json wrong{{"login", "clerk"}, {"password", "sai"}};
  EXPECT_EQ(entriesOf(office.post("", "/sessions", wrong)),
            (std::vector<std::string>{R"(sign_in.refused {"reason":"wrong"})"}));
  for (int i = 0; i < 3; ++i) office.post("", "/sessions", wrong);
  // The failure that begins the delay says so.
  EXPECT_EQ(entriesOf(office.post("", "/sessions", wrong)),
            (std::vector<std::string>{R"(sign_in.refused {"reason":"wrong","wait":"30"})"}));
  const json change{{"current", "sai"}, {"password", "một mật khẩu khác hẳn"}};
  EXPECT_EQ(entriesOf(office.post("official", "/me/password", change)),
            (std::vector<std::string>{"password.change_refused {}"}));
}

}  // namespace
}  // namespace tests
