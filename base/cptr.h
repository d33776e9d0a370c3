// Ownership for the objects of C libraries: the deleter is part of the type.
//   CPtr<xmlDoc, xmlFreeDoc> doc(xmlReadMemory(...));
#pragma once

#include <memory>

namespace base {

template <auto Free>
struct CDelete {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};

template <class T, auto Free>
using CPtr = std::unique_ptr<T, CDelete<Free>>;

}  // namespace base
