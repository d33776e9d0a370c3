// The commands, one function each. Each gets what was parsed, says what happened on standard output
// or standard error in the chosen language, and returns the exit code.
#pragma once

#include <filesystem>
#include <string>

#include "base/config.h"
#include "base/texts.h"
#include "eoffice/app/command_line.h"

namespace eoffice::app {

/// What every command has at hand.
struct Console {
  const base::Texts& texts;
  base::Language language;

  [[nodiscard]] std::string say(std::string_view key, const base::Texts::Facts& facts = {}) const {
    return texts.get(language, key, facts);
  }
  /// One line on standard output.
  void print(const std::string& line) const;
  /// Every fault of a refusal on standard error, a line each.
  void complain(const base::Refusal& why) const;
};

struct UserInput {
  std::string act;  ///< add, reset, lock, unlock, list
  std::string login, name, mail, phone, agency, unit, title;
  std::string role = "official";
};

struct DemoInput {
  std::filesystem::path directory = "var/demo";
  int provincePort = 8080;
  int wardPort = 8081;
  int hubPort = 8090;
  int mailPort = 0;                   ///< 0: reminders stay in the bell.
  std::filesystem::path clockOffset;  ///< For rehearsals; empty: the real time.
};

Exit serve(const Console& console, const base::Config& config);
Exit hub(const Console& console, const base::Config& config);
Exit migrate(const Console& console, const base::Config& config, const std::string& kind);
Exit checkConfig(const Console& console, const base::Config& config);
Exit importUnits(const Console& console, const base::Config& config,
                 const std::filesystem::path& file);
/// `demonstration`: the file's passwords are taken over.
Exit importPeople(const Console& console, const base::Config& config,
                  const std::filesystem::path& file, bool demonstration);
Exit importKey(const Console& console, const base::Config& config, const std::string& owner,
               const std::filesystem::path& file, const std::string& password);
Exit user(const Console& console, const base::Config& config, const UserInput& input);
Exit demo(const Console& console, const DemoInput& input);

}  // namespace eoffice::app
