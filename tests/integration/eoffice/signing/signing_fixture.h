// What the tests of signing share: one demonstration authority for the binary, a worker, a folder
// that goes away, and outside tools.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "base/clock.h"
#include "eoffice/signing/demo_authority.h"
#include "eoffice/signing/pdf_tools.h"

namespace eoffice::signing_tests {

namespace fs = std::filesystem;

class FixedClock : public base::Clock {
 public:
  explicit FixedClock(base::Instant instant) : instant_(instant) {}
  [[nodiscard]] base::Instant now() const override { return instant_; }
  void set(base::Instant instant) { instant_ = instant; }

 private:
  base::Instant instant_;
};

inline base::Instant testNow() { return *base::parseIsoInstant("2026-11-24T03:15:00.000000Z"); }

inline fs::path dataFile(const std::string& name) {
  return fs::path(EOFFICE_SOURCE_DIR) / "tests/data/documents" / name;
}

inline PdfToolsOptions workerOptions() {
  PdfToolsOptions options;
  options.program = fs::path(EOFFICE_BINARY_DIR) / "pdf-worker";
  options.arguments = {};
  return options;
}

inline std::string readFile(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

inline void writeFile(const fs::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<long>(bytes.size()));
}

struct ToolResult {
  int code = -1;
  std::string text;
};

/// Runs a shell command; both streams come back.
inline ToolResult runTool(const std::string& command) {
  ToolResult result;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return result;
  std::array<char, 4096> buffer{};
  while (std::size_t const got = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    result.text.append(buffer.data(), got);
  }
  result.code = ::pclose(pipe);
  return result;
}

/// Keys are slow to make: one authority for the whole binary.
class DemoPki {
 public:
  static DemoPki& get() {
    static DemoPki pki;
    return pki;
  }
  fs::path folder;
  FixedClock clock{testNow()};
  DemoAuthority authority;
  DemoKey leader;
  DemoKey chairman;
  DemoKey agency;
  Pkcs12KeyStore store;

  [[nodiscard]] std::unique_ptr<SigningKey> open(const std::string& label) const {
    return std::move(store.open(label, "mat-khau-1").value());
  }
  ~DemoPki() { fs::remove_all(folder); }

 private:
  DemoPki()
      : folder(fs::temp_directory_path() / ("signing-pki-" + std::to_string(::getpid()))),
        authority(folder, clock, workerOptions()),
        leader(authority.person(
            {"nva", "Nguyễn Văn A", "Phó Chủ tịch", "Ủy ban nhân dân tỉnh Khánh Hòa"},
            "mat-khau-1")),
        chairman(authority.person(
            {"ttb", "Trần Thị Bưởi", "Chủ tịch", "Ủy ban nhân dân tỉnh Khánh Hòa"}, "mat-khau-1")),
        agency(authority.agency({"H32", "Ủy ban nhân dân tỉnh Khánh Hòa", "H32"}, "mat-khau-1")),
        store(authority.keys(), clock) {}
};

class SigningTest : public ::testing::Test {
 protected:
  SigningTest()
      : pki(DemoPki::get()), folder(fs::temp_directory_path() / uniqueName()), tools(options()) {
    fs::create_directories(folder);
  }
  ~SigningTest() override {
    if (!std::getenv("KEEP_FILES")) fs::remove_all(folder);
  }

  [[nodiscard]] PdfToolsOptions options() const {
    auto made = workerOptions();
    made.trust = {pki.authority.trust()};
    return made;
  }
  [[nodiscard]] PersonalSignature personal(const std::string& name = "Nguyễn Văn A") const {
    return {name, pki.leader.image, "Ký duyệt", testNow()};
  }
  [[nodiscard]] NumberStamp number() const {
    using namespace std::chrono_literals;
    return {"1234", "UBND-KGVX", "Khánh Hòa", 2026y / 11 / 24d, testNow()};
  }
  [[nodiscard]] AgencySeal seal() const {
    return {"Nguyễn Văn A", pki.agency.image, 0, "1234", "UBND-KGVX", testNow()};
  }
  /// All three acts; returns the file that results.
  [[nodiscard]] fs::path signAll(const fs::path& draft) const {
    EXPECT_TRUE(tools.signPersonal(draft, personal(), *pki.open("nva"), folder / "1.pdf"));
    EXPECT_TRUE(tools.stampNumber(folder / "1.pdf", number(), folder / "2.pdf"));
    EXPECT_TRUE(tools.sealAgency(folder / "2.pdf", seal(), *pki.open("H32"), folder / "3.pdf"));
    return folder / "3.pdf";
  }
  [[nodiscard]] SignatureReport report(const fs::path& file) const {
    return tools.signatures(file, {pki.authority.trust()}, testNow()).value();
  }

  DemoPki& pki;
  fs::path folder;
  PdfTools tools;

 private:
  static std::string uniqueName() {
    static int counter = 0;
    return "signing-" + std::to_string(::getpid()) + "-" + std::to_string(++counter);
  }
};

}  // namespace eoffice::signing_tests
