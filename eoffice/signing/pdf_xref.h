// Where a PDF's last cross-references lie, and of which kind they are. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace eoffice::pdf {

enum class XrefKind { Table, Stream };

struct LastXref {
  std::uint64_t offset = 0;
  XrefKind kind = XrefKind::Table;
};

/// Where the last `startxref` of the file points; empty when it points at nothing we know.
[[nodiscard]] std::optional<LastXref> findLastXref(std::string_view bytes);

}  // namespace eoffice::pdf
