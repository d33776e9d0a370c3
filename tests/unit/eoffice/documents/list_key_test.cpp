// The place of a row in its list, as it travels through addresses.
#include <gtest/gtest.h>

#include "eoffice/documents/lists.h"

namespace {

using eoffice::DocumentId;
using eoffice::documents::ListKey;
using eoffice::documents::listKeyFrom;
using eoffice::documents::textOf;

TEST(ListKey, ComesBackFromItsText) {
  const ListKey byId{.document = DocumentId(17)};
  const ListKey byDay{.document = DocumentId(17), .day = base::parseIsoDate("2026-01-06")};
  const ListKey none{.document = DocumentId(17), .day = base::parseIsoDate("9999-12-31")};
  const ListKey inBox{.document = DocumentId(17),
                      .urgency = eoffice::documents::Urgency::Express,
                      .since = base::parseIsoInstant("2026-01-06T03:15:00.000001Z")};
  EXPECT_EQ(textOf(byId), "17");
  EXPECT_EQ(textOf(byDay), "17.20260106");
  EXPECT_EQ(textOf(inBox), "17.3.1767669300000001");
  for (const auto& key : {byId, byDay, none, inBox}) {
    const auto back = listKeyFrom(textOf(key));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->document, key.document);
    EXPECT_EQ(back->day, key.day);
    EXPECT_EQ(back->urgency, key.urgency);
    EXPECT_EQ(back->since, key.since);
  }
}

TEST(ListKey, IsNothingElse) {
  for (const char* text :
       {"", "0", "-1", "x", "17.", ".17", "17.20261301", "17.20260230", "17.120260101", "17.4.1",
        "17.1.x", "17.1.1.1", "17 ", "+17", "99999999999999999999", "17.1.999999999999999999"}) {
    EXPECT_FALSE(listKeyFrom(text)) << text;
  }
}

}  // namespace
