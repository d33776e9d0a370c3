// The mark of a failure that passes by itself: the database is away, the disk is full, every
// connection is taken. A mixin beside the exception's own base, so that an entry point can answer
// "try again later" without knowing who failed (HTTP 503, a message that is tried again).
#pragma once

namespace base {

/// Catch it as `const base::Unavailable&`; the text is that of the std::exception it also is.
class Unavailable {
 public:
  virtual ~Unavailable() = default;

 protected:
  Unavailable() = default;
  Unavailable(const Unavailable&) = default;
  Unavailable& operator=(const Unavailable&) = default;
};

}  // namespace base
