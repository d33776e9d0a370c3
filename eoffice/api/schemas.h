// The shapes of what the API answers, shared by several operations. Each is made once; inputs stand
// beside their actions.
#pragma once

#include <string>
#include <vector>

#include "eoffice/api/schema.h"

namespace eoffice::api::schemas {

const Schema& error();     ///< Of every refusal and fault.
const Schema& namedRef();  ///< `{id, name}`
const Schema& post();

const Schema& documentState();  ///< What every act on a document answers.
const Schema& listRow();
const Schema& documentList();
const Schema& document();
const Schema& history();

const Schema& task();
const Schema& taskList();
const Schema& taskDetail();
const Schema& overview();

/// A file that was uploaded before, as inputs name it.
const Schema& uploadRef();
[[nodiscard]] Field requestKey();
[[nodiscard]] Field version();
/// Filter, order and columns of a view (documents/view.h).
[[nodiscard]] const std::vector<Field>& viewQuery();
/// `after` and `size`: of lists that are paged by key.
[[nodiscard]] std::vector<Field> keyPaging();

[[nodiscard]] const std::vector<std::string>& stateNames();
[[nodiscard]] const std::vector<std::string>& urgencyNames();
[[nodiscard]] const std::vector<std::string>& boxNames();

}  // namespace eoffice::api::schemas
