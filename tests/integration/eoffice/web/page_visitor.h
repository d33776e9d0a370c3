// A browser for tests of pages, without script: sends forms as a browser sends them, with the
// cookie of somebody who has signed in by REST.
#pragma once

#include <map>
#include <string>

#include "eoffice/directory/sign_in.h"
#include "tests/integration/eoffice/api/api_office.h"

namespace tests {

using PageForm = std::multimap<std::string, std::string>;

class PageVisitor {
 public:
  explicit PageVisitor(ApiOffice& office) : office_(office) {}

  static std::string encoded(const PageForm& form) {
    std::string out;
    for (const auto& [name, value] : form) {
      out += (out.empty() ? "" : "&") + escaped(name) + "=" + escaped(value);
    }
    return out;
  }

  /// A form with the session's own CSRF token.
  ApiAnswer post(const std::string& login, const std::string& path, PageForm form) {
    const auto token = office_.token(login);
    form.emplace("_csrf", eoffice::directory::SignIn::csrfToken(token));
    return postAs(token, path, form);
  }
  /// The form as it stands, with any cookie and further headers.
  ApiAnswer postAs(const std::string& token, const std::string& path, const PageForm& form,
                   std::vector<std::pair<std::string, std::string>> headers = {}) {
    headers.emplace_back("Cookie", "eoffice=" + token);
    headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return office_.raw(
        {.method = "POST", .path = path, .headers = std::move(headers), .body = encoded(form)});
  }
  ApiAnswer get(const std::string& login, const std::string& path,
                std::vector<std::pair<std::string, std::string>> headers = {}) {
    headers.emplace_back("Cookie", "eoffice=" + office_.token(login));
    return office_.raw({.path = path, .headers = std::move(headers)});
  }
  /// A form with a file of tests/data/documents.
  ApiAnswer upload(const std::string& login, const std::string& path, PageForm form,
                   const std::string& file) {
    const auto token = office_.token(login);
    form.emplace("_csrf", eoffice::directory::SignIn::csrfToken(token));
    std::string body;
    for (const auto& [name, value] : form) {
      body +=
          "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }
    body += "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file +
            "\"\r\nContent-Type: application/pdf\r\n\r\n" + ApiOffice::bytesOf(file) +
            "\r\n--x--\r\n";
    return office_.raw({.method = "POST",
                        .path = path,
                        .headers = {{"Cookie", "eoffice=" + token},
                                    {"Content-Type", "multipart/form-data; boundary=x"}},
                        .body = body});
  }

 private:
  static std::string escaped(const std::string& text) {
    constexpr const char* kDigits = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : text) {
      if (std::isalnum(c) != 0) {
        out += static_cast<char>(c);
      } else {
        out += {'%', kDigits[c >> 4], kDigits[c & 15]};
      }
    }
    return out;
  }

  ApiOffice& office_;
};

}  // namespace tests
