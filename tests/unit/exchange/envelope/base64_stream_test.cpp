#include "exchange/envelope/base64_stream.h"

#include <gtest/gtest.h>

#include "base/crypto/digest.h"

namespace exchange {
namespace {

ByteSource sourceOf(const std::string& bytes, std::size_t piece = 7) {
  auto at = std::make_shared<std::size_t>(0);
  return [&bytes, at, piece](char* into, std::size_t most) {
    const std::size_t count = std::min({most, piece, bytes.size() - *at});
    std::copy_n(bytes.data() + *at, count, into);
    *at += count;
    return count;
  };
}

std::string encoded(const std::string& bytes) {
  std::string text;
  writeBase64(sourceOf(bytes), [&](std::string_view piece) { text += piece; });
  return text;
}

std::string someBytes(std::size_t count) {
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) {
    bytes += static_cast<char>(i * 131 + i / 256);
  }
  return bytes;
}

struct Decoded {
  bool good = false;
  std::string bytes;
  std::string again;  ///< The text made from the bytes and the layout.
};

Decoded decode(const std::string& text, std::size_t piece) {
  Decoded result;
  Base64Reader reader([&](std::string_view bytes) { result.bytes += bytes; });
  for (std::size_t at = 0; at < text.size(); at += piece) {
    reader.feed(std::string_view(text).substr(at, piece));
  }
  result.good = reader.finish();
  if (result.good && reader.layout().regular) {
    writeBase64(sourceOf(result.bytes), reader.layout(),
                [&](std::string_view part) { result.again += part; });
  }
  return result;
}

TEST(Base64Stream, EncodesLikeTheOtherEncoder) {
  for (const std::size_t count : {0U, 1U, 2U, 3U, 4U, 100U, 49151U, 49152U, 49153U, 200000U}) {
    const std::string bytes = someBytes(count);
    EXPECT_EQ(base::base64(bytes), encoded(bytes)) << count;
  }
}

TEST(Base64Stream, DecodesInPiecesOfAnySize) {
  const std::string bytes = someBytes(1000);
  const std::string text = encoded(bytes);
  for (std::size_t piece = 1; piece < 20; ++piece) {
    const Decoded decoded = decode(text, piece);
    EXPECT_TRUE(decoded.good);
    EXPECT_EQ(bytes, decoded.bytes);
    EXPECT_EQ(text, decoded.again);
  }
}

// The text comes back to the letter, however it was broken into lines.
TEST(Base64Stream, MakesTheSameTextAgain) {
  const std::string plain = encoded(someBytes(301));
  std::vector<std::string> texts = {"", "  \n", "QQ==", "QR==", "QQ", "QUI", "Q Q = =\n", " QUJD "};
  for (const std::size_t width : {1U, 4U, 64U, 76U, 401U}) {
    for (const std::string gap : {"\n", "\r\n", "\n      ", " "}) {
      std::string text = gap;
      for (std::size_t at = 0; at < plain.size(); at += width) {
        text += plain.substr(at, width) + gap;
      }
      texts.push_back(text);
    }
  }
  for (const auto& text : texts) {
    for (const std::size_t piece : {1U, 3U, 1000U}) {
      const Decoded decoded = decode(text, piece);
      EXPECT_TRUE(decoded.good) << text;
      EXPECT_EQ(text, decoded.again);
    }
  }
}

TEST(Base64Stream, RefusesWhatIsNotBase64) {
  for (const std::string text : {"Q", "QUJDR", "QQ=", "Q===", "QQ==QQ==", "====", "=",
                                 "Q-_=", "QQ=x", "\xC3\xA9", "QUJD=", "QUJD=="}) {
    EXPECT_FALSE(decode(text, 1).good) << text;
  }
}

TEST(Base64Stream, GivesUpAWildLayoutButNotTheBytes) {
  std::string text;
  std::string bytes;
  for (int i = 1; i < 200; ++i) {
    text += std::string(static_cast<std::size_t>(4 * i), 'A') +
            std::string(static_cast<std::size_t>(i * 9), ' ');
    bytes += std::string(static_cast<std::size_t>(3 * i), '\0');
  }
  const Decoded decoded = decode(text, 10);
  EXPECT_TRUE(decoded.good);
  EXPECT_EQ(bytes, decoded.bytes);
  EXPECT_EQ("", decoded.again);
}

}  // namespace
}  // namespace exchange
