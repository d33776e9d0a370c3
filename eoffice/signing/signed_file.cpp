#include "eoffice/signing/signed_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/crypto/digest.h"
#include "base/text.h"
#include "eoffice/signing/cms_internal.h"
#include "eoffice/signing/descriptor.h"

namespace eoffice {
namespace {

constexpr std::size_t kPiece = 256U << 10;

/// The kernel copies (and shares extents where the file system can); in pieces where it cannot.
void copyAll(int from, int to) {
  off_t at = 0;
  off_t const size = fileSize(from);
  while (at < size) {
    off_t source = at;
    ssize_t const done =
        ::copy_file_range(from, &source, to, nullptr, static_cast<std::size_t>(size - at), 0);
    if (done > 0) {
      at += done;
      continue;
    }
    std::string const piece = readAt(from, kPiece, at);
    if (piece.empty()) throw SigningError("the file became shorter while it was read");
    writeAll(to, piece);
    at += static_cast<off_t>(piece.size());
  }
}

void digestRange(int file, std::uint64_t from, std::uint64_t to, base::Sha256& digest) {
  while (from < to) {
    std::string const piece =
        readAt(file, static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, to - from)),
               static_cast<off_t>(from));
    if (piece.empty()) throw SigningError("the file became shorter while it was signed");
    digest.update(piece);
    from += piece.size();
  }
}

}  // namespace

void appendRevision(const std::filesystem::path& in, int revision,
                    const std::filesystem::path& out) {
  Descriptor const source = openFile(in, O_RDONLY);
  Descriptor const target = openFile(out, O_RDWR | O_CREAT | O_TRUNC, 0600);
  try {
    copyAll(source.get(), target.get());
    copyAll(revision, target.get());
  } catch (...) {
    ::unlink(out.c_str());
    throw;
  }
}

void signIntoHole(const std::filesystem::path& file, std::uint64_t before,
                  const SignatureHole& hole, const SigningKey& key) {
  Descriptor const target = openFile(file, O_RDWR);
  auto const size = static_cast<std::uint64_t>(fileSize(target.get()));
  // The worker may be an attacker's by now: it must not choose what is left out of the digest.
  if (hole.begin < before || hole.end <= hole.begin + 2 || hole.end > size) {
    throw SigningError("the signature's place lies outside of the new revision");
  }
  std::string const empty = readAt(target.get(), static_cast<std::size_t>(hole.end - hole.begin),
                                   static_cast<off_t>(hole.begin));
  if (empty.front() != '<' || empty.back() != '>' ||
      empty.find_first_not_of('0', 1) != empty.size() - 1) {
    throw SigningError("the signature's place is not empty");
  }
  base::Sha256 digest;
  digestRange(target.get(), 0, hole.begin, digest);
  digestRange(target.get(), hole.end, size, digest);
  std::string const hex = base::lowerHex(makeDetachedCms(digest.finish(), key));
  if (hex.size() > hole.end - hole.begin - 2) {
    throw SigningError("the signature does not fit into its place");
  }
  writeAt(target.get(), hex, static_cast<off_t>(hole.begin + 1));
}

}  // namespace eoffice
