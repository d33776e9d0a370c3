// sendEdoc: a file comes in, is kept, and waits for each of its receivers.
#include "base/crypto/digest.h"
#include "base/text.h"
#include "exchange/hub/addressing_internal.h"
#include "exchange/hub/arrival_internal.h"
#include "exchange/hub/calls_internal.h"
#include "exchange/hub/message_store.h"
#include "exchange/hub/purge_internal.h"
#include "exchange/hub/routing_internal.h"

namespace exchange::hub {

namespace {

namespace error_code = axis::error_code;

struct SendInput {
  axis::MessageKind kind = axis::MessageKind::Document;
  std::string hash;
  std::string from;
  std::vector<std::string> to;
};

Outcome<SendInput> parseSend(const Caller& caller) {
  const std::string service = base::lowerAscii(caller.argument("servicetype"));
  const auto kind = axis::messageKind(caller.argument("messagetype"));
  if ((!service.empty() && service != "edoc") || !kind) {
    return deny(error_code::kWrongFormat,
                "servicetype must be eDoc, messagetype must be edoc or status");
  }
  SendInput input{
      .kind = *kind, .hash = caller.argument("hash-file"), .from = caller.argument("from")};
  const std::string to = base::squeezed(caller.argument("to"));
  if (!to.empty() && to != "[]") {
    auto codes = axis::parseReceivers(to);
    if (!codes) {
      return deny(error_code::kWrongFormat, "to must be a JSON array of agency codes");
    }
    input.to = std::move(*codes);
  }
  return input;
}

Outcome<void> checkSender(const Workshop& shop, const Caller& caller, const SendInput& input) {
  const bool own = shop.database.read(
      [&](base::db::Session& session) { return ownsCode(session, caller, input.from); });
  if (!own) {
    return deny(error_code::kUnknownSender,
                "Don vi gui " + input.from + " khong dung voi ma da dang ky: " + caller.systemId);
  }
  return {};
}

/// What a second sending of the same has in common with the first (docs/adr/0040-hub-replay.md).
std::string sameKey(const Caller& caller, const SendInput& input, const base::BlobRef& blob) {
  std::string text = caller.systemId + "\n" + std::string(axis::wireName(input.kind)) + "\n" +
                     base::lowerAscii(input.from) + "\n" + blob.sha256;
  for (const std::string& code : input.to) {
    text += "\n" + base::lowerAscii(code);
  }
  return base::sha256Hex(text);
}

std::optional<std::string> findSame(const Workshop& shop, const std::string& key) {
  return shop.database.read(
      [&](base::db::Session& session) { return message_store::findSame(session, key); });
}

Outcome<std::string> record(const Workshop& shop, const Caller& caller, const SendInput& input,
                            const Addressing& addressing, NewMessage message) {
  try {
    return shop.database.transact([&](base::db::Session& session) -> Outcome<std::string> {
      auto deliveries = route(session, caller, addressing, input.kind, input.to);
      if (!deliveries) {
        return tl::unexpected(deliveries.error());
      }
      message_store::add(session, message, *deliveries, shop.clock.now());
      if (!spareBlob(session, shop.blobs, message.blob.sha256)) {
        return deny(error_code::kSystem, "the file was cleared away as it came; send it again");
      }
      return message.docId;
    });
  } catch (const base::db::DuplicateKey&) {
    // The same message was sent twice at once; the other one was first.
    if (auto same = findSame(shop, message.sameKey)) {
      return *same;
    }
    throw;
  }
}

Outcome<std::string> keepMessage(const Workshop& shop, const Caller& caller, const SendInput& input,
                                 const base::BlobRef& blob) {
  const std::string key = sameKey(caller, input, blob);
  if (auto same = findSame(shop, key)) {
    return *same;
  }
  const auto addressing = readAddressing(shop.blobs.path(blob.sha256), input.kind, shop.blobs);
  if (!addressing) {
    return tl::unexpected(addressing.error());
  }
  return record(shop, caller, input, *addressing,
                NewMessage{.docId = newDocId(),
                           .sameKey = key,
                           .kind = input.kind,
                           .systemId = caller.systemId,
                           .from = addressing->from,
                           .documentId = addressing->documentId,
                           .title = addressing->title,
                           .notation = addressing->notation,
                           .blob = blob});
}

Outcome<std::string> act(const Workshop& shop, Request& request, const Caller& caller) {
  const auto input = parseSend(caller);
  if (!input) {
    drain(request.body(), shop.options.messageLimit);
    return tl::unexpected(input.error());
  }
  if (const auto own = checkSender(shop, caller, *input); !own) {
    drain(request.body(), shop.options.messageLimit);
    return tl::unexpected(own.error());
  }
  const auto file = takeFile(request.body(), input->hash, shop.blobs);
  if (!file) {
    return tl::unexpected(file.error());
  }
  auto docId = keepMessage(shop, caller, *input, *file);
  if (!docId) {  // nobody gets it: its file need not stay
    shop.database.transact(
        [&](base::db::Session& session) { doomBlob(session, file->sha256, shop.clock.now()); });
  }
  return docId;
}

}  // namespace

Response sendEdoc(const Workshop& shop, Request& request, const Caller& caller) {
  const auto docId = act(shop, request, caller);
  return docId ? succeed({{"DocId", *docId}}) : fail(docId.error());
}

}  // namespace exchange::hub
