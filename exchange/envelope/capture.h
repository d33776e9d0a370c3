// Takes the text of one attachment while it streams by: decodes it into the blob store, or into a
// temporary file where it begins like a zip. For this folder only.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "exchange/envelope/base64_stream.h"
#include "exchange/envelope/intake.h"

namespace exchange {

class Capture {
 public:
  Capture(base::BlobStore& blobs, const ReadOptions& options);
  void feed(std::string_view text);
  /// Something else than text stood inside: the text cannot be made again.
  void spoil() { spoiled_ = true; }
  [[nodiscard]] CapturedFile finish();

 private:
  void takeBytes(std::string_view bytes);
  void openStore();
  void store(std::string_view bytes);

  base::BlobStore& blobs_;
  const ReadOptions& options_;
  Base64Reader decoder_;
  std::unique_ptr<base::BlobWriter> writer_;
  std::shared_ptr<TempFile> zip_;
  std::string head_;
  std::string waiting_;  ///< Bytes that came before the store was chosen.
  bool spoiled_ = false;
};

}  // namespace exchange
