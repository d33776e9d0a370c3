#include "eoffice/records/package.h"

#include <libxml/xmlwriter.h>
#include <zip.h>

#include <map>
#include <stdexcept>

#include "base/cptr.h"
#include "base/crypto/digest.h"

namespace eoffice::records {
namespace {

using XmlBuffer = base::CPtr<xmlBuffer, xmlBufferFree>;
using XmlText = base::CPtr<xmlTextWriter, xmlFreeTextWriter>;

const xmlChar* bytes(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());
}

// An XML writer that throws; elements end as their object does.
class Xml {
 public:
  Xml() : buffer_(xmlBufferCreate()), writer_(xmlNewTextWriterMemory(buffer_.get(), 0)) {
    if (!writer_) throw std::bad_alloc();
    xmlTextWriterSetIndent(writer_.get(), 1);
    check(xmlTextWriterStartDocument(writer_.get(), nullptr, "UTF-8", nullptr));
  }
  void open(const char* name) {
    check(xmlTextWriterStartElement(writer_.get(), reinterpret_cast<const xmlChar*>(name)));
  }
  void close() { check(xmlTextWriterEndElement(writer_.get())); }
  void attribute(const char* name, const std::string& value) {
    check(xmlTextWriterWriteAttribute(writer_.get(), reinterpret_cast<const xmlChar*>(name),
                                      bytes(value)));
  }
  void leaf(const char* name, const std::string& value) {
    check(xmlTextWriterWriteElement(writer_.get(), reinterpret_cast<const xmlChar*>(name),
                                    bytes(value)));
  }
  [[nodiscard]] std::string take() {
    check(xmlTextWriterEndDocument(writer_.get()));
    writer_.reset();
    return {reinterpret_cast<const char*>(xmlBufferContent(buffer_.get())),
            static_cast<std::size_t>(xmlBufferLength(buffer_.get()))};
  }

