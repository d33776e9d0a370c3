// Xapian's exceptions, told as ours.
#pragma once

#include <xapian.h>

#include "eoffice/search/index.h"

namespace eoffice::search {

/// What `work` returns; throws IndexError for what Xapian throws.
template <class Work>
auto translated(Work&& work) {
  try {
    return work();
  } catch (const Xapian::DatabaseLockError& error) {
    throw IndexError(IndexError::Kind::Busy, error.get_description());
  } catch (const Xapian::DatabaseCorruptError& error) {
    throw IndexError(IndexError::Kind::Broken, error.get_description());
  } catch (const Xapian::DatabaseOpeningError& error) {
    throw IndexError(IndexError::Kind::Broken, error.get_description());
  } catch (const Xapian::Error& error) {
    throw IndexError(IndexError::Kind::Unwritable, error.get_description());
  }
}

}  // namespace eoffice::search
