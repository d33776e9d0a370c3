#include "exchange/envelope/capture.h"

#include <utility>

namespace exchange {
namespace {

constexpr std::size_t kHead = 1024;
constexpr std::string_view kZipMagic("PK\x03\x04", 4);
constexpr std::string_view kEmptyZipMagic("PK\x05\x06", 4);

// The decoded bytes lie in the blob store; the text is made again from them.
class BlobText : public TextSource {
 public:
  BlobText(const base::BlobStore& blobs, base::BlobRef blob, Base64Layout layout)
      : blobs_(blobs), blob_(std::move(blob)), layout_(std::move(layout)) {}
  void stream(const Sink& out) const override { writeBase64(bytesOf(blobs_, blob_), layout_, out); }

 private:
  const base::BlobStore& blobs_;
  base::BlobRef blob_;
  Base64Layout layout_;
};

class FileText : public TextSource {
 public:
  FileText(std::shared_ptr<const TempFile> file, Base64Layout layout)
      : file_(std::move(file)), layout_(std::move(layout)) {}
  void stream(const Sink& out) const override { writeBase64(file_->bytes(), layout_, out); }

 private:
  std::shared_ptr<const TempFile> file_;
  Base64Layout layout_;
};

}  // namespace

Capture::Capture(base::BlobStore& blobs, const ReadOptions& options)
    : blobs_(blobs),
      options_(options),
      decoder_([this](std::string_view bytes) { takeBytes(bytes); }) {}

void Capture::feed(std::string_view text) {
  if (options_.attachments == ReadOptions::Attachments::Keep) {
    decoder_.feed(text);
  }
}

void Capture::takeBytes(std::string_view bytes) {
  if (head_.size() < kHead) {
    head_.append(bytes.substr(0, kHead - head_.size()));
  }
  if (writer_ || zip_) {
    store(bytes);
    return;
  }
  waiting_.append(bytes);
  if (waiting_.size() >= kZipMagic.size()) {
    openStore();
  }
}

void Capture::openStore() {
  if (waiting_.starts_with(kZipMagic) || waiting_.starts_with(kEmptyZipMagic)) {
    zip_ = std::make_shared<TempFile>(options_.temporary);
  } else {
    writer_ = blobs_.begin();
  }
  store(std::exchange(waiting_, {}));
}

void Capture::store(std::string_view bytes) {
  if (zip_) {
    zip_->write(bytes);
  } else {
    writer_->write(bytes);
  }
}

CapturedFile Capture::finish() {
  CapturedFile file;
  file.splice.token = newToken();
  if (options_.attachments == ReadOptions::Attachments::Skip) {
    return file;
  }
  file.decoded = decoder_.finish() && !spoiled_;
  if (!file.decoded) {
    return file;
  }
  if (!zip_ && !writer_) {
    openStore();
  }
  file.head = std::move(head_);
  file.zip = zip_;
  if (writer_) {
    file.blob = writer_->keep();
  }
  if (decoder_.layout().regular) {
    if (zip_) {
      file.splice.text = std::make_shared<FileText>(zip_, decoder_.layout());
    } else {
      file.splice.text = std::make_shared<BlobText>(blobs_, file.blob, decoder_.layout());
    }
  }
  return file;
}

}  // namespace exchange
