// The directory of agencies: three lists, and the administrator's two changes.
#include "base/crypto/digest.h"
#include "base/text.h"
#include "exchange/hub/calls_internal.h"
#include "exchange/hub/directory_store.h"

namespace exchange::hub {

namespace {

namespace error_code = axis::error_code;
using nlohmann::json;

constexpr std::size_t kMostName = 300;
constexpr std::size_t kMostMail = 200;
constexpr std::size_t kMostNumber = 50;

/// One row after the other, because there may be more than 110,000.
template <class RowOf>
Response streamed(const Workshop& shop, const RowOf& rowOf) {
  Response response = Response::json({});
  response.body = [&database = shop.database, rowOf](std::ostream& out) {
    out << streamedHead() << '[';
    const char* separator = "";
    database.read([&](base::db::Session& session) {
      directory_store::streamAgencies(session, [&](const AgencyRow& row) {
        out << separator << rowOf(row).dump();
        separator = ",";
      });
    });
    out << "]}";
  };
  return response;
}

json parentOf(const AgencyRow& row) { return row.parentId ? json(*row.parentId) : json(nullptr); }

Denial notAdministrator(const Caller& caller) {
  return {std::string(error_code::kWrongCredentials),
          caller.systemId + " may not change the directory"};
}

std::string textOf(const json& object, const char* name, std::size_t most) {
  const auto found = object.find(name);
  const bool isText = found != object.end() && found->is_string();
  return isText ? base::firstCharacters(base::squeezed(found->get<std::string>()), most)
                : std::string();
}

Outcome<NewAgency> parseAgency(const std::string& body) {
  const json object = json::parse(body, nullptr, false);
  if (!object.is_object()) {
    return deny(error_code::kWrongFormat, "the body must be a JSON object");
  }
  NewAgency agency{.code = textOf(object, "code", kMostName),
                   .parent = textOf(object, "pcode", kMostName),
                   .name = textOf(object, "name", kMostName),
                   .mail = textOf(object, "mail", kMostMail),
                   .mobile = textOf(object, "mobile", kMostNumber),
                   .fax = textOf(object, "fax", kMostNumber)};
  if (!axis::isCode(agency.code) || (!agency.parent.empty() && !axis::isCode(agency.parent)) ||
      agency.name.empty()) {
    return deny(error_code::kWrongFormat, "code and name are needed; code and pcode are codes");
  }
  return agency;
}

Outcome<void> store(base::db::Session& session, const Caller& caller, const NewAgency& agency,
                    const std::string& body, base::Instant now) {
  // The MAC does not cover the body: these headers are good for this body only.
  if (!directory_store::claimAdminRequest(session, caller.systemId, caller.claims.mac,
                                          base::sha256Hex(body), now)) {
    return deny(error_code::kWrongCredentials, "these headers were used for another body");
  }
  const auto known = directory_store::findAgency(session, agency.code);
  if (known && (known->systemId != caller.systemId || known->code != agency.code)) {
    return deny(error_code::kUnknownSender, agency.code + " belongs to another system");
  }
  directory_store::registerAgency(session, agency, caller.systemId, now);
  return {};
}

}  // namespace

Response agenciesList(const Workshop& shop, Request&, const Caller&) {
  return streamed(shop, [](const AgencyRow& row) {
    return json{{"id", row.id},           {"pid", parentOf(row)}, {"code", row.code},
                {"oldCode", row.code102}, {"name", row.name},     {"mail", row.mail}};
  });
}

Response agenciesListQd20(const Workshop& shop, Request&, const Caller&) {
  return streamed(shop, [](const AgencyRow& row) {
    return json{{"id", row.id},
                {"code", row.code},
                {"code102", row.code102},
                {"name", row.name},
                {"mail", row.mail}};
  });
}

Response synchronizeUnit(const Workshop& shop, Request&, const Caller&) {
  return streamed(shop, [](const AgencyRow& row) {
    return json{{"id", row.id},
                {"pid", parentOf(row)},
                {"code", row.code},
                {"name", row.name},
                {"mail", row.mail},
                {"version", row.version},
                {"centerCode", row.systemId},
                {"deleted", row.closed},
                {"modifyDate", base::slashDateTime(row.modifiedAt)},
                {"isAgency", !row.systemId.empty()}};
  });
}

Response registerAgency(const Workshop& shop, Request& request, const Caller& caller) {
  if (!caller.administrator) {
    return fail(notAdministrator(caller));
  }
  const std::string body = request.bodyText();
  const auto agency = parseAgency(body);
  if (!agency) {
    return fail(agency.error());
  }
  const auto stored = shop.database.transact([&](base::db::Session& session) {
    return store(session, caller, *agency, body, shop.clock.now());
  });
  return stored ? succeed() : fail(stored.error());
}

Response deleteAgency(const Workshop& shop, Request&, const Caller& caller) {
  if (!caller.administrator) {
    return fail(notAdministrator(caller));
  }
  const std::string code = caller.argument("AgencyCode");
  const bool known = axis::isCode(code) && shop.database.transact([&](base::db::Session& session) {
    const auto agency = directory_store::findAgency(session, code);
    if (agency) {
      directory_store::closeAgency(session, agency->code, shop.clock.now());
    }
    return agency.has_value();
  });
  return known ? succeed() : fail({std::string(error_code::kUnknownReceiver), "no agency " + code});
}

}  // namespace exchange::hub
