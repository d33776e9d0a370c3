#include "eoffice/web/file_pages.h"

#include "eoffice/documents/reading.h"
#include "eoffice/web/forms.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Response;

constexpr int kScreenDpi = 96;
constexpr int kSharpDpi = 192;
// The bytes never change, but who may see them does, and browsers are shared: the browser keeps
// them and asks each time whether it may still show them (304 by the ETag).
constexpr const char* kAskEachTime = "private, no-cache";

struct WantedPage {
  int number = 0;
  int dpi = kScreenDpi;
};

// `3.png`, `3@2x.png`
std::optional<WantedPage> wantedPage(const std::string& name) {
  constexpr std::string_view kPlain = ".png";
  constexpr std::string_view kSharp = "@2x.png";
  const bool sharp = name.ends_with(kSharp);
  if (!sharp && !name.ends_with(kPlain)) return std::nullopt;
  const auto digits = name.substr(0, name.size() - (sharp ? kSharp : kPlain).size());
  const auto number = typedNumber(digits);
  if (number < 1 || number > 100'000) return std::nullopt;
  return WantedPage{static_cast<int>(number), sharp ? kSharpDpi : kScreenDpi};
}

std::string asciiName(const std::string& name) {
  std::string out;
  for (const char c : name) {
    const bool plain = c > 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '/' && c != ';';
    out += plain ? c : '_';
  }
  return out;
}

}  // namespace

Response fileAnswer(const base::BlobStore& blobs, const documents::File& file) {
  Response response;
  response.body = base::http::FileBody{blobs.path(file.blob.sha256), file.blob.sha256};
  const bool pdf = file.mediaType == "application/pdf";
  // Only PDFs are shown by the browser; anything else that came by the axis is saved, not opened.
  response.set("Content-Type", pdf ? "application/pdf" : "application/octet-stream");
  response.set("Content-Disposition", std::string(pdf ? "inline" : "attachment") + "; filename=\"" +
                                          asciiName(file.name) + "\"; filename*=UTF-8''" +
                                          escapedQuery(file.name));
  response.set("Content-Security-Policy", "sandbox; default-src 'none'");
  response.set("Cache-Control", kAskEachTime);
  return response;
}

void FilePages::addRoutes(base::http::Router& router) {
  addPage(router, Method::Get, "/documents/{id}/files/{file}", "file.show",
          [this](Visit& visit) { return file(visit); });
  addPage(router, Method::Get, "/documents/{id}/files/{file}/pages/{page}", "file.page",
          [this](Visit& visit) { return pageImage(visit); });
}

std::optional<documents::File> FilePages::find(const Visit& visit) const {
  return parts_.database.read([&](base::db::Session& session) {
    return documents::fileFor(session, visit.caller(), DocumentId(visit.number("id")),
                              visit.number("file"));
  });
}

Response FilePages::file(Visit& visit) const {
  const auto found = find(visit);
  if (!found) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "document.unknown"});
  }
  documents::noteView(parts_.database, visit.caller(), DocumentId(visit.number("id")),
                      parts_.renderer.clock().now());
  return fileAnswer(parts_.blobs, *found);
}

Response FilePages::pageImage(Visit& visit) const {
  const auto found = find(visit);
  const auto wanted = wantedPage(visit.request.pathParams.at("page"));
  if (!found || !wanted || found->mediaType != "application/pdf") {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "document.unknown"});
  }
  const auto image = parts_.images.image(found->blob.sha256, wanted->number, wanted->dpi);
  if (!image) return parts_.renderer.refusal(visit, image.error());
  Response response;
  response.body =
      base::http::FileBody{*image, found->blob.sha256 + "-" + std::to_string(wanted->number) + "-" +
                                       std::to_string(wanted->dpi)};
  response.set("Content-Type", "image/png");
  response.set("Cache-Control", kAskEachTime);
  return response;
}

}  // namespace eoffice::web
