// Finds the marks of state secrets (mật, tối mật, tuyệt mật) in the fields of a document, so that
// everybody who takes a document in or sends one out can refuse it. Knows the marks, not the law
// that sets them, and does not look into files. Ordinary words that hold the syllable (bảo mật, bí
// mật, mật độ, mật khẩu, mật ong …) are no marks. Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "exchange/envelope/model.h"

namespace exchange {

enum class SecretLevel : std::uint8_t { Secret = 1, HighSecret = 2, TopSecret = 3 };

struct SecretMark {
  SecretLevel level;
  std::string field = {};  ///< `MessageHeader.Subject`
  std::string text = {};   ///< The field's text, shortened.
};

/// In running text (subject, abstract, content): a level in brackets anywhere, before a colon or
/// dash at the beginning, after a dash at the end, after `độ mật:`, in capitals where the rest is
/// not, letter by letter as on a stamp, or as the whole text (`Tài liệu mật` too).
[[nodiscard]] std::optional<SecretLevel> secretLevelInText(std::string_view text);
/// In a field that holds a mark or a class (sphere, priority, type, security level): a level as a
/// word of its own anywhere.
[[nodiscard]] std::optional<SecretLevel> secretLevelInField(std::string_view text);
/// The highest mark of an envelope: subject, content, type name, sphere, notation, appendixes,
/// reason, names and descriptions of attachments.
[[nodiscard]] std::optional<SecretMark> findSecretMark(const DocumentEnvelope& envelope);

}  // namespace exchange
