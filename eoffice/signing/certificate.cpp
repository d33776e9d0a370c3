#include "eoffice/signing/certificate_internal.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <climits>
#include <ctime>

#include "base/crypto/digest.h"
#include "base/text.h"

namespace eoffice::openssl {
namespace {

std::string entry(const X509_NAME* name, int nid) {
  int const at = X509_NAME_get_index_by_NID(name, nid, -1);
  if (at < 0) return {};
  ASN1_STRING const* value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
  unsigned char* utf8 = nullptr;
  int const size = ASN1_STRING_to_UTF8(&utf8, value);
  if (size < 0) return {};
  std::string text(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return base::isUtf8(text) ? base::toNfc(text) : std::string{};
}

std::string oneLine(const X509_NAME* name) {
  BioPtr const out(BIO_new(BIO_s_mem()));
  unsigned long const flags = (XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) | XN_FLAG_SEP_CPLUS_SPC;
  X509_NAME_print_ex(out.get(), name, 0, flags);
  char* data = nullptr;
  long const size = BIO_get_mem_data(out.get(), &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string{};
}

base::Instant toInstant(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  auto const day = std::chrono::year{parts.tm_year + 1900} /
                   std::chrono::month{static_cast<unsigned>(parts.tm_mon + 1)} /
                   std::chrono::day{static_cast<unsigned>(parts.tm_mday)};
  return std::chrono::sys_days{day} + std::chrono::hours{parts.tm_hour} +
         std::chrono::minutes{parts.tm_min} + std::chrono::seconds{parts.tm_sec};
}

std::string serialOf(const X509* certificate) {
  base::CPtr<BIGNUM, BN_free> const number(
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  if (!number) return {};
  char* hex = BN_bn2hex(number.get());
  std::string text = base::lowerAscii(hex);
  OPENSSL_free(hex);
  return text;
}

}  // namespace

CertificateInfo describe(const X509* certificate) {
  X509_NAME const* subject = X509_get_subject_name(certificate);
  CertificateInfo info;
  info.commonName = entry(subject, NID_commonName);
  info.organisation = entry(subject, NID_organizationName);
  info.title = entry(subject, NID_title);
  info.subject = oneLine(subject);
  info.issuer = oneLine(X509_get_issuer_name(certificate));
  info.serial = serialOf(certificate);
  info.sha256 = base::sha256Hex(toDer(certificate));
  info.notBefore = toInstant(X509_get0_notBefore(certificate));
  info.notAfter = toInstant(X509_get0_notAfter(certificate));
  return info;
}

std::string toDer(const X509* certificate) {
  unsigned char* bytes = nullptr;
  int const size = i2d_X509(certificate, &bytes);
  require(size > 0, "certificate cannot be encoded");
  std::string der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

std::string toPem(const X509* certificate) {
  BioPtr const out(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_X509(out.get(), const_cast<X509*>(certificate)) == 1,
          "certificate cannot be encoded");
  char* data = nullptr;
  long const size = BIO_get_mem_data(out.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

X509Ptr fromDer(std::string_view der) {
  if (der.size() > LONG_MAX) return nullptr;
  auto const* bytes = reinterpret_cast<const unsigned char*>(der.data());
  X509Ptr certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
  ERR_clear_error();
  return certificate;
}

std::vector<X509Ptr> fromPem(std::string_view pem) {
  std::vector<X509Ptr> all;
  if (pem.size() > INT_MAX) return all;
  BioPtr const in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  while (X509* certificate = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)) {
    all.emplace_back(certificate);
  }
  ERR_clear_error();
  return all;
}

bool maySign(const X509* certificate) {
  // X509_get_key_usage caches inside the certificate; OpenSSL guards that with its own lock.
  std::uint32_t const usage = X509_get_key_usage(const_cast<X509*>(certificate));
  return usage == UINT32_MAX || (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
}

std::string lastError() {
  unsigned long const error = ERR_get_error();
  ERR_clear_error();
  if (error == 0) return "unknown reason";
  char text[256] = {};
  ERR_error_string_n(error, text, sizeof text);
  return text;
}

void require(bool done, const char* what) {
  if (!done) throw SigningError(std::string(what) + ": " + lastError());
}

}  // namespace eoffice::openssl

namespace eoffice {

std::optional<CertificateInfo> readCertificate(std::string_view bytes) {
  auto const pem = openssl::fromPem(bytes);
  if (!pem.empty()) return openssl::describe(pem.front().get());
  auto const der = openssl::fromDer(bytes);
  if (der) return openssl::describe(der.get());
  return std::nullopt;
}

}  // namespace eoffice
