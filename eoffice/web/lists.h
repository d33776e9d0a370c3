// The named lists of the office: one table gives each its address, its words, its rows and its
// place in the navigation of each role. A count in the navigation opens exactly the list that it
// counted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "eoffice/directory/caller.h"
#include "eoffice/documents/view.h"

namespace eoffice::web {

/// What a list holds: documents that wait for the reader, or all that a filter lets through.
using ListContent = std::variant<documents::Box, documents::ListFilter>;

struct NamedList {
  std::string_view slug;  ///< `to-register`: last part of the path, and of `?list=`.
  documents::Direction direction = documents::Direction::Incoming;
  ListContent content;
};

[[nodiscard]] const std::vector<NamedList>& namedLists();
/// By slug within a direction; null when there is none.
[[nodiscard]] const NamedList* findList(documents::Direction direction, std::string_view slug);
/// By slug in either direction: for `?list=`.
[[nodiscard]] const NamedList* findList(std::string_view slug);
/// `/incoming/to-register`
[[nodiscard]] std::string pathOf(const NamedList& list);
/// Key of its title in the catalogues: `nav.incoming.to-register`.
[[nodiscard]] std::string titleKeyOf(const NamedList& list);

/// A list that a document is read in: a named one, or a view of the documents page.
struct OpenList {
  std::string token;  ///< Value of `?list=`: `to-register`, `documents?state=directed`.
  std::string path;   ///< Of the list itself, with its query.
  std::string titleKey;
  std::string emptyKey;
  ListContent content;
  documents::Order order = documents::Order::Newest;
};
[[nodiscard]] OpenList openList(const NamedList& list);
[[nodiscard]] OpenList openList(const documents::View& view, base::LocalDate today);
/// Of the value of `?list=`; empty for what names no list.
[[nodiscard]] std::optional<OpenList> openListFrom(std::string_view token, base::LocalDate today);
/// `/documents?a=b`, with `more` in its query.
[[nodiscard]] std::string withQuery(const std::string& path, const std::string& more);

/// One entry of the navigation.
struct NavEntry {
  std::string path;
  std::string textKey;
  const NamedList* list = nullptr;            ///< Counted where it is a box.
  std::optional<std::string_view> taskCount;  ///< `late`, `near`, `open`, `mine`: counted as tasks.
};
struct NavGroup {
  std::string textKey;  ///< Empty for the first group without a title.
  std::vector<NavEntry> entries;
};

/// The navigation of a role: the same order every day, what waits first.
[[nodiscard]] const std::vector<NavGroup>& navigationOf(Role role);
/// What waits although the role has no list for it: somebody's steps that were delegated. Empty
/// when there are none. `boxes`: counts by documents::Box.
[[nodiscard]] std::optional<NavGroup> delegatedOf(Role role,
                                                  const std::vector<std::int64_t>& boxes);
/// Where a person of that role begins.
[[nodiscard]] std::string_view homeOf(Role role);

}  // namespace eoffice::web
