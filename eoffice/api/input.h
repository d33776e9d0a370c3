// From bytes to checked values, by a schema: every fault of an input at once, each with the field
// that it is about. Pure; knows no act. Rules of law are the acts' own.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "eoffice/api/schema.h"

namespace eoffice::api {

/// An object that its schema let through; names that the schema lacks are a bug.
class Values {
 public:
  Values() = default;
  explicit Values(nlohmann::json object) : object_(std::move(object)) {}

  [[nodiscard]] bool has(const std::string& name) const { return object_.contains(name); }
  [[nodiscard]] std::string text(const std::string& name) const;  ///< Empty when absent.
  [[nodiscard]] std::int64_t number(const std::string& name, std::int64_t otherwise = 0) const;
  [[nodiscard]] bool flag(const std::string& name) const;  ///< False when absent.
  [[nodiscard]] std::optional<base::LocalDate> date(const std::string& name) const;
  [[nodiscard]] std::vector<std::int64_t> numbers(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> texts(const std::string& name) const;
  [[nodiscard]] Values object(const std::string& name) const;
  [[nodiscard]] std::vector<Values> objects(const std::string& name) const;  ///< None when absent.

 private:
  nlohmann::json object_ = nlohmann::json::object();
};

/// Refuses `request.malformed_json` (bytes that are no JSON object: 400), and of the fields, all at
/// once: `field.missing`, `field.unknown`, `field.wrong_type` (fact `wanted`), `field.too_long`,
/// `field.not_text`, `field.bad_iso_date`, `field.out_of_range`, `field.not_a_choice`,
/// `field.too_many`. Fields of inner objects are named `upload.sha256`.
[[nodiscard]] base::Result<Values> readBody(const Schema& schema, std::string_view body);

/// The same of an object that is JSON already.
[[nodiscard]] base::Result<Values> readObject(const Schema& schema, const nlohmann::json& object);

/// The query of a request target (`/a?x=1&y=2`); `value` gives a parameter decoded. A parameter
/// that no field names is a fault: a filter with a typing error must not list everything.
[[nodiscard]] base::Result<Values> readQuery(
    const std::vector<Field>& fields, std::string_view target,
    const std::function<std::optional<std::string>(const std::string&)>& value);

}  // namespace eoffice::api
