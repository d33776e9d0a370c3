#include "exchange/envelope/media_type.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "exchange/envelope/organ_id.h"

namespace exchange {
namespace {

TEST(SafeName, LosesPathsControlsAndDirections) {
  EXPECT_EQ("passwd", safeName("../../etc/passwd"));
  EXPECT_EQ("evil.pdf", safeName("C:\\temp\\evil.pdf"));
  EXPECT_EQ("a_b.pdf", safeName("a:b.pdf"));
  EXPECT_EQ("cong van.pdf", safeName(" cong\tvan.pdf. "));
  EXPECT_EQ("exe.fdp", safeName("exe\u202e.fdp"));
  EXPECT_EQ("Công văn số 1.PDF", safeName("Công văn số 1.PDF"));
  EXPECT_EQ("ê.pdf", safeName("e\u0302.pdf"));
  EXPECT_EQ("", safeName(".."));
  EXPECT_EQ("", safeName("/"));
  EXPECT_EQ("", safeName(""));
  EXPECT_EQ("", safeName("\xFF\xFE"));
}

TEST(SafeName, IsShortenedWithItsExtension) {
  const std::string name = safeName(std::string(300, 'x') + ".SIGNED.PDF");
  EXPECT_EQ(120U, name.size());
  EXPECT_TRUE(name.ends_with("x.PDF"));
  std::string vietnamese;
  for (int i = 0; i < 200; ++i) {
    vietnamese += "ộ";
  }
  EXPECT_EQ(120U, base::lengthInCharacters(safeName(vietnamese)));
}

TEST(MediaType, ComesFromTheBytes) {
  EXPECT_EQ("application/pdf", sniffMediaType("%PDF-1.7\n"));
  EXPECT_EQ("application/pdf", sniffMediaType("\r\n%PDF-1.7\n"));
  EXPECT_EQ("application/zip", sniffMediaType(std::string_view("PK\x03\x04xx", 6)));
  EXPECT_EQ("application/xml", sniffMediaType("<?xml version='1.0'?>"));
  EXPECT_EQ("text/plain", sniffMediaType("Kính gửi"));
  EXPECT_EQ("application/octet-stream", sniffMediaType(std::string_view("\0\1\2", 3)));
  EXPECT_EQ("application/octet-stream", sniffMediaType(""));
}

TEST(MediaType, SeesAPdfThatWentThroughText) {
  EXPECT_TRUE(isPdfDamagedByText("%PDF-1.4\n%\xEF\xBF\xBD\xEF\xBF\xBD\n"));
  EXPECT_FALSE(isPdfDamagedByText("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"));
}

TEST(OrganId, KnowsBothForms) {
  EXPECT_TRUE(isCode102("000.00.00.H49"));
  EXPECT_TRUE(isCode102("002.00.20.H13"));
  EXPECT_FALSE(isCode102("H49"));
  EXPECT_FALSE(isCode102("000.00.00.49H"));
  EXPECT_TRUE(isCodeQd20("H37"));
  EXPECT_TRUE(isCodeQd20("H37.DN.001"));
  EXPECT_FALSE(isCodeQd20("H37."));
  EXPECT_FALSE(isCodeQd20("H3"));
  EXPECT_FALSE(isCodeQd20("H37.dn"));
  EXPECT_FALSE(isCodeQd20("H37." + std::string(32, 'A')));
  EXPECT_TRUE(looksLikeOrganId("vxp.saas.03"));
  EXPECT_FALSE(looksLikeOrganId("267/VPCP-TTĐT"));
  EXPECT_TRUE(looksLikeCode("267/VPCP-TTĐT"));
  EXPECT_FALSE(looksLikeCode("/VPCP"));
}

}  // namespace
}  // namespace exchange
