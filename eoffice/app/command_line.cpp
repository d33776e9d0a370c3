#include "eoffice/app/command_line.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <fstream>
#include <iostream>

#include "base/db/error.h"
#include "base/db/migrations.h"
#include "base/db/private_mariadb.h"
#include "base/http/server.h"
#include "base/text.h"
#include "eoffice/app/commands.h"
#include "eoffice/app/config_keys.h"
#include "eoffice/app/office_process.h"
#include "eoffice/app/platform.h"
#include "eoffice/app/search_commands.h"
#include "eoffice/app/usage_errors.h"
#include "eoffice/app/version.h"

namespace eoffice::app {
namespace {

// `--lang` anywhere, else the locale; Vietnamese comes first.
base::Language languageOf(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word(argv[i]);
    if (word == "--lang=en" ||
        (word == "--lang" && i + 1 < argc && std::string_view(argv[i + 1]) == "en")) {
      return base::Language::En;
    }
    if (word.starts_with("--lang")) return base::Language::Vi;
  }
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') {
      return std::string_view(value).starts_with("en") ? base::Language::En : base::Language::Vi;
    }
  }
  return base::Language::Vi;
}

// Reads the configuration, then runs the command; says everything that is wrong with it instead.
template <class Command>
Exit withConfig(const Console& console, const std::filesystem::path& file, Command command) {
  std::optional<std::filesystem::path> given;
  if (!file.empty()) {
    given = file;
  } else if (std::filesystem::exists("eoffice.properties")) {
    given = "eoffice.properties";
  }
  const auto config = base::Config::read(configKeys(), given, base::configVariables());
  if (!config) {
    console.complain(config.error());
    return Exit::Refused;
  }
  return command(*config);
}

base::Refusal listenRefusal(const base::http::ListenError& error) {
  using Kind = base::http::ListenError::Kind;
  const char* code = error.kind() == Kind::InUse        ? "start.port_in_use"
                     : error.kind() == Kind::NotAllowed ? "start.port_not_allowed"
                                                        : "start.port_failed";
  return {base::RefusalKind::Unavailable, code, "", {{"what", error.what()}}};
}

// What can stand in the way of a start, told in one sentence that says what to do.
Exit guarded(const Console& console, const std::function<Exit()>& command) {
  const auto noStart = [&](const base::Refusal& why) {
    console.complain(why);
    return Exit::NoStart;
  };
  const auto because = [&](std::string code, const std::string& what) {
    return noStart({base::RefusalKind::Unavailable, std::move(code), "", {{"what", what}}});
  };
  try {
    return command();
  } catch (const StartRefused& refused) {
    return noStart(refused.why());
  } catch (const base::http::ListenError& error) {
    return noStart(listenRefusal(error));
  } catch (const base::db::PrivateMariaDbError& error) {
    // texts: error.start.*
    return because("start." + error.code(), error.what());
  } catch (const base::db::MigrationError& error) {
    return because("start.migration", error.what());
  } catch (const base::db::Error& error) {
    return because("start.database", error.what());
  } catch (const base::BlobError& error) {
    return because("start.files", error.what());
  } catch (const std::filesystem::filesystem_error& error) {
    return because("start.files", error.what());
  } catch (const std::exception& error) {
    std::cerr << console.say("error.start.failed", {{"what", error.what()}}) << '\n';
    return Exit::Failed;
  }
}

CLI::Validator oneOf(const Console& console, std::vector<std::string> words) {
  auto check = [&console, words](std::string& word) {
    if (std::find(words.begin(), words.end(), word) != words.end()) return std::string();
    return console.say("cli.error.not_a_choice", {{"wanted", CLI::detail::join(words, ", ")}});
  };
  return {std::move(check), ""};
}

CLI::Validator existingFile(const Console& console) {
  return {[&console](std::string& file) {
            if (std::filesystem::is_regular_file(file)) return std::string();
            return console.say("cli.error.no_file", {{"file", file}});
          },
          ""};
}

CLI::Validator port(const Console& console) {
  return {[&console](std::string& text) {
            const bool digits = !text.empty() && text.size() <= 5 &&
                                text.find_first_not_of("0123456789") == std::string::npos;
            if (digits && std::stoi(text) <= 65535) return std::string();
            return console.say("cli.error.not_a_port", {{"value", text}});
          },
          ""};
}

