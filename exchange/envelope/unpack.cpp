#include "exchange/envelope/unpack.h"

#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "base/cptr.h"
#include "exchange/envelope/media_type.h"

namespace exchange {
namespace {

using Archive = base::CPtr<zip_t, zip_discard>;
using Entry = base::CPtr<zip_file_t, zip_fclose>;

constexpr std::uint64_t kMostEntries = 5000;
constexpr std::uint32_t kMostDirectory = 2U << 20;
constexpr std::uint64_t kFreeOfRatio = 1U << 20;
constexpr std::size_t kEndRecord = 22;
constexpr std::size_t kTail = 65535 + kEndRecord + 20;

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = count; i > 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return value;
}

// libzip reads the whole directory into memory: look at what it claims before it is opened.
bool directoryIsSmall(const TempFile& zip) {
  const std::uint64_t from = zip.size() > kTail ? zip.size() - kTail : 0;
  std::string tail(static_cast<std::size_t>(zip.size() - from), '\0');
  tail.resize(zip.readAt(from, tail.data(), tail.size()));
  if (tail.find(std::string_view("PK\x06\x07", 4)) != std::string::npos) {
    return false;  // a zip64 of at most 1 GiB has no honest reason
  }
  const std::string_view mark("PK\x05\x06", 4);
  bool found = false;
  for (auto at = tail.find(mark); at != std::string::npos; at = tail.find(mark, at + 1)) {
    if (at + kEndRecord > tail.size()) {
      break;
    }
    found = true;
    if (little(tail, at + 10, 2) > kMostEntries || little(tail, at + 12, 4) > kMostDirectory) {
      return false;
    }
  }
  return found;
}

Archive openArchive(const TempFile& zip) {
  const int descriptor = zip.duplicate();
  int error = 0;
  Archive archive(zip_fdopen(descriptor, ZIP_RDONLY, &error));
  if (!archive) {
    ::close(descriptor);
  }
  return archive;
}

base::BlobRef keepWhole(const TempFile& zip, base::BlobStore& blobs) {
  auto writer = blobs.begin();
  std::array<char, 64 * 1024> buffer;
  const ByteSource bytes = zip.bytes();
  while (const std::size_t got = bytes(buffer.data(), buffer.size())) {
    writer->write({buffer.data(), got});
  }
  return writer->keep();
}

struct Listing {
  std::vector<zip_uint64_t> files;
  std::string officeType;  // empty: an ordinary zip
};

bool isFolder(std::string_view name) { return name.ends_with('/') || name.ends_with('\\'); }

std::string openDocumentType(zip_t* archive, zip_uint64_t index) {
  Entry entry(zip_fopen_index(archive, index, 0));
  std::array<char, 120> text;
  const zip_int64_t got = entry ? zip_fread(entry.get(), text.data(), text.size()) : 0;
  const std::string_view type(text.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  return type.starts_with("application/vnd.oasis.opendocument.") ? std::string(type)
                                                                 : std::string();
}

std::string officeType(const std::vector<std::string_view>& names) {
  const auto below = [&](std::string_view folder) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return name.starts_with(folder); });
  };
  if (std::find(names.begin(), names.end(), "[Content_Types].xml") == names.end()) {
    return {};
  }
  const std::string_view extension = below("word/")  ? "docx"
                                     : below("xl/")  ? "xlsx"
                                     : below("ppt/") ? "pptx"
                                                     : "";
  return extension.empty() ? "application/zip" : std::string(mediaTypeOfExtension(extension));
}

Listing list(zip_t* archive) {
  Listing listing;
  std::vector<std::string_view> names;
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    const char* name = zip_get_name(archive, index, ZIP_FL_ENC_RAW);
    if (name == nullptr) {
      continue;
    }
    names.emplace_back(name);
    if (names.back() == "mimetype" && count > 1) {
      listing.officeType = openDocumentType(archive, index);
    }
    if (!isFolder(names.back())) {
      listing.files.push_back(index);
    }
  }
  if (listing.officeType.empty()) {
    listing.officeType = officeType(names);
  }
  return listing;
}

