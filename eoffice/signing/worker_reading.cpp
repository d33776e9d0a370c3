#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <system_error>

#include "base/text.h"
#include "eoffice/signing/descriptor.h"
#include "eoffice/signing/facts_json.h"
#include "eoffice/signing/page_reader.h"
#include "eoffice/signing/signature_check.h"
#include "eoffice/signing/worker_jobs.h"

namespace eoffice::worker {
namespace {

using base::RefusalKind;
using base::refuse;
using nlohmann::json;

/// People wait for pages and signatures meanwhile.
constexpr int kOcrNiceness = 10;

/// A file that was decoded and encoded as text somewhere on its way: all of it is UTF-8, and bytes
/// that were none became U+FFFD. No PDF with a compressed stream is UTF-8 by itself.
bool wentThroughText(std::string_view bytes) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  constexpr std::size_t kPiece = 64U << 10;
  constexpr int kEnough = 8;
  int replaced = 0;
  while (!bytes.empty()) {
    std::size_t cut = std::min(kPiece, bytes.size());
    // Not inside a sequence: step back over continuation bytes.
    while (cut < bytes.size() && cut > kPiece - 4 &&
           (static_cast<unsigned char>(bytes[cut]) & 0xc0) == 0x80) {
      --cut;
    }
    std::string_view const piece = bytes.substr(0, cut);
    if (!base::isUtf8(piece)) return false;
    for (auto at = piece.find(kReplacement); at != std::string_view::npos && replaced < kEnough;
         at = piece.find(kReplacement, at + 3)) {
      ++replaced;
    }
    bytes.remove_prefix(cut);
  }
  return replaced >= kEnough;
}

bool isScript(const pdf::PdfDocument& document, const PoDoFo::PdfObject* action) {
  return pdf::asName(document.get(action, "S")) == "JavaScript";
}

/// What only the objects tell. A structure that one library reads and the other does not is left
/// at "no": nothing is decided by it.
void addStructure(std::string_view bytes, PdfFacts& facts) {
  try {
    pdf::PdfDocument const document(bytes);
    auto const& catalog = document.catalog();
    facts.hasForm = document.get(&catalog, "AcroForm") != nullptr;
    facts.hasScript = document.get(document.get(&catalog, "Names"), "JavaScript") != nullptr ||
                      isScript(document, document.get(&catalog, "OpenAction")) ||
                      document.get(&catalog, "AA") != nullptr;
    for (auto const& field : document.signatureFields()) {
      if (field.value != nullptr) ++facts.signatures;
    }
  } catch (const PoDoFo::PdfError&) {
    return;
  } catch (const pdf::UnsupportedPdf&) {
    return;
  }
}

base::Result<void> opened(const pdf::PageReader& reader) {
  switch (reader.state()) {
    case pdf::OpenState::Open:
      return {};
    case pdf::OpenState::PasswordNeeded:
      return refuse(RefusalKind::Invalid, "pdf.password_needed", "file");
    case pdf::OpenState::Unreadable:
      return refuse(RefusalKind::Invalid, "pdf.damaged", "file");
  }
  return {};
}

base::Result<void> hasPage(const pdf::PageReader& reader, int page) {
  if (page >= 1 && page <= reader.pages()) return {};
  return refuse(RefusalKind::NotFound, "pdf.page_missing", "page",
                {{"page", std::to_string(page)}, {"pages", std::to_string(reader.pages())}});
}

}  // namespace

MappedFile::MappedFile(int descriptor) : size_(static_cast<std::size_t>(fileSize(descriptor))) {
  if (size_ == 0) return;
  void* const at = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (at == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<const char*>(at);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

base::Result<void> looksLikePdf(std::string_view bytes) {
  constexpr std::size_t kHeaderWithin = 1024;
  constexpr std::size_t kEndWithin = 2048;
  if (bytes.empty()) return refuse(RefusalKind::Invalid, "pdf.empty", "file");
  if (bytes.substr(0, kHeaderWithin).find("%PDF-") == std::string_view::npos) {
    return refuse(RefusalKind::Invalid, "pdf.not_a_pdf", "file");
  }
  if (wentThroughText(bytes)) return refuse(RefusalKind::Invalid, "pdf.text_transfer", "file");
  auto const tail = bytes.substr(bytes.size() - std::min(bytes.size(), kEndWithin));
  if (tail.find("%%EOF") == std::string_view::npos) {
    return refuse(RefusalKind::Invalid, "pdf.cut_off", "file");
  }
  return {};
}

Answer inspect() {
  MappedFile const file(kInput);
  pdf::PageReader const reader(kInputPath);
  if (auto open = opened(reader); !open) return tl::unexpected(open.error());
  PdfFacts facts = reader.facts();
  addStructure(file.bytes(), facts);
  return json(facts);
}

Answer text(const json& request) {
  pdf::PageReader const reader(kInputPath);
  int const page = request.at("page");
  if (auto open = opened(reader); !open) return tl::unexpected(open.error());
  if (auto has = hasPage(reader, page); !has) return tl::unexpected(has.error());
  return json(reader.text(page));
}

Answer texts(const json& request) {
  pdf::PageReader const reader(kInputPath);
  if (auto open = opened(reader); !open) return tl::unexpected(open.error());
  int const first = request.at("first");
  int const count = request.at("count");
  json pages = json::array();
  for (int page = first; page < first + count && page <= reader.pages(); ++page) {
    pages.push_back(reader.text(page));
  }
  return json{{"pages", reader.pages()}, {"texts", std::move(pages)}};
}

Answer ocr(const json& request) {
  int const page = request.at("page");
  int const dpi = request.at("dpi");
  if (page > 0) {
    pdf::PageReader const reader(kInputPath);
    if (auto open = opened(reader); !open) return tl::unexpected(open.error());
    if (auto has = hasPage(reader, page); !has) return tl::unexpected(has.error());
    if (!reader.renderForOcr(page, dpi, kOutputPath)) {
      return refuse(RefusalKind::Invalid, "pdf.too_complex", "file");
    }
  }
  ::setpriority(PRIO_PROCESS, 0, kOcrNiceness);
  ::setenv("OMP_THREAD_LIMIT", "1", 1);  // Its threads wait for each other more than they work.
  std::vector<std::string> words{request.at("program")};
  if (page > 0) {
    for (std::string const& word :
         {std::string(kOutputPath), std::string("-"), std::string("-l"),
          request.at("language").get<std::string>(), std::string("--dpi"), std::to_string(dpi),
          std::string("--psm"), std::string("3"), std::string("tsv")}) {
      words.push_back(word);
    }
  } else {
    words.emplace_back("--list-langs");
  }
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execvp(arguments.front(), arguments.data());
  return refuse(RefusalKind::Unavailable, "ocr.missing");
}

Answer render(const json& request) {
  pdf::PageReader const reader(kInputPath);
  int const page = request.at("page");
  if (auto open = opened(reader); !open) return tl::unexpected(open.error());
  if (auto has = hasPage(reader, page); !has) return tl::unexpected(has.error());
  if (!reader.render(page, request.at("dpi"), kOutputPath)) {
    return refuse(RefusalKind::Invalid, "pdf.too_complex", "file");
  }
  return json::object();
}

Answer signatures(const json& request) {
  MappedFile const file(kInput);
  pdf::PdfDocument const document(file.bytes());
  auto const now = base::parseIsoInstant(request.at("now").get<std::string>()).value();
  return json(checkSignatures(document, TrustAnchors(request.at("trust").get<std::string>()), now));
}

}  // namespace eoffice::worker
