// The office's half of signing: the bytes that were there, the revision that the worker laid out,
// the digest of both, the signature into its hole. Reads and writes in pieces. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>

#include "eoffice/signing/key_store.h"

namespace eoffice {

/// Writes `out` (new, mode 0600): the bytes of `in`, then all of `revision` (a descriptor, read
/// from its start). Removes `out` again when it fails. Throws std::system_error.
void appendRevision(const std::filesystem::path& in, int revision,
                    const std::filesystem::path& out);

struct SignatureHole {
  std::uint64_t begin = 0;  ///< Of `<` in the file.
  std::uint64_t end = 0;    ///< After `>`.
};

/// Digests all of `file` but the hole and writes the CMS into it. Throws SigningError when the hole
/// does not lie behind the first `before` bytes or is too small.
void signIntoHole(const std::filesystem::path& file, std::uint64_t before,
                  const SignatureHole& hole, const SigningKey& key);

}  // namespace eoffice
