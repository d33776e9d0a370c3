// What comes in by HTTP and is not what it should be: a status, a code and a sentence for each;
// nothing half done.
#include <gtest/gtest.h>

#include <sstream>
#include <thread>

#include "tests/integration/eoffice/api/api_office.h"

namespace tests {
namespace {

using nlohmann::json;

class ApiInput : public ApiTest {
 protected:
  ApiAnswer sendBody(const std::string& path, const std::string& type, const std::string& body) {
    if (!signedIn_) office.signIn("clerk");
    signedIn_ = true;
    base::http::ClientRequest request{.method = "POST", .path = "/api/v1" + path, .body = body};
    request.headers = {{"Authorization", "Bearer " + office.token("clerk")},
                       {"Accept-Language", "en"}};
    if (!type.empty()) request.headers.emplace_back("Content-Type", type);
    return office.raw(request);
  }
  bool signedIn_ = false;
};

TEST_F(ApiInput, RefusesWhatIsNoJson) {
  EXPECT_EQ(sendBody("/incoming-documents", "application/json", "{").status, 400);
  EXPECT_EQ(sendBody("/incoming-documents", "application/json", "[]").code(),
            "request.malformed_json");
  const auto xml = sendBody("/incoming-documents", "text/xml", "<a/>");
  EXPECT_EQ(xml.status, 415);
  EXPECT_EQ(xml.code(), "request.wrong_content_type");
  EXPECT_NE(xml.body["error"]["message"].get<std::string>().find("application/json"),
            std::string::npos);
  EXPECT_EQ(sendBody("/uploads?name=a.pdf", "image/png", "x").status, 415);
  EXPECT_EQ(sendBody("/uploads", "application/pdf", "x").faults(), std::vector<std::string>{});
  EXPECT_EQ(sendBody("/uploads", "application/pdf", "x").code(), "field.missing");
  EXPECT_EQ(sendBody("/uploads?name=a.pdf", "application/pdf", "").code(), "upload.no_file");
}

TEST_F(ApiInput, TellsAllFaultsAtOnce) {
  const auto id = office.received();
  auto bad = office.registration(std::string(40, '1'));
  bad["issued_date"] = "20/11/2026";
  bad["urgency"] = "sometime";
  bad["colour"] = "red";
  bad.erase("subject");
  const auto answer =
      office.post("clerk", "/documents/" + std::to_string(id) + "/registration", bad);
  EXPECT_EQ(answer.status, 422);
  auto faults = answer.faults();
  std::sort(faults.begin(), faults.end());
  EXPECT_EQ(faults,
            (std::vector<std::string>{"field.bad_iso_date issued_date", "field.missing subject",
                                      "field.not_a_choice urgency", "field.too_long code_number",
                                      "field.unknown colour"}));
  // And those that only the act knows.
  auto tomorrow = office.registration();
  tomorrow["issued_date"] = "2026-11-25";
  EXPECT_EQ(
      office.post("clerk", "/documents/" + std::to_string(id) + "/registration", tomorrow).code(),
      "field.date_in_future");
  EXPECT_EQ(office.get("clerk", "/documents/" + std::to_string(id)).body["state"], "arrived");
}

TEST_F(ApiInput, SpeaksTheCallersLanguage) {
  const auto say = [&](const std::string& language) {
    return office.raw({.path = "/api/v1/documents", .headers = {{"Accept-Language", language}}})
        .body["error"]["message"]
        .get<std::string>();
  };
  EXPECT_EQ(say("en-GB"), "Please sign in.");
  EXPECT_NE(say("vi"), say("en"));
}

TEST_F(ApiInput, AnswersJsonForAddressesThatAreNot) {
  const auto none = office.get("clerk", "/nothing");
  EXPECT_EQ(none.status, 404);
  EXPECT_EQ(none.code(), "http.404");
  const auto method = office.send("clerk", "PATCH", "/documents");
  EXPECT_EQ(method.status, 405);
  EXPECT_TRUE(method.whole.header("Allow").has_value());
}

TEST_F(ApiInput, RefusesSecrets) {
  const auto secret =
      office.post("clerk", "/incoming-documents",
                  {{"upload", office.upload("clerk", "secret.pdf")}, {"request_key", "k"}});
  EXPECT_EQ(secret.status, 422);
  EXPECT_EQ(secret.code(), "document.secret_refused");
  const auto id = office.received();
  for (const char* level : {"mật", "tối mật", "tuyệt mật"}) {
    auto stated = office.registration();
    stated["secrecy"] = level;
    const auto answer =
        office.post("clerk", "/documents/" + std::to_string(id) + "/registration", stated);
    EXPECT_EQ(answer.code(), "document.secret_refused") << level;
    EXPECT_EQ(answer.body["error"]["field"], "secrecy");
  }
  auto draft = office.draft();
  draft["upload"] = office.upload("official", "top-secret.pdf");
  EXPECT_EQ(office.post("official", "/outgoing-documents", draft).code(),
            "document.secret_refused");
}

TEST_F(ApiInput, RefusesFilesThatAreNoPdf) {
  for (const char* file : {"not-a-pdf.pdf", "cut-off.pdf"}) {
    const auto answer =
        office.post("clerk", "/incoming-documents",
                    {{"upload", office.upload("clerk", file)}, {"request_key", file}});
    EXPECT_EQ(answer.status, 422) << file;
    EXPECT_TRUE(answer.code().starts_with("pdf.")) << answer.text;
  }
  for (const std::string& sha256 : {std::string(64, 'a'), std::string("../../etc/passwd")}) {
    const auto unknown =
        office.post("clerk", "/incoming-documents",
                    {{"upload", {{"sha256", sha256}, {"name", "a.pdf"}}}, {"request_key", "k"}});
    EXPECT_EQ(unknown.code(), "upload.unknown");
  }
}

TEST_F(ApiInput, DoesTheSameRequestOnce) {
  const auto first = office.received("again");
  EXPECT_EQ(office.received("again"), first);
  const auto other = office.post("clerk", "/incoming-documents",
                                 {{"upload", office.upload("clerk", "cong-van-1234-UBND-KGVX.pdf")},
                                  {"request_key", "again"}});
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(other.code(), "request.key_reused");
  EXPECT_NE(office.received("another"), first);
  EXPECT_EQ(office.get("clerk", "/documents?total=1").body["total"], 2);
  // The key of an incoming document means nothing to a draft, nor to another person's.
  const auto draft = office.post("official", "/outgoing-documents", office.draft("again"));
  EXPECT_NE(draft.body["id"], first);
  const auto same = office.post("official", "/outgoing-documents", office.draft("again"));
  EXPECT_EQ(same.body["id"], draft.body["id"]);
}

TEST_F(ApiInput, RefusesADecisionOnAnOldVersion) {
  const auto id = office.registered();
  const auto path = "/documents/" + std::to_string(id) + "/submission";
  const json old{{"leader", office.people().leader.post.value()}, {"version", 1}};
  const auto answer = office.post("head_of_office", path, old);
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.code(), "document.changed_meanwhile");
  json now = old;
  now["version"] = office.get("head_of_office", "/documents/" + std::to_string(id)).body["version"];
  EXPECT_EQ(office.post("head_of_office", path, now).status, 200);
  now.erase("version");
  // Again: it is said that it was done, when, and that nothing more came of it.
  const auto again = office.post("head_of_office", path, now);
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.code(), "document.done_by_you");
  EXPECT_EQ(again.body["error"]["details"]["at"], "24/11/2026 08:00");
  EXPECT_EQ(office.post("clerk", path, now).code(), "document.wrong_state");
}

