// Bytes to and from one connected socket, with or without TLS. The socket never blocks; waiting is
// done here, with a limit on each wait and on the slowness of the other side. Used by one thread at
// a time. Internal to base/http.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/fd.h"
#include "base/http/message.h"
#include "base/http/tls_internal.h"

namespace base::http {

/// The other side let a wait pass without a byte, or trickles them.
class PeerTooSlow : public ConnectionBroken {
  using ConnectionBroken::ConnectionBroken;
};

/// Is told when a thread is about to wait for the other side.
class WaitObserver {
 public:
  virtual ~WaitObserver() = default;
  virtual void beginWait() = 0;
  virtual void endWait() = 0;
};

class Channel {
 public:
  /// `socket` is non-blocking. `tls` may be null.
  Channel(Fd socket, TlsSession tls, std::chrono::milliseconds timeout,
          WaitObserver* observer = nullptr);
  ~Channel();

  enum class Outcome : std::uint8_t { Bytes, End, WantRead, WantWrite };
  struct Got {
    Outcome outcome;
    std::size_t size = 0;
  };
  /// What is there now. Throws ConnectionBroken.
  [[nodiscard]] Got tryRead(char* target, std::size_t size);
  /// Waits for at least one byte; 0 at the end. Throws PeerTooSlow, ConnectionBroken.
  [[nodiscard]] std::size_t read(char* target, std::size_t size);
  /// Writes it all. Throws PeerTooSlow, ConnectionBroken.
  void write(std::string_view bytes);
  void write(std::string_view first, std::string_view second);
  /// Sends `count` bytes of a file from `offset`. Throws also when the file is shorter.
  void sendFile(int file, std::uint64_t offset, std::uint64_t count);

  /// Decrypted bytes wait inside: the socket need not become readable again.
  [[nodiscard]] bool hasBuffered() const;
  [[nodiscard]] bool secure() const { return tls_ != nullptr; }
  [[nodiscard]] int socket() const { return socket_.get(); }
  /// Begins a new measure of the other side's pace.
  void restartPace();
  /// No more bytes from us; the other side's may still be read.
  void finishWriting();
  [[nodiscard]] std::uint64_t bytesRead() const { return bytesRead_; }
  [[nodiscard]] std::uint64_t bytesWritten() const { return bytesWritten_; }

 private:
  [[nodiscard]] Got tryReadTls(char* target, std::size_t size);
  [[nodiscard]] Got tryWrite(std::string_view first, std::string_view second);
  [[nodiscard]] Got tryWriteTls(std::string_view bytes);
  [[nodiscard]] Got tlsOutcome(int result);
  void waitFor(Outcome wanted);
  void checkPace() const;
  void sendPieces(int file, std::uint64_t offset, std::uint64_t count);

  Fd socket_;
  TlsSession tls_;
  std::chrono::milliseconds timeout_;
  WaitObserver* observer_;
  std::chrono::steady_clock::time_point paceStart_;
  std::uint64_t paceBytes_ = 0;
  std::uint64_t bytesRead_ = 0;
  std::uint64_t bytesWritten_ = 0;
};

}  // namespace base::http
