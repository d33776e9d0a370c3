// Reads the axis's JSON answers, whoever wrote them: numbers where texts belong, other cases of
// letters, fields that are missing. Folder-internal. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/axis/axis.h"

namespace exchange::axis {

/// Success, or the fault that the answer tells. `httpStatus` decides where the body tells nothing.
[[nodiscard]] AxisResult<void> readOutcome(int httpStatus, std::string_view body);
/// The `DocId` of a successful sendEdoc.
[[nodiscard]] AxisResult<std::string> readDocId(int httpStatus, std::string_view body);
/// An empty or garbled 2xx answer is an empty list. Rows without a usable docId are left out.
[[nodiscard]] AxisResult<std::vector<ListedMessage>> readReceivedList(int httpStatus,
                                                                      std::string_view body,
                                                                      MessageKind kind);
[[nodiscard]] AxisResult<std::vector<SentMessage>> readSentList(int httpStatus,
                                                                std::string_view body);
/// Row by row; rows without a code are left out.
[[nodiscard]] AxisResult<void> readAgencies(int httpStatus, std::string_view body,
                                            const AgencyVisitor& visit);

}  // namespace exchange::axis
