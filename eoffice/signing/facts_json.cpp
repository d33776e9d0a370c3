#include "eoffice/signing/facts_json.h"

namespace eoffice {
namespace {

using nlohmann::json;

base::Instant instant(const json& value) {
  return base::parseIsoInstant(value.get<std::string>()).value();
}

json certificate(const CertificateInfo& info) {
  return {{"common_name", info.commonName},
          {"organisation", info.organisation},
          {"title", info.title},
          {"subject", info.subject},
          {"issuer", info.issuer},
          {"serial", info.serial},
          {"sha256", info.sha256},
          {"not_before", base::isoInstant(info.notBefore)},
          {"not_after", base::isoInstant(info.notAfter)}};
}

CertificateInfo certificate(const json& value) {
  CertificateInfo info;
  value.at("common_name").get_to(info.commonName);
  value.at("organisation").get_to(info.organisation);
  value.at("title").get_to(info.title);
  value.at("subject").get_to(info.subject);
  value.at("issuer").get_to(info.issuer);
  value.at("serial").get_to(info.serial);
  value.at("sha256").get_to(info.sha256);
  info.notBefore = instant(value.at("not_before"));
  info.notAfter = instant(value.at("not_after"));
  return info;
}

json signature(const PdfSignature& s) {
  return {{"field", s.field},
          {"signer", certificate(s.signer)},
          {"claimed_time", s.claimedTime ? json(base::isoInstant(*s.claimedTime)) : json()},
          {"sub_filter", s.subFilter},
          {"reason", s.reason},
          {"page", s.page},
          {"box", s.box},
          {"covered_bytes", s.coveredBytes},
          {"later", s.later},
          {"faults", s.faults},
          {"notes", s.notes}};
}

PdfSignature signature(const json& value) {
  PdfSignature s;
  value.at("field").get_to(s.field);
  s.signer = certificate(value.at("signer"));
  if (!value.at("claimed_time").is_null()) s.claimedTime = instant(value.at("claimed_time"));
  value.at("sub_filter").get_to(s.subFilter);
  value.at("reason").get_to(s.reason);
  value.at("page").get_to(s.page);
  value.at("box").get_to(s.box);
  value.at("covered_bytes").get_to(s.coveredBytes);
  value.at("later").get_to(s.later);
  value.at("faults").get_to(s.faults);
  value.at("notes").get_to(s.notes);
  return s;
}

}  // namespace

void to_json(json& json, const PageBox& box) { json = {box.x, box.y, box.width, box.height}; }

void from_json(const json& json, PageBox& box) {
  box = {json.at(0), json.at(1), json.at(2), json.at(3)};
}

void to_json(json& json, const PdfFacts& facts) {
  json = {{"pages", facts.pages},
          {"version", facts.version},
          {"width_mm", facts.widthMm},
          {"height_mm", facts.heightMm},
          {"has_text", facts.hasText},
          {"encrypted", facts.encrypted},
          {"has_form", facts.hasForm},
          {"has_script", facts.hasScript},
          {"has_attachments", facts.hasAttachments},
          {"signatures", facts.signatures},
          {"secrecy", nullptr}};
  if (facts.secrecy) {
    json["secrecy"] = {{"level", facts.secrecy->level},
                       {"text", facts.secrecy->text},
                       {"page", facts.secrecy->page}};
  }
}

void from_json(const json& json, PdfFacts& facts) {
  json.at("pages").get_to(facts.pages);
  json.at("version").get_to(facts.version);
  json.at("width_mm").get_to(facts.widthMm);
  json.at("height_mm").get_to(facts.heightMm);
  json.at("has_text").get_to(facts.hasText);
  json.at("encrypted").get_to(facts.encrypted);
  json.at("has_form").get_to(facts.hasForm);
  json.at("has_script").get_to(facts.hasScript);
  json.at("has_attachments").get_to(facts.hasAttachments);
  json.at("signatures").get_to(facts.signatures);
  auto const& secrecy = json.at("secrecy");
  if (!secrecy.is_null()) {
    facts.secrecy = SecrecyMark{secrecy.at("level"), secrecy.at("text"), secrecy.at("page")};
  }
}

void to_json(json& json, const PdfPageText& text) {
  json = {{"width", text.width}, {"height", text.height}, {"words", nlohmann::json::array()}};
  for (auto const& word : text.words) {
    json["words"].push_back({{"text", word.text}, {"box", word.box}, {"size", word.fontSize}});
  }
}

void from_json(const json& json, PdfPageText& text) {
  json.at("width").get_to(text.width);
  json.at("height").get_to(text.height);
  for (auto const& word : json.at("words")) {
    text.words.push_back({word.at("text"), word.at("box"), word.at("size"), {}});
  }
}

void to_json(json& json, const PdfPlace& place) {
  json = {{"page", place.page}, {"box", place.box}, {"kind", place.kind}};
}

void from_json(const json& json, PdfPlace& place) {
  place = {json.at("page"), json.at("box"), json.at("kind")};
}

void to_json(json& json, const SigningPlaces& places) {
  json = {{"signature", places.signature}, {"number", places.number}, {"date", places.date}};
}

void from_json(const json& json, SigningPlaces& places) {
  places = {json.at("signature"), json.at("number"), json.at("date")};
}

void to_json(json& json, const SignatureReport& report) {
  json = {{"file_bytes", report.fileBytes},
          {"checked_at", base::isoInstant(report.checkedAt)},
          {"after_last", report.afterLast},
          {"signatures", nlohmann::json::array()}};
  for (auto const& each : report.signatures) json["signatures"].push_back(signature(each));
}

void from_json(const json& json, SignatureReport& report) {
  json.at("file_bytes").get_to(report.fileBytes);
  report.checkedAt = instant(json.at("checked_at"));
  json.at("after_last").get_to(report.afterLast);
  for (auto const& each : json.at("signatures")) report.signatures.push_back(signature(each));
}

json refusalToJson(const base::Refusal& refusal) {
  json facts = json::array();
  for (auto const& [name, value] : refusal.facts) facts.push_back({name, value});
  return {
      {"kind", refusal.kind}, {"code", refusal.code}, {"field", refusal.field}, {"facts", facts}};
}

base::Refusal refusalFromJson(const json& json) {
  base::Refusal refusal{json.at("kind"), json.at("code"), json.at("field"), {}, {}};
  for (auto const& fact : json.at("facts")) refusal.facts.emplace_back(fact.at(0), fact.at(1));
  return refusal;
}

}  // namespace eoffice
