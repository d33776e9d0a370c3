// Takes a sent file off the wire: into the blob store as it comes, checked against the hash that
// its sender signed. Memory does not grow with it. Folder-internal.
#pragma once

#include <istream>
#include <string>

#include "base/blob/blob_store.h"
#include "exchange/hub/replies_internal.h"

namespace exchange::hub {

/// The file is the body, or the body without a final CR LF: whichever has the hash `claimed`.
/// Denies with code 10 (no bytes, or none with that hash). Throws what the stream and the store
/// throw.
[[nodiscard]] Outcome<base::BlobRef> takeFile(std::istream& body, const std::string& claimed,
                                              base::BlobStore& blobs);
/// Reads on to the end or to `most` bytes, so that the sender gets to read the answer.
void drain(std::istream& body, std::uint64_t most);

}  // namespace exchange::hub
