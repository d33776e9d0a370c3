#include "exchange/envelope/writer.h"

#include "exchange/envelope/tree.h"

namespace exchange {
namespace {

void writeOut(const Skeleton& skeleton, const Sink& out) {
  streamSpliced(skeleton.xml, skeleton.splices, out);
}

}  // namespace

base::Result<void> writeEnvelope(const DocumentEnvelope& envelope, base::LocalDate today,
                                 const base::BlobStore& blobs, const Sink& out) {
  const auto checked = checkOutgoing(envelope, today);
  if (checked) {
    writeOut(makeSkeleton(envelope, blobs), out);
  }
  return checked;
}

base::Result<void> writeEnvelope(const StatusEnvelope& envelope, const Sink& out) {
  const auto checked = checkOutgoing(envelope);
  if (checked) {
    writeOut(makeSkeleton(envelope), out);
  }
  return checked;
}

}  // namespace exchange
