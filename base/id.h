// A strong id: the number of one kind of row, which the compiler keeps apart from every other
// kind's. Knows nothing of rows. A value type; safe from any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace base {

/// `Tag` is any incomplete type that names the kind: `Id<struct PersonTag>`.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;  ///< No row; `valid()` is false.
  constexpr explicit Id(std::int64_t value) : value_(value) {}

  [[nodiscard]] constexpr std::int64_t value() const { return value_; }
  [[nodiscard]] constexpr bool valid() const { return value_ > 0; }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;

 private:
  std::int64_t value_ = 0;
};

}  // namespace base

template <class Tag>
struct std::hash<base::Id<Tag>> {
  std::size_t operator()(const base::Id<Tag>& id) const noexcept {
    return std::hash<std::int64_t>{}(id.value());
  }
};
