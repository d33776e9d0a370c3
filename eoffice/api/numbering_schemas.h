// The shapes of books, series and registers in the API.
#pragma once

#include "eoffice/api/schema.h"

namespace eoffice::api::schemas {

const Schema& numbering();          ///< How one direction is divided, and where it stands.
const Schema& division();           ///< Input: the head's decision.
const Schema& reservation();        ///< Input
const Schema& voidedNext();         ///< Input
const Schema& reasonOnly();         ///< Input
const Schema& reasonWithVersion();  ///< Input
const Schema& numberSetAside();
const Schema& registerPage();

}  // namespace eoffice::api::schemas
