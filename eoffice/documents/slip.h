// Phiếu giải quyết văn bản đến (NĐ 30/2020, Phụ lục IV): what the form of the decree holds, read
// from the chain of instructions and the tasks. Three parts: the agency's leader names lead and
// supports with the deadline of each; the head of a unit names the person; the handler proposes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "base/texts.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/document.h"

namespace eoffice::documents {

struct SlipReceiver {
  std::string name;  ///< Of the unit where one was named, else of the person.
  Part part = Part::Lead;
  std::optional<base::LocalDate> due;
};

struct SlipWord {
  std::string by;  ///< `Nguyễn Văn A, Chủ tịch`
  base::LocalDate day{};
  std::string text;
  std::vector<SlipReceiver> receivers;  ///< Of a handler's proposal none.
};

struct Slip {
  std::string parentAgency;  ///< Empty: none above.
  std::string agency;
  std::string arrival;   ///< `Số đến 12, ngày 06/01/2026`; empty before registration.
  std::string document;  ///< Type, number and notation, date, issuer, abstract.
  std::vector<SlipWord> leaders, units, handlers;
};

/// Empty where the caller may not see it, or it is no incoming document.
[[nodiscard]] std::optional<Slip> slipOf(base::db::Session& session, const base::Texts& texts,
                                         const Caller& caller, DocumentId document);

/// As a PDF on A4. `foot` says from where, by whom and when it was printed.
void printSlip(const Slip& slip, const base::Texts& texts, const std::string& foot,
               const std::filesystem::path& file);

}  // namespace eoffice::documents
