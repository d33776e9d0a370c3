// Holds answers against the description that the office itself gives of them.
#include <algorithm>
#include <sstream>

#include "tests/integration/eoffice/api/api_office.h"

namespace tests {
namespace {

using nlohmann::json;

std::vector<std::string> segments(const std::string& path) {
  std::vector<std::string> out;
  std::istringstream in(path.substr(0, path.find('?')));
  for (std::string one; std::getline(in, one, '/');) out.push_back(one);
  return out;
}

// The pattern of the description that a path is of; literal ones first.
std::string patternOf(const json& description, const std::string& path) {
  if (description["paths"].contains(path.substr(0, path.find('?')))) {
    return path.substr(0, path.find('?'));
  }
  const auto given = segments(path);
  for (const auto& [pattern, unused] : description["paths"].items()) {
    const auto wanted = segments(pattern);
    if (wanted.size() != given.size()) continue;
    bool same = true;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      same = same && (wanted[i] == given[i] || wanted[i].starts_with("{"));
    }
    if (same) return pattern;
  }
  return {};
}

bool isOfType(const json& value, const std::string& type) {
  if (type == "null") return value.is_null();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "boolean") return value.is_boolean();
  if (type == "array") return value.is_array();
  return type == "object" && value.is_object();
}

class Check {
 public:
  explicit Check(const json& description) : schemas_(description["components"]["schemas"]) {}

  void value(const json& schema, const json& value, const std::string& where) {
    if (schema.contains("$ref")) {
      const auto name = schema["$ref"].get<std::string>();
      return this->value(schemas_.at(name.substr(name.rfind('/') + 1)), value, where);
    }
    if (schema.contains("anyOf")) {
      if (value.is_null()) return;
      return this->value(schema["anyOf"][0], value, where);
    }
    type(schema, value, where);
    if (schema.contains("enum")) {
      const auto& all = schema["enum"];
      EXPECT_NE(std::find(all.begin(), all.end(), value), all.end()) << where << ": " << value;
    }
    if (value.is_array() && schema.contains("items")) {
      for (const auto& item : value) this->value(schema["items"], item, where + "[]");
    }
    if (value.is_object() && schema.contains("properties")) properties(schema, value, where);
  }

 private:
  static void type(const json& schema, const json& value, const std::string& where) {
    const auto types = schema["type"].is_array() ? schema["type"] : json::array({schema["type"]});
    EXPECT_TRUE(std::any_of(types.begin(), types.end(),
                            [&](const json& one) { return isOfType(value, one); }))
        << where << " is no " << types << ": " << value;
  }

  void properties(const json& schema, const json& value, const std::string& where) {
    for (const auto& name : schema["required"]) {
      EXPECT_TRUE(value.contains(name)) << where << " lacks " << name;
    }
    for (const auto& [name, content] : value.items()) {
      const auto path = where + "." + name;
      ASSERT_TRUE(schema["properties"].contains(name)) << path << " is not described";
      this->value(schema["properties"][name], content, path);
    }
  }

  const json& schemas_;
};

}  // namespace

void expectFits(const json& description, const std::string& method, const std::string& path,
                const ApiAnswer& answer) {
  const auto pattern = patternOf(description, path);
  if (pattern.empty()) return;  // Of no operation: a 404.
  auto lower = method;
  std::transform(lower.begin(), lower.end(), lower.begin(), ::tolower);
  if (!description["paths"][pattern].contains(lower)) return;
  const auto& responses = description["paths"][pattern][lower]["responses"];
  const auto status = std::to_string(answer.status);
  const bool described = responses.contains(status);
  if (answer.status < 400) {
    EXPECT_TRUE(described) << method << " " << path << ": " << status << " is not described";
  }
  if (!described && answer.status < 400) return;
  const auto& response = described ? responses[status] : responses["default"];
  if (!response.contains("content") || !response["content"].contains("application/json")) return;
  Check(description)
      .value(response["content"]["application/json"]["schema"], answer.body,
             method + " " + pattern + " " + status);
}

}  // namespace tests
