// What can be known of a PDF: its shape, its text, its signatures. Plain values; no PDF library,
// no file, no clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "eoffice/signing/key_store.h"

namespace eoffice {

/// A rectangle on a page as shown (rotation applied), in points (1/72 inch) from its upper left.
struct PageBox {
  double x = 0, y = 0, width = 0, height = 0;
};

enum class SecrecyLevel : std::uint8_t { Secret = 1, TopSecret = 2, Ultra = 3 };  // Mật, Tối, Tuyệt

struct SecrecyMark {
  SecrecyLevel level = SecrecyLevel::Secret;
  std::string text;  ///< As it stands on the page: `TỐI MẬT`.
  int page = 1;
};

struct PdfFacts {
  int pages = 0;
  std::string version;  ///< `1.7`
  double widthMm = 0;   ///< Of the first page.
  double heightMm = 0;
  bool hasText = false;    ///< On any of the first pages that were read (a scan has none).
  bool encrypted = false;  ///< Opens without a password, but is protected: cannot be signed.
  bool hasForm = false;    ///< AcroForm
  bool hasScript = false;  ///< JavaScript
  bool hasAttachments = false;
  int signatures = 0;                  ///< Signed fields; nothing is verified.
  std::optional<SecrecyMark> secrecy;  ///< A mark on its own line or in its own box. Refuse it.
};

/// A word with its place; `text` is NFC.
struct PdfWord {
  std::string text;
  PageBox box;
  double fontSize = 0;                ///< Points; 0 where it is not known.
  std::vector<PageBox> letters = {};  ///< One for each code point; only inside the worker.
};

struct PdfPageText {
  double width = 0, height = 0;  ///< Points, as shown.
  std::vector<PdfWord> words;    ///< In reading order.
};

/// Why a signature is not valid. The sentence stands under `signature.<code>`. Stored in reports:
/// never renumber.
enum class SignatureFault : std::uint8_t {
  Unreadable = 1,       ///< unreadable: no CMS, or of a kind we do not know
  RangeWrong = 2,       ///< range_wrong: the signed ranges do not fit the file
  DigestMismatch = 3,   ///< digest_mismatch: the bytes were changed
  SignatureWrong = 4,   ///< signature_wrong: the key does not belong to the certificate
  Untrusted = 5,        ///< untrusted: no chain to an anchor that we trust
  OutsideValidity = 6,  ///< outside_validity: signed before or after the certificate's term
  ChangedAfter = 7,     ///< changed_after: more than signatures and our stamps came later
  Unfit = 8,            ///< unfit: the certificate is not made for signatures
  WeakDigest = 9,       ///< weak_digest: MD5 or SHA-1
};

/// Something worth saying that does not make it invalid.
enum class SignatureNote : std::uint8_t {
  ExpiredSince = 1,          ///< expired_since: was valid when signed, has ended
  RevocationNotChecked = 2,  ///< revocation_not_checked
  NoSigningTime = 3,         ///< no_signing_time: judged at the time of the check
  SigningTimeClaimed = 4,    ///< signing_time_claimed: the signer's own clock, no time stamp
};

[[nodiscard]] std::string_view code(SignatureFault fault);
[[nodiscard]] std::string_view code(SignatureNote note);

/// What came after a signature, in later revisions of the file. Ordered: the worst wins.
enum class LaterChange : std::uint8_t {
  None = 1,        ///< It covers the whole file.
  Signatures = 2,  ///< Only further signatures.
  Stamps = 3,      ///< Also number and date, or other stamps laid over the pages.
  Other = 4        ///< The document itself.
};

struct PdfSignature {
  std::string field;                         ///< The form field's full name.
  CertificateInfo signer;                    ///< Empty strings when the CMS could not be read.
  std::optional<base::Instant> claimedTime;  ///< /M, or the CMS attribute.
  std::string subFilter;                     ///< `ETSI.CAdES.detached`
  std::string reason;
  int page = 0;  ///< Where its picture stands; 0 for an invisible one.
  PageBox box;
  std::uint64_t coveredBytes = 0;  ///< Ends here; the file's size when it covers all.
  LaterChange later = LaterChange::None;
  std::vector<SignatureFault> faults;
  std::vector<SignatureNote> notes;
  [[nodiscard]] bool valid() const { return faults.empty(); }
};

/// Every signature, in the order in which they were made, with every fault of each.
struct SignatureReport {
  std::uint64_t fileBytes = 0;
  base::Instant checkedAt;
  std::vector<PdfSignature> signatures;
  LaterChange afterLast = LaterChange::None;  ///< What came after the last signature.
  /// At least one signature, all valid.
  [[nodiscard]] bool valid() const;
};

}  // namespace eoffice
