// The demonstration: a hub, the province's office and a ward's office below one folder, each with
// its own configuration, database, keys and people. Whatever exists is kept; nothing of it is
// secret, and nothing of it may be used for real work.
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/crypto/digest.h"
#include "base/log.h"
#include "eoffice/app/commands.h"
#include "eoffice/app/config_keys.h"
#include "eoffice/app/office_process.h"
#include "eoffice/app/platform.h"
#include "eoffice/app/process_parts.h"
#include "eoffice/app/version.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/heads.h"
#include "eoffice/directory/import.h"
#include "eoffice/directory/people.h"
#include "eoffice/signing/demo_authority.h"
#include "exchange/hub/hub.h"

namespace eoffice::app {
namespace {

namespace fs = std::filesystem;
using base::Config;

constexpr const char* kPassword = "Trinh-dien-2026";  // as in config/demo/people_*.csv

struct DemoOffice {
  std::string folder;    ///< `province`
  std::string systemId;  ///< On the axis; the code of its first agency.
  std::string nameKey;   ///< Of the office's short name in the catalogues.
  int port = 0;
  std::vector<std::string> agencies;  ///< Codes of those that it hosts.
};

std::vector<DemoOffice> officesOf(const DemoInput& input) {
  return {{"province", "H32", "demo.province", input.provincePort, {"H32"}},
          {"ward", "H32.21", "demo.ward", input.wardPort, {"H32.21", "H32.48"}}};
}

std::string readFile(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void writeFile(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  const auto aside = file.string() + ".new";
  std::ofstream(aside, std::ios::binary) << text;
  fs::permissions(aside, fs::perms::owner_read | fs::perms::owner_write);
  fs::rename(aside, file);
}

fs::path demoData() { return shareDirectory() / "config" / "demo"; }

// Changes whenever what the demonstration is made from does.
std::string fingerprint(const DemoInput& input) {
  std::string all = std::string(kVersion) + "|" + std::to_string(input.provincePort) + "|" +
                    std::to_string(input.wardPort) + "|" + std::to_string(input.hubPort) + "|" +
                    std::to_string(input.mailPort) + "|" + input.clockOffset.string();
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(demoData())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) all += readFile(file);
  return base::sha256Hex(all);
}

fs::path secretOf(const DemoInput& input, const std::string& systemId) {
  const auto file = input.directory / "pki" / ("axis-" + systemId + ".secret");
  if (!fs::exists(file)) writeFile(file, base::randomToken() + "\n");
  return file;
}

std::string secretText(const fs::path& file) {
  auto text = readFile(file);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

void writeHubConfig(const DemoInput& input) {
  std::ostringstream out;
  out << "server.port = " << input.hubPort << "\ndata.directory = data\n";
  if (!input.clockOffset.empty()) {
    out << "clock.offset_file = " << fs::absolute(input.clockOffset).string() << "\n";
  }
  writeFile(input.directory / "hub" / "eoffice.properties", out.str());
}

void writeOfficeConfig(const Console& console, const DemoInput& input, const DemoOffice& office) {
  std::ostringstream out;
  out << "office.name = " << console.texts.get(base::Language::Vi, office.nameKey)
      << "\nserver.port = " << office.port << "\ndata.directory = data"
      << "\nsigning.trust = " << fs::absolute(input.directory / "pki" / "trust.pem").string()
      << "\naxis.url = http://127.0.0.1:" << input.hubPort
      << "\naxis.system_id = " << office.systemId
      << "\naxis.secret = file:" << fs::absolute(secretOf(input, office.systemId)).string()
      << "\naxis.poll = 300ms\naxis.key_password = " << kPassword
      << "\ndemo.accounts = accounts.json\n";
  if (input.mailPort > 0) {
    out << "mail.host = 127.0.0.1\nmail.port = " << input.mailPort << "\nmail.security = plain\n";
  }
  if (!input.clockOffset.empty()) {
    out << "clock.offset_file = " << fs::absolute(input.clockOffset).string() << "\n";
  }
  writeFile(input.directory / office.folder / "eoffice.properties", out.str());
  fs::copy_file(demoData() / ("accounts_" + office.folder + ".json"),
                input.directory / office.folder / "accounts.json",
                fs::copy_options::overwrite_existing);
}

Config readConfig(const fs::path& folder) {
  return orRefuseStart(Config::read(configKeys(), folder / "eoffice.properties", {}));
}

template <class T>
void orStop(const base::Result<T>& result) {
  if (!result) throw StartRefused(result.error());
}

// A key where the office looks for it, with its picture.
void place(const DemoKey& key, const fs::path& data, const std::string& label) {
  for (const char* folder : {"keys", "images"}) fs::create_directories(data / folder);
  const auto keep = fs::copy_options::overwrite_existing;
  fs::copy_file(key.pkcs12, data / "keys" / (label + ".p12"), keep);
  fs::copy_file(key.certificate, data / "keys" / (label + ".pem"), keep);
  if (fs::exists(key.image)) fs::copy_file(key.image, data / "images" / (label + ".png"), keep);
}

void makeAgencyKeys(DemoAuthority& authority, base::db::Session& session, const DemoOffice& office,
                    const fs::path& data) {
  for (const auto& code : office.agencies) {
    const auto agency = directory::findAgencyByCode(session, code);
    if (agency) place(authority.agency({code, agency->name}, kPassword), data, code);
  }
}

void makePersonKeys(DemoAuthority& authority, base::db::Session& session, const DemoOffice& office,
                    const fs::path& data, base::LocalDate day) {
  for (const auto& code : office.agencies) {
    const auto agency = directory::findAgencyByCode(session, code);
    if (!agency) continue;
    for (const auto role : {Role::Leader, Role::HeadOfOffice}) {
      for (const auto& card : directory::postsByRole(session, agency->id, role, day)) {
        const auto label = "person-" + std::to_string(card.person.value());
        place(authority.person(
                  {office.folder + "-" + label, card.personName, card.title, agency->name},
                  kPassword),
              data, label);
      }
    }
  }
}

void prepareOffice(DemoAuthority& authority, const DemoInput& input, const DemoOffice& office) {
  const auto folder = input.directory / office.folder;
  const auto config = readConfig(folder);
  const auto clock = makeClock(config);
  Store store(config);
  store.migrate(config, Kind::Office);
  auto& database = store.database();
  for (const auto& file : {std::string("units.csv"), "units_" + office.folder + ".csv"}) {
    orStop(directory::importUnits(database, *clock, {}, readFile(demoData() / file)));
  }
  orStop(directory::importPeople(database, *clock, {},
                                 readFile(demoData() / ("people_" + office.folder + ".csv")),
                                 directory::InitialPasswords::Demonstration, {}));
  const auto data = config.path("data.directory");
  database.read([&](base::db::Session& session) {
    makeAgencyKeys(authority, session, office, data);
    makePersonKeys(authority, session, office, data, clock->today());
  });
}

// A system that no program runs: what is sent to its agencies waits at the hub, as it does in real
// life for a receiver whose system is down.
constexpr const char* kOtherSystem = "H32.other";

// The hub knows every agency of the demonstration; two systems fetch for those that they host.
exchange::hub::HubDirectory hubDirectory(const DemoInput& input,
                                         const std::vector<directory::Agency>& agencies) {
  exchange::hub::HubDirectory out;
  std::map<std::string, std::string> systems;
  for (const auto& office : officesOf(input)) {
    out.systems.push_back({.systemId = office.systemId,
                           .secret = secretText(secretOf(input, office.systemId)),
                           .name = office.folder});
    for (const auto& code : office.agencies) systems[code] = office.systemId;
  }
  out.systems.push_back({.systemId = kOtherSystem,
                         .secret = secretText(secretOf(input, kOtherSystem)),
                         .name = "other"});
  std::map<AgencyId, std::string> codes;
  for (const auto& agency : agencies) codes[agency.id] = agency.codeQd20;
  for (const auto& agency : agencies) {
    out.agencies.push_back({.code = agency.codeQd20,
                            .code102 = agency.codeQcvn,
                            .parent = codes[agency.parent],
                            .name = agency.name,
                            .mail = agency.mail,
                            .systemId = systems.contains(agency.codeQd20)
                                            ? systems.at(agency.codeQd20)
                                            : kOtherSystem});
  }
  return out;
}

void prepareHub(const DemoInput& input) {
  std::vector<directory::Agency> agencies;
  {
    const auto config = readConfig(input.directory / "province");
    const auto clock = makeClock(config);
    Store province(config);
    province.database().read([&](base::db::Session& session) {
      const auto top = directory::findAgencyByCode(session, "H32");
      if (!top) return;
      agencies = directory::childAgencies(session, top->id, clock->today());
      agencies.insert(agencies.begin(), *top);
    });
  }
  const auto config = readConfig(input.directory / "hub");
  const auto clock = makeClock(config);
  Store store(config);
  store.migrate(config, Kind::Hub);
  auto blobs = blobStore(config);
  base::Metrics metrics;
  exchange::hub::Hub hub(store.database(), blobs, *clock, metrics);
  orStop(hub.import(hubDirectory(input, agencies)));
}

}  // namespace

Exit demo(const Console& console, const DemoInput& input) {
  fs::create_directories(input.directory);
  const auto marker = input.directory / "prepared";
  const auto wanted = fingerprint(input);
  if (fs::exists(marker) && readFile(marker) == wanted) return Exit::Done;

  // Certificates are of the demonstration's time, which a rehearsal may have moved.
  std::unique_ptr<base::Clock> clock = std::make_unique<base::SystemClock>();
  if (!input.clockOffset.empty()) clock = std::make_unique<base::RehearsalClock>(input.clockOffset);
  base::log::configure(base::log::Level::Warning, base::log::Format::Plain, *clock);
  console.print(console.say("demo.certificates"));
  DemoAuthority authority(input.directory / "pki", *clock);
  writeHubConfig(input);
  for (const auto& office : officesOf(input)) {
    console.print(console.say("demo.office", {{"name", console.say(office.nameKey)}}));
    writeOfficeConfig(console, input, office);
    prepareOffice(authority, input, office);
  }
  console.print(console.say("demo.hub"));
  prepareHub(input);
  writeFile(marker, wanted);
  return Exit::Done;
}

}  // namespace eoffice::app
