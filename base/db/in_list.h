// Values for `... IN (?,?,?,?)`. One JSON parameter read by JSON_TABLE takes any number of them
// too, but costs the server a temporary table at each execution (some 60 us); a few ids come
// cheaper so. The list is padded to a power of two, so that few texts of a statement are kept.
// Values only.
#pragma once

#include <bit>
#include <string>

#include "base/db/value.h"

namespace base::db {

class InList {
 public:
  /// Of a range of ids, or of anything that a Param is made of. Empty: `(NULL)`, in which nothing
  /// is.
  template <class Values>
  explicit InList(const Values& values) {
    for (const auto& value : values) params_.emplace_back(value);
    if (params_.empty()) params_.emplace_back(nullptr);
    const Param last = params_.back();
    params_.resize(std::bit_ceil(params_.size()), last);
    text_ = "(?";
    for (std::size_t i = 1; i < params_.size(); ++i) text_ += ",?";
    text_ += ')';
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const Params& params() const { return params_; }
  void appendTo(Params& params) const {
    params.insert(params.end(), params_.begin(), params_.end());
  }

 private:
  std::string text_;
  Params params_;
};

}  // namespace base::db
