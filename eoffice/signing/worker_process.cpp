#include "eoffice/signing/worker_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>

#include "base/log.h"
#include "eoffice/signing/facts_json.h"

namespace eoffice {
namespace {

using base::RefusalKind;
using base::refuse;
using base::Result;
using nlohmann::json;

constexpr std::size_t kMostAnswer = 32U << 20;
constexpr std::size_t kMostComplaint = 500;

Descriptor memoryFile(const char* name) {
  Descriptor file(::memfd_create(name, MFD_CLOEXEC));
  if (!file.open()) throwErrno("memfd_create");
  return file;
}

/// The files of one child, numbered above those that it will see, so that no dup2 hides another.
struct ChildFiles {
  Descriptor request = memoryFile("pdf-request");
  Descriptor answer = memoryFile("pdf-answer");
  Descriptor complaint = memoryFile("pdf-complaint");
  Descriptor input;
  Descriptor output = memoryFile("pdf-output");
  Descriptor picture;
};

Descriptor openInput(const std::filesystem::path& path) {
  return path.empty() ? openFile("/dev/null", O_RDONLY) : openFile(path, O_RDONLY);
}

class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  void give(const Descriptor& file, int as) {
    Descriptor high(::fcntl(file.get(), F_DUPFD_CLOEXEC, 20));
    if (!high.open()) throwErrno("fcntl");
    posix_spawn_file_actions_adddup2(&actions_, high.get(), as);
    held_.push_back(std::move(high));
  }
  void closeFrom(int first) { posix_spawn_file_actions_addclosefrom_np(&actions_, first); }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
  std::vector<Descriptor> held_;
};

/// Only what libraries need: no password of the office's configuration travels along.
std::vector<std::string> childEnvironment() {
  std::vector<std::string> variables{"LC_ALL=C.UTF-8"};
  for (char const* name : {"PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE",
                           "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "ASAN_OPTIONS", "UBSAN_OPTIONS"}) {
    if (char const* value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
  }
  return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

pid_t spawn(const PdfToolsOptions& options, const ChildFiles& files) {
  SpawnActions actions;
  actions.give(files.request, 0);
  actions.give(files.answer, 1);
  actions.give(files.complaint, 2);
  actions.give(files.input, 3);
  actions.give(files.output, 4);
  actions.give(files.picture, 5);
  actions.closeFrom(6);
  std::vector<std::string> arguments{options.program};
  arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
  auto environment = childEnvironment();
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t child = -1;
  int const error = ::posix_spawn(&child, options.program.c_str(), actions.get(), &attributes,
                                  pointers(arguments).data(), pointers(environment).data());
  posix_spawnattr_destroy(&attributes);
  if (error != 0) throw std::system_error(error, std::generic_category(), options.program);
  return child;
}

enum class Ending { Done, Slow, Crashed, Unable, Stopped };

/// What came first: the child's end, the word to stop, or the end of the time.
enum class Event { ChildEnded, Stop, Timeout };

Event firstOf(int child, int stop, std::chrono::milliseconds timeout) {
  std::array<pollfd, 2> waiting{{{child, POLLIN, 0}, {stop, POLLIN, 0}}};  // Below 0: not watched.
  int ready = 0;
  do {
    ready = ::poll(waiting.data(), waiting.size(), static_cast<int>(timeout.count()));
  } while (ready < 0 && errno == EINTR);
  if (ready <= 0) return Event::Timeout;
  return waiting[0].revents != 0 ? Event::ChildEnded : Event::Stop;
}

/// Waits until the child ends, the time is over or `stop` is readable; never leaves a child behind.
Ending waitFor(pid_t child, std::chrono::milliseconds timeout, int stop) {
  Descriptor const watch(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  Event const event = watch.open() ? firstOf(watch.get(), stop, timeout) : Event::Timeout;
  if (event != Event::ChildEnded) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throwErrno("waitpid");
  }
  if (event == Event::Stop) return Ending::Stopped;
  if (event == Event::Timeout) return Ending::Slow;
  if (WIFSIGNALED(status)) {
    return WTERMSIG(status) == SIGXCPU ? Ending::Slow : Ending::Crashed;
  }
  return WEXITSTATUS(status) == 0 ? Ending::Done : Ending::Unable;
}

json limitsOf(const PdfToolsOptions& options) {
  constexpr std::uint64_t kMostOutput = 256ULL << 20;
  return {{"memory", options.memoryBytes},
          {"cpu_seconds", std::max<std::int64_t>(1, options.cpuTime.count())},
          {"file", kMostOutput}};
}

/// One of the places for workers, held while it lives.
class Turn {
 public:
  Turn(std::mutex& mutex, std::condition_variable& freed, int& running)
      : mutex_(mutex), freed_(freed), running_(running) {}
  ~Turn() {
    std::lock_guard const lock(mutex_);
    --running_;
    freed_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::mutex& mutex_;
  std::condition_variable& freed_;
  int& running_;
};

}  // namespace

struct WorkerProcess::Ended {
  std::string answer;
  Descriptor output;
};

Result<WorkerProcess::Ended> WorkerProcess::work(json request, const WorkerFiles& files) const {
  {
    std::unique_lock lock(mutex_);
    bool const free = freed_.wait_for(lock, options_.timeout,
                                      [this] { return running_ < options_.workersAtOnce; });
    if (!free) return refuse(RefusalKind::Unavailable, "pdf.busy");
    ++running_;
  }
  Turn const turn(mutex_, freed_, running_);
  std::string const job = request.at("job");
  ChildFiles child;
  child.input = openInput(files.input);
  child.picture = openInput(files.picture);
  request["limits"] = limitsOf(options_);
  writeAt(child.request.get(), request.dump(), 0);
  switch (waitFor(spawn(options_, child), options_.timeout, files.stop)) {
    case Ending::Done:
      break;
    case Ending::Slow:
      base::log::warning("pdf_worker.too_slow", {{"job", job}});
      return refuse(RefusalKind::Invalid, "pdf.too_slow", "file");
    case Ending::Crashed:
      base::log::warning("pdf_worker.crashed", {{"job", job}});
      return refuse(RefusalKind::Invalid, "pdf.too_complex", "file");
    case Ending::Stopped:
      throw WorkStopped();
    case Ending::Unable:
      throw SigningError("pdf worker: " + readAt(child.complaint.get(), kMostComplaint, 0));
  }
  return Ended{readAt(child.answer.get(), kMostAnswer, 0), std::move(child.output)};
}

Result<WorkerAnswer> WorkerProcess::run(json request, const WorkerFiles& files) const {
  auto ended = work(std::move(request), files);
  if (!ended) return tl::unexpected(std::move(ended.error()));
  auto answer = json::parse(ended->answer);
  if (answer.contains("refusal")) return tl::unexpected(refusalFromJson(answer.at("refusal")));
  return WorkerAnswer{std::move(answer.at("ok")), std::move(ended->output)};
}

Result<std::string> WorkerProcess::runForText(json request, const WorkerFiles& files) const {
  auto ended = work(std::move(request), files);
  if (!ended) return tl::unexpected(std::move(ended.error()));
  // The worker itself answers in JSON, before it becomes the other program.
  auto const own = json::parse(ended->answer, nullptr, false);
  if (own.is_object() && own.contains("refusal")) {
    return tl::unexpected(refusalFromJson(own.at("refusal")));
  }
  return std::move(ended->answer);
}

}  // namespace eoffice
