// Reads a form, urlencoded or multipart/form-data, in one pass; files go to a sink piece by piece.
// Strict: a part that is cut off or that breaks the format is a BadRequest. Internal to base/http.
#pragma once

#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <string_view>

#include "base/http/message.h"

namespace base::http {

/// The fields of a form together.
inline constexpr std::size_t kMostFieldBytes = 1U << 20;

/// `boundary` of a multipart Content-Type; empty when it has none that is allowed.
[[nodiscard]] std::string boundaryOf(std::string_view contentType);
/// A file's name as a client claims it, made harmless: see UploadedFile::name.
[[nodiscard]] std::string safeFileName(std::string_view claimed);

/// Opens the place for one file's bytes.
using OpenFile = std::function<std::unique_ptr<BlobWriter>()>;
[[nodiscard]] Form readMultipart(std::istream& body, const std::string& boundary,
                                 const OpenFile& openFile);
[[nodiscard]] Form readUrlEncoded(std::istream& body);

}  // namespace base::http