TEST_F(ApiInput, WarnsOfADuplicateUntilItIsConfirmed) {
  office.registered("one");
  const auto id = office.received("two");
  const auto path = "/documents/" + std::to_string(id) + "/registration";
  auto registration = office.registration();
  const auto warned = office.post("clerk", path, registration);
  EXPECT_EQ(warned.status, 409);
  EXPECT_EQ(warned.code(), "document.duplicate");
  EXPECT_EQ(warned.body["error"]["details"]["number"], "1");
  registration["duplicate_confirmed"] = true;
  EXPECT_EQ(office.post("clerk", path, registration).body["arrival_number"], 2);
}

TEST_F(ApiInput, NamesEveryFaultOfTheReceivers) {
  const auto drafted = office.post("official", "/outgoing-documents", office.draft()).body;
  const auto path = "/documents/" + drafted["id"].dump();
  office.post("official", path + "/review-request");
  office.post("head_of_unit", path + "/approval");
  office.post("leader", path + "/signature", {{"pin", kPin}});
  office.post("clerk", path + "/number");
  office.post("clerk", path + "/seal", {{"pin", kPin}});
  const auto answer =
      office.post("clerk", path + "/issue", {{"receivers", {"H99", "H32", "H32.21", "H32.21"}}});
  EXPECT_EQ(answer.faults(), (std::vector<std::string>{"issue.unknown_receiver receivers",
                                                       "issue.to_oneself receivers",
                                                       "issue.receiver_twice receivers"}));
  EXPECT_EQ(office.post("clerk", path + "/issue", {{"receivers", json::array()}}).code(),
            "issue.no_receiver");
}

