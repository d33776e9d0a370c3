// Writes edXML (dialect A) as the axis and its receivers want it: literally the prefix `edXML:`
// inside the envelope and none outside, the library's order of elements, every tag even where it is
// empty. Attachments stream out of the blob store; memory does not grow with their size. The same
// input gives the same bytes. Does not sign (exchange/signature), does not send.
// Safe from any thread.
#pragma once

#include <functional>
#include <string_view>

#include "base/blob/blob_store.h"
#include "base/result.h"
#include "exchange/envelope/model.h"

namespace exchange {

/// Takes the bytes that come out, in order: `[&](auto bytes) { writer->write(bytes); }`.
using Sink = std::function<void(std::string_view)>;

/// Everything that keeps `envelope` from being sent, at once. Refusals: `envelope.missing`,
/// `envelope.too_long`, `envelope.bad_text`, `envelope.bad_organ_id`,
/// `envelope.duplicate_receiver`, `envelope.date_in_future` (against `today`, local),
/// `envelope.no_receiver`, `envelope.no_attachment`, `envelope.no_trace`, `envelope.bad_number`,
/// `envelope.secret_refused`.
[[nodiscard]] base::Result<void> checkOutgoing(const DocumentEnvelope& envelope,
                                               base::LocalDate today);
[[nodiscard]] base::Result<void> checkOutgoing(const StatusEnvelope& envelope);

/// Checks, then writes to `out`. Refuses as `checkOutgoing` does, before the first byte. Throws
/// base::BlobError and whatever `out` throws; what was written until then is no envelope.
[[nodiscard]] base::Result<void> writeEnvelope(const DocumentEnvelope& envelope,
                                               base::LocalDate today, const base::BlobStore& blobs,
                                               const Sink& out);
[[nodiscard]] base::Result<void> writeEnvelope(const StatusEnvelope& envelope, const Sink& out);

}  // namespace exchange