// One command of the line: its name, its help from the catalogue, its action.
class Line {
 public:
  explicit Line(const Console& console)
      : console_(console), app_(console.say("cli.about"), "eoffice") {
    app_.require_subcommand(1);
    app_.footer(console.say("cli.exit_codes"));
    app_.option_defaults()->group(console.say("cli.options"));
    app_.set_help_flag("-h,--help", console.say("cli.help"));
    app_.get_formatter()->label("Usage", console.say("cli.usage"));
    app_.get_formatter()->label("OPTIONS", console.say("cli.options"));
    app_.get_formatter()->label("SUBCOMMANDS", console.say("cli.commands"));
    app_.get_formatter()->label("SUBCOMMAND", console.say("cli.command"));
    addLanguage(app_);
  }

  CLI::App& command(const std::string& name, std::function<Exit()> action,
                    CLI::App* parent = nullptr) {
    auto& over = parent ? *parent : app_;
    // texts: cli.*
    const auto key = parent ? parent->get_name() + "." + name : name;
    auto* sub = over.add_subcommand(name, console_.say("cli." + key));
    sub->group(console_.say("cli.commands"));
    sub->option_defaults()->group(console_.say("cli.options"));
    sub->set_help_flag("-h,--help", console_.say("cli.help"));
    sub->footer(console_.say("cli.exit_codes"));
    addLanguage(*sub);
    if (action) {
      sub->callback([this, action = std::move(action)] { exit_ = guarded(console_, action); });
    }
    return *sub;
  }

  void withConfigFile(CLI::App& command) {
    command.add_option("-c,--config", config_, console_.say("cli.config"))
        ->type_name(console_.say("cli.type.file"));
  }

  [[nodiscard]] const std::filesystem::path& config() const { return config_; }
  [[nodiscard]] CLI::App& app() { return app_; }
  [[nodiscard]] Exit exit() const { return exit_; }

 private:
  void addLanguage(CLI::App& command) {
    command.add_option("--lang", lang_, console_.say("cli.lang"))
        ->type_name("vi|en")
        ->check(oneOf(console_, {"vi", "en"}));
  }

  const Console& console_;
  CLI::App app_;
  std::string lang_;
  std::filesystem::path config_;
  Exit exit_ = Exit::Done;
};

struct Inputs {
  std::filesystem::path file;
  std::string kind = "office";
  std::string owner;
  std::string password;
  bool demonstration = false;
  bool example = false;
  UserInput user;
  DemoInput demo;
};

void addServices(Line& line, const Console& console, Inputs& inputs) {
  const auto run = [&](auto function) {
    return [&line, &console, function] {
      return withConfig(console, line.config(),
                        [&](const base::Config& config) { return function(console, config); });
    };
  };
  // These two end in order when they are told to; Ctrl-C breaks every other command off.
  const auto service = [&](auto function) {
    return [start = run(function)] {
      blockStopSignals();
      return start();
    };
  };
  line.withConfigFile(line.command("serve", service(serve)));
  line.withConfigFile(line.command("hub", service(hub)));
  auto& migration = line.command("migrate", [&] {
    return withConfig(console, line.config(), [&](const base::Config& config) {
      return migrate(console, config, inputs.kind);
    });
  });
  line.withConfigFile(migration);
  migration.add_option("--kind", inputs.kind, console.say("cli.migrate.kind"))
      ->type_name("office|hub")
      ->check(oneOf(console, {"office", "hub"}));
  auto& check = line.command("check-config", [&] {
    if (inputs.example) {
      std::cout << base::configExample(configKeys());
      return Exit::Done;
    }
    return withConfig(console, line.config(),
                      [&](const base::Config& config) { return checkConfig(console, config); });
  });
  line.withConfigFile(check);
  check.add_flag("--example", inputs.example, console.say("cli.check-config.example"));
  line.command("version", [] {
    std::cout << "eoffice " << kVersion << '\n';
    return Exit::Done;
  });
}

void addImports(Line& line, const Console& console, Inputs& inputs) {
  const auto run = [&](auto action) {
    return [&line, &console, action] { return withConfig(console, line.config(), action); };
  };
  auto& imports = line.command("import", {});
  imports.require_subcommand(1);
  auto& units = line.command("units", run([&](const base::Config& config) {
                               return importUnits(console, config, inputs.file);
                             }),
                             &imports);
  auto& people =
      line.command("people", run([&](const base::Config& config) {
                     return importPeople(console, config, inputs.file, inputs.demonstration);
                   }),
                   &imports);
  auto& key =
      line.command("key", run([&](const base::Config& config) {
                     return importKey(console, config, inputs.owner, inputs.file, inputs.password);
                   }),
                   &imports);
  for (auto* command : {&units, &people, &key}) {
    line.withConfigFile(*command);
    command->add_option("FILE", inputs.file, console.say("cli.import.file"))
        ->required()
        ->type_name("")
        ->check(existingFile(console));
  }
  people.add_flag("--demonstration", inputs.demonstration, console.say("cli.import.demonstration"));
  key.add_option("--owner", inputs.owner, console.say("cli.import.owner"))->required();
  key.add_option("--password", inputs.password, console.say("cli.import.password"))->required();
}

