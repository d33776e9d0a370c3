// One mail for one person and time: the reminders that came due together, sorted by what matters,
// each with the reason why this person gets it. Nothing when there is nothing.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/templates.h"
#include "base/texts.h"
#include "base/time.h"
#include "reminder/engine/ports.h"
#include "reminder/rules/ladder.h"

namespace reminder {

struct DigestLine {
  TaskId task;
  std::string title;
  base::LocalDate due;
  int workdaysLeft = 0;  ///< Negative once late.
  RecipientRole role = RecipientRole::Holder;
  bool standsIn = false;
};

struct Digest {
  Reader reader;
  base::Instant at;
  std::vector<DigestLine> lines;  ///< Not empty.
};

struct MailText {
  std::string subject;
  std::string text;
};

/// Puts a digest into words. An interface, so that the engine is tested without templates.
class DigestWriter {
 public:
  virtual ~DigestWriter() = default;
  [[nodiscard]] virtual MailText write(const Digest& digest) const = 0;
};

/// By `digest.mustache` of `templates`, which were read from templates/mail with Escape::None.
/// `baseUrl` starts every link: `https://office.example`. No title stands in the subject: it shows
/// on locked screens.
class TemplateDigestWriter : public DigestWriter {
 public:
  TemplateDigestWriter(const base::Templates& templates, const base::Texts& texts,
                       std::string baseUrl);
  [[nodiscard]] MailText write(const Digest& digest) const override;

 private:
  struct Counts;
  [[nodiscard]] static Counts countsOf(const Digest& digest);
  [[nodiscard]] std::string partsOf(const Counts& counts, base::Language language) const;

  const base::Templates& templates_;
  const base::Texts& texts_;
  std::string baseUrl_;
};

}  // namespace reminder