TEST_F(ApiInput, TakesAFormToo) {
  const std::string body =
      "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"van ban.pdf\"\r\n"
      "Content-Type: application/pdf\r\n\r\n%PDF-1.7 \r\n--x--\r\n";
  const auto answer = sendBody("/uploads", "multipart/form-data; boundary=x", body);
  EXPECT_EQ(answer.status, 201) << answer.text;
  EXPECT_EQ(answer.body["name"], "van ban.pdf");
  EXPECT_EQ(answer.body["size"], 9);
  const std::string none =
      "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n";
  EXPECT_EQ(sendBody("/uploads", "multipart/form-data; boundary=x", none).code(), "upload.no_file");
}

// A body that is made while it is read.
class Endless : public std::streambuf {
 public:
  explicit Endless(std::uint64_t size) : left_(size), area_(64 * 1024, 'x') {}

 protected:
  int_type underflow() override {
    if (left_ == 0) return traits_type::eof();
    const auto count = std::min<std::uint64_t>(left_, area_.size());
    left_ -= count;
    setg(area_.data(), area_.data(), area_.data() + count);
    return traits_type::to_int_type(area_.front());
  }

 private:
  std::uint64_t left_;
  std::string area_;
};

std::uint64_t residentBytes() {
  std::uint64_t pages = 0;
  std::uint64_t resident = 0;
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (std::fscanf(file, "%lu %lu", &pages, &resident) != 2) resident = 0;
  std::fclose(file);
  return resident * 4096;
}

TEST_F(ApiInput, StreamsBigUploads) {
  office.signIn("clerk");
  const auto upload = [&](std::uint64_t size) {
    Endless bytes(size);
    std::istream stream(&bytes);
    return office.raw({.method = "POST",
                       .path = "/api/v1/uploads?name=big.pdf",
                       .headers = {{"Authorization", "Bearer " + office.token("clerk")},
                                   {"Content-Type", "application/pdf"}},
                       .stream = &stream,
                       .streamSize = size});
  };
  ASSERT_EQ(upload(1 << 20).status, 201);
  const auto before = residentBytes();
  const auto answer = upload(100ULL << 20);
  EXPECT_EQ(answer.status, 201) << answer.text;
  EXPECT_EQ(answer.body["size"], 100ULL << 20);
  EXPECT_LT(residentBytes(), before + (16ULL << 20));
}

TEST_F(ApiInput, RefusesUploadsOverTheLimit) {
  office.signIn("clerk");
  const auto answer = sendBody("/uploads?name=a.pdf", "application/pdf", "%PDF");
  EXPECT_EQ(answer.status, 201);
  base::http::ClientRequest huge{.method = "POST", .path = "/api/v1/incoming-documents"};
  huge.headers = {{"Authorization", "Bearer " + office.token("clerk")},
                  {"Content-Type", "application/json"}};
  huge.body = "{\"request_key\": \"" + std::string(300 * 1024, 'a') + "\"}";
  const auto refused = office.raw(huge);
  EXPECT_EQ(refused.status, 413);
  EXPECT_EQ(refused.code(), "http.413");
}

TEST_F(ApiInput, SlowsDownWhoGuesses) {
  int status = 0;
  ApiAnswer last;
  for (int i = 0; i < 20 && status != 429; ++i) {
    last = office.post("", "/sessions", {{"login", "leader"}, {"password", "guess"}});
    status = last.status;
  }
  EXPECT_EQ(status, 429);
  EXPECT_EQ(last.code(), "sign_in.too_often");
  EXPECT_TRUE(last.whole.header("Retry-After").has_value());
}

}  // namespace
}  // namespace tests
