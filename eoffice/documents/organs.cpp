#include "eoffice/documents/organs.h"

namespace eoffice::documents {

using base::db::Session;

exchange::Organ organOf(const directory::Agency& agency, const std::string& parentName) {
  return {.organId = agency.codeQd20,
          .inCharge = parentName,
          .name = agency.name,
          .address = agency.address,
          .email = agency.mail,
          .telephone = agency.phone,
          .website = agency.website};
}

std::string Organs::canonical(Session& session, const std::string& code) {
  const auto agency = directory::findAgencyByCode(session, code);
  return agency ? agency->codeQd20 : code;
}

bool Organs::isOwn(Session& session, const std::string& code) {
  const auto agency = directory::findAgencyByCode(session, code);
  return agency && agency->hosted && agency->validity.covers(clock_.today());
}

exchange::Organ Organs::describe(Session& session, const std::string& code) {
  const auto agency = directory::findAgencyByCode(session, code);
  if (!agency) return {.organId = code};
  const auto parent = directory::findAgency(session, agency->parent);
  return organOf(*agency, parent ? parent->name : "");
}

}  // namespace eoffice::documents
