#include "eoffice/signing/demo_authority.h"

#include <fcntl.h>

#include "base/clock.h"
#include "eoffice/signing/descriptor.h"
#include "eoffice/signing/issuing_internal.h"
#include "eoffice/signing/private_file.h"
#include "eoffice/signing/worker_process.h"

namespace eoffice {
namespace {

using openssl::CertificateKind;
using openssl::KeyPtr;
using openssl::Subject;
using openssl::X509Ptr;

constexpr unsigned kAuthorityBits = 3072;
constexpr unsigned kAgencyBits = 3072;
constexpr unsigned kPersonBits = 2048;
constexpr std::chrono::days kAuthorityTerm{3650};
constexpr std::chrono::days kHolderTerm{1095};
constexpr std::chrono::days kRenewBefore{30};
// texts: data
constexpr const char* kOrganisation = "E-Office (Trình diễn)";

struct Pair {
  KeyPtr key;
  X509Ptr certificate;
};

base::Instant dayBefore(base::Instant now) {
  return std::chrono::floor<std::chrono::days>(now) - std::chrono::days{1};
}

bool usable(X509* certificate, X509* issuer, const Subject& subject, base::Instant now) {
  auto const info = openssl::describe(certificate);
  return openssl::signedBy(certificate, issuer) && openssl::hasSubject(certificate, subject) &&
         info.notBefore <= now && info.notAfter > now + kRenewBefore;
}

bool belongTogether(EVP_PKEY* key, X509* certificate) {
  return EVP_PKEY_eq(X509_get0_pubkey(certificate), key) == 1;
}

X509Ptr readPem(const std::filesystem::path& file) {
  auto const pem = readSmallFile(file);
  if (!pem) return nullptr;
  auto all = openssl::fromPem(*pem);
  return all.empty() ? nullptr : std::move(all.front());
}

/// The key first, then its certificate: after a kill between the two the key is used again.
KeyPtr keyAt(const std::filesystem::path& file, unsigned bits) {
  if (auto const pem = readSmallFile(file)) {
    if (KeyPtr key = openssl::keyFromPem(*pem)) return key;
  }
  KeyPtr key = openssl::makeRsaKey(bits);
  replaceFile(file, openssl::keyToPem(key.get()), 0600);
  return key;
}

Pair authority(CertificateKind kind, const std::filesystem::path& keyFile,
               const std::filesystem::path& certificateFile, const Subject& subject,
               const Pair* issuer, base::Instant now) {
  Pair pair{keyAt(keyFile, kAuthorityBits), readPem(certificateFile)};
  X509* const signer = issuer != nullptr ? issuer->certificate.get() : pair.certificate.get();
  if (pair.certificate && belongTogether(pair.key.get(), pair.certificate.get()) &&
      usable(pair.certificate.get(), signer, subject, now)) {
    return pair;
  }
  openssl::Issuer const by{issuer != nullptr ? issuer->certificate.get() : nullptr,
                           issuer != nullptr ? issuer->key.get() : pair.key.get()};
  base::Instant const from = dayBefore(now);
  pair.certificate = openssl::issue(kind, subject, pair.key.get(), by, from, from + kAuthorityTerm);
  replaceFile(certificateFile, openssl::toPem(pair.certificate.get()), 0644);
  return pair;
}

/// What a holder is given, whoever they are.
struct Holder {
  CertificateKind kind;
  unsigned bits;
  std::string label;
  Subject subject;
  std::string name;
  const char* drawing;
};

std::string drawn(const Holder& holder, const PdfToolsOptions& drawing) {
  WorkerProcess const worker(drawing);
  auto const bold = drawing.font.parent_path() / "LiberationSans-Bold.ttf";
  auto answer = worker.run(
      {{"job", "draw"}, {"what", holder.drawing}, {"name", holder.name}, {"font", bold.string()}},
      {});
  if (!answer) throw SigningError("the picture cannot be drawn: " + answer.error().code);
  int const output = answer->output.get();
  return readAt(output, static_cast<std::size_t>(fileSize(output)), 0);
}

}  // namespace

std::filesystem::path DemoAuthority::root() const { return folder_ / "root.pem"; }
std::filesystem::path DemoAuthority::intermediate() const { return folder_ / "intermediate.pem"; }
std::filesystem::path DemoAuthority::trust() const { return folder_ / "trust.pem"; }
std::filesystem::path DemoAuthority::keys() const { return folder_ / "keys"; }

namespace {

/// Root and intermediate, made or found; the intermediate with its key.
Pair authorities(const DemoAuthority& demo, const std::filesystem::path& secrets,
                 base::Instant now) {
  Pair const root =
      authority(CertificateKind::Root, secrets / "root.key", demo.root(),
                // texts: data begin
                {{"C", "VN"}, {"O", kOrganisation}, {"CN", "Cơ quan chứng thực gốc (Trình diễn)"}},
                nullptr, now);
  Pair intermediate = authority(
      CertificateKind::Intermediate, secrets / "intermediate.key", demo.intermediate(),
      {{"C", "VN"}, {"O", kOrganisation}, {"CN", "Chứng thực chữ ký số công vụ (Trình diễn)"}},
      // texts: data end
      &root, now);
  std::string const both =
      openssl::toPem(root.certificate.get()) + openssl::toPem(intermediate.certificate.get());
  if (readSmallFile(demo.trust()) != both) replaceFile(demo.trust(), both, 0644);
  return intermediate;
}

/// Whether the files of a holder are whole and still good under this password.
bool keeps(const DemoKey& files, const Holder& holder, const std::string& password,
           const Pair& issuer, const base::Clock& clock) {
  X509Ptr const certificate = readPem(files.certificate);
  if (!certificate ||
      !usable(certificate.get(), issuer.certificate.get(), holder.subject, clock.now())) {
    return false;
  }
  Pkcs12KeyStore const store(files.pkcs12.parent_path(), clock);
  auto const key = store.open(holder.label, password);
  return key && (*key)->certificate().sha256 == openssl::describe(certificate.get()).sha256;
}

void issueTo(const DemoKey& files, const Holder& holder, const std::string& password,
             const Pair& issuer, base::Instant now) {
  KeyPtr const key = openssl::makeRsaKey(holder.bits);
  base::Instant const from = dayBefore(now);
  X509Ptr const certificate =
      openssl::issue(holder.kind, holder.subject, key.get(),
                     {issuer.certificate.get(), issuer.key.get()}, from, from + kHolderTerm);
  replaceFile(files.pkcs12,
              openssl::toPkcs12(key.get(), certificate.get(), issuer.certificate.get(), holder.name,
                                password),
              0600);
  // Last: only with it does a second call find the pair whole.
  replaceFile(files.certificate,
              openssl::toPem(certificate.get()) + openssl::toPem(issuer.certificate.get()), 0644);
}

DemoKey give(const DemoAuthority& demo, const std::filesystem::path& folder, const Holder& holder,
             const std::string& password, const base::Clock& clock,
             const PdfToolsOptions& drawing) {
  FileLock const lock(folder / "ca" / "lock");
  Pair const issuer = authorities(demo, folder / "ca", clock.now());
  DemoKey const files{demo.keys() / (holder.label + ".p12"), demo.keys() / (holder.label + ".pem"),
                      folder / "images" / (holder.label + ".png")};
  if (!keeps(files, holder, password, issuer, clock)) {
    issueTo(files, holder, password, issuer, clock.now());
  }
  if (!std::filesystem::exists(files.image)) {
    replaceFile(files.image, drawn(holder, drawing), 0600);
  }
  return files;
}

}  // namespace

DemoAuthority::DemoAuthority(std::filesystem::path folder, const base::Clock& clock,
                             PdfToolsOptions drawing)
    : folder_(std::move(folder)), clock_(clock), drawing_(std::move(drawing)) {
  makePrivateFolder(folder_);
  for (char const* part : {"ca", "keys", "images"}) makePrivateFolder(folder_ / part);
  FileLock const lock(folder_ / "ca" / "lock");
  authorities(*this, folder_ / "ca", clock_.now());
}

DemoKey DemoAuthority::person(const DemoPerson& person, const std::string& password) {
  Subject subject{{"C", "VN"}, {"O", person.organisation}};
  if (!person.post.empty()) subject.emplace_back("title", person.post);
  subject.emplace_back("CN", person.name);
  return give(*this, folder_,
              {CertificateKind::Person, kPersonBits, person.label, std::move(subject), person.name,
               "signature"},
              password, clock_, drawing_);
}

DemoKey DemoAuthority::agency(const DemoAgency& agency, const std::string& password) {
  return give(*this, folder_,
              {CertificateKind::Agency,
               kAgencyBits,
               agency.label,
               {{"C", "VN"},
                {"O", agency.name},
                {"CN", agency.name},
                {"UID", agency.code.empty() ? agency.label : agency.code}},
               agency.name,
               "seal"},
              password, clock_, drawing_);
}

}  // namespace eoffice
