#include "eoffice/app/usage_errors.h"

#include <CLI/CLI.hpp>

namespace eoffice::app {
namespace {

// `--config` of `--config: 1 required TEXT missing`; what the parser says begins with the name.
std::string upTo(const std::string& text, std::string_view end) {
  return text.substr(0, text.find(end));
}

}  // namespace

std::string explain(const Console& console, const CLI::App& app, const CLI::ParseError& error) {
  const std::string what = error.what();
  const auto strange = app.remaining(true);
  switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::ExtrasError:  // `The following argument was not expected: x`
      return console.say("cli.error.unknown", {{"word", what.substr(what.rfind(": ") + 2)}});
    case CLI::ExitCodes::RequiredError:
      if (!strange.empty()) return console.say("cli.error.unknown", {{"word", strange.front()}});
      if (what == "A subcommand is required") return console.say("cli.error.command_missing");
      return console.say("cli.error.option_missing", {{"name", upTo(what, " is required")}});
    case CLI::ExitCodes::ArgumentMismatch:
      return console.say("cli.error.value_missing", {{"name", upTo(what, ":")}});
    case CLI::ExitCodes::ConversionError:  // `Could not convert: --x = y`
      return console.say("cli.error.not_a_number", {{"setting", what.substr(what.find(": ") + 2)}});
    case CLI::ExitCodes::ValidationError:
      return what;  // The words of a check are ours already.
    default:
      break;
  }
  return console.say("cli.error.other", {{"what", what}});
}

}  // namespace eoffice::app
