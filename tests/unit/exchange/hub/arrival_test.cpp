#include <gtest/gtest.h>

#include <sstream>

#include "base/crypto/digest.h"
#include "exchange/axis/protocol.h"
#include "exchange/hub/arrival_internal.h"
#include "tests/support/temporary_folder.h"

namespace exchange::hub {
namespace {

class ArrivalTest : public testing::Test {
 protected:
  Outcome<base::BlobRef> take(const std::string& body, const std::string& hash) {
    std::istringstream stream(body);
    return takeFile(stream, hash, blobs_);
  }
  static std::string hashOf(const std::string& file) {
    return axis::hashText(base::sha256(file), axis::HashStyle::Unpadded);
  }

  tests::TemporaryFolder folder_;
  base::BlobStore blobs_{folder_.path() / "blobs", 0};
};

TEST_F(ArrivalTest, TheFileIsWhatHasTheHashWithOrWithoutCrLf) {
  const std::string large(200'000, 'x');
  for (const std::string& file :
       {std::string("a"), std::string("ab"), std::string("abc\r\n"), std::string("\r\n"),
        std::string("abc\r"), large, large + "\r\n"}) {
    for (const char* tail : {"", "\r\n"}) {
      const auto taken = take(file + tail, hashOf(file));
      ASSERT_TRUE(taken) << file.size() << " " << std::string(tail).size();
      EXPECT_EQ(taken->size, file.size());
      EXPECT_EQ(taken->sha256, base::sha256Hex(file));
    }
  }
}

TEST_F(ArrivalTest, WithoutTheHashNothingIsTaken) {
  for (const auto& [body, hash] : std::vector<std::pair<std::string, std::string>>{
           {"", hashOf("")}, {"abc", hashOf("abd")}, {"abc", ""}, {"abc\r\n", hashOf("ab")}}) {
    const auto taken = take(body, hash);
    ASSERT_FALSE(taken) << body;
    EXPECT_EQ(taken.error().code, "10");
  }
}

}  // namespace
}  // namespace exchange::hub
