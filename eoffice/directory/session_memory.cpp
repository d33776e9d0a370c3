#include "eoffice/directory/session_memory.h"

#include "base/crypto/digest.h"

namespace eoffice::directory {
namespace {

constexpr std::size_t kMostKnown = 4096;

}  // namespace

std::optional<CurrentSession> SessionMemory::find(std::string_view token, base::Instant now) {
  if (life_.count() == 0) return std::nullopt;
  const auto hash = base::sha256Hex(token);
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(hash);
  if (found == known_.end()) return std::nullopt;
  const auto& [session, at] = found->second;
  // A clock that was put back makes nothing young again.
  if (now < at || now - at >= life_ || now >= session.expires) {
    known_.erase(found);
    return std::nullopt;
  }
  return session;
}

std::uint64_t SessionMemory::age() {
  const std::lock_guard lock(mutex_);
  return age_;
}

void SessionMemory::keep(std::string_view token, const CurrentSession& session, base::Instant now,
                         std::uint64_t age) {
  if (life_.count() == 0) return;
  const auto hash = base::sha256Hex(token);
  const std::lock_guard lock(mutex_);
  if (age != age_) return;
  if (known_.size() >= kMostKnown) known_.clear();
  known_.insert_or_assign(hash, Known{session, now});
}

void SessionMemory::forgetAll() {
  const std::lock_guard lock(mutex_);
  ++age_;
  known_.clear();
}

}  // namespace eoffice::directory
