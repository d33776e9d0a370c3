#include "eoffice/documents/temporary_file.h"

#include "base/crypto/digest.h"

namespace eoffice::documents {

TemporaryFile::TemporaryFile(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  path_ = folder / ("work-" + base::randomToken(16));
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;  // Nothing to remove where nothing was made.
  std::filesystem::remove(path_, ignored);
}

}  // namespace eoffice::documents
