#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/ts.h>

#include <climits>
#include <ctime>

#include "eoffice/signing/cms_internal.h"

namespace eoffice {
namespace {

/// A signer's clock may be wrong, or its time zone forgotten, without being a fault.
constexpr std::chrono::hours kClockTolerance{24};

using CmsPtr = base::CPtr<CMS_ContentInfo, CMS_ContentInfo_free>;

void freeCertificates(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }
void freeBorrowed(STACK_OF(X509) * stack) { sk_X509_free(stack); }
using CertificatesPtr = base::CPtr<STACK_OF(X509), freeCertificates>;

std::string digestOf(const std::vector<std::string_view>& ranges, const EVP_MD* algorithm) {
  base::CPtr<EVP_MD_CTX, EVP_MD_CTX_free> const context(EVP_MD_CTX_new());
  if (EVP_DigestInit_ex(context.get(), algorithm, nullptr) != 1) return {};
  for (auto const range : ranges) EVP_DigestUpdate(context.get(), range.data(), range.size());
  unsigned char digest[EVP_MAX_MD_SIZE] = {};
  unsigned size = 0;
  EVP_DigestFinal_ex(context.get(), digest, &size);
  return {reinterpret_cast<char*>(digest), size};
}

std::string toString(const ASN1_STRING* text) {
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::optional<base::Instant> toInstant(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  auto const day = std::chrono::year{parts.tm_year + 1900} / (parts.tm_mon + 1) / parts.tm_mday;
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days{day} + std::chrono::hours{parts.tm_hour} +
         std::chrono::minutes{parts.tm_min} + std::chrono::seconds{parts.tm_sec};
}

/// One verification: reads the CMS, gathers faults into the verdict.
class Verification {
 public:
  Verification(const std::vector<std::string_view>& ranges, CmsKind kind)
      : ranges_(ranges), kind_(kind) {}

  void run(std::string_view der);
  void judgeChain(std::optional<base::Instant> claimed, base::Instant now,
                  const TrustAnchors& anchors);
  CmsVerdict take();

 private:
  void fault(SignatureFault fault) { verdict_.faults.push_back(fault); }
  bool findSigner();
  void checkContent(const EVP_MD* algorithm);
  void checkDetached(const EVP_MD* algorithm);
  void checkTimeStamp(const std::string& content);
  void checkSignature(const EVP_MD* algorithm);
  void checkSigningCertificate();

  const std::vector<std::string_view>& ranges_;
  CmsKind kind_;
  CmsVerdict verdict_;
  CmsPtr cms_;
  CMS_SignerInfo* signer_ = nullptr;
  X509* certificate_ = nullptr;  ///< Owned by `certificates_`.
  CertificatesPtr certificates_;
};

bool Verification::findSigner() {
  STACK_OF(CMS_SignerInfo)* const signers = CMS_get0_SignerInfos(cms_.get());
  if (signers == nullptr || sk_CMS_SignerInfo_num(signers) != 1) return false;
  signer_ = sk_CMS_SignerInfo_value(signers, 0);
  certificates_.reset(CMS_get1_certs(cms_.get()));
  for (int i = 0; i < sk_X509_num(certificates_.get()); ++i) {
    X509* const each = sk_X509_value(certificates_.get(), i);
    if (CMS_SignerInfo_cert_cmp(signer_, each) == 0) certificate_ = each;
  }
  if (certificate_ == nullptr) return false;
  CMS_SignerInfo_set1_signer_cert(signer_, certificate_);
  verdict_.signer = openssl::describe(certificate_);
  return true;
}

void Verification::run(std::string_view der) {
  auto const* bytes = reinterpret_cast<const unsigned char*>(der.data());
  cms_.reset(der.size() > LONG_MAX
                 ? nullptr
                 : d2i_CMS_ContentInfo(nullptr, &bytes, static_cast<long>(der.size())));
  if (!cms_ || OBJ_obj2nid(CMS_get0_type(cms_.get())) != NID_pkcs7_signed || !findSigner()) {
    fault(SignatureFault::Unreadable);
    return;
  }
  X509_ALGOR* digestAlgorithm = nullptr;
  CMS_SignerInfo_get0_algs(signer_, nullptr, nullptr, &digestAlgorithm, nullptr);
  EVP_MD const* const algorithm = EVP_get_digestbyobj(digestAlgorithm->algorithm);
  if (algorithm == nullptr) {
    fault(SignatureFault::Unreadable);
    return;
  }
  if (EVP_MD_get_size(algorithm) < 28) fault(SignatureFault::WeakDigest);
  if (!openssl::maySign(certificate_)) fault(SignatureFault::Unfit);
  checkContent(algorithm);
  checkSignature(algorithm);
  checkSigningCertificate();
}

void Verification::checkContent(const EVP_MD* algorithm) {
  ASN1_OCTET_STRING** const content = CMS_get0_content(cms_.get());
  switch (kind_) {
    case CmsKind::Detached:
      checkDetached(algorithm);
      return;
    case CmsKind::Sha1InContent:
      fault(SignatureFault::WeakDigest);
      if (content == nullptr || toString(*content) != digestOf(ranges_, EVP_sha1())) {
        fault(SignatureFault::DigestMismatch);
      }
      return;
    case CmsKind::TimeStamp:
      checkTimeStamp(content == nullptr ? std::string{} : toString(*content));
      return;
  }
}

void Verification::checkDetached(const EVP_MD* algorithm) {
  if (CMS_signed_get_attr_count(signer_) <= 0) return;  // checkSignature sees to it.
  auto const* stored = static_cast<ASN1_OCTET_STRING*>(CMS_signed_get0_data_by_OBJ(
      signer_, OBJ_nid2obj(NID_pkcs9_messageDigest), -3, V_ASN1_OCTET_STRING));
  if (stored == nullptr || toString(stored) != digestOf(ranges_, algorithm)) {
    fault(SignatureFault::DigestMismatch);
  }
  auto const* time = static_cast<ASN1_TYPE*>(nullptr);
  int const at = CMS_signed_get_attr_by_NID(signer_, NID_pkcs9_signingTime, -1);
  if (at >= 0) time = X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer_, at), 0);
  if (time != nullptr && (time->type == V_ASN1_UTCTIME || time->type == V_ASN1_GENERALIZEDTIME)) {
    verdict_.time = toInstant(time->value.asn1_string);
  }
}

void Verification::checkTimeStamp(const std::string& content) {
  auto const* bytes = reinterpret_cast<const unsigned char*>(content.data());
  base::CPtr<TS_TST_INFO, TS_TST_INFO_free> const info(
      d2i_TS_TST_INFO(nullptr, &bytes, static_cast<long>(content.size())));
  if (!info) {
    fault(SignatureFault::Unreadable);
    return;
  }
  TS_MSG_IMPRINT* const imprint = TS_TST_INFO_get_msg_imprint(info.get());
  EVP_MD const* const algorithm = EVP_get_digestbyobj(TS_MSG_IMPRINT_get_algo(imprint)->algorithm);
  if (algorithm == nullptr ||
      toString(TS_MSG_IMPRINT_get_msg(imprint)) != digestOf(ranges_, algorithm)) {
    fault(SignatureFault::DigestMismatch);
  }
  verdict_.time = toInstant(TS_TST_INFO_get_time(info.get()));
}

/// The signature over the attributes, or over the content itself where there are none.
void Verification::checkSignature(const EVP_MD* algorithm) {
  if (CMS_signed_get_attr_count(signer_) > 0) {
    if (CMS_SignerInfo_verify(signer_) != 1) fault(SignatureFault::SignatureWrong);
    return;
  }
  std::string const signature = toString(CMS_SignerInfo_get0_signature(signer_));
  base::CPtr<EVP_MD_CTX, EVP_MD_CTX_free> const context(EVP_MD_CTX_new());
  ASN1_OCTET_STRING** const content = CMS_get0_content(cms_.get());
  bool good = EVP_DigestVerifyInit(context.get(), nullptr, algorithm, nullptr,
                                   X509_get0_pubkey(certificate_)) == 1;
  if (kind_ == CmsKind::Detached) {
    for (auto const range : ranges_) {
      good = good && EVP_DigestVerifyUpdate(context.get(), range.data(), range.size()) == 1;
    }
  } else {
    std::string const inside = content == nullptr ? std::string{} : toString(*content);
    good = good && EVP_DigestVerifyUpdate(context.get(), inside.data(), inside.size()) == 1;
  }
  good = good && EVP_DigestVerifyFinal(context.get(),
                                       reinterpret_cast<const unsigned char*>(signature.data()),
                                       signature.size()) == 1;
  if (!good) fault(SignatureFault::SignatureWrong);
}

/// ESS signing-certificate-v2 ties the signature to this certificate; where it is, it must fit.
void Verification::checkSigningCertificate() {
  int const at = CMS_signed_get_attr_by_NID(signer_, NID_id_smime_aa_signingCertificateV2, -1);
  if (at < 0) return;
  ASN1_TYPE* const value = X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer_, at), 0);
  if (value == nullptr || value->type != V_ASN1_SEQUENCE) {
    fault(SignatureFault::SignatureWrong);
    return;
  }
  std::string const der = toString(value->value.sequence);
  auto const* bytes = reinterpret_cast<const unsigned char*>(der.data());
  base::CPtr<ESS_SIGNING_CERT_V2, ESS_SIGNING_CERT_V2_free> const named(
      d2i_ESS_SIGNING_CERT_V2(nullptr, &bytes, static_cast<long>(der.size())));
  base::CPtr<STACK_OF(X509), freeBorrowed> const chain(sk_X509_new_null());
  sk_X509_push(chain.get(), certificate_);
  // 1: agrees; 0 and less: another certificate, or more certificates than the one we gave it.
  bool const agrees =
      named && OSSL_ESS_check_signing_certs(nullptr, named.get(), chain.get(), 0) == 1;
  if (!agrees) fault(SignatureFault::SignatureWrong);
}

