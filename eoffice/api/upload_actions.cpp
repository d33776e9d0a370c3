#include "eoffice/api/upload_actions.h"

#include "base/text.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/uploads.h"

namespace eoffice::api {
namespace {

using base::RefusalKind;
using nlohmann::json;

const Schema& storedUpload() {
  static const Schema kSchema{
      .name = "Upload",
      .fields = {text("sha256", "Names the file in the acts that follow."),
                 number("size", "Bytes."), text("name", "The file's name.")}};
  return kSchema;
}

// Only those whose acts begin with a file.
base::Result<void> mayUpload(const Caller& caller) {
  using directory::Capability;
  if (directory::may(caller, Capability::RegisterIncoming)) return {};
  return directory::require(caller, Capability::Draft);
}

}  // namespace

Operations UploadActions::operations() const {
  return {
      {.method = base::http::Method::Post,
       .path = "/uploads",
       .name = "upload",
       .group = "uploads",
       .summary = "Store a PDF: the raw body as application/pdf with ?name=, or a form "
                  "(multipart/form-data) with one file.",
       .query = {optional(text("name", "File name, for a raw body.", 200))},
       .answer = &storedUpload(),
       .status = 201,
       .upload = "application/pdf",
       .errors = {"permission.denied", "request.wrong_content_type", "upload.no_file", "http.413"},
       .bodyLimit = parts_.uploadLimit,
       .action = bind(this, &UploadActions::upload)}};
}

base::Result<json> UploadActions::upload(const Call& call) const {
  auto& request = call.visit.request;
  if (auto right = mayUpload(call.caller()); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  const auto type = base::lowerAscii(request.header("Content-Type").value_or(""));
  if (type.starts_with("multipart/form-data")) {
    const auto form = request.form(&parts_.blobs);
    if (form.files.size() != 1) {
      return base::refuse(RefusalKind::Invalid, "upload.no_file", "file");
    }
    return kept(call.caller(), form.files.front().blob, form.files.front().name);
  }
  if (!type.starts_with("application/pdf")) {
    return base::refuse(RefusalKind::Invalid, "request.wrong_content_type", {},
                        {{"wanted", "application/pdf, multipart/form-data"}});
  }
  auto name = call.query.text("name");
  if (name.empty()) return base::refuse(RefusalKind::Invalid, "field.missing", "name");
  const auto blob = parts_.blobs.put(request.body());
  if (blob.size == 0) return base::refuse(RefusalKind::Invalid, "upload.no_file", "file");
  return kept(call.caller(), blob, name);
}

// From now on the file is the caller's to use.
json UploadActions::kept(const Caller& caller, const base::BlobRef& blob,
                         const std::string& name) const {
  parts_.database.transact([&](base::db::Session& session) {
    documents::noteUpload(session, parts_.renderer.clock(), caller, blob);
  });
  return {{"sha256", blob.sha256}, {"size", blob.size}, {"name", name}};
}

}  // namespace eoffice::api
