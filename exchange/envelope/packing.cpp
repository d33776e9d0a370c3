#include "exchange/envelope/packing.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "base/cptr.h"
#include "exchange/envelope/base64_stream.h"
#include "exchange/envelope/media_type.h"
#include "exchange/envelope/temp_file.h"

namespace exchange {
namespace {

constexpr std::array<std::string_view, 4> kRaw = {"pdf", "doc", "docx", "zip"};

class PlainText : public TextSource {
 public:
  PlainText(const base::BlobStore& blobs, base::BlobRef blob)
      : blobs_(blobs), blob_(std::move(blob)) {}
  void stream(const Sink& out) const override { writeBase64(bytesOf(blobs_, blob_), out); }

 private:
  const base::BlobStore& blobs_;
  base::BlobRef blob_;
};

class ZipText : public TextSource {
 public:
  explicit ZipText(TempFile zip) : zip_(std::move(zip)) {}
  void stream(const Sink& out) const override { writeBase64(zip_.bytes(), out); }

 private:
  TempFile zip_;
};

// libzip writes to a path only, so there is a folder for as long as it writes.
class WorkFolder {
 public:
  WorkFolder();
  ~WorkFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

WorkFolder::WorkFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "edxml-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), "create a temporary folder");
  }
  path_ = name;
}

// The same input gives the same zip: DOS time of the document's date at midnight.
zip_uint16_t dosDate(base::LocalDate date) {
  const int year = std::clamp(static_cast<int>(date.year()), 1980, 2107);
  return static_cast<zip_uint16_t>((year - 1980) << 9 |
                                   static_cast<int>(static_cast<unsigned>(date.month())) << 5 |
                                   static_cast<int>(static_cast<unsigned>(date.day())));
}

TempFile zipOf(const std::filesystem::path& source, const std::string& entry,
               base::LocalDate date) {
  const WorkFolder folder;
  const std::string path = (folder.path() / "attachment.zip").string();
  int error = 0;
  base::CPtr<zip_t, zip_discard> archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_EXCL, &error));
  zip_source_t* file = archive ? zip_source_file(archive.get(), source.c_str(), 0, -1) : nullptr;
  if (file == nullptr) {
    throw std::system_error(errno, std::generic_category(), "create a zip in " + path);
  }
  const zip_int64_t index = zip_file_add(archive.get(), entry.c_str(), file, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(file);
  }
  const auto at = static_cast<zip_uint64_t>(index);
  if (index < 0 || zip_file_set_dostime(archive.get(), at, 0, dosDate(date), 0) != 0 ||
      zip_close(archive.get()) != 0) {
    throw std::system_error(errno, std::generic_category(), "write a zip in " + path);
  }
  static_cast<void>(archive.release());  // zip_close freed it
  return TempFile::adopt(path);
}

// A uuid out of the content's hash: nothing that a retry would change.
std::string entryName(const std::string& sha256, const std::string& extension) {
  std::string hex = sha256.substr(0, 32);
  hex.resize(32, '0');
  hex[12] = '8';
  hex[16] = 'a';
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20) + (extension.empty() ? "" : "." + extension);
}

}  // namespace

Packed pack(const Attachment& attachment, base::LocalDate date, const base::BlobStore& blobs) {
  const std::string extension = extensionOfName(attachment.name);
  if (std::find(kRaw.begin(), kRaw.end(), extension) != kRaw.end()) {
    return {"application/" + extension, std::make_shared<PlainText>(blobs, attachment.blob)};
  }
  const std::filesystem::path path = blobs.path(attachment.blob.sha256);
  if (std::filesystem::file_size(path) != attachment.blob.size) {
    throw base::BlobError(base::BlobError::Kind::Damaged,
                          "blob " + attachment.blob.sha256 + " has not the size it should have");
  }
  return {"application/zip", std::make_shared<ZipText>(
                                 zipOf(path, entryName(attachment.blob.sha256, extension), date))};
}

}  // namespace exchange
