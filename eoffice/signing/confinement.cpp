#include "eoffice/signing/confinement.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>

#include "eoffice/signing/descriptor.h"

namespace eoffice {
namespace {

void limit(__rlimit_resource what, std::uint64_t most) {
  rlimit const value{most, most};
  if (::setrlimit(what, &value) != 0) throwErrno("setrlimit");
}

/// The word to end comes first (SIGXCPU), so that whoever waits can tell slowness from a crash.
void limitTime(std::uint64_t seconds) {
  rlimit const value{seconds, seconds + 2};
  if (::setrlimit(RLIMIT_CPU, &value) != 0) throwErrno("setrlimit");
}

/// Sanitizers reserve terabytes of addresses for themselves.
constexpr bool limitsAddresses() {
#if defined(__SANITIZE_ADDRESS__)
  return false;
#else
  return true;
#endif
}

/// Open descriptors stay usable. Without Landlock the limits alone must do.
void denyWriting(BecomeAnother become) {
  landlock_ruleset_attr rules{};
  rules.handled_access_fs = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                            LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                            LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                            LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                            LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
  if (become == BecomeAnother::Denied) rules.handled_access_fs |= LANDLOCK_ACCESS_FS_EXECUTE;
  long const ruleset = ::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
  if (ruleset < 0) return;
  ::syscall(SYS_landlock_restrict_self, ruleset, 0);
  ::close(static_cast<int>(ruleset));
}

constexpr std::uint32_t thisMachine() {
#if defined(__x86_64__)
  return AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  return AUDIT_ARCH_AARCH64;
#else
#error "say which calls make sockets on this machine"
#endif
}

constexpr sock_filter statement(std::uint16_t code, std::uint32_t value) {
  return {code, 0, 0, value};
}
constexpr sock_filter jump(std::uint16_t test, std::uint32_t value, std::uint8_t yes,
                           std::uint8_t no) {
  return {static_cast<std::uint16_t>(BPF_JMP | test | BPF_K), yes, no, value};
}

/// No socket is ever made: neither socket() nor io_uring, and no call by the tables of other
/// machines (32 bits, x32), which have their own.
void denyNetwork() {
  constexpr std::uint32_t kOtherTables = 0x40000000;  // x32
  constexpr auto kLoad = static_cast<std::uint16_t>(BPF_LD | BPF_W | BPF_ABS);
  constexpr auto kReturn = static_cast<std::uint16_t>(BPF_RET | BPF_K);
  std::array<sock_filter, 8> program{
      statement(kLoad, offsetof(seccomp_data, arch)),
      jump(BPF_JEQ, thisMachine(), 0, 5),  // Else to the last line.
      statement(kLoad, offsetof(seccomp_data, nr)),
      jump(BPF_JGE, kOtherTables, 3, 0),
      jump(BPF_JEQ, SYS_socket, 2, 0),
      jump(BPF_JEQ, SYS_io_uring_setup, 1, 0),
      statement(kReturn, SECCOMP_RET_ALLOW),
      statement(kReturn, SECCOMP_RET_ERRNO | EACCES),
  };
  sock_fprog const all{static_cast<unsigned short>(program.size()), program.data()};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all) != 0) throwErrno("seccomp");
}

}  // namespace

void confine(const Confinement& limits, BecomeAnother become) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) throwErrno("no_new_privs");
  if (limitsAddresses()) limit(RLIMIT_AS, limits.memoryBytes);
  limitTime(limits.cpuSeconds);
  limit(RLIMIT_FSIZE, limits.fileBytes);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, 64);
  denyWriting(become);
  denyNetwork();
}

}  // namespace eoffice
