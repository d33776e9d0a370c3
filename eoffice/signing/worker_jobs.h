// The jobs of the worker: what each reads, refuses and answers. Only inside the worker. One thread.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "eoffice/signing/pdf_document_internal.h"

namespace eoffice::worker {

/// Descriptors that the office opened for us.
constexpr int kInput = 3;    ///< The PDF, read only.
constexpr int kOutput = 4;   ///< Where bytes go: a PNG, or the revision to append.
constexpr int kPicture = 5;  ///< A PNG, read only.
/// For libraries that want names.
constexpr const char* kInputPath = "/proc/self/fd/3";
constexpr const char* kOutputPath = "/proc/self/fd/4";

/// A file's bytes, mapped. `bytes()` is empty for an empty file.
class MappedFile {
 public:
  explicit MappedFile(int descriptor);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  [[nodiscard]] std::string_view bytes() const { return {data_, size_}; }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

using Answer = base::Result<nlohmann::json>;

/// Runs the job named in `request["job"]`. PoDoFo's errors, std::bad_alloc and UnsupportedPdf pass
/// through; see `explain`.
[[nodiscard]] Answer run(const nlohmann::json& request);

// Each job by itself; `request` has the names that PdfTools writes.
[[nodiscard]] Answer inspect();
[[nodiscard]] Answer text(const nlohmann::json& request);
/// The file's pages and the texts of `count` of them from `first`.
[[nodiscard]] Answer texts(const nlohmann::json& request);
/// Draws the page and becomes the OCR program, which writes its table where the answer belongs; so
/// it answers only when that cannot be done. Page 0: its list of languages.
[[nodiscard]] Answer ocr(const nlohmann::json& request);
[[nodiscard]] Answer render(const nlohmann::json& request);
[[nodiscard]] Answer signatures(const nlohmann::json& request);
[[nodiscard]] Answer places(const nlohmann::json& request);
[[nodiscard]] Answer layoutPersonal(const nlohmann::json& request);
[[nodiscard]] Answer layoutSeal(const nlohmann::json& request);
[[nodiscard]] Answer stampNumber(const nlohmann::json& request);
[[nodiscard]] Answer draw(const nlohmann::json& request);

/// The refusal for bytes that are no PDF at all, before any library sees them.
[[nodiscard]] base::Result<void> looksLikePdf(std::string_view bytes);

}  // namespace eoffice::worker
