#include "exchange/signature/openssl_internal.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>

#include "base/crypto/digest.h"

namespace exchange::ssl {
namespace {

std::string nameText(const X509_NAME* name) {
  const Bio out(BIO_new(BIO_s_mem()));
  // RFC 2253, but letters stay letters.
  const unsigned long flags = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
  if (!out || X509_NAME_print_ex(out.get(), name, 0, flags) < 0) {
    throw SignatureError("a certificate's name cannot be written");
  }
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

std::string entry(const X509_NAME* name, int nid) {
  const int at = X509_NAME_get_index_by_NID(name, nid, -1);
  if (at < 0) {
    return {};
  }
  unsigned char* text = nullptr;
  const int length =
      ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (length < 0) {
    return {};
  }
  std::string value(reinterpret_cast<char*>(text), static_cast<std::size_t>(length));
  OPENSSL_free(text);
  return value;
}

// The agency's code, without the word that some issuers put before it (`OID:H32.21`).
std::string organIdOf(const X509_NAME* subject) {
  for (const int nid : {NID_userId, NID_organizationIdentifier, NID_serialNumber}) {
    std::string value = entry(subject, nid);
    const auto colon = value.find(':');
    if (colon != std::string::npos) {
      value.erase(0, colon + 1);
    }
    if (!value.empty()) {
      return value;
    }
  }
  return {};
}

std::string serialHex(const X509* certificate) {
  const base::CPtr<BIGNUM, BN_free> number(
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  char* text = number ? BN_bn2hex(number.get()) : nullptr;
  std::string hex = text == nullptr ? "" : text;
  OPENSSL_free(text);
  return hex;
}

}  // namespace

void freeCertificates(STACK_OF(X509) * certificates) { sk_X509_pop_free(certificates, X509_free); }

base::Instant instantOf(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) {
    return {};
  }
  using namespace std::chrono;
  const sys_days day = year(parts.tm_year + 1900) / (parts.tm_mon + 1) / parts.tm_mday;
  return base::Instant(day) + hours(parts.tm_hour) + minutes(parts.tm_min) + seconds(parts.tm_sec);
}

std::string der(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int length = i2d_X509(certificate, &bytes);
  if (length <= 0) {
    throw SignatureError("a certificate cannot be encoded");
  }
  std::string result(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(length));
  OPENSSL_free(bytes);
  return result;
}

Certificate fromDer(std::string_view bytes) {
  const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char* at = begin;
  Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(bytes.size())));
  if (!certificate || at != begin + bytes.size()) {
    ERR_clear_error();
    return nullptr;
  }
  return certificate;
}

Certificate share(X509* certificate) {
  X509_up_ref(certificate);
  return Certificate(certificate);
}

Bio readOnly(std::string_view bytes) {
  Bio bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  if (!bio) {
    throw SignatureError("no memory for certificates");
  }
  return bio;
}

int rsaBits(EVP_PKEY* key) {
  return key != nullptr && EVP_PKEY_base_id(key) == EVP_PKEY_RSA ? EVP_PKEY_bits(key) : 0;
}

CertificateInfo describe(X509* certificate) {
  CertificateInfo info;
  const X509_NAME* subject = X509_get_subject_name(certificate);
  info.subject = nameText(subject);
  info.commonName = entry(subject, NID_commonName);
  info.organization = entry(subject, NID_organizationName);
  info.organId = organIdOf(subject);
  info.issuer = nameText(X509_get_issuer_name(certificate));
  info.serial = serialHex(certificate);
  info.sha256 = base::sha256Hex(der(certificate));
  info.notBefore = instantOf(X509_get0_notBefore(certificate));
  info.notAfter = instantOf(X509_get0_notAfter(certificate));
  return info;
}

}  // namespace exchange::ssl