bool pointsOutside(std::string_view name) {
  return name.starts_with('/') || name.find("..") != std::string_view::npos ||
         name.find('\\') != std::string_view::npos || name.find(':') != std::string_view::npos;
}

// Streams one entry into the store; counts what really comes out, whatever the zip claims.
std::optional<FindingCode> extract(zip_t* archive, const zip_stat_t& stat, base::BlobStore& blobs,
                                   const ReadOptions& options, Unpacked& into) {
  Entry entry(zip_fopen_index(archive, stat.index, 0));
  if (!entry) {
    return FindingCode::ZipUnreadable;
  }
  auto writer = blobs.begin();
  std::array<char, 64 * 1024> buffer;
  std::string head;
  std::uint64_t total = 0;
  for (;;) {
    const zip_int64_t got = zip_fread(entry.get(), buffer.data(), buffer.size());
    if (got < 0) {
      return FindingCode::ZipUnreadable;
    }
    if (got == 0) {
      break;
    }
    const std::string_view piece(buffer.data(), static_cast<std::size_t>(got));
    total += piece.size();
    if (total > options.mostUnpacked ||
        (total > kFreeOfRatio && total / options.mostUnpackedRatio > stat.comp_size)) {
      return FindingCode::ZipTooLarge;
    }
    head.append(piece.substr(0, 1024 - std::min<std::size_t>(head.size(), 1024)));
    writer->write(piece);
  }
  into.blob = writer->keep();
  into.mediaType = sniffMediaType(head);
  if (isPdfDamagedByText(head)) {
    return FindingCode::PdfDamaged;
  }
  return std::nullopt;
}

// An entry that is itself an office document: its type is in its name, and its first bytes agree.
void refineType(Unpacked& unpacked, std::string_view name) {
  const std::string extension = extensionOfName(name);
  const std::string_view type = mediaTypeOfExtension(extension);
  if (type.empty()) {
    return;
  }
  const bool officeZip = unpacked.mediaType == "application/zip" && extension != "zip";
  const bool oldOffice = unpacked.mediaType == "application/msword" &&
                         (extension == "xls" || extension == "ppt" || extension == "doc");
  if ((officeZip && (type.find("officedocument") != std::string_view::npos ||
                     type.find("opendocument") != std::string_view::npos)) ||
      oldOffice) {
    unpacked.mediaType = std::string(type);
  }
}

}  // namespace

Unpacked unpack(const TempFile& zip, std::string_view name, base::BlobStore& blobs,
                const ReadOptions& options) {
  Unpacked result{{}, "application/zip", std::nullopt, std::nullopt};
  const auto whole = [&](std::optional<FindingCode> finding) {
    result.blob = keepWhole(zip, blobs);
    result.finding = finding;
    return result;
  };
  if (!directoryIsSmall(zip)) {
    return whole(FindingCode::ZipUnreadable);
  }
  const Archive archive = openArchive(zip);
  if (!archive) {
    return whole(FindingCode::ZipUnreadable);
  }
  const Listing listing = list(archive.get());
  if (!listing.officeType.empty()) {
    result.mediaType = listing.officeType;
    return whole(std::nullopt);
  }
  const std::string extension = extensionOfName(name);
  if (listing.files.size() != 1) {
    return whole(extension == "zip" ? std::nullopt : std::optional(FindingCode::ZipSeveralEntries));
  }
  zip_stat_t stat;
  if (zip_stat_index(archive.get(), listing.files.front(), ZIP_FL_ENC_RAW, &stat) != 0) {
    return whole(FindingCode::ZipUnreadable);
  }
  const std::string_view entryName = stat.name == nullptr ? "" : stat.name;
  if (extension == "zip" && extensionOfName(entryName) != "zip") {
    return whole(std::nullopt);
  }
  if (stat.encryption_method != ZIP_EM_NONE) {
    return whole(FindingCode::ZipEncrypted);
  }
  if (pointsOutside(entryName)) {
    result.nameFinding = FindingCode::ZipEntryName;
  }
  result.finding = extract(archive.get(), stat, blobs, options, result);
  if (result.blob.sha256.empty()) {
    return whole(result.finding);
  }
  refineType(result, name.empty() ? entryName : name);
  return result;
}

}  // namespace exchange
