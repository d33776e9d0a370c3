#include "exchange/axis/replies.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "base/text.h"

namespace exchange::axis {

namespace {

using nlohmann::json;

constexpr std::size_t kMostDescription = 500;

bool isSuccess(int httpStatus) { return httpStatus >= 200 && httpStatus < 300; }

tl::unexpected<AxisFault> garbled(int httpStatus) {
  return tl::unexpected(
      AxisFault{AxisFault::Kind::Transient, "garbled",
                "HTTP " + std::to_string(httpStatus) + ", and no answer of the axis protocol"});
}

const json* member(const json& object, std::string_view name) {
  for (auto it = object.begin(); it != object.end(); ++it) {
    if (base::lowerAscii(it.key()) == base::lowerAscii(name)) {
      return &it.value();
    }
  }
  return nullptr;
}

/// A text, number or boolean as text; anything else is empty.
std::string textOf(const json& object, std::string_view name) {
  const json* value = member(object, name);
  if (value == nullptr) {
    return {};
  }
  if (value->is_string()) {
    return value->get<std::string>();
  }
  return value->is_number() || value->is_boolean() ? value->dump() : std::string();
}

bool flagOf(const json& object, std::string_view name) {
  const std::string text = base::lowerAscii(textOf(object, name));
  return text == "true" || text == "1" || text == "y";
}

/// The fault that a well-formed answer tells; nothing when it tells success.
std::optional<AxisFault> faultOf(const json& answer) {
  const std::string code = textOf(answer, "ErrorCode");
  const bool ok = base::lowerAscii(textOf(answer, "status")) == "ok";
  if (ok && (code.empty() || code == error_code::kOk)) {
    return std::nullopt;
  }
  const bool told = !code.empty() && code != error_code::kOk;
  const bool permanent = told && code != error_code::kSystem;
  return AxisFault{permanent ? AxisFault::Kind::Permanent : AxisFault::Kind::Transient,
                   told ? code : "fail",
                   base::firstCharacters(textOf(answer, "ErrorDesc"), kMostDescription)};
}

AxisResult<json> readAnswer(int httpStatus, std::string_view body) {
  json answer = json::parse(body, nullptr, false);
  if (!answer.is_object() || member(answer, "status") == nullptr) {
    return garbled(httpStatus);
  }
  if (auto fault = faultOf(answer)) {
    return tl::unexpected(std::move(*fault));
  }
  return isSuccess(httpStatus) ? AxisResult<json>(std::move(answer)) : garbled(httpStatus);
}

template <class Visit>
void eachRow(const json& answer, const Visit& visit) {
  const json* data = member(answer, "data");
  if (data == nullptr || !data->is_array()) {
    return;
  }
  for (const json& row : *data) {
    if (row.is_object()) {
      visit(row);
    }
  }
}

ListedMessage listedMessage(const json& row, MessageKind kind) {
  return ListedMessage{.docId = textOf(row, "docId"),
                       .kind = messageKind(textOf(row, "messageType")).value_or(kind),
                       .from = textOf(row, "from"),
                       .to = textOf(row, "to"),
                       .createdTime = textOf(row, "created_time"),
                       .status = textOf(row, "status")};
}

SentMessage sentMessage(const json& row) {
  return SentMessage{.senderDocId = textOf(row, "senderDocId"),
                     .receiverDocId = textOf(row, "receiverDocId"),
                     .fromCode = textOf(row, "fromCode"),
                     .toCode = textOf(row, "toCode"),
                     .sentTime = textOf(row, "sentTime"),
                     .sendStatus = textOf(row, "sendStatus"),
                     .receivedTime = textOf(row, "receivedTime"),
                     .receiveStatus = textOf(row, "receiveStatus")};
}

ListedAgency listedAgency(const json& row) {
  return ListedAgency{.id = textOf(row, "id"),
                      .parentId = textOf(row, "pid"),
                      .code = textOf(row, "code"),
                      .code102 = textOf(row, "code102"),
                      .oldCode = textOf(row, "oldCode"),
                      .name = textOf(row, "name"),
                      .mail = textOf(row, "mail"),
                      .version = textOf(row, "version"),
                      .modifiedAt = textOf(row, "modifyDate"),
                      .deleted = flagOf(row, "deleted")};
}

}  // namespace

AxisResult<void> readOutcome(int httpStatus, std::string_view body) {
  const auto answer = readAnswer(httpStatus, body);
  return answer ? AxisResult<void>() : tl::unexpected(answer.error());
}

AxisResult<std::string> readDocId(int httpStatus, std::string_view body) {
  const auto answer = readAnswer(httpStatus, body);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  std::string docId = textOf(*answer, "DocId");
  if (!isDocId(docId)) {
    return garbled(httpStatus);
  }
  return docId;
}

AxisResult<std::vector<ListedMessage>> readReceivedList(int httpStatus, std::string_view body,
                                                        MessageKind kind) {
  std::vector<ListedMessage> rows;
  const auto answer = readAnswer(httpStatus, body);
  if (!answer) {
    const bool nothing = isSuccess(httpStatus) && answer.error().code == "garbled";
    return nothing ? AxisResult<std::vector<ListedMessage>>(rows) : tl::unexpected(answer.error());
  }
  eachRow(*answer, [&](const json& row) {
    ListedMessage listed = listedMessage(row, kind);
    if (isDocId(listed.docId)) {
      rows.push_back(std::move(listed));
    }
  });
  return rows;
}

AxisResult<std::vector<SentMessage>> readSentList(int httpStatus, std::string_view body) {
  const auto answer = readAnswer(httpStatus, body);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  std::vector<SentMessage> rows;
  eachRow(*answer, [&](const json& row) { rows.push_back(sentMessage(row)); });
  return rows;
}

AxisResult<void> readAgencies(int httpStatus, std::string_view body, const AgencyVisitor& visit) {
  // Each row is visited and dropped as soon as it is complete: the list may have 110,000.
  const auto dropRows = [&](int depth, json::parse_event_t event, json& parsed) {
    if (depth != 2 || event != json::parse_event_t::object_end) {
      return true;
    }
    const ListedAgency agency = listedAgency(parsed);
    if (!agency.code.empty()) {
      visit(agency);
    }
    return false;
  };
  const json answer = json::parse(body, dropRows, false);
  if (!answer.is_object() || member(answer, "status") == nullptr) {
    return garbled(httpStatus);
  }
  if (auto fault = faultOf(answer)) {
    return tl::unexpected(std::move(*fault));
  }
  return isSuccess(httpStatus) ? AxisResult<void>() : garbled(httpStatus);
}

}  // namespace exchange::axis
