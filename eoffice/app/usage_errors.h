// What is wrong with a command line, in the user's language: the parser itself speaks English only.
// Knows no command. Pure.
#pragma once

#include <string>

#include "eoffice/app/commands.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace eoffice::app {

/// One sentence. `app` is the root that was parsed.
[[nodiscard]] std::string explain(const Console& console, const CLI::App& app,
                                  const CLI::ParseError& error);

}  // namespace eoffice::app
