// What the hub reads of an envelope: who sends, to whom, and how lists name it. Folder-internal.
// Pure but for reading the file; safe from any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/blob/blob_store.h"
#include "exchange/axis/protocol.h"
#include "exchange/hub/replies_internal.h"

namespace exchange::hub {

struct Addressing {
  std::string from;
  std::vector<std::string> to;  ///< In the envelope's order, each once.
  std::string documentId;
  std::string title;
  std::string notation;
};

/// A document goes to its To; a status, which has none, to the agency that ResponseFor names: the
/// document's sender, or for status 13 its receiver. Denies with code 22 an envelope that cannot be
/// read, is of another kind than `kind`, or names nobody.
[[nodiscard]] Outcome<Addressing> readAddressing(const std::filesystem::path& file,
                                                 axis::MessageKind kind, base::BlobStore& blobs);

}  // namespace exchange::hub
