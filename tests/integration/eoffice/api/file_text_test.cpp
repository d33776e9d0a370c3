// What was read in a file, over REST: how far it is, values with their places, the text; for those
// who may see the document.
#include <gtest/gtest.h>

#include "base/text.h"
#include "eoffice/directory/agency_words.h"
#include "tests/integration/eoffice/api/api_office.h"
#include "tests/support/test_database.h"

namespace tests {
namespace {

using nlohmann::json;

class FileText : public ApiTest {
 protected:
  FileText() : id(office.received()), path("/documents/" + std::to_string(id)) {}

  void store(const std::string& set) {
    TestDatabase::office().database().transact([&](base::db::Session& session) {
      session.execute("/* test.read */ UPDATE blob_text SET " + set);
    });
  }
  // What an import writes beside an agency's name, so that it is found by its words.
  static void indexAgency(const std::string& name) {
    TestDatabase::office().database().transact([&](base::db::Session& session) {
      const auto folded = base::fold(name);
      const auto id = session.get("/* test.agency */ SELECT id FROM agency WHERE name = ?", {name});
      session.execute("/* test.agency */ UPDATE agency SET search_text = ? WHERE id = ?",
                      {folded, id.integer(0)});
      for (const auto& word : eoffice::directory::indexedWords(folded)) {
        session.execute("/* test.agency */ INSERT INTO agency_word (agency_id, word) VALUES (?, ?)",
                        {id.integer(0), word});
      }
    });
  }
  json description = office.raw({.path = "/api/v1/openapi.json"}).body;
  std::int64_t id;
  std::string path;
};

TEST_F(FileText, IsAwaitedThenThereWithItsPlaces) {
  indexAgency("Ủy ban nhân dân phường Nha Trang");
  auto answer = office.get("clerk", path + "/reading");
  expectFits(description, "get", "/documents/{id}/reading", answer);
  EXPECT_EQ(answer.body["state"], "waiting");
  EXPECT_TRUE(answer.body["suggestions"].empty());
  EXPECT_EQ(office.get("clerk", path + "/text").text, "");
  store(
      "state = 3, source = 2, pages = 1, pages_read = 1, text = 'Số: 77/SNV-VP\n\f', findings = "
      "'[{\"field\":\"symbol\",\"value\":\"77/SNV-VP\",\"sure\":false,\"places\":[[1,0.25,0.1,0.2,"
      "0.01]]},{\"field\":\"issuer_name\",\"value\":\"Uy ban nhân dân phường Nha Trang\",\"sure\":"
      "true,\"places\":[]}]'");
  answer = office.get("clerk", path + "/reading");
  expectFits(description, "get", "/documents/{id}/reading", answer);
  const auto& found = answer.body["suggestions"];
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0]["field"], "code_number");
  EXPECT_EQ(found[0]["value"], "77");
  EXPECT_EQ(found[0]["sure"], false);
  EXPECT_EQ(found[0]["places"],
            json::parse(R"([{"page":1,"left":2500,"top":1000,"width":2000,"height":100}])"));
  EXPECT_EQ(found[1]["value"], "SNV-VP");
  EXPECT_EQ(found[2]["value"], "Ủy ban nhân dân phường Nha Trang");  // As the directory has it.
  EXPECT_EQ(office.get("clerk", path + "/text").text, "Số: 77/SNV-VP\n\f");
}

TEST_F(FileText, IsReadAgainOnceItFailed) {
  EXPECT_EQ(office.post("clerk", path + "/reading/retry").code(), "reading.not_failed");
  store("state = 5, error_code = 'ocr.failed'");
  EXPECT_EQ(office.get("clerk", path + "/reading").body["reason"], "ocr.failed");
  const auto answer = office.post("clerk", path + "/reading/retry");
  expectFits(description, "post", "/documents/{id}/reading/retry", answer);
  EXPECT_EQ(answer.body["state"], "waiting");
}

TEST_F(FileText, IsNobodysWhoMayNotSeeTheDocument) {
  for (const char* what : {"/reading", "/text"}) {
    EXPECT_EQ(office.get("clerk_ward", path + what).code(), "document.unknown");
  }
  EXPECT_EQ(office.post("clerk_ward", path + "/reading/retry").code(), "document.unknown");
}

TEST_F(FileText, TellsAMarkOfSecrecyAlone) {  // R-4
  store(
      "state = 4, error_code = 'reading.secret', findings = '[{\"field\":\"secrecy\",\"value\":"
      "\"MẬT\",\"sure\":true,\"places\":[[1,0,0,1,1]]}]'");
  const auto answer = office.get("clerk", path + "/reading");
  expectFits(description, "get", "/documents/{id}/reading", answer);
  EXPECT_EQ(answer.body["secrecy"]["value"], "MẬT");
  EXPECT_TRUE(answer.body["suggestions"].empty());
  const auto refused = office.post("clerk", path + "/registration", office.registration());
  EXPECT_EQ(refused.code(), "document.secret_suspected");
  auto denied = office.registration();
  denied["secrecy_denied"] = true;
  EXPECT_EQ(office.post("clerk", path + "/registration", denied).status, 200);
}

}  // namespace
}  // namespace tests