void Verification::judgeChain(std::optional<base::Instant> claimed, base::Instant now,
                              const TrustAnchors& anchors) {
  if (certificate_ == nullptr) return;
  auto const when = claimed ? claimed : verdict_.time;
  if (!when) verdict_.notes.push_back(SignatureNote::NoSigningTime);
  if (when && kind_ != CmsKind::TimeStamp) {
    verdict_.notes.push_back(SignatureNote::SigningTimeClaimed);
  }
  base::Instant const at = when.value_or(now);
  auto const seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  base::CPtr<X509_STORE_CTX, X509_STORE_CTX_free> const context(X509_STORE_CTX_new());
  X509_STORE_CTX_init(context.get(), anchors.store(), certificate_, certificates_.get());
  X509_STORE_CTX_set_time(context.get(), 0, static_cast<time_t>(seconds));
  X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(context.get()), X509_V_FLAG_PARTIAL_CHAIN);
  if (X509_verify_cert(context.get()) != 1) {
    int const error = X509_STORE_CTX_get_error(context.get());
    bool const time =
        error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID;
    fault(time ? SignatureFault::OutsideValidity : SignatureFault::Untrusted);
  } else if (now > verdict_.signer.notAfter) {
    verdict_.notes.push_back(SignatureNote::ExpiredSince);
  }
  if (at > now + kClockTolerance) fault(SignatureFault::OutsideValidity);
  verdict_.notes.push_back(SignatureNote::RevocationNotChecked);
}

CmsVerdict Verification::take() {
  ERR_clear_error();
  auto& faults = verdict_.faults;
  std::sort(faults.begin(), faults.end());
  faults.erase(std::unique(faults.begin(), faults.end()), faults.end());
  return std::move(verdict_);
}

}  // namespace

TrustAnchors::TrustAnchors(std::string_view pem) : store_(X509_STORE_new()) {
  for (auto const& certificate : openssl::fromPem(pem)) {
    X509_STORE_add_cert(store_.get(), certificate.get());
  }
  ERR_clear_error();
}

CmsVerdict verifyCms(std::string_view der, const std::vector<std::string_view>& ranges,
                     CmsKind kind, std::optional<base::Instant> claimed, base::Instant now,
                     const TrustAnchors& anchors) {
  Verification verification(ranges, kind);
  verification.run(der);
  verification.judgeChain(claimed, now, anchors);
  return verification.take();
}

}  // namespace eoffice
