// What a page says of a form that was refused: every fault at once, by the names that its fields
// have there, with what was chosen still chosen.
#include <gtest/gtest.h>

#include "tests/integration/eoffice/web/page_visitor.h"

namespace tests {
namespace {

class FormFaults : public ApiTest {
 protected:
  ApiAnswer send(const PageForm& changed) {
    PageForm form{{"notation", "12/VPCP-KGVX"},
                  {"issued_on", "05/01/2026"},
                  {"issuer", "Văn phòng Chính phủ"},
                  {"abstract", "V/v báo cáo"},
                  {"type", "Công văn"},
                  {"secrecy", ""}};
    for (const auto& [name, value] : changed) {
      form.erase(name);
      form.emplace(name, value);
    }
    return visitor.post("clerk", "/documents/" + std::to_string(id) + "/register", form);
  }
  static bool says(const ApiAnswer& answer, const std::string& text) {
    return answer.text.find(text) != std::string::npos;
  }

  std::int64_t id = office.received();
  PageVisitor visitor{office};
};

TEST_F(FormFaults, NameTheirFields) {
  const auto several = send({{"issuer", ""}, {"abstract", "\u200B"}});
  EXPECT_EQ(several.status, 422);
  EXPECT_TRUE(says(several, R"(<a href="#issuer">Cơ quan ban hành: Xin điền mục này.)"));
  EXPECT_TRUE(says(several, R"(<a href="#abstract">Trích yếu: Xin điền mục này.)"));
  const auto one = send({{"abstract", ""}});
  EXPECT_TRUE(says(one, R"(<p class="notice-title">Trích yếu: Xin điền mục này.)"));
}

TEST_F(FormFaults, TellWrongDatesTogetherWithTheRest) {
  const auto told = send({{"issued_on", "31/02/2026"}, {"due_on", "mai"}, {"issuer", ""}});
  EXPECT_EQ(told.status, 422);
  for (const char* field : {"issued_on", "due_on", "issuer"}) {
    EXPECT_TRUE(says(told, "id=\"" + std::string(field) + "-error\"")) << field;
  }
  EXPECT_FALSE(says(told, "Ngày văn bản: Xin điền mục này."));
}

TEST_F(FormFaults, KeepTheLevelThatWasChosen) {
  const auto told = send({{"secrecy", "toi_mat"}});
  EXPECT_EQ(told.status, 422);
  EXPECT_TRUE(says(told, R"(<option value="toi_mat" selected>)"));
  EXPECT_TRUE(says(told, "“Tối mật”"));
  EXPECT_FALSE(says(told, "“toi_mat”"));
}

}  // namespace
}  // namespace tests
