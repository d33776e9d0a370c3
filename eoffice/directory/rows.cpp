#include "eoffice/directory/rows.h"

#include <algorithm>

#include "eoffice/directory/pickers.h"

namespace eoffice::directory {
namespace {

constexpr std::size_t kLongestSearchText = 450;  // Bytes of the columns.

}  // namespace

Validity readValidity(const base::db::Row& row, std::size_t column) {
  Validity validity;
  if (row.text(column) != kNoFirstDay) validity.from = row.date(column);
  if (row.text(column + 1) != kNoLastDay) validity.to = row.date(column + 1);
  return validity;
}

std::string storedFrom(const Validity& validity) {
  return validity.from ? base::isoDate(*validity.from) : std::string(kNoFirstDay);
}

std::string storedTo(const Validity& validity) {
  return validity.to ? base::isoDate(*validity.to) : std::string(kNoLastDay);
}

Agency readAgency(const base::db::Row& row) {
  Agency agency;
  agency.id = row.id<AgencyId>(0);
  agency.codeQd20 = row.text(1);
  agency.codeQcvn = row.textOr(2);
  agency.parent = row.id<AgencyId>(3);
  agency.level = static_cast<int>(row.integer(4));
  agency.kind = row.code<AgencyKind>(5);
  agency.name = row.text(6);
  agency.shortName = row.text(7);
  agency.notation = row.text(8);
  agency.address = row.text(9);
  agency.phone = row.text(10);
  agency.mail = row.text(11);
  agency.website = row.text(12);
  agency.hosted = row.flag(13);
  agency.validity = readValidity(row, 14);
  agency.successor = row.id<AgencyId>(16);
  return agency;
}

Unit readUnit(const base::db::Row& row) {
  Unit unit;
  unit.id = row.id<UnitId>(0);
  unit.agency = row.id<AgencyId>(1);
  unit.parent = row.id<UnitId>(2);
  unit.code = row.text(3);
  unit.name = row.text(4);
  unit.shortName = row.text(5);
  unit.notation = row.text(6);
  unit.validity = readValidity(row, 7);
  unit.successor = row.id<UnitId>(9);
  return unit;
}

base::db::Params postCardParams(base::LocalDate day, base::db::Params more) {
  base::db::Params params{day, day, day, day, day};
  params.insert(params.end(), more.begin(), more.end());
  return params;
}

PostCard readPostCard(const base::db::Row& row) {
  PostCard card;
  card.post = row.id<PostId>(0);
  card.person = row.id<PersonId>(1);
  card.personName = row.text(2);
  card.mail = row.text(3);
  card.phone = row.text(4);
  card.title = row.text(5);
  card.role = row.code<Role>(6);
  card.agency = row.id<AgencyId>(7);
  card.agencyName = row.text(8);
  card.unit = row.id<UnitId>(9);
  card.unitName = row.textOr(10);
  card.validity = readValidity(row, 11);
  card.active = row.flag(13);
  card.delegate = row.id<PostId>(15);
  card.absent = row.flag(14) || card.delegate.valid();
  return card;
}

std::vector<PostCard> readPostCards(const base::db::Rows& rows) {
  std::vector<PostCard> cards;
  cards.reserve(rows.size());
  for (const auto& row : rows) cards.push_back(readPostCard(row));
  return cards;
}

std::string asciiOnly(std::string_view text) {
  std::string ascii(text);
  std::replace_if(
      ascii.begin(), ascii.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; },
      '?');
  return ascii;
}

std::string searchText(std::initializer_list<std::string_view> texts) {
  std::string joined = " ";
  for (const std::string_view text : texts) {
    for (const std::string& word : searchWords(text)) {
      if (joined.size() + word.size() + 1 > kLongestSearchText) return joined;
      joined += word + ' ';
    }
  }
  return joined;
}

}  // namespace eoffice::directory
