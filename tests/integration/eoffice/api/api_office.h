// A whole office behind its real HTTP server, on a real MariaDB, with real keys and PDFs, for tests
// that talk to it by REST alone. Every answer is held against openapi.json on the way.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/http/client.h"
#include "base/http/router.h"
#include "tests/support/manual_clock.h"
#include "tests/support/office_people.h"

namespace tests {

inline constexpr const char* kPassword = "sông Cái chảy qua phố";
inline constexpr const char* kPin = "mat-khau-1";

struct ApiAnswer {
  int status = 0;
  nlohmann::json body;  ///< Null when it was no JSON.
  std::string text;
  base::http::ClientResponse whole;
  [[nodiscard]] std::string code() const;                 ///< Of an error.
  [[nodiscard]] std::vector<std::string> faults() const;  ///< `code field`, in order.
};

/// Where answers are checked: false differences become test failures.
void expectFits(const nlohmann::json& description, const std::string& method,
                const std::string& path, const ApiAnswer& answer);

class ApiOffice {
 public:
  ApiOffice();
  ~ApiOffice();

  /// Signs in by login (`clerk`, `leader` ...; tests::Office) and remembers the token.
  void signIn(const std::string& login);
  /// A request with JSON in the name of `login`; empty: nobody.
  ApiAnswer send(const std::string& login, const std::string& method, const std::string& path,
                 const nlohmann::json& body = nullptr);
  ApiAnswer get(const std::string& login, const std::string& path) {
    return send(login, "GET", path);
  }
  ApiAnswer post(const std::string& login, const std::string& path,
                 const nlohmann::json& body = nlohmann::json::object()) {
    return send(login, "POST", path, body);
  }
  /// Anything at all; nothing is added.
  ApiAnswer raw(const base::http::ClientRequest& request);

  /// A file of tests/data/documents.
  [[nodiscard]] static std::string bytesOf(const std::string& file);
  /// Its `{sha256, name}`, uploaded by `login`.
  nlohmann::json upload(const std::string& login, const std::string& file);
  /// What the last upload() was answered.
  [[nodiscard]] const ApiAnswer& lastUpload() const;
  /// A document in the state that the main job reached: received, registered, submitted, directed.
  std::int64_t received(const std::string& key = "key-1");
  std::int64_t registered(const std::string& key = "key-1");
  std::int64_t submitted(const std::string& key = "key-1");
  std::int64_t directed(const std::string& key = "key-1");
  nlohmann::json registration(const std::string& number = "1234") const;
  nlohmann::json draft(const std::string& key = "draft-1");

  /// Of `login`'s session; signs in where there is none yet.
  [[nodiscard]] const std::string& token(const std::string& login);
  [[nodiscard]] const base::http::Router& router() const;
  [[nodiscard]] std::uint16_t port() const;
  ManualClock& clock();
  /// Until the search index holds everything.
  void feedSearch();
  Office& people();
  Office& ward();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

class ApiTest : public ::testing::Test {
 protected:
  ApiTest();
  ApiOffice office;
};

}  // namespace tests
