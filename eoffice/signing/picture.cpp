#include "eoffice/signing/picture.h"

#include <png.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace eoffice::pdf {
namespace {

constexpr png_uint_32 kMostPixels = 16'000'000;
constexpr unsigned char kSeen = 12;  ///< Alpha above which a pixel counts as drawn.

struct Bounds {
  int left, top, right, bottom;
};

Bounds drawnPart(const Picture& picture) {
  Bounds b{picture.width, picture.height, -1, -1};
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      auto const at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                       static_cast<std::size_t>(x)) *
                      4;
      if (picture.rgba[at + 3] <= kSeen) continue;
      b = {std::min(b.left, x), std::min(b.top, y), std::max(b.right, x), std::max(b.bottom, y)};
    }
  }
  return b;
}

Picture cropped(const Picture& whole, const Bounds& b) {
  Picture part;
  part.width = b.right - b.left + 1;
  part.height = b.bottom - b.top + 1;
  part.widthMm = whole.widthMm * part.width / whole.width;
  auto const row = static_cast<std::size_t>(part.width) * 4;
  part.rgba.resize(row * static_cast<std::size_t>(part.height));
  for (int y = 0; y < part.height; ++y) {
    auto const from = (static_cast<std::size_t>(y + b.top) * static_cast<std::size_t>(whole.width) +
                       static_cast<std::size_t>(b.left)) *
                      4;
    std::memcpy(&part.rgba[row * static_cast<std::size_t>(y)], &whole.rgba[from], row);
  }
  return part;
}

std::uint32_t bigEndian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

/// Pixels a metre by the pHYs chunk, which must stand before the pixels; 0 without one.
std::uint32_t pixelsPerMetre(std::string_view png) {
  std::size_t at = 8;
  while (at + 12 <= png.size()) {
    std::uint32_t const length = bigEndian(png, at);
    std::string_view const kind = png.substr(at + 4, 4);
    if (kind == "IDAT" || length > png.size() - at - 12) return 0;
    if (kind == "pHYs" && length == 9) return png[at + 16] == 1 ? bigEndian(png, at + 8) : 0;
    at += 12 + length;
  }
  return 0;
}

/// A chunk as it stands in the file; libpng's simple writer does not set the resolution.
std::string resolutionChunk(double dotsPerMm) {
  auto const perMetre = static_cast<std::uint32_t>(dotsPerMm * 1000 + 0.5);
  std::string body = "pHYs";
  for (int axis = 0; axis < 2; ++axis) {
    for (int shift = 24; shift >= 0; shift -= 8)
      body += static_cast<char>(perMetre >> shift & 0xff);
  }
  body += '\1';
  std::uint32_t crc = 0xffffffff;
  for (unsigned char const c : body) {
    crc ^= c;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0);
  }
  crc = ~crc;
  std::string chunk{'\0', '\0', '\0', '\x09'};
  chunk += body;
  for (int shift = 24; shift >= 0; shift -= 8) chunk += static_cast<char>(crc >> shift & 0xff);
  return chunk;
}

}  // namespace

Picture readPicture(std::string_view png) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, png.data(), png.size()) == 0) {
    throw PictureError("not a PNG");
  }
  if (image.width == 0 || image.height == 0 || image.width > kMostPixels / image.height) {
    png_image_free(&image);
    throw PictureError("too many pixels");
  }
  image.format = PNG_FORMAT_RGBA;
  Picture whole;
  whole.width = static_cast<int>(image.width);
  whole.height = static_cast<int>(image.height);
  whole.rgba.resize(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, whole.rgba.data(), 0, nullptr) == 0) {
    throw PictureError("damaged PNG");
  }
  std::uint32_t const resolution = pixelsPerMetre(png);
  if (resolution > 0) whole.widthMm = whole.width * 1000.0 / resolution;
  Bounds const drawn = drawnPart(whole);
  if (drawn.right < 0) throw PictureError("nothing is drawn");
  return cropped(whole, drawn);
}

std::string writePicture(const Picture& picture, double dotsPerMm) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  if (png_image_write_to_memory(&image, nullptr, &size, 0, picture.rgba.data(), 0, nullptr) == 0) {
    throw PictureError(image.message);
  }
  std::string png(size, '\0');
  if (png_image_write_to_memory(&image, png.data(), &size, 0, picture.rgba.data(), 0, nullptr) ==
      0) {
    throw PictureError(image.message);
  }
  png.resize(size);
  constexpr std::size_t kAfterHeader = 8 + 25;  // Signature and IHDR.
  png.insert(kAfterHeader, resolutionChunk(dotsPerMm));
  return png;
}

}  // namespace eoffice::pdf
