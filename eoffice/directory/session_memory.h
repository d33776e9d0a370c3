// What one process remembers of sessions that it has just looked up, so that the next request of a
// person asks the database nothing. Believed for a moment only; forgotten at once when this process
// ends or changes a session. Knows hashes of tokens, never tokens. Safe from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "eoffice/directory/sign_in.h"

namespace eoffice::directory {

class SessionMemory {
 public:
  /// `life`: how long a look-up is believed; zero: not at all.
  explicit SessionMemory(std::chrono::milliseconds life) : life_(life) {}

  /// Empty when it is not known, believed no longer, or over at `now`.
  [[nodiscard]] std::optional<CurrentSession> find(std::string_view token, base::Instant now);

  /// How often all was forgotten. Ask before the look-up whose result is kept.
  [[nodiscard]] std::uint64_t age();
  /// Keeps nothing when all was forgotten since `age`: the look-up may be older than what ended
  /// the session.
  void keep(std::string_view token, const CurrentSession& session, base::Instant now,
            std::uint64_t age);
  /// After a session was ended or changed, when that is committed.
  void forgetAll();

 private:
  struct Known {
    CurrentSession session;
    base::Instant at;
  };

  const std::chrono::milliseconds life_;
  std::mutex mutex_;
  std::uint64_t age_ = 0;
  std::unordered_map<std::string, Known> known_;  ///< By the token's SHA-256.
};

}  // namespace eoffice::directory
