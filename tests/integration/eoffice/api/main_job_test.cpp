// The main job of an office by REST alone: from a scan to an answer that is signed, numbered,
// sealed and on its way to two agencies.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>

#include "tests/integration/eoffice/api/api_office.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

using nlohmann::json;

class ApiMainJob : public ApiTest {
 protected:
  static std::string path(std::int64_t id, const std::string& act = "") {
    return "/documents/" + std::to_string(id) + (act.empty() ? "" : "/" + act);
  }
  json show(const std::string& login, std::int64_t id) { return office.get(login, path(id)).body; }
  /// An act that must succeed; its answer.
  json act(const std::string& login, std::int64_t id, const std::string& what,
           const json& body = json::object()) {
    const auto answer = office.post(login, path(id, what), body);
    EXPECT_LT(answer.status, 300) << what << ": " << answer.text;
    return answer.body;
  }
};

std::string outputOf(const std::string& command) {
  std::string out;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer{};
  while (const auto got = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    out.append(buffer.data(), got);
  }
  ::pclose(pipe);
  return out;
}

std::size_t countOf(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST_F(ApiMainJob, RunsFromScanToIssue) {
  // 1. The clerk.
  const auto id = office.received();
  EXPECT_EQ(office.get("clerk", "/documents?box=to_register").body["documents"][0]["id"], id);
  const auto registered = act("clerk", id, "registration", office.registration());
  EXPECT_EQ(registered["state"], "registered");
  EXPECT_EQ(registered["arrival_number"], 1);
  EXPECT_EQ(registered["arrival_date"], "2026-11-24");
  EXPECT_EQ(registered["symbol"], "1234/BGDĐT-GDTH");

  // 2. Head of office and leader.
  EXPECT_EQ(office.get("head_of_office", "/boxes").body["to_submit"], 1);
  act("head_of_office", id, "submission",
      {{"leader", office.people().leader.post.value()},
       {"note", "Kính trình."},
       {"version", registered["version"]}});
  EXPECT_EQ(show("leader", id)["waits_for_me"], json::array({"direct"}));
  const auto directed = act("leader", id, "direction",
                            {{"text", "Chủ trì, tham mưu văn bản trả lời."},
                             {"lead", office.people().official.post.value()},
                             {"supports", {office.people().headOfUnit.post.value()}},
                             {"workdays", 5}});
  EXPECT_EQ(directed["document"]["state"], "directed");
  EXPECT_EQ(directed["due_date"], "2026-12-01");
  const auto task = office.get("official", "/tasks/" + directed["task"].dump()).body;
  EXPECT_EQ(task["document"], id);
  EXPECT_EQ(task["lead"]["name"], "Đỗ Hoàng Nam");

  // 3. The answer: returned once, better, approved, signed, numbered, sealed.
  const auto draft = act("official", id, "answer", office.draft());
  const std::int64_t answer = draft["id"];
  act("official", answer, "review-request", {{"note", "Kính trình."}});
  EXPECT_EQ(act("head_of_unit", answer, "return", {{"remark", "Bổ sung số liệu."}})["state"],
            "returned");
  auto better = office.draft();
  better.erase("request_key");
  better["subject"] = "Về việc báo cáo số liệu rà soát";
  const auto revised = office.send("official", "PUT", path(answer, "draft"), better);
  EXPECT_EQ(revised.status, 200) << revised.text;
  act("official", answer, "review-request");
  EXPECT_EQ(act("head_of_unit", answer, "approval")["state"], "approved");
  const auto wrong = office.post("leader", path(answer, "signature"), {{"pin", "sai"}});
  EXPECT_EQ(wrong.code(), "signing.wrong_password");
  EXPECT_EQ(act("leader", answer, "signature", {{"pin", kPin}})["state"], "signed");
  const auto numbered = act("clerk", answer, "number");
  EXPECT_EQ(numbered["symbol"], "01/UBND-KGVX");
  EXPECT_EQ(numbered["issued_date"], "2026-11-24");
  EXPECT_EQ(act("clerk", answer, "seal", {{"pin", kPin}})["state"], "sealed");

  // 4. Issued to two agencies.
  const auto issued = act("clerk", answer, "issue", {{"receivers", {"H32.21", "H32.05"}}});
  EXPECT_EQ(issued["state"], "issued");
  const auto shown = show("leader", answer);
  ASSERT_EQ(shown["outgoing"]["receivers"].size(), 2U);
  for (const auto& receiver : shown["outgoing"]["receivers"]) {
    EXPECT_EQ(receiver["state"], "accepted");
    EXPECT_EQ(receiver["waits_for"], "axis");
    EXPECT_EQ(receiver["events"].size(), 1U);
  }
  EXPECT_EQ(shown["answered"]["id"], id);
  EXPECT_EQ(show("official", id)["state"], "finished");
  EXPECT_EQ(show("official", id)["answers"][0]["id"], answer);

  // Both signatures hold, for us and for a tool that is not ours.
  std::int64_t sealed = 0;
  for (const auto& file : shown["files"]) {
    if (file["kind"] == "signed") {
      EXPECT_EQ(file["signatures"].size(), 1U);
    }
    if (file["kind"] != "sealed") continue;
    sealed = file["id"];
    ASSERT_EQ(file["signatures"].size(), 2U) << file;
    for (const auto& signature : file["signatures"]) EXPECT_EQ(signature["valid"], true) << file;
  }
  const TemporaryFolder folder;
  const auto pdf = office.get("leader", path(answer, "files/" + std::to_string(sealed)));
  EXPECT_EQ(pdf.status, 200);
  std::ofstream(folder.path() / "out.pdf", std::ios::binary) << pdf.text;
  const auto verdict = outputOf("pdfsig -nocert '" + (folder.path() / "out.pdf").string() + "'");
  EXPECT_EQ(countOf(verdict, "Signature is Valid."), 2U) << verdict;

  // Each act left its entry.
  std::vector<std::string> acts;
  const auto history = office.get("leader", path(answer, "history")).body;
  for (const auto& record : history["records"]) {
    acts.push_back(record["act"]);
  }
  EXPECT_EQ(acts,
            (std::vector<std::string>{"document.drafted", "document.sent_up", "document.returned",
                                      "document.revised", "document.sent_up", "document.approved",
                                      "document.key_refused", "document.signed",
                                      "document.numbered", "document.sealed", "document.issued"}));

  // The registers know both.
  EXPECT_EQ(office.get("clerk", "/registers/incoming").body["lines"][0]["document"], id);
  EXPECT_EQ(office.get("clerk", "/registers/outgoing?year=2026").body["total"], 1);
  // The task waits for its assigner, who confirms.
  const auto reported = office.get("leader", "/tasks/" + directed["task"].dump()).body;
  EXPECT_EQ(reported["state"], "reported");
  EXPECT_EQ(reported["result_document"], answer);
  const auto confirmed =
      office.post("leader", "/tasks/" + directed["task"].dump() + "/confirmation",
                  {{"version", reported["version"]}});
  EXPECT_EQ(confirmed.body["state"], "done");
}

TEST_F(ApiMainJob, EndsWithoutAnAnswerToo) {
  const auto id = office.directed();
  EXPECT_EQ(act("official", id, "completion", {{"result", "Đã gửi số liệu."}})["state"],
            "finished");
}

TEST_F(ApiMainJob, SendsBackWhatDoesNotBelongHere) {
  const auto id = office.received();
  EXPECT_EQ(office.post("clerk", path(id, "refusal")).code(), "field.missing");
  EXPECT_EQ(act("clerk", id, "refusal", {{"reason", "Gửi nhầm địa chỉ."}})["state"], "refused");
}

TEST_F(ApiMainJob, DraftsWhatAnswersNothing) {
  const auto drafted = office.post("official", "/outgoing-documents", office.draft());
  ASSERT_EQ(drafted.status, 201) << drafted.text;
  EXPECT_EQ(drafted.body["direction"], "outgoing");
  EXPECT_TRUE(show("official", drafted.body["id"])["answered"].is_null());
}

TEST_F(ApiMainJob, TriesOnlyFailedDeliveriesAgain) {
  const auto drafted = office.post("official", "/outgoing-documents", office.draft()).body;
  const auto answer = office.post("clerk", path(drafted["id"], "deliveries/7/retry"));
  EXPECT_EQ(answer.status, 409) << answer.text;
  EXPECT_EQ(answer.code(), "document.wrong_state");
}

}  // namespace
}  // namespace tests