 private:
  static void check(int written) {
    if (written < 0) throw std::runtime_error("the index of a package could not be written");
  }
  XmlBuffer buffer_;
  XmlText writer_;
};

std::string dayOr(const std::optional<base::LocalDate>& date) {
  return date ? base::isoDate(*date) : std::string();
}

std::string padded(std::size_t number) {
  auto text = std::to_string(number);
  return std::string(text.size() < 4 ? 4 - text.size() : 0, '0') + text;
}

// The number of each document in the package, from 1.
std::map<DocumentId, std::size_t> numbersOf(const std::vector<ItemLine>& items) {
  std::map<DocumentId, std::size_t> numbers;
  for (const auto& item : items) numbers.emplace(item.document, numbers.size() + 1);
  return numbers;
}

void writeFile(Xml& xml, const documents::File& file, std::size_t number) {
  xml.open("File");
  xml.attribute("path", pathInPackage(number, file));
  xml.attribute("sha256", file.blob.sha256);
  xml.attribute("size", std::to_string(file.blob.size));
  xml.attribute("mediaType", file.mediaType);
  if (file.pages > 0) xml.attribute("pages", std::to_string(file.pages));
  xml.close();
}

// A ZIP that throws, and that leaves no half-written file.
class Zip {
 public:
  explicit Zip(const std::filesystem::path& out) {
    int error = 0;
    zip_ = zip_open(out.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (zip_ == nullptr) throw std::runtime_error("no package could be begun: " + out.string());
  }
  ~Zip() {
    if (zip_ != nullptr) zip_discard(zip_);
  }
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;

  /// `text` must live until finish().
  void addText(const char* name, const std::string& text) {
    add(name, zip_source_buffer(zip_, text.data(), text.size(), 0), ZIP_CM_DEFLATE);
  }
  void addFile(const std::string& name, const std::filesystem::path& file) {
    add(name.c_str(), zip_source_file(zip_, file.c_str(), 0, -1), ZIP_CM_STORE);
  }
  void finish() {
    if (zip_close(zip_) != 0) fail();
    zip_ = nullptr;
  }

 private:
  [[noreturn]] void fail() {
    throw std::runtime_error(std::string("a package could not be written: ") + zip_strerror(zip_));
  }
  void add(const char* name, zip_source_t* source, zip_int32_t method) {
    if (source == nullptr) fail();
    const auto index = zip_file_add(zip_, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      fail();
    }
    zip_set_file_compression(zip_, static_cast<zip_uint64_t>(index), method, 0);
  }
  zip_t* zip_ = nullptr;
};

// U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069.
bool turnsText(std::string_view mark) {
  if (mark.size() < 3 || mark[0] != '\xE2') return false;
  const auto second = static_cast<unsigned char>(mark[1]);
  const auto third = static_cast<unsigned char>(mark[2]);
  return (second == 0x80 && (third == 0x8E || third == 0x8F || (third >= 0xAA && third <= 0xAE))) ||
         (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

std::string plainName(const std::string& name) {
  constexpr std::string_view kNotInNames = "/\\:*?\"<>|";
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (turnsText(std::string_view(name).substr(i))) {
      i += 2;
      continue;
    }
    const auto c = static_cast<unsigned char>(name[i]);
    const bool bad = c < 0x20 || c == 0x7F || kNotInNames.find(name[i]) != std::string_view::npos;
    out += bad ? '_' : name[i];
  }
  const auto begin = out.find_first_not_of('.');
  return begin == std::string::npos ? "_" : out.substr(begin);
}

}  // namespace

std::string pathInPackage(std::size_t document, const documents::File& file) {
  // The row's id keeps two attachments of one name apart.
  const auto prefix =
      file.kind == documents::FileKind::Attachment ? std::to_string(file.version) + "-" : "";
  return "files/" + padded(document) + "/" + prefix + plainName(file.name);
}

std::string indexXml(const Package& package) {
  Xml xml;
  const auto& file = package.file;
  xml.open("CaseFile");
  xml.attribute("version", "1.0");
  xml.leaf("AgencyCode", package.agencyCode);
  xml.leaf("AgencyName", package.agencyName);
  xml.leaf("Year", std::to_string(file.year));
  xml.leaf("Code", file.code);
  xml.leaf("Title", file.title);
  xml.leaf("Retention", file.retention ? std::to_string(*file.retention) : "permanent");
  xml.leaf("State", std::string(nameOf(file.state)));
  xml.leaf("Keeper", file.keeperName);
  xml.leaf("OpenedOn", base::isoDate(file.openedOn));
  xml.leaf("EndedOn", dayOr(file.endedOn));
  xml.leaf("ExportedAt", base::isoInstant(package.at));
  xml.leaf("ExportedBy", package.by);
  xml.open("Documents");
  std::multimap<DocumentId, const documents::File*> files;
  for (const auto& one : package.files) files.emplace(one.document, &one.file);
  std::size_t number = 0;
  for (const auto& item : package.items) {
    xml.open("Document");
    xml.attribute("number", std::to_string(++number));
    xml.attribute("withheld", item.seen ? "false" : "true");
    xml.leaf("Symbol", item.symbol);
    xml.leaf("IssuedDate", dayOr(item.issuedDate));
    if (item.seen) {
      xml.leaf("Type", item.typeName);
      xml.leaf("Subject", item.subject);
      xml.leaf("Issuer", item.issuerName);
      const auto [begin, end] = files.equal_range(item.document);
      for (auto one = begin; one != end; ++one) writeFile(xml, *one->second, number);
    }
    xml.close();
  }
  xml.close();
  xml.close();
  return xml.take();
}

void writePackage(const Package& package, const base::BlobStore& blobs,
                  const std::filesystem::path& out) {
  const auto index = indexXml(package);
  auto checksums = base::sha256Hex(index) + "  index.xml\n" + base::sha256Hex(package.contents) +
                   "  index.pdf\n";
  const auto numbers = numbersOf(package.items);
  Zip zip(out);
  zip.addText("index.xml", index);
  zip.addText("index.pdf", package.contents);
  for (const auto& one : package.files) {
    const auto path = pathInPackage(numbers.at(one.document), one.file);
    zip.addFile(path, blobs.path(one.file.blob.sha256));
    checksums += one.file.blob.sha256 + "  " + path + "\n";
  }
  zip.addText("checksums.sha256", checksums);
  zip.finish();
}

}  // namespace eoffice::records
