#include "exchange/signature/chain_internal.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <chrono>
#include <set>

namespace exchange {
namespace {

constexpr int kLeastBits = 2048;
constexpr int kSecurityLevel = 2;  // 112 bits: no SHA-1, no RSA below 2048 in the chain

using Context = base::CPtr<X509_STORE_CTX, X509_STORE_CTX_free>;
using Shared = base::CPtr<STACK_OF(X509), ssl::freeCertificates>;

// Every fault of a chain, not only the first: OpenSSL asks after each whether to go on.
struct ChainFaults {
  std::set<int> codes;
};

int noteAndGoOn(int good, X509_STORE_CTX* context) {
  if (good == 0) {
    const int code = X509_STORE_CTX_get_error(context);
    static_cast<ChainFaults*>(X509_STORE_CTX_get_app_data(context))->codes.insert(code);
  }
  return 1;
}

SignatureFault faultOf(int code) {
  switch (code) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return SignatureFault::CertificateExpired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return SignatureFault::CertificateNotYetValid;
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return SignatureFault::WeakAlgorithm;
    default:
      return SignatureFault::ChainNotTrusted;
  }
}

Shared othersOf(const std::vector<ssl::Certificate>& certificates) {
  Shared stack(sk_X509_new_null());
  for (std::size_t i = 1; stack && i < certificates.size(); ++i) {
    X509* certificate = certificates[i].get();
    X509_up_ref(certificate);
    if (sk_X509_push(stack.get(), certificate) == 0) {
      X509_free(certificate);
      stack.reset();
    }
  }
  return stack;
}

void judgeUse(X509* certificate, std::vector<SignatureFinding>& findings) {
  const std::uint32_t usage = X509_get_key_usage(certificate);  // all bits without an extension
  const bool signs = (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
  if (!signs || X509_check_ca(certificate) == 1) {
    findings.push_back({SignatureFault::CertificateNotForSigning, {}});
  }
  const int bits = ssl::rsaBits(X509_get0_pubkey(certificate));
  if (bits == 0) {
    findings.push_back({SignatureFault::UnknownAlgorithm, "not an RSA key"});
  } else if (bits < kLeastBits) {
    findings.push_back({SignatureFault::WeakAlgorithm, "RSA " + std::to_string(bits)});
  }
}

// Narrows the time in which the verdict holds by the days of one certificate.
void narrow(ChainVerdict& verdict, const X509* certificate, base::Instant at) {
  const base::Instant begin = ssl::instantOf(X509_get0_notBefore(certificate));
  const base::Instant end = ssl::instantOf(X509_get0_notAfter(certificate));  // OpenSSL: exclusive
  for (const base::Instant edge : {begin, end}) {
    if (edge <= at) {
      verdict.from = std::max(verdict.from, edge);
    } else {
      verdict.to = std::min(verdict.to, edge);
    }
  }
}

void askOpenssl(X509_STORE_CTX* context, base::Instant at, ChainVerdict& verdict) {
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_time(
      parameters, std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
  X509_VERIFY_PARAM_set_auth_level(parameters, kSecurityLevel);
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
  ChainFaults faults;
  X509_STORE_CTX_set_app_data(context, &faults);
  X509_STORE_CTX_set_verify_cb(context, noteAndGoOn);
  const int answer = X509_verify_cert(context);
  ERR_clear_error();
  if (answer != 1 && faults.codes.empty()) {
    faults.codes.insert(X509_STORE_CTX_get_error(context));
  }
  std::set<SignatureFault> told;
  for (const int code : faults.codes) {
    if (told.insert(faultOf(code)).second) {
      verdict.findings.push_back({faultOf(code), X509_verify_cert_error_string(code)});
    }
  }
}

}  // namespace

ChainVerdict judgeChain(const Store& anchors, const std::vector<ssl::Certificate>& certificates,
                        base::Instant at) {
  ChainVerdict verdict;
  judgeUse(certificates.front().get(), verdict.findings);
  const Context context(X509_STORE_CTX_new());
  const Shared others = othersOf(certificates);
  if (!context || !others ||
      X509_STORE_CTX_init(context.get(), anchors.get(), certificates.front().get(), others.get()) !=
          1) {
    throw SignatureError("no certificate can be checked");
  }
  askOpenssl(context.get(), at, verdict);
  for (const auto& certificate : certificates) {
    narrow(verdict, certificate.get(), at);
  }
  const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context.get());
  for (int i = 0; chain != nullptr && i < sk_X509_num(chain); ++i) {
    narrow(verdict, sk_X509_value(chain, i), at);
  }
  return verdict;
}

}  // namespace exchange
