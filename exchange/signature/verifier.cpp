#include "exchange/signature/verifier.h"

#include <openssl/err.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "exchange/envelope/tree.h"
#include "exchange/signature/chain_internal.h"
#include "exchange/signature/digest_check_internal.h"
#include "exchange/signature/known_signers_internal.h"
#include "exchange/signature/structure_internal.h"

namespace exchange {

struct EnvelopeVerifier::Trust {
  explicit Trust(Store store) : signers(std::move(store)) {}
  mutable KnownSigners signers;
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
  return EnvelopeVerifier(std::make_shared<const Trust>(std::move(store)));
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
  return EnvelopeVerifier(std::make_shared<const Trust>(std::move(store)));
}

SignatureReport EnvelopeVerifier::verify(const ReadReport& envelope, base::Instant at,
                                         const SameOrgan& sameOrgan) const {
  SignatureReport report;
  SignatureShape shape = readShape(envelope.tree->document(), report.findings);
  report.method = shape.method;
  if (shape.signature == nullptr || shape.certificates.empty()) {
    return report;
  }
  const auto signer = trust_->signers.get(shape.certificates, at);
  if (!signer) {
    report.findings.push_back({SignatureFault::Malformed, "X509Certificate"});
    return report;
  }
  report.signer = signer->info;
  report.findings.insert(report.findings.end(), signer->verdict.findings.begin(),
                         signer->verdict.findings.end());
  // who signs is who sends.
  const std::string& sender = senderOf(envelope.content).organId;
  const std::string& named = signer->info.organId;
  if (!named.empty() && named != sender && !(sameOrgan && sameOrgan(named, sender))) {
    report.findings.push_back({SignatureFault::SignerIsNotSender, named});
  }
  if (!shape.computable) {
    return report;
  }
  report.signedXml = checkDigestAndValue(shape, signer->certificates.front().get(), *envelope.tree,
                                         report.findings);
  if (report.good()) {
    report.tree = envelope.tree;
  } else {
    report.signedXml.clear();
  }
  return report;
}

base::Result<std::variant<DocumentEnvelope, StatusEnvelope>> SignatureReport::signedContent()
    const {
  if (!good() || !tree) {
    return base::refuse(base::RefusalKind::Conflict, "signature.not_good");
  }
  return tree->read(signedXml);
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
