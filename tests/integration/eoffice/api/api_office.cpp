#include "tests/integration/eoffice/api/api_office.h"

#include <fstream>
#include <map>
#include <sstream>

#include "base/crypto/password.h"
#include "base/http/server.h"
#include "base/http/static_files.h"
#include "base/templates.h"
#include "eoffice/app/front_door.h"
#include "eoffice/documents/chain_keeper.h"
#include "eoffice/documents/organs.h"
#include "eoffice/documents/search_content.h"
#include "eoffice/documents/task_audit.h"
#include "eoffice/search/worker.h"
#include "eoffice/signing/demo_authority.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_database.h"

namespace tests {
namespace {

namespace fs = std::filesystem;
using namespace eoffice;
using namespace std::chrono_literals;
using nlohmann::json;

const fs::path kSource = EOFFICE_SOURCE_DIR;
const base::LocalDate kDay{std::chrono::year(2026), std::chrono::November, std::chrono::day(24)};

PdfToolsOptions workerOptions() {
  PdfToolsOptions options;
  options.program = fs::path(EOFFICE_BINARY_DIR) / "pdf-worker";
  options.arguments = {};
  return options;
}

// Keys are slow to make: one authority for the binary.
struct Pki {
  TemporaryFolder folder;
  ManualClock clock{kDay, 8h};
  DemoAuthority authority{folder.path(), clock, workerOptions()};
  DemoKey leader = authority.person({"leader", "Nguyễn Văn An", "Phó Chủ tịch", "UBND tỉnh"}, kPin);
  DemoKey agency = authority.agency({"H32", "Ủy ban nhân dân tỉnh Khánh Hòa", "H32"}, kPin);
  static Pki& get() {
    static Pki pki;
    return pki;
  }
};

void place(const DemoKey& key, const fs::path& data, const std::string& label) {
  for (const char* folder : {"keys", "images"}) fs::create_directories(data / folder);
  fs::copy_file(key.pkcs12, data / "keys" / (label + ".p12"));
  fs::copy_file(key.certificate, data / "keys" / (label + ".pem"));
  fs::copy_file(key.image, data / "images" / (label + ".png"));
}

fs::path emptyFolder(fs::path folder) {
  fs::create_directories(folder);
  return folder;
}

struct SilentWakers : documents::Wakers {
  void outboxHasWork() override {}
  void remindersHaveWork() override {}
  void filesArrived() override {}
};

}  // namespace

std::string ApiAnswer::code() const {
  return body.is_object() && body.contains("error") ? body["error"]["code"].get<std::string>() : "";
}

std::vector<std::string> ApiAnswer::faults() const {
  std::vector<std::string> out;
  for (const auto& fault : body["error"]["faults"]) {
    out.push_back(fault["code"].get<std::string>() + " " + fault["field"].get<std::string>());
  }
  return out;
}

struct ApiOffice::Parts {
  Parts();
  documents::Office office();

