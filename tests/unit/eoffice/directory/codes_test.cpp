#include "eoffice/directory/codes.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace eoffice::directory;

TEST(Codes, KnowTheFormOfQd20) {
  for (const char* code : {"H32", "H37.02.02", "H37.DN.001", "G09.20", "H32.21",
                           "A01.1234567890123456789012345678901"}) {
    EXPECT_TRUE(isQd20Code(code)) << code;
  }
  for (const char* code :
       {"", "H3", "h32", "H32.", ".H32", "H32..1", "H32.a", "32H", "HH2", "H32-21", "vxp.saas.03",
        "28.22.H17", "H321", "A01.12345678901234567890123456789012"}) {
    EXPECT_FALSE(isQd20Code(code)) << code;
  }
}

TEST(Codes, KnowTheFormOfQcvn) {
  for (const char* code : {"000.00.00.H49", "000.00.11.H53", "002.00.20.H13", "00A.B0.00.JB2"}) {
    EXPECT_TRUE(isQcvnCode(code)) << code;
  }
  for (const char* code : {"", "000.00.00.H4", "000.00.00.449", "H49.00.00.000", "000-00-00-H49",
                           "000.00.00.h49", "0000.00.00.H49"}) {
    EXPECT_FALSE(isQcvnCode(code)) << code;
  }
}

TEST(Codes, LetOtherSystemsBeCalledWhatTheyAre) {
  for (const char* code : {"vxp.saas.03", "28.22.H17", "01.02.G22", "0101234567", "H32"}) {
    EXPECT_TRUE(isAxisCode(code)) << code;
  }
  for (const std::string code :
       {"", "ab", ".ab", "ab.", "a b c", "mã.01", std::string(36, 'A').c_str()}) {
    EXPECT_FALSE(isAxisCode(code)) << code;
  }
}

}  // namespace
