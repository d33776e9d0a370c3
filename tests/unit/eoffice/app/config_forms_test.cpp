#include "eoffice/app/config_forms.h"

#include <gtest/gtest.h>

#include <fstream>

#include "eoffice/app/config_keys.h"
#include "tests/support/temporary_folder.h"

namespace eoffice::app {
namespace {

struct Case {
  base::ConfigForm form;
  std::string text;
  bool good;
};

TEST(ConfigForms, AcceptWhatCanBeUsedAndNothingElse) {
  const auto folder = std::filesystem::temp_directory_path().string();
  const std::vector<Case> cases{
      {forms::host(), "127.0.0.1", true},
      {forms::host(), "::1", true},
      {forms::host(), "mail.khanhhoa.gov.vn", true},
      {forms::host(), "999.1.1.1", false},
      {forms::host(), "x y", false},
      {forms::network(), "10.0.0.0/8", true},
      {forms::network(), "fd00::/8", true},
      {forms::network(), "10.0.0.0/33", false},
      {forms::network(), "10.0.0.0/", false},
      {forms::network(), "banana", false},
      {forms::httpUrl(), "https://axis.example.vn/edoc", true},
      {forms::httpUrl(), "http://[::1]:8090", true},
      {forms::httpUrl(), "ftp://x", false},
      {forms::httpUrl(), "notaurl", false},
      {forms::httpUrl(), "https://", false},
      {forms::httpUrl(), "https://a:b@x.vn", false},
      {forms::httpUrl(), "https://x.vn:99999", false},
      {forms::databaseUrl(), "tcp://db.example.vn:3306", true},
      {forms::databaseUrl(), "unix:///run/mysqld/mysqld.sock", true},
      {forms::databaseUrl(), "mysql://x", false},
      {forms::databaseUrl(), "unix://", false},
      {forms::databaseUrl(), "tcp://", false},
      {forms::mailAddress(), "nhac-viec@khanhhoa.gov.vn", true},
      {forms::mailAddress(), "banana", false},
      {forms::folder(), folder, true},
      {forms::folder(), folder + "/there-is-none", false},
      {forms::file(), folder, false},
      {forms::file(), "/proc/self/status", true},
  };
  for (const auto& one : cases) EXPECT_EQ(one.form.accepts(one.text), one.good) << one.text;
}

class ConfigKeysTest : public ::testing::Test {
 protected:
  // Codes of the faults of this text, in order.
  std::vector<std::string> faultsOf(const std::string& content) {
    std::ofstream(folder_.path() / "x.properties") << content;
    const auto config = base::Config::read(configKeys(), folder_.path() / "x.properties", {});
    std::vector<std::string> codes;
    if (config) return codes;
    codes.push_back(config.error().code);
    for (const auto& other : config.error().others) codes.push_back(other.code);
    return codes;
  }
  tests::TemporaryFolder folder_;
};

using Codes = std::vector<std::string>;

TEST_F(ConfigKeysTest, AValueOfTheWrongFormIsRefusedWithAllOthers) {
  EXPECT_EQ(faultsOf("axis.url = notaurl\nserver.trusted_proxies = 10.0.0.0/8, banana\n"),
            (Codes{"config.not_a_url", "config.not_a_network"}));
  EXPECT_EQ(faultsOf("office.name =\n"), Codes{"config.wrong_length"});
  EXPECT_EQ(faultsOf("signing.trust = /none.pem\n"), Codes{"config.not_a_file"});
}

TEST_F(ConfigKeysTest, AKeyThatIsOfNoUseAloneIsRefused) {
  EXPECT_EQ(faultsOf("server.tls.key = /proc/self/status\n"), Codes{"config.incomplete"});
  EXPECT_EQ(faultsOf("axis.url = http://127.0.0.1:1\naxis.system_id = x\n"),
            Codes{"config.incomplete"});
  EXPECT_EQ(faultsOf("axis.url = http://127.0.0.1:1\naxis.system_id = x\naxis.secret = y\n"),
            Codes{});
}

}  // namespace
}  // namespace eoffice::app
