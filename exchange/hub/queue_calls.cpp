// What a receiver does with its queue: list, count, fetch, acknowledge; and what a sender sees.
#include <array>

#include "base/crypto/digest.h"
#include "base/text.h"
#include "exchange/hub/calls_internal.h"
#include "exchange/hub/message_store.h"

namespace exchange::hub {

namespace {

namespace error_code = axis::error_code;
using nlohmann::json;

constexpr std::size_t kMostDescription = 500;
constexpr std::size_t kPiece = 48 * 1024;  // A multiple of three: base64 without padding inside.

/// A day in any of the forms that clients write; nothing for anything else, which narrows nothing.
std::optional<base::LocalDate> day(const std::string& text) {
  const std::string head = text.substr(0, 10);
  if (auto date = base::parseSlashDate(head)) {
    return date;
  }
  if (auto date = base::parseIsoDate(head)) {
    return date;
  }
  return base::parseViDate(text.substr(0, text.find(' ')));
}

ListFilter filterOf(const Workshop& shop, const Caller& caller) {
  ListFilter filter{.kind = axis::messageKind(caller.argument("messagetype")),
                    .docId = caller.argument("docId"),
                    .most = shop.options.listLimit};
  if (const auto from = day(caller.argument("fromDate"))) {
    filter.from = base::toInstant(*from);
  }
  if (const auto until = day(caller.argument("toDate"))) {
    filter.until = base::toInstant(base::addDays(*until, 1));
  }
  return filter;
}

json rowOf(const QueuedMessage& message) {
  return {{"docId", message.docId},
          {"serviceType", "eDoc"},
          {"messageType", axis::wireName(message.kind)},
          {"created_time", base::slashDateTime(message.createdAt)},
          {"updated_time", base::slashDateTime(message.updatedAt)},
          {"from", message.from},
          {"to", message.to},
          {"status", axis::wireName(message.state)},
          {"status_desc", message.description}};
}

json rowOf(const SentRow& row) {
  const bool fetched = row.state != axis::TransportState::Initial;
  return {{"serviceType", "eDoc"},
          {"messageType", axis::wireName(row.kind)},
          {"title", row.title},
          {"notation", row.notation},
          {"fromCode", row.from},
          {"toCode", row.to},
          {"senderDocId", row.senderDocId},
          {"receiverDocId", row.receiverDocId},
          {"sentTime", base::slashDateTime(row.sentAt)},
          {"sendStatus", "done"},
          {"sendStatusDesc", ""},
          {"receivedTime", fetched ? base::slashDateTime(row.receivedAt) : std::string()},
          {"receiveStatus", axis::wireName(row.state)},
          {"receiveStatusDesc", row.description}};
}

template <class Rows>
Response listAnswer(const Rows& rows) {
  json data = json::array();
  for (const auto& row : rows) {
    data.push_back(rowOf(row));
  }
  return succeed({{"data", std::move(data)}});
}

Outcome<base::BlobRef> findMessage(const Workshop& shop, const Caller& caller) {
  const std::string docId = caller.argument("docId");
  std::optional<base::BlobRef> blob;
  if (axis::isCode(docId)) {
    blob = shop.database.read([&](base::db::Session& session) {
      return message_store::findBlob(session, caller.systemId, docId);
    });
  }
  return blob ? Outcome<base::BlobRef>(*blob)
              : deny(error_code::kInvalidFile, "no message " + docId + " for " + caller.systemId);
}

void writeBase64(std::istream& bytes, std::ostream& out) {
  std::string buffer(kPiece, '\0');
  while (bytes) {
    bytes.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const auto count = static_cast<std::size_t>(bytes.gcount());
    out << base::base64(std::string_view(buffer).substr(0, count));
  }
}

Response count(const Workshop& shop, const Caller& caller, axis::MessageKind kind) {
  const std::int64_t queued = shop.database.read([&](base::db::Session& session) {
    return message_store::countQueued(session, caller.systemId, kind);
  });
  return succeed({{"count", queued}});
}

}  // namespace

Response receivedList(const Workshop& shop, Request&, const Caller& caller) {
  const ListFilter filter = filterOf(shop, caller);
  return listAnswer(shop.database.read([&](base::db::Session& session) {
    return message_store::queued(session, caller.systemId, filter);
  }));
}

Response sentList(const Workshop& shop, Request&, const Caller& caller) {
  const ListFilter filter = filterOf(shop, caller);
  if (!filter.docId.empty() && !axis::isCode(filter.docId)) {
    return succeed({{"data", json::array()}});
  }
  return listAnswer(shop.database.read([&](base::db::Session& session) {
    return message_store::sent(session, caller.systemId, filter);
  }));
}

Response getEdoc(const Workshop& shop, Request&, const Caller& caller) {
  const auto blob = findMessage(shop, caller);
  if (!blob) {
    return fail(blob.error());
  }
  Response response = Response::json({});
  response.body = [&blobs = shop.blobs, sha256 = blob->sha256](std::ostream& out) {
    out << streamedHead() << '"';
    writeBase64(*blobs.open(sha256), out);
    out << "\"}";
  };
  return response;
}

Response downloadEdoc(const Workshop& shop, Request&, const Caller& caller) {
  const auto blob = findMessage(shop, caller);
  if (!blob) {
    return fail(blob.error(), 404);
  }
  Response response;
  response.set("Content-Type", "application/octet-stream");
  response.body = base::http::FileBody{.file = shop.blobs.path(blob->sha256), .etag = {}};
  return response;
}

Response updateStatus(const Workshop& shop, Request&, const Caller& caller) {
  const auto state = axis::transportState(caller.argument("status"));
  if (!state || *state == axis::TransportState::Initial) {
    return fail({std::string(error_code::kWrongFormat), "status must be processing, done or fail"});
  }
  // Spelled like this; the `docId` of an earlier call may stand beside it.
  const std::string docId = caller.argument("docid");
  const std::string description =
      base::firstCharacters(caller.argument("description"), kMostDescription);
  const bool found = axis::isCode(docId) && shop.database.transact([&](base::db::Session& session) {
    return message_store::setState(session, caller.systemId, docId, *state, description,
                                   shop.clock.now());
  });
  return found ? succeed()
               : fail({std::string(error_code::kInvalidFile),
                       "no message " + docId + " for " + caller.systemId});
}

Response countEdoc(const Workshop& shop, Request&, const Caller& caller) {
  return count(shop, caller, axis::MessageKind::Document);
}

Response countStatus(const Workshop& shop, Request&, const Caller& caller) {
  return count(shop, caller, axis::MessageKind::Status);
}

}  // namespace exchange::hub