  TemporaryFolder folder;
  Pki& pki = Pki::get();
  ManualClock clock{kDay, 8h};
  base::db::Database& database = TestDatabase::office().database();
  base::Metrics metrics;
  base::BlobStore blobs{folder.path() / "blobs"};
  base::Texts texts{kSource / "templates" / "texts"};
  base::Templates pages{kSource / "templates", texts};
  base::http::StaticFiles assets{emptyFolder(folder.path() / "static")};
  documents::DocumentTypes types{kSource / "config" / "document_types.json"};
  reminder::OneCalendar calendars{
      reminder::readCalendar(kSource / "config" / "calendars", "vn").value()};
  documents::TaskAudit taskAudit{clock};
  documents::ChainKeeper chainKeeper;
  reminder::TaskService tasks{calendars, {&taskAudit, &chainKeeper}};
  PdfTools pdf{[this] {
    auto options = workerOptions();
    options.trust = {pki.authority.trust()};
    return options;
  }()};
  Pkcs12KeyStore keys{folder.path() / "keys", clock};
  documents::Organs organs{clock};
  exchange::delivery::Outbox outbox{clock, organs};
  SilentWakers wakers;
  documents::SearchContent content;
  search::Searcher searcher;
  search::SearchWorker searchWorker{
      database, content, search::IndexFolder(folder.path() / "search"), searcher, metrics};
  static directory::SignInPolicy policy() {
    directory::SignInPolicy fast;
    fast.password = base::PasswordOptions::fastForTests();
    return fast;
  }
  app::FrontDoor door{office(),
                      pages,
                      assets,
                      {.agencyName = "UBND",
                       .signIn = policy(),
                       .pageCache = folder.path() / "pages",
                       .uploadLimit = 128ULL << 20}};
  base::http::Router router;
  std::unique_ptr<base::http::Server> server;
  std::unique_ptr<base::http::Client> client;
  json description;
  std::map<std::string, std::string> tokens;
  ApiAnswer lastUpload;
  std::optional<Office> people, ward;
};

ApiOffice::Parts::Parts() {
  const auto hash = base::hashPassword(kPassword, base::PasswordOptions::fastForTests());
  database.transact([&](base::db::Session& session) {
    people.emplace(session);
    ward.emplace(session, "H32.21", "Ủy ban nhân dân phường Nha Trang", "_ward");
    addAgency(session, "H32.05", "Sở Giáo dục và Đào tạo", false);
    session.execute("/* test.passwords */ UPDATE account SET password_hash = ?", {hash});
  });
  place(pki.leader, folder.path(), "person-" + std::to_string(people->leader.person.value()));
  place(pki.agency, folder.path(), "H32");
  door.addRoutes(router);
  server = std::make_unique<base::http::Server>(base::http::ServerOptions{.port = 0, .threads = 4},
                                                router, door.dispatcher(), metrics, clock);
  server->start();
  client = std::make_unique<base::http::Client>(base::http::ClientOptions{
      .baseUrl = "http://127.0.0.1:" + std::to_string(server->port()), .caFile = {}});
}

documents::Office ApiOffice::Parts::office() {
  return {.database = database,
          .clock = clock,
          .blobs = blobs,
          .reader = pdf,
          .signer = pdf,
          .keys = keys,
          .tasks = tasks,
          .outbox = outbox,
          .calendars = calendars,
          .types = types,
          .texts = texts,
          .wakers = wakers,
          .trust = {pki.authority.trust()},
          .images = folder.path() / "images",
          .temporary = emptyFolder(folder.path() / "temporary"),
          .place = "Khánh Hòa",
          .searcher = &searcher};
}

ApiOffice::ApiOffice() : parts_((TestDatabase::office().clear(), std::make_unique<Parts>())) {
  parts_->description = raw({.path = "/api/v1/openapi.json"}).body;
}
ApiOffice::~ApiOffice() = default;

ApiAnswer ApiOffice::raw(const base::http::ClientRequest& request) {
  auto whole = parts_->client->send(request);
  auto body = json::parse(whole.body, nullptr, false);
  if (body.is_discarded()) body = nullptr;
  return {whole.status, std::move(body), whole.body, whole};
}

ApiAnswer ApiOffice::send(const std::string& login, const std::string& method,
                          const std::string& path, const json& body) {
  base::http::ClientRequest request{.method = method, .path = "/api/v1" + path};
  request.headers.emplace_back("Accept-Language", "en");
  if (!login.empty()) {
    if (!parts_->tokens.contains(login)) signIn(login);
    request.headers.emplace_back("Authorization", "Bearer " + parts_->tokens.at(login));
  }
  if (!body.is_null()) {
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = body.dump();
  }
  auto answer = raw(request);
  expectFits(parts_->description, method, request.path, answer);
  return answer;
}

void ApiOffice::signIn(const std::string& login) {
  const auto answer = send("", "POST", "/sessions", {{"login", login}, {"password", kPassword}});
  ASSERT_EQ(answer.status, 201) << login << answer.text;
  parts_->tokens[login] = answer.body["token"];
}

std::string ApiOffice::bytesOf(const std::string& file) {
  std::ifstream in(kSource / "tests/data/documents" / file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

const ApiAnswer& ApiOffice::lastUpload() const { return parts_->lastUpload; }

json ApiOffice::upload(const std::string& login, const std::string& file) {
  if (!parts_->tokens.contains(login)) signIn(login);
  const auto answer = raw({.method = "POST",
                           .path = "/api/v1/uploads?name=" + file,
                           .headers = {{"Authorization", "Bearer " + token(login)},
                                       {"Content-Type", "application/pdf"}},
                           .body = bytesOf(file)});
  EXPECT_EQ(answer.status, 201) << answer.text;
  parts_->lastUpload = answer;
  return {{"sha256", answer.body["sha256"]}, {"name", answer.body["name"]}};
}

json ApiOffice::registration(const std::string& number) const {
  return {{"code_number", number},
          {"code_notation", "BGDĐT-GDTH"},
          {"issued_date", "2026-11-20"},
          {"issuer_name", "Bộ Giáo dục và Đào tạo"},
          {"subject", "Về việc rà soát cơ sở vật chất trường học"},
          {"type", "Công văn"},
          {"urgency", "khan"}};
}

json ApiOffice::draft(const std::string& key) {
  return {{"upload", upload("official", "du-thao-cong-van.pdf")},
          {"type", "Công văn"},
          {"notation", "UBND-KGVX"},
          {"subject", "Về việc báo cáo rà soát cơ sở vật chất trường học"},
          {"signer", people().leader.post.value()},
          {"request_key", key}};
}

std::int64_t ApiOffice::received(const std::string& key) {
  const auto answer =
      post("clerk", "/incoming-documents",
           {{"upload", upload("clerk", "cong-van-1234-UBND-KGVX-scan.pdf")}, {"request_key", key}});
  EXPECT_EQ(answer.status, 201) << answer.text;
  return answer.body["id"];
}

std::int64_t ApiOffice::registered(const std::string& key) {
  const auto id = received(key);
  auto body = registration();
  body["duplicate_confirmed"] = true;
  const auto answer = post("clerk", "/documents/" + std::to_string(id) + "/registration", body);
  EXPECT_EQ(answer.status, 200) << answer.text;
  return id;
}

std::int64_t ApiOffice::submitted(const std::string& key) {
  const auto id = registered(key);
  const auto answer = post("head_of_office", "/documents/" + std::to_string(id) + "/submission",
                           {{"leader", people().leader.post.value()}});
  EXPECT_EQ(answer.status, 200) << answer.text;
  return id;
}

std::int64_t ApiOffice::directed(const std::string& key) {
  const auto id = submitted(key);
  const auto answer = post("leader", "/documents/" + std::to_string(id) + "/direction",
                           {{"text", "Chủ trì, tham mưu văn bản trả lời."},
                            {"lead", people().official.post.value()},
                            {"supports", {people().headOfUnit.post.value()}},
                            {"workdays", 5}});
  EXPECT_EQ(answer.status, 200) << answer.text;
  return id;
}

const std::string& ApiOffice::token(const std::string& login) {
  if (!parts_->tokens.contains(login)) signIn(login);
  return parts_->tokens.at(login);
}
const base::http::Router& ApiOffice::router() const { return parts_->router; }
std::uint16_t ApiOffice::port() const { return parts_->server->port(); }
void ApiOffice::feedSearch() {
  while (parts_->searchWorker.round()) {
  }
}
ManualClock& ApiOffice::clock() { return parts_->clock; }
Office& ApiOffice::people() { return *parts_->people; }
Office& ApiOffice::ward() { return *parts_->ward; }

ApiTest::ApiTest() = default;

}  // namespace tests
