// Who acts: a person in one of their posts. Made by sign-in once for a request; every act and every
// query of the office takes one. Acts are tied to (person, post, agency, time), never to a login
// name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "eoffice/ids.h"

namespace eoffice {

/// What a post is for. Stored in `post.role`: never renumber.
enum class Role : std::uint8_t {
  Clerk = 1,          ///< văn thư
  Official = 2,       ///< chuyên viên
  HeadOfUnit = 3,     ///< trưởng phòng / trưởng đơn vị
  HeadOfOffice = 4,   ///< chánh văn phòng
  Leader = 5,         ///< lãnh đạo cơ quan
  RecordsKeeper = 6,  ///< lưu trữ
  UnitAdmin = 7,      ///< quản trị đơn vị
  SystemAdmin = 8     ///< quản trị hệ thống
};

struct Caller {
  PersonId person;
  PostId post;      ///< The post they act in.
  AgencyId agency;  ///< The post's agency.
  UnitId unit;      ///< Not valid for a post at the head of the agency.
  Role role = Role::Official;
  std::string name;       ///< Full name, for pages.
  std::string postTitle;  ///< `Phó Chủ tịch`
  std::string requestId;
  std::string address;  ///< Where from, for the audit.
  std::string agencyName;
};

}  // namespace eoffice