void addUsers(Line& line, const Console& console, Inputs& inputs) {
  auto& users = line.command("user", {});
  users.require_subcommand(1);
  for (const char* act : {"add", "reset", "lock", "unlock", "list"}) {
    auto& command = line.command(
        act,
        [&line, &console, &inputs, act] {
          inputs.user.act = act;
          return withConfig(console, line.config(), [&](const base::Config& config) {
            return user(console, config, inputs.user);
          });
        },
        &users);
    line.withConfigFile(command);
    if (std::string_view(act) == "list") continue;
    command.add_option("LOGIN", inputs.user.login, console.say("cli.user.login"))->required();
    if (std::string_view(act) != "add") continue;
    auto& u = inputs.user;
    command.add_option("--name", u.name, console.say("cli.user.name"))->required();
    command.add_option("--agency", u.agency, console.say("cli.user.agency"))->required();
    command.add_option("--title", u.title, console.say("cli.user.title"))->required();
    command.add_option("--role", u.role, console.say("cli.user.role"));
    command.add_option("--unit", u.unit, console.say("cli.user.unit"));
    command.add_option("--mail", u.mail, console.say("cli.user.mail"));
    command.add_option("--phone", u.phone, console.say("cli.user.phone"));
  }
}

void addSearch(Line& line, const Console& console) {
  auto& searching = line.command("search", {});
  searching.require_subcommand(1);
  const auto add = [&](const char* name, auto function) {
    line.withConfigFile(line.command(
        name,
        [&line, &console, function] {
          return withConfig(console, line.config(),
                            [&](const base::Config& config) { return function(console, config); });
        },
        &searching));
  };
  add("rebuild", rebuildSearch);
  add("status", searchStatus);
}

void addDemo(Line& line, const Console& console, Inputs& inputs) {
  auto& command = line.command("demo", [&] { return demo(console, inputs.demo); });
  command.add_option("--directory", inputs.demo.directory, console.say("cli.demo.directory"));
  const auto addPort = [&](const char* name, int& value, const std::string& help) {
    command.add_option(name, value, help)
        ->type_name(console.say("cli.type.number"))
        ->check(port(console));
  };
  addPort("--province-port", inputs.demo.provincePort, console.say("cli.demo.province_port"));
  addPort("--ward-port", inputs.demo.wardPort, console.say("cli.demo.ward_port"));
  addPort("--hub-port", inputs.demo.hubPort, console.say("cli.demo.hub_port"));
  addPort("--mail-port", inputs.demo.mailPort, console.say("cli.demo.mail_port"));
  command.add_option("--clock-offset-file", inputs.demo.clockOffset, console.say("cli.demo.clock"));
}

// The parser writes TEXT and INT behind options whose value has no other name.
void nameValues(const Console& console, CLI::App& app) {
  for (auto* option : app.get_options()) {
    if (option->get_type_name() == "TEXT") option->type_name(console.say("cli.type.text"));
  }
  for (auto* command : app.get_subcommands({})) nameValues(console, *command);
}

}  // namespace

void Console::print(const std::string& line) const { std::cout << line << std::endl; }

void Console::complain(const base::Refusal& why) const {
  std::cerr << say("error." + why.code, why.facts) << '\n';
  for (const auto& other : why.others) {
    std::cerr << say("error." + other.code, other.facts) << '\n';
  }
}

int runCommandLine(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // A reader that went away is an error of write(), not an end.
  std::optional<base::Texts> texts;
  try {
    texts.emplace(shareDirectory() / "templates" / "texts");
  } catch (const std::exception& error) {
    std::cerr << "eoffice: its own files are damaged, install it again: " << error.what() << '\n';
    return static_cast<int>(Exit::NoStart);
  }
  const Console console{*texts, languageOf(argc, argv)};
  Inputs inputs;
  Line line(console);
  addServices(line, console, inputs);
  addImports(line, console, inputs);
  addUsers(line, console, inputs);
  addSearch(line, console);
  addDemo(line, console, inputs);
  nameValues(console, line.app());
  try {
    line.app().parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return line.app().exit(help);
  } catch (const CLI::ParseError& error) {
    std::cerr << explain(console, line.app(), error) << '\n'
              << console.say("cli.error.see_help") << '\n';
    return static_cast<int>(Exit::Usage);
  }
  return static_cast<int>(line.exit());
}

}  // namespace eoffice::app
