// Takes the one file out of a zip that an attachment was packed in, with limits: the zip is
// foreign. No name of an entry is ever used as a path. For this folder only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/blob/blob_store.h"
#include "exchange/envelope/finding.h"
#include "exchange/envelope/reader.h"
#include "exchange/envelope/temp_file.h"

namespace exchange {

struct Unpacked {
  base::BlobRef blob;
  std::string mediaType;
  std::optional<FindingCode> finding;
  std::optional<FindingCode> nameFinding;
};

/// The entry, when there is exactly one that can be had; otherwise the zip as it is: an office
/// document, a zip that was meant as one (`name` says so), one that is unreadable or over a limit.
[[nodiscard]] Unpacked unpack(const TempFile& zip, std::string_view name, base::BlobStore& blobs,
                              const ReadOptions& options);

}  // namespace exchange
