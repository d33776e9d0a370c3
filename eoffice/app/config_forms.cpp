#include "eoffice/app/config_forms.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <arpa/inet.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "reminder/channels/mail_outbox.h"

namespace eoffice::app::forms {
namespace {

bool isAddress(const std::string& text) {
  in6_addr bytes{};
  return inet_pton(AF_INET6, text.c_str(), &bytes) == 1 ||
         inet_pton(AF_INET, text.c_str(), &bytes) == 1;
}

// Letters, digits, dots and dashes; `999.1.1.1` is neither an address nor a name (RFC 1123, 2.1).
bool isHost(const std::string& text) {
  if (isAddress(text)) return true;
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  };
  const auto last = text.substr(text.rfind('.') + 1);
  return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), allowed) &&
         last.find_first_not_of("0123456789") != std::string::npos;
}

bool isNetwork(const std::string& text) {
  const auto slash = text.find('/');
  const auto host = text.substr(0, slash);
  if (!isAddress(host)) return false;
  if (slash == std::string::npos) return true;
  unsigned bits = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + slash + 1, end, bits);
  return parsed.ec == std::errc() && parsed.ptr == end &&
         bits <= (host.find(':') == std::string::npos ? 32U : 128U);
}

// The parts of a URL; none for what is no URL.
std::optional<Poco::URI> urlOf(const std::string& text) {
  try {
    return Poco::URI(text);
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

bool isHttpUrl(const std::string& text) {
  const auto url = urlOf(text);
  return url && (url->getScheme() == "http" || url->getScheme() == "https") &&
         isHost(url->getHost()) && url->getUserInfo().empty() && url->getRawQuery().empty() &&
         url->getFragment().empty();
}

bool isDatabaseUrl(const std::string& text) {
  constexpr std::string_view kSocket = "unix:///";
  if (text.starts_with(kSocket)) return text.size() > kSocket.size();
  const auto url = urlOf(text);
  return url && url->getScheme() == "tcp" && isHost(url->getHost()) &&
         url->getPathEtc().find_first_not_of('/') == std::string::npos;
}

bool isMailAddress(const std::string& text) { return reminder::isMailAddress(text); }

bool isFile(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) && access(path.c_str(), R_OK) == 0;
}

bool isFolder(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_directory(path, error) && access(path.c_str(), R_OK | X_OK) == 0;
}

}  // namespace

base::ConfigForm host() { return {isHost, "config.not_a_host", "127.0.0.1, mail.example.vn"}; }
base::ConfigForm network() { return {isNetwork, "config.not_a_network", "10.0.0.5, 10.0.0.0/8"}; }
base::ConfigForm httpUrl() { return {isHttpUrl, "config.not_a_url", "https://axis.example.vn"}; }
base::ConfigForm databaseUrl() {
  return {isDatabaseUrl, "config.not_a_database_url", "tcp://127.0.0.1:3306, unix:///run/x.sock"};
}
base::ConfigForm mailAddress() {
  return {isMailAddress, "config.not_a_mail_address", "name@example.vn"};
}
base::ConfigForm file() { return {isFile, "config.not_a_file", ""}; }
base::ConfigForm folder() { return {isFolder, "config.not_a_folder", ""}; }

}  // namespace eoffice::app::forms
