// Pictures of signatures and seals: PNG with transparency, by libpng. Any thread.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace eoffice::pdf {

/// RGBA pixels of a PNG, cropped to what is drawn.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<unsigned char> rgba;
  double widthMm = 0;  ///< Of the whole picture by its own resolution; 0 when it has none.
};

/// Throws PictureError for what is no PNG, has no pixel that shows, or more than 16 million.
[[nodiscard]] Picture readPicture(std::string_view png);
[[nodiscard]] std::string writePicture(const Picture& picture, double dotsPerMm);

class PictureError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace eoffice::pdf
