#include "exchange/signature/verifier.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "exchange/envelope/tree.h"
#include "exchange/signature/chain_internal.h"
#include "exchange/signature/digest_check_internal.h"
#include "exchange/signature/structure_internal.h"

namespace exchange {

struct EnvelopeVerifier::Trust {
  Store anchors;
};

namespace {

// Adds the certificates of `pem` to `anchors`; says how many.
int addAnchors(std::string_view pem, X509_STORE* anchors) {
  const ssl::Bio bio = ssl::readOnly(pem);
  int count = 0;
  for (;;) {
    const ssl::Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!certificate) {
      ERR_clear_error();
      return count;
    }
    if (X509_STORE_add_cert(anchors, certificate.get()) != 1) {
      throw SignatureError("an anchor cannot be kept");
    }
    ++count;
  }
}

Store newStore() {
  Store store(X509_STORE_new());
  if (!store) {
    throw SignatureError("no memory for anchors");
  }
  return store;
}

const Organ& senderOf(const std::variant<DocumentEnvelope, StatusEnvelope>& content) {
  const auto* document = std::get_if<DocumentEnvelope>(&content);
  return document != nullptr ? document->from : std::get<StatusEnvelope>(content).from;
}

// The certificates with the signer's own first: it has issued none of the others.
void signerFirst(std::vector<ssl::Certificate>& certificates) {
  const auto issuedNone = [&](const ssl::Certificate& one) {
    return std::none_of(certificates.begin(), certificates.end(), [&](const auto& other) {
      return other.get() != one.get() && X509_check_issued(one.get(), other.get()) == X509_V_OK;
    });
  };
  const auto signer = std::find_if(certificates.begin(), certificates.end(), issuedNone);
  if (signer != certificates.end()) {
    std::iter_swap(certificates.begin(), signer);
  }
}

}  // namespace

EnvelopeVerifier::EnvelopeVerifier(std::shared_ptr<const Trust> trust) : trust_(std::move(trust)) {}
EnvelopeVerifier::~EnvelopeVerifier() = default;
EnvelopeVerifier::EnvelopeVerifier(EnvelopeVerifier&&) noexcept = default;
EnvelopeVerifier& EnvelopeVerifier::operator=(EnvelopeVerifier&&) noexcept = default;

base::Result<EnvelopeVerifier> EnvelopeVerifier::fromPem(std::string_view pem) {
  Store store = newStore();
  if (addAnchors(pem, store.get()) == 0) {
    return base::refuse(base::RefusalKind::Invalid, "signature.no_anchor");
  }
  return EnvelopeVerifier(std::make_shared<const Trust>(Trust{std::move(store)}));
}

base::Result<EnvelopeVerifier> EnvelopeVerifier::fromPemFiles(
    const std::vector<std::filesystem::path>& files) {
  Store store = newStore();
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string pem{std::istreambuf_iterator<char>(stream), {}};
    if (addAnchors(pem, store.get()) == 0) {
      return base::refuse(base::RefusalKind::Invalid, "signature.anchor_unreadable", {},
                          {{"file", file.string()}});
    }
  }
  if (files.empty()) {
    return base::refuse(base::RefusalKind::Invalid, "signature.no_anchor");
  }
  return EnvelopeVerifier(std::make_shared<const Trust>(Trust{std::move(store)}));
}

SignatureReport EnvelopeVerifier::verify(const ReadReport& envelope, base::Instant at) const {
  SignatureReport report;
  SignatureShape shape = readShape(envelope.tree->document(), report.findings);
  report.method = shape.method;
  if (shape.signature == nullptr) {
    return report;
  }
  if (!shape.certificates.empty()) {
    signerFirst(shape.certificates);
    judgeChain(trust_->anchors, shape.certificates, at, report.findings);
    report.signer = ssl::describe(shape.certificates.front().get());
    // who signs is who sends.
    const std::string& sender = senderOf(envelope.content).organId;
    if (!report.signer->organId.empty() && report.signer->organId != sender) {
      report.findings.push_back({SignatureFault::SignerIsNotSender, report.signer->organId});
    }
  }
  if (!shape.computable) {
    return report;
  }
  std::string canonical = checkDigestAndValue(shape, *envelope.tree, report.findings);
  if (!report.good()) {
    return report;
  }
  auto content = envelope.tree->read(canonical);
  if (!content) {
    report.findings.push_back({SignatureFault::Malformed, content.error().code});
    return report;
  }
  report.signedXml = std::move(canonical);
  report.signedContent = std::move(*content);
  return report;
}

bool SignatureReport::has(SignatureFault fault) const {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const SignatureFinding& finding) { return finding.fault == fault; });
}

std::string_view faultName(SignatureFault fault) {
  switch (fault) {
    case SignatureFault::NoSignature:
      return "no_signature";
    case SignatureFault::ForeignNamespace:
      return "foreign_namespace";
    case SignatureFault::SeveralSignatures:
      return "several_signatures";
    case SignatureFault::WrongPlace:
      return "wrong_place";
    case SignatureFault::Malformed:
      return "malformed";
    case SignatureFault::UnknownAlgorithm:
      return "unknown_algorithm";
    case SignatureFault::WeakAlgorithm:
      return "weak_algorithm";
    case SignatureFault::WrongReference:
      return "wrong_reference";
    case SignatureFault::DuplicateId:
      return "duplicate_id";
    case SignatureFault::DigestMismatch:
      return "digest_mismatch";
    case SignatureFault::SignatureWrong:
      return "signature_wrong";
    case SignatureFault::NoCertificate:
      return "no_certificate";
    case SignatureFault::ChainNotTrusted:
      return "chain_not_trusted";
    case SignatureFault::CertificateExpired:
      return "certificate_expired";
    case SignatureFault::CertificateNotYetValid:
      return "certificate_not_yet_valid";
    case SignatureFault::CertificateNotForSigning:
      return "certificate_not_for_signing";
    case SignatureFault::SignerIsNotSender:
      return "signer_is_not_sender";
    case SignatureFault::AttachmentNotCovered:
      return "attachment_not_covered";
  }
  return "unknown";
}

}  // namespace exchange
