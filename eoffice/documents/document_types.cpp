#include "eoffice/documents/document_types.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace eoffice::documents {

DocumentTypes::DocumentTypes(const std::filesystem::path& file) {
  std::ifstream in(file);
  const auto json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object() || !json.contains("types") || !json["types"].is_array()) {
    throw std::runtime_error(file.string() + ": no list of document types");
  }
  for (const auto& entry : json["types"]) {
    if (!entry.is_object() || !entry.value("name", nlohmann::json()).is_string()) {
      throw std::runtime_error(file.string() + ": a type without a name");
    }
    types_.push_back({entry.value("code", std::string()), entry["name"].get<std::string>(),
                      entry.value("incoming_only", false), entry.value("legal", false)});
  }
  if (types_.empty()) throw std::runtime_error(file.string() + ": the list is empty");
}

const DocumentType* DocumentTypes::find(std::string_view name) const {
  const auto wanted = base::fold(name);
  for (const auto& type : types_) {
    if (base::fold(type.name) == wanted) return &type;
  }
  return nullptr;
}

}  // namespace eoffice::documents
