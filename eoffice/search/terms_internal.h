// The terms of the index: which prefix stands for what, how a document becomes terms, and how ids
// of documents become Xapian's. A change here needs a new kFormat: every index is then built anew.
//
// Xapian gives back documents in the order of its own ids at no cost, so a document's id counts
// backwards: the newest document is the first.
#pragma once

#include <xapian.h>

#include <string>
#include <string_view>

#include "eoffice/search/content.h"
#include "eoffice/search/query.h"

namespace eoffice::search {

inline constexpr std::string_view kFormat = "1";

// Words stand without a prefix. No word begins with a capital, so one capital is a prefix.
inline constexpr std::string_view kExact = "E";  ///< Words with their marks.
inline constexpr std::string_view kPair = "B";   ///< Two neighbouring words.
inline constexpr std::string_view kReader = "P";
inline constexpr std::string_view kAgency = "A";
inline constexpr std::string_view kMonth = "M";  ///< `M202610`
inline constexpr std::string_view kDocument = "Q";

[[nodiscard]] std::string_view prefixOf(Part part);
[[nodiscard]] std::string_view prefixOf(Attribute attribute);
[[nodiscard]] std::string attributeTerm(Attribute attribute, const std::string& value);
[[nodiscard]] std::string monthTerm(int year, unsigned month);

/// Slots of values.
inline constexpr Xapian::valueno kDaySlot = 0;    ///< `20261001`
inline constexpr Xapian::valueno kFacetSlot = 1;  ///< See facets_internal.h.

[[nodiscard]] Xapian::docid docidOf(DocumentId document);
[[nodiscard]] DocumentId documentOf(Xapian::docid id);

[[nodiscard]] std::string dayValue(base::LocalDate day);

/// Of a longer text of a file only this much is indexed: some 150 pages.
inline constexpr std::size_t kMostText = 400'000;

[[nodiscard]] Xapian::Document documentFor(const Content& content);

}  // namespace eoffice::search
