#include "base/http/static_files.h"

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

#include "base/crypto/digest.h"
#include "base/http/answer.h"
#include "base/text.h"

namespace base::http {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHashLength = 10;
constexpr int kBestGzip = 9;  ///< Pressed once, sent often.

std::string mediaTypeOfFile(const fs::path& file) {
  static const std::map<std::string, std::string> kTypes = {
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".html", "text/html; charset=utf-8"},
      {".txt", "text/plain; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".webp", "image/webp"},
      {".gif", "image/gif"},
      {".ico", "image/vnd.microsoft.icon"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".ttf", "font/ttf"},
      {".wasm", "application/wasm"},
      {".pdf", "application/pdf"}};
  const auto found = kTypes.find(lowerAscii(file.extension().string()));
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

std::string readWhole(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  if (!in || !(bytes << in.rdbuf() || in.peek() == std::ifstream::traits_type::eof())) {
    throw std::runtime_error("cannot read " + file.string());
  }
  return std::move(bytes).str();
}

}  // namespace

struct StaticFiles::State {
  /// One file as it is served.
  struct Asset {
    std::string url;
    std::string hash;
    std::string mediaType;
    std::string bytes;
    std::string pressed;  ///< Empty when pressing does not help.
  };

  fs::path folder;
  std::string prefix;
  std::map<std::string, Asset> assets;  ///< By the file's path below the folder.
  std::set<std::string> underway;       ///< Style sheets that wait for what they refer to.

  const Asset& load(const std::string& file);
  [[nodiscard]] static Response serve(const Asset& asset, const Request& request);
  [[nodiscard]] std::string withHashedUrls(const std::string& css, const fs::path& from);
  [[nodiscard]] std::string hashedReference(const std::string& reference, const fs::path& from);
};

const StaticFiles::State::Asset& StaticFiles::State::load(const std::string& file) {
  const auto known = assets.find(file);
  if (known != assets.end()) return known->second;
  const fs::path path(file);
  Asset asset;
  asset.mediaType = mediaTypeOfFile(path);
  asset.bytes = readWhole(folder / path);
  if (path.extension() == ".css") {
    if (!underway.insert(file).second)
      throw std::runtime_error("style sheets in a circle: " + file);
    asset.bytes = withHashedUrls(asset.bytes, path.parent_path());
    underway.erase(file);
  }
  asset.hash = sha256Hex(asset.bytes).substr(0, kHashLength);
  const fs::path hashed =
      path.parent_path() / (path.stem().string() + "." + asset.hash + path.extension().string());
  asset.url = prefix + hashed.generic_string();
  if (isCompressible(asset.mediaType)) {
    asset.pressed = gzipped(asset.bytes, kBestGzip);
    if (asset.pressed.size() >= asset.bytes.size()) asset.pressed.clear();
  }
  return assets.emplace(file, std::move(asset)).first->second;
}

/// `url(font.woff2)`, `url("../img/a.svg#b")`: what is a file of ours gets its hashed name.
std::string StaticFiles::State::withHashedUrls(const std::string& css, const fs::path& from) {
  static constexpr std::string_view kOpening = "url(";
  std::string result;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = css.find(kOpening, done)) != std::string::npos;) {
    std::size_t begin = at + kOpening.size();
    const std::size_t close = css.find(')', begin);
    if (close == std::string::npos) break;
    std::size_t end = close;
    if (end - begin >= 2 && (css[begin] == '"' || css[begin] == '\'') &&
        css[end - 1] == css[begin]) {
      ++begin;
      --end;
    }
    result.append(css, done, begin - done);
    result += hashedReference(css.substr(begin, end - begin), from);
    done = end;
  }
  return result.append(css, done);
}

std::string StaticFiles::State::hashedReference(const std::string& reference,
                                                const fs::path& from) {
  const std::size_t suffix = reference.find_first_of("?#");
  const std::string name = reference.substr(0, suffix);
  if (name.empty() || name.front() == '/' || name.find(':') != std::string::npos) return reference;
  const std::string file = (from / name).lexically_normal().generic_string();
  if (file.rfind("..", 0) == 0 || !fs::is_regular_file(folder / file)) return reference;
  return load(file).url + (suffix == std::string::npos ? "" : reference.substr(suffix));
}

StaticFiles::StaticFiles(const fs::path& folder, std::string prefix)
    : state_(std::make_shared<State>()) {
  state_->folder = folder;
  state_->prefix = std::move(prefix);
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  if (error) throw std::runtime_error("cannot read " + folder.string() + ": " + error.message());
  for (const fs::recursive_directory_iterator end; entry != end; ++entry) {
    if (entry->path().filename().string().front() == '.' || !entry->is_regular_file()) continue;
    state_->load(entry->path().lexically_relative(folder).generic_string());
  }
}

StaticFiles::~StaticFiles() = default;

std::vector<std::string> StaticFiles::files() const {
  std::vector<std::string> names;
  names.reserve(state_->assets.size());
  for (const auto& [name, asset] : state_->assets) names.push_back(name);
  return names;
}

std::string StaticFiles::url(const std::string& file) const {
  const auto found = state_->assets.find(file);
  if (found == state_->assets.end()) throw std::logic_error("no static file " + file);
  return found->second.url;
}

Response StaticFiles::State::serve(const Asset& asset, const Request& request) {
  const auto accepted = request.header("Accept-Encoding");
  const bool press =
      !asset.pressed.empty() && accepted && acceptsGzip(Headers{{"Accept-Encoding", *accepted}});
  Response response;
  response.set("Content-Type", asset.mediaType);
  response.set("Cache-Control", "public, max-age=31536000, immutable");
  response.set("ETag", "\"" + asset.hash + (press ? "-gzip\"" : "\""));
  if (!asset.pressed.empty()) response.set("Vary", "Accept-Encoding");
  if (press) response.set("Content-Encoding", "gzip");
  response.body = press ? asset.pressed : asset.bytes;
  return response;
}

void StaticFiles::addRoutes(Router& router, const std::any& meta) const {
  for (const auto& [file, asset] : state_->assets) {
    Route route;
    route.pattern = asset.url;
    route.name = "static";
    route.meta = meta;
    route.handler = [state = state_, &asset = asset](Request& request) {
      return State::serve(asset, request);
    };
    router.add(std::move(route));
  }
}

}  // namespace base::http
