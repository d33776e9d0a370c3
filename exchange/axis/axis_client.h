// The axis over HTTP, as the axis's own client library speaks to it (VXP 3.0.201608). Files are
// streamed both ways; memory does not grow with a message. Not shared between threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/clock.h"
#include "exchange/axis/axis.h"

namespace exchange::axis {

struct AxisClientOptions {
  std::string url;  ///< `https://axis.example.vn`; plain HTTP on loopback and in rehearsals only.
  std::filesystem::path caFile;  ///< Empty: the system's store.
  std::chrono::seconds timeout{60};
  Credentials credentials;
  HashStyle hashStyle = HashStyle::Unpadded;
  /// How envelopes are fetched. Auto: downloadEdoc, and getEdoc from then on where the axis does
  /// not know it.
  enum class FetchBy : std::uint8_t { Auto, GetEdoc, DownloadEdoc };
  FetchBy fetchBy = FetchBy::Auto;
  std::uint64_t replyLimit = 16ULL << 20;      ///< Bytes of a list answer.
  std::uint64_t agenciesLimit = 256ULL << 20;  ///< Bytes of an agency list answer.
};

class AxisClient : public Axis {
 public:
  /// `clock` outlives it. Connects at the first call.
  AxisClient(AxisClientOptions options, const base::Clock& clock);
  ~AxisClient() override;

  AxisResult<std::string> sendEdoc(const OutgoingMessage& message) override;
  AxisResult<std::vector<ListedMessage>> receivedList(MessageKind kind) override;
  AxisResult<void> fetch(const std::string& docId, const ByteSink& sink) override;
  AxisResult<void> updateStatus(const std::string& docId, TransportState state) override;
  AxisResult<std::vector<SentMessage>> sentList(MessageKind kind,
                                                const std::string& docId) override;

  AxisResult<void> agencies(const AgencyVisitor& visit);
  /// The official mapping between both code forms.
  AxisResult<void> agenciesQd20(const AgencyVisitor& visit);
  AxisResult<void> synchronizeUnits(const AgencyVisitor& visit);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exchange::axis
