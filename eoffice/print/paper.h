// A paper that is printed: headings, paragraphs, tables whose head stands on every page, places to
// sign, written as a PDF (A4, a Times face, text that can be searched and copied). Says what stands
// where; knows no document, no form of a decree and no language. Rows of tables wait in a temporary
// file, so a book of 20,000 lines takes no more memory than one page. One thread at a time; each
// paper is written once.
//
//   Paper paper({.title = "Phiếu gửi", .foot = "In từ hệ thống, …", .pageOf = "Trang
//   {page}/{pages}"}); paper.text("PHIẾU GỬI", {.size = 14, .bold = true, .align = Align::Center});
//   paper.beginTable({{"Số, ký hiệu", 2}, {"Nơi nhận", 5}});
//   paper.row({"12/QĐ-UBND", "Sở Nội vụ"});
//   paper.endTable();
//   paper.signatures({{"NGƯỜI NHẬN", "", "(Ký, ghi rõ họ tên)", ""}});
//   const int pages = paper.write(file);
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace eoffice::print {

enum class Orientation : std::uint8_t { Portrait, Landscape };
enum class Align : std::uint8_t { Left, Center, Right };

struct PaperOptions {
  Orientation orientation = Orientation::Portrait;
  std::string title = {};   ///< In the file's properties.
  std::string foot = {};    ///< Left at the foot of each page: from where, by whom, when.
  std::string pageOf = {};  ///< Right at the foot; `{page}` and `{pages}` are replaced.
};

struct Style {
  double size = 13;  ///< Points.
  bool bold = false;
  bool italic = false;
  Align align = Align::Left;
  double spaceAfter = 2;  ///< Millimetres.
};

struct Column {
  std::string label;
  double width = 1;  ///< In proportion to the others.
  Align align = Align::Left;
};

struct TableOptions {
  double size = 11;       ///< Points of its text.
  bool numbered = false;  ///< `(1) (2) (3)` below the labels, as the forms of the decree have it.
};

/// Where somebody signs: capacity and title in bold, a hint in italics, room, the name.
struct SignatureBlock {
  std::string capacity;  ///< `TL. CHỦ TỊCH`; may be empty, as all of these.
  std::string title;
  std::string hint;
  std::string name;
};

class Paper {
 public:
  explicit Paper(PaperOptions options);
  ~Paper();
  Paper(const Paper&) = delete;
  Paper& operator=(const Paper&) = delete;

  // Texts are UTF-8; lines break at words, or inside a word that is longer than the line. What has
  // no room on a page goes on on the next one, a row of a table too.

  void text(const std::string& text, const Style& style = {});
  /// `label` in bold, then the text.
  void labelled(const std::string& label, const std::string& text, const Style& style = {});
  /// The head of an official paper: two columns, each line centred in its own; the last line of
  /// each is bold and underlined (`UBND TỈNH` / `VĂN PHÒNG` and quốc hiệu / tiêu ngữ).
  void head(const std::vector<std::string>& left, const std::vector<std::string>& right);
  /// Dotted lines to write on by hand.
  void blankLines(int count);
  void space(double millimetres);
  void newPage();

  void beginTable(const std::vector<Column>& columns, const TableOptions& options = {});
  /// As many cells as columns; fewer leave the last ones empty.
  void row(const std::vector<std::string>& cells);
  void endTable();

  /// Side by side, never divided between pages.
  void signatures(const std::vector<SignatureBlock>& blocks);

  /// Writes the file and returns how many pages it has. Throws std::runtime_error (disk full).
  int write(const std::filesystem::path& file);

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace eoffice::print
