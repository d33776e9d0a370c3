#include "exchange/hub/arrival_internal.h"

#include <algorithm>

#include "base/crypto/digest.h"
#include "base/text.h"
#include "exchange/axis/protocol.h"

namespace exchange::hub {

namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::string_view kCrLf = "\r\n";

std::string_view readPiece(std::istream& body, std::string& buffer) {
  buffer.resize(kPiece);
  body.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
  return std::string_view(buffer).substr(0, static_cast<std::size_t>(body.gcount()));
}

tl::unexpected<Denial> wrongHash() {
  return deny(axis::error_code::kInvalidFile, "hash-file is not the SHA-256 of the file");
}

}  // namespace

Outcome<base::BlobRef> takeFile(std::istream& body, const std::string& claimed,
                                base::BlobStore& blobs) {
  const auto writer = blobs.begin();
  base::Sha256 hash;
  std::string held;  // The last two bytes, which may not belong to the file.
  std::string buffer;
  bool empty = true;
  for (auto piece = readPiece(body, buffer); !piece.empty(); piece = readPiece(body, buffer)) {
    held += piece;
    const std::size_t sure = held.size() - std::min(held.size(), kCrLf.size());
    writer->write(std::string_view(held).substr(0, sure));
    hash.update(std::string_view(held).substr(0, sure));
    held.erase(0, sure);
    empty = false;
  }
  if (empty) {
    return deny(axis::error_code::kInvalidFile, "the request has no file");
  }
  if (held != kCrLf) {
    writer->write(held);
    hash.update(held);
    return axis::sameHash(claimed, hash.finish()) ? Outcome<base::BlobRef>(writer->keep())
                                                  : wrongHash();
  }
  if (axis::sameHash(claimed, hash.finish())) {
    return writer->keep();
  }
  // The file may end in CR LF itself: only its whole hash can tell.
  writer->write(held);
  const base::BlobRef whole = writer->keep();
  return axis::sameHash(claimed, base::bytesOfHex(whole.sha256)) ? Outcome<base::BlobRef>(whole)
                                                                 : wrongHash();
}

void drain(std::istream& body, std::uint64_t most) {
  std::string buffer;
  std::uint64_t read = 0;
  while (read < most) {
    const auto piece = readPiece(body, buffer);
    if (piece.empty()) {
      return;
    }
    read += piece.size();
  }
}

}  // namespace exchange::hub
