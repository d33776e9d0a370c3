#include "base/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>

namespace base::log {
namespace {

struct Settings {
  Level least = Level::Info;
  Format format = Format::Plain;
  const Clock* clock = nullptr;
};

// The one process-wide state of the house: set once before threads start, read by every line.
Settings settings;

thread_local std::string currentRequest;

constexpr std::array<const char*, 4> kLevelNames{"debug", "info", "warning", "error"};
constexpr std::array<const char*, 4> kPlainLevels{"DEBUG", "INFO ", "WARN ", "ERROR"};

Instant timeOfLine() {
  static const SystemClock kSystem;
  return settings.clock != nullptr ? settings.clock->now() : kSystem.now();
}

std::string jsonText(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Plain where nothing in it could be taken for the next field or the next line.
std::string plainValue(const std::string& text) {
  const bool simple =
      !text.empty() && text.find_first_of(" \"=\\") == std::string::npos &&
      std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  return simple ? text : jsonText(text);
}

std::string plainLine(Level level, std::string_view event, std::initializer_list<Field> fields) {
  std::string line = fmt::format("{} {} {}", isoInstant(timeOfLine()),
                                 kPlainLevels[static_cast<std::size_t>(level)], event);
  if (!currentRequest.empty()) line += fmt::format(" request={}", plainValue(currentRequest));
  for (const auto& field : fields) {
    line += fmt::format(" {}={}", field.name, field.bare ? field.text : plainValue(field.text));
  }
  line += '\n';
  return line;
}

std::string jsonLine(Level level, std::string_view event, std::initializer_list<Field> fields) {
  std::string line =
      fmt::format(R"({{"time":"{}","level":"{}","event":{})", isoInstant(timeOfLine()),
                  kLevelNames[static_cast<std::size_t>(level)], jsonText(std::string(event)));
  if (!currentRequest.empty()) line += fmt::format(R"(,"request":{})", jsonText(currentRequest));
  for (const auto& field : fields) {
    line += fmt::format(",{}:{}", jsonText(std::string(field.name)),
                        field.bare ? field.text : jsonText(field.text));
  }
  line += "}\n";
  return line;
}

}  // namespace

void configure(Level least, Format format, const Clock& clock) {
  settings = Settings{least, format, &clock};
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (level < settings.least) return;
  const auto line = settings.format == Format::Json ? jsonLine(level, event, fields)
                                                    : plainLine(level, event, fields);
  // One write for each line, so that lines of several threads and processes do not mix. A log that
  // cannot be written has nobody to tell.
  std::string_view rest = line;
  while (!rest.empty()) {
    const auto written = ::write(STDERR_FILENO, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

RequestScope::RequestScope(std::string id) : before_(std::move(currentRequest)) {
  currentRequest = std::move(id);
}

RequestScope::~RequestScope() { currentRequest = std::move(before_); }

const std::string& requestId() { return currentRequest; }

}  // namespace base::log
