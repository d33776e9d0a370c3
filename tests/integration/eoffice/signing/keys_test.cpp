// Keys in PKCS#12 files and the demonstration authority, with openssl as the judge.
#include <sys/stat.h>

#include "base/crypto/digest.h"
#include "tests/integration/eoffice/signing/signing_fixture.h"

namespace eoffice::signing_tests {
namespace {

template <class T>
std::string refusal(const base::Result<T>& result) {
  return result ? "accepted" : result.error().code;
}

using Keys = SigningTest;

TEST_F(Keys, ShowTheirSubjectWithoutAPassword) {
  auto const info = pki.store.find("nva");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->commonName, "Nguyễn Văn A");
  EXPECT_EQ(info->title, "Phó Chủ tịch");
  EXPECT_EQ(info->organisation, "Ủy ban nhân dân tỉnh Khánh Hòa");
  EXPECT_FALSE(pki.store.find("nobody"));
}

TEST_F(Keys, OpenWithTheirPasswordOnly) {
  EXPECT_EQ(refusal(pki.store.open("nva", "mat-khau-1")), "accepted");
  EXPECT_EQ(refusal(pki.store.open("nva", "sai")), "signing.wrong_password");
  EXPECT_EQ(refusal(pki.store.open("nva", "")), "signing.wrong_password");
  EXPECT_EQ(refusal(pki.store.open("nobody", "mat-khau-1")), "signing.key_not_found");
}

TEST_F(Keys, TakeNoPathForALabel) {
  for (char const* label : {"../nva", "", ".", "a/b", "nva\n", "keys/nva"}) {
    EXPECT_EQ(refusal(pki.store.open(label, "mat-khau-1")), "signing.key_not_found") << label;
  }
}

TEST_F(Keys, AreJudgedByTheClock) {
  FixedClock clock(testNow());
  Pkcs12KeyStore const store(pki.authority.keys(), clock);
  clock.set(testNow() + std::chrono::days{365 * 4});
  EXPECT_EQ(refusal(store.open("nva", "mat-khau-1")), "signing.certificate_expired");
  clock.set(testNow() - std::chrono::days{3});
  EXPECT_EQ(refusal(store.open("nva", "mat-khau-1")), "signing.certificate_not_yet_valid");
}

TEST_F(Keys, ThatAreDamagedAreToldApart) {
  Pkcs12KeyStore const store(folder / "keys", pki.clock);
  writeFile(folder / "keys" / "x.p12", "not a key");
  EXPECT_EQ(refusal(store.open("x", "mat-khau-1")), "signing.key_damaged");
  auto const whole = readFile(pki.leader.pkcs12);
  writeFile(folder / "keys" / "y.p12", whole.substr(0, whole.size() / 2));
  EXPECT_EQ(refusal(store.open("y", "mat-khau-1")), "signing.key_damaged");
}

TEST_F(Keys, AreTakenInAndReplaced) {
  Pkcs12KeyStore const store(folder / "keys", pki.clock);
  auto const added = store.add("moi", readFile(pki.leader.pkcs12), "mat-khau-1");
  ASSERT_TRUE(added);
  EXPECT_EQ(added->commonName, "Nguyễn Văn A");
  EXPECT_TRUE(store.open("moi", "mat-khau-1"));
  EXPECT_EQ(refusal(store.add("moi", readFile(pki.leader.pkcs12), "sai")),
            "signing.wrong_password");
  EXPECT_EQ(refusal(store.add("../moi", readFile(pki.leader.pkcs12), "mat-khau-1")),
            "signing.key_label");
  ASSERT_TRUE(store.add("moi", readFile(pki.chairman.pkcs12), "mat-khau-1"));
  EXPECT_EQ(store.find("moi")->commonName, "Trần Thị Bưởi");
}

TEST_F(Keys, AreTheirHoldersOwn) {
  Pkcs12KeyStore const store(folder / "keys", pki.clock);
  auto const key = readFile(pki.leader.pkcs12);
  EXPECT_EQ(refusal(store.add("moi", key, "mat-khau-1", "Trần Văn Mới")), "signing.key_of_another");
  EXPECT_FALSE(store.find("moi"));
  EXPECT_TRUE(store.add("moi", key, "mat-khau-1", "NGUYỄN VĂN A"));
}

/// Exported as older tools do, with RC2-40 and 3DES.
TEST_F(Keys, OfOlderToolsOpen) {
  auto const plain = (folder / "plain.pem").string();
  auto const old = (folder / "old.p12").string();
  auto const made = runTool("openssl pkcs12 -in '" + pki.leader.pkcs12.string() +
                            "' -passin pass:mat-khau-1 -nodes -out '" + plain +
                            "' && openssl pkcs12 -export -legacy -in '" + plain +
                            "' -passout pass:cu -out '" + old + "'");
  ASSERT_EQ(made.code, 0) << made.text;
  Pkcs12KeyStore const store(folder / "keys", pki.clock);
  EXPECT_EQ(refusal(store.add("cu", readFile(old), "cu")), "accepted");
}

TEST_F(Keys, SignWhatOpensslVerifies) {
  auto const key = pki.open("H32");
  writeFile(folder / "data", "Số: 1234/UBND-KGVX");
  writeFile(folder / "signature", key->signRsaSha256("Số: 1234/UBND-KGVX"));
  auto const in = folder.string();
  auto const verdict =
      runTool("openssl x509 -in '" + pki.agency.certificate.string() + "' -pubkey -noout > " + in +
              "/public && openssl dgst -sha256 " + "-verify " + in + "/public -signature " + in +
              "/signature " + in + "/data");
  EXPECT_EQ(verdict.code, 0) << verdict.text;
}

mode_t modeOf(const fs::path& file) {
  struct stat status {};
  EXPECT_EQ(::stat(file.c_str(), &status), 0) << file;
  return status.st_mode & 0777;
}

TEST_F(Keys, OfTheDemonstrationHaveAChainThatOpensslAccepts) {
  auto const verdict =
      runTool("openssl verify -x509_strict -CAfile '" + pki.authority.root().string() +
              "' -untrusted '" + pki.authority.intermediate().string() + "' '" +
              pki.leader.certificate.string() + "' '" + pki.agency.certificate.string() + "'");
  EXPECT_EQ(verdict.code, 0) << verdict.text;
  auto const text = runTool("openssl x509 -noout -text -nameopt utf8 -in '" +
                            pki.agency.certificate.string() + "'")
                        .text;
  for (char const* part : {"CN=Ủy ban nhân dân tỉnh Khánh Hòa", "UID=H32", "3072 bit", "CA:FALSE",
                           "Digital Signature, Non Repudiation", "E-mail Protection",
                           "Subject Key Identifier", "Authority Key Identifier"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(modeOf(pki.leader.pkcs12), 0600U);
  EXPECT_EQ(modeOf(pki.leader.certificate), 0644U);
  EXPECT_EQ(modeOf(pki.folder / "ca/root.key"), 0600U);
  EXPECT_EQ(modeOf(pki.authority.keys()), 0700U);
}

TEST_F(Keys, OfTheDemonstrationAreMadeOnce) {
  auto const before = readFile(pki.leader.pkcs12);
  auto const again = pki.authority.person(
      {"nva", "Nguyễn Văn A", "Phó Chủ tịch", "Ủy ban nhân dân tỉnh Khánh Hòa"}, "mat-khau-1");
  EXPECT_EQ(readFile(again.pkcs12), before);
}

/// Every file of the authority missing in turn, as a kill between two writes leaves it.
TEST_F(Keys, OfTheDemonstrationAreCompletedAfterAKill) {
  fs::path const home = folder / "authority";
  fs::create_directories(home);
  auto const give = [&] {
    DemoAuthority authority(home, pki.clock, workerOptions());
    return authority.person({"p", "Lê Văn C", "", "Sở Nội vụ"}, "mat-khau-1");
  };
  auto const files = give();
  std::vector<fs::path> const each{
      home / "ca/root.key",      home / "root.pem",  home / "ca/intermediate.key",
      home / "intermediate.pem", home / "trust.pem", files.pkcs12,
      files.certificate,         files.image};
  for (auto const& missing : each) {
    fs::remove(missing);
    auto const now = give();
    EXPECT_TRUE(fs::exists(missing)) << missing;
    auto const verdict =
        runTool("openssl verify -CAfile '" + (home / "root.pem").string() + "' -untrusted '" +
                (home / "intermediate.pem").string() + "' '" + now.certificate.string() + "'");
    EXPECT_EQ(verdict.code, 0) << missing << "\n" << verdict.text;
    EXPECT_EQ(refusal(Pkcs12KeyStore(home / "keys", pki.clock).open("p", "mat-khau-1")),
              "accepted");
  }
}

TEST_F(Keys, OfTheDemonstrationAreRenewedBeforeTheyEnd) {
  fs::path const home = folder / "authority";
  FixedClock clock(testNow());
  DemoAuthority authority(home, clock, workerOptions());
  DemoPerson const person{"p", "Lê Văn C", "", "Sở Nội vụ"};
  auto const before = readFile(authority.person(person, "mat-khau-1").certificate);
  clock.set(testNow() + std::chrono::days{365 * 3 - 20});
  EXPECT_NE(readFile(authority.person(person, "mat-khau-1").certificate), before);
}

}  // namespace
}  // namespace eoffice::signing_tests
