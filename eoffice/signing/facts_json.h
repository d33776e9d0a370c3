// The facts of pdf_facts.h as JSON, for the way between the worker and the office, and for whoever
// keeps a report. Names are snake_case; instants ISO 8601, UTC. Reading throws nlohmann's
// exceptions for what was not written here.
#pragma once

#include <nlohmann/json.hpp>

#include "base/result.h"
#include "eoffice/signing/pdf_facts.h"
#include "eoffice/signing/pdf_tools.h"

namespace eoffice {

void to_json(nlohmann::json& json, const PageBox& box);
void from_json(const nlohmann::json& json, PageBox& box);
void to_json(nlohmann::json& json, const PdfFacts& facts);
void from_json(const nlohmann::json& json, PdfFacts& facts);
void to_json(nlohmann::json& json, const PdfPageText& text);
void from_json(const nlohmann::json& json, PdfPageText& text);
void to_json(nlohmann::json& json, const PdfPlace& place);
void from_json(const nlohmann::json& json, PdfPlace& place);
void to_json(nlohmann::json& json, const SigningPlaces& places);
void from_json(const nlohmann::json& json, SigningPlaces& places);
void to_json(nlohmann::json& json, const SignatureReport& report);
void from_json(const nlohmann::json& json, SignatureReport& report);

[[nodiscard]] nlohmann::json refusalToJson(const base::Refusal& refusal);
[[nodiscard]] base::Refusal refusalFromJson(const nlohmann::json& json);

}  // namespace eoffice
