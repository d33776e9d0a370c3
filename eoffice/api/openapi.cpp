#include "eoffice/api/openapi.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "eoffice/api/schemas.h"

namespace eoffice::api {
namespace {

using nlohmann::json;

constexpr const char* kIntroduction =
    "The acts of the office as JSON: the same acts, rules and rights as its pages. Sign in with "
    "POST /sessions and send the token as Authorization: Bearer. A refusal is an Error with a "
    "stable code; all faults of one input are told at once. Days are local (Asia/Ho_Chi_Minh), "
    "instants UTC.";

class Description {
 public:
  explicit Description(const Operations& operations) {
    refer(schemas::error());
    for (const auto& operation : operations) add(operation);
  }
  [[nodiscard]] json take();

 private:
  void add(const Operation& operation);
  json refer(const Schema& schema);
  json objectOf(const Schema& schema);
  json typeOf(const Field& field);
  json responsesOf(const Operation& operation);
  json parametersOf(const Operation& operation);

  json paths_ = json::object();
  json schemas_ = json::object();
};

json plainType(const Field& field) {
  switch (field.kind) {
    case Kind::Text:
      return {{"type", "string"}};
    case Kind::Secret:
      return {{"type", "string"}, {"format", "password"}};
    case Kind::Number:
      return {{"type", "integer"}, {"format", "int64"}};
    case Kind::Flag:
      return {{"type", "boolean"}};
    case Kind::Date:
      return {{"type", "string"}, {"format", "date"}};
    case Kind::Instant:
      return {{"type", "string"}, {"format", "date-time"}};
    case Kind::Choice:
      return {{"type", "string"}, {"enum", field.choices}};
    case Kind::Map:
      return {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
    case Kind::TextList:
      return {{"type", "array"}, {"items", {{"type", "string"}}}};
    case Kind::NumberList:
      return {{"type", "array"}, {"items", {{"type", "integer"}, {"format", "int64"}}}};
    case Kind::Object:
    case Kind::ObjectList:
      return json::object();  // By reference: see typeOf().
  }
  return json::object();
}

void addBounds(json& type, const Field& field) {
  if (field.kind == Kind::Number) {
    type["minimum"] = field.least;
    if (field.most != kMostNumber) type["maximum"] = field.most;
  }
  if (field.kind == Kind::Text || field.kind == Kind::Secret) {
    if (field.least > 0) type["minLength"] = field.least;
    if (field.most != kMostNumber) type["maxLength"] = field.most;
  }
  const bool list = field.kind == Kind::TextList || field.kind == Kind::NumberList;
  if (list && field.most != kMostNumber) type["maxItems"] = field.most;
}

json errorResponse(const std::string& what) {
  return {
      {"description", what},
      {"content", {{"application/json", {{"schema", {{"$ref", "#/components/schemas/Error"}}}}}}}};
}

std::string codesText(const std::vector<std::string>& codes) {
  std::string text;
  for (const auto& code : codes) text += (text.empty() ? "" : ", ") + code;
  return text;
}

json Description::typeOf(const Field& field) {
  json type = plainType(field);
  addBounds(type, field);
  if (field.kind == Kind::Object) type = refer(*field.of);
  if (field.kind == Kind::ObjectList) type = {{"type", "array"}, {"items", refer(*field.of)}};
  if (field.need == Need::Optional) {
    if (type.contains("$ref")) {
      type = {{"anyOf", json::array({type, {{"type", "null"}}})}};
    } else {
      type["type"] = json::array({type["type"], "null"});
      if (type.contains("enum")) type["enum"].push_back(nullptr);
    }
  }
  if (!field.summary.empty()) type["description"] = field.summary;
  return type;
}

json Description::objectOf(const Schema& schema) {
  const bool input = schema.side == Schema::Side::Input;
  json properties = json::object();
  json required = json::array();
  for (const auto& field : schema.fields) {
    auto one = field;
    // What the office answers is as long as it is.
    if (!input) {
      one.least = 0;
      one.most = kMostNumber;
    }
    properties[field.name] = typeOf(one);
    if (!input || field.need == Need::Required) required.push_back(field.name);
  }
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

json Description::refer(const Schema& schema) {
  if (!schemas_.contains(schema.name)) {
    schemas_[schema.name] = json::object();  // Before its own fields refer to it.
    schemas_[schema.name] = objectOf(schema);
  }
  return {{"$ref", "#/components/schemas/" + schema.name}};
}

json parameter(const std::string& name, const char* in, bool required, json schema) {
  json out{{"name", name}, {"in", in}, {"required", required}};
  if (schema.contains("description")) {
    out["description"] = schema["description"];
    schema.erase("description");
  }
  out["schema"] = std::move(schema);
  return out;
}

json pathParameters(const std::string& path) {
  json parameters = json::array();
  for (auto at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1)) {
    const auto name = path.substr(at + 1, path.find('}', at) - at - 1);
    const bool text = name == "direction";
    json schema = text ? json{{"type", "string"}, {"enum", {"incoming", "outgoing"}}}
                       : json{{"type", "integer"}, {"format", "int64"}, {"minimum", 1}};
    parameters.push_back(parameter(name, "path", true, std::move(schema)));
  }
  return parameters;
}

json Description::parametersOf(const Operation& operation) {
  auto parameters = pathParameters(operation.path);
  for (auto field : operation.query) {
    const bool required = field.need == Need::Required;
    field.need = Need::Required;  // A parameter is absent, never null.
    parameters.push_back(parameter(field.name, "query", required, typeOf(field)));
  }
  return parameters;
}

json Description::responsesOf(const Operation& operation) {
  json responses = json::object();
  json good{{"description", "Done."}};
  if (operation.answer != nullptr) {
    good["content"]["application/json"]["schema"] = refer(*operation.answer);
  } else if (!operation.mediaType.empty()) {
    good["content"][operation.mediaType]["schema"] = {{"type", "string"}, {"format", "binary"}};
  }
  responses[std::to_string(operation.status)] = std::move(good);
  if (operation.door != web::Door::Open) responses["401"] = errorResponse("Not signed in.");
  if (operation.body != nullptr) {
    responses["400"] = errorResponse("The body is no JSON object.");
    responses["415"] = errorResponse("The body is of another media type.");
  }
  if (operation.body != nullptr || !operation.query.empty()) {
    responses["422"] = errorResponse("The input is wrong; every fault is in error.faults.");
  }
  responses["default"] =
      errorResponse(operation.errors.empty() ? "A refusal or fault."
                                             : "A refusal: " + codesText(operation.errors) + ".");
  return responses;
}

void Description::add(const Operation& operation) {
  json out{{"operationId", operation.name},       {"tags", json::array({operation.group})},
           {"summary", operation.summary},        {"parameters", parametersOf(operation)},
           {"responses", responsesOf(operation)}, {"x-errors", operation.errors}};
  if (operation.door == web::Door::Open) out["security"] = json::array();
  if (operation.body != nullptr) {
    out["requestBody"] = {
        {"required", true},
        {"content", {{"application/json", {{"schema", refer(*operation.body)}}}}}};
  }
  if (!operation.upload.empty()) {
    const json bytes{{"type", "string"}, {"format", "binary"}};
    const json form{{"type", "object"}, {"properties", {{"file", bytes}}}};
    out["requestBody"] = {
        {"required", true},
        {"content",
         {{operation.upload, {{"schema", bytes}}}, {"multipart/form-data", {{"schema", form}}}}}};
  }
  const auto method = base::lowerAscii(base::http::name(operation.method));
  paths_[kRoot + operation.path][method] = std::move(out);
}

json Description::take() {
  return {
      {"openapi", "3.1.0"},
      {"info", {{"title", "E-Office"}, {"version", "1"}, {"description", kIntroduction}}},
      {"servers", json::array({{{"url", "/"}}})},
      {"security", json::array({{{"bearer", json::array()}}, {{"session", json::array()}}})},
      {"paths", std::move(paths_)},
      {"components",
       {{"schemas", std::move(schemas_)},
        {"securitySchemes",
         {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}},
          {"session",
           {{"type", "apiKey"},
            {"in", "header"},
            {"name", "X-CSRF-Token"},
            {"description", "With the cookie of a page's session, on everything but GET."}}}}}}}};
}

}  // namespace

json describe(const Operations& operations) { return Description(operations).take(); }

}  // namespace eoffice::api
