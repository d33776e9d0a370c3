// Base64 that streams, and remembers how the text was laid out (line breaks, indentation), so that
// the very same text can be made again from the decoded bytes: a signature covers the text, and
// keeping both would double the disk. For this folder and exchange/signature.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/blob/blob_store.h"
#include "exchange/envelope/writer.h"

namespace exchange {

/// Puts up to `most` bytes at `into`, returns how many; 0 at the end.
using ByteSource = std::function<std::size_t(char* into, std::size_t most)>;

/// The bytes of a blob from its beginning. The source throws base::BlobError (Damaged) when there
/// are more or fewer of them than `blob.size`: half a file must not look like one.
[[nodiscard]] ByteSource bytesOf(const base::BlobStore& blobs, const base::BlobRef& blob);

/// Where white space stands between the characters of a base64 text, and how it ends.
struct Base64Layout {
  struct Piece {
    std::uint64_t chars = 0;  ///< Characters, then
    std::string gap = {};     ///< this white space,
    std::uint64_t times = 1;  ///< so many times.
  };
  std::vector<Piece> pieces = {};  ///< What follows the last piece has no gap.
  std::uint64_t groups = 0;        ///< Whole groups of four characters.
  std::string tail = {};           ///< The characters after them, as they came (`QQ==`).
  bool regular = true;             ///< False: too wild to be remembered.
};

class Base64Reader {
 public:
  explicit Base64Reader(Sink out) : out_(std::move(out)) {}
  void feed(std::string_view text);
  /// Gives out the last bytes. False when the text was not base64 (missing padding is forgiven).
  [[nodiscard]] bool finish();
  [[nodiscard]] bool bad() const { return bad_; }
  [[nodiscard]] const Base64Layout& layout() const { return layout_; }

 private:
  void takeRun(std::string_view run);
  void takePadding();
  void closeGap();
  void decodeGroups(std::string_view groups);

  Sink out_;
  Base64Layout layout_;
  std::string gap_;
  std::string quantum_;  ///< Fewer than four characters that wait for the next ones.
  std::string buffer_;
  std::uint64_t charsSinceGap_ = 0;
  std::size_t gapBytes_ = 0;
  std::size_t padding_ = 0;
  bool bad_ = false;
};

/// One line, padded.
void writeBase64(const ByteSource& bytes, const Sink& out);
/// The text that `layout` was taken from; `bytes` are the decoded ones.
void writeBase64(const ByteSource& bytes, const Base64Layout& layout, const Sink& out);

}  // namespace exchange
