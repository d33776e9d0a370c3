// A view of the documents (filter, order, columns) as the query of an address: the same words in
// the address of the page, in the API, in an export and in a saved view. Pure.
//
//   direction=incoming&state=directed&issuer=tai%20chinh&deadline=late&sort=due&columns=number,due
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eoffice/documents/lists.h"

namespace eoffice::documents {

/// In the order in which they stand. The abstract always does.
enum class ViewColumn : std::uint8_t {
  Number,  ///< Số đến
  Day,
  Symbol,
  Issued,
  Type,
  Issuer,
  Subject,
  Handler,
  Urgency,
  Due,
  State
};
[[nodiscard]] const std::vector<ViewColumn>& allColumns();
[[nodiscard]] const std::vector<ViewColumn>& usualColumns();
[[nodiscard]] std::string_view nameOf(ViewColumn column);

/// `newest`, `oldest`, `day`, `due`
[[nodiscard]] std::string_view nameOf(Order order);
[[nodiscard]] std::optional<Order> orderFrom(std::string_view name);
inline constexpr std::array kOrders{Order::Newest, Order::Oldest, Order::ByDay, Order::ByDue};
/// `late`, `week`, `any`, `none`
[[nodiscard]] std::string_view nameOf(Deadline deadline);
[[nodiscard]] std::optional<Deadline> deadlineFrom(std::string_view name);
inline constexpr std::array kDeadlines{Deadline::Late, Deadline::Week, Deadline::Any,
                                       Deadline::None};

struct View {
  ListFilter filter;
  std::optional<int> year;  ///< Of arrival or issue; narrows from and to.
  Order order = Order::Newest;
  std::vector<ViewColumn> columns;  ///< Empty: the usual ones.

  /// Of days that were asked for, the newest day comes first: so a year long ago is found without
  /// walking through all that came after it.
  [[nodiscard]] Order shownOrder() const {
    const bool days = year || filter.from || filter.to;
    return order == Order::Newest && days ? Order::ByDay : order;
  }
  /// The filter with the year's days and the day on which it is asked.
  [[nodiscard]] ListFilter filterOn(base::LocalDate today) const;
  [[nodiscard]] const std::vector<ViewColumn>& shownColumns() const {
    return columns.empty() ? usualColumns() : columns;
  }
};

/// The value of a parameter; empty when it is absent.
using Parameter = std::function<std::string(const std::string&)>;
/// Of a query's parameters. A value that is none (a state that does not exist, a day that is no
/// day) is named in `wrong`, if given, and narrows nothing. Days as `2026-01-06`.
[[nodiscard]] View viewFrom(const Parameter& value, std::vector<std::string>* wrong = nullptr);
/// The shortest query that means this view, its parameters always in the same order, escaped.
[[nodiscard]] std::string queryOf(const View& view);
/// What queryOf() wrote, or a person: `a=b&c=d`, with `%20` and `+`.
[[nodiscard]] View viewFromQuery(std::string_view query, std::vector<std::string>* wrong = nullptr);

}  // namespace eoffice::documents
