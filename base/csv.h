// CSV as RFC 4180 writes it: commas (or semicolons or tabs, as the header shows), quotes that are
// doubled inside quotes, line ends inside quotes, CRLF or LF, a BOM at the start or none. UTF-8
// only. Strict: what is not well formed is a fault with its line, and no record. Pure; safe from
// any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace base {

struct CsvFault {
  enum class Kind : std::uint8_t {
    NotUtf8,
    NulByte,
    OpenQuote,   ///< A quote that never closes.
    StrayQuote,  ///< A quote inside an unquoted field, or text after a closing one.
    WrongWidth   ///< Not as many fields as the header.
  };
  Kind kind = Kind::NotUtf8;
  std::size_t line = 0;  ///< Where the record begins; 1 is the file's first.
};

struct CsvRecord {
  std::size_t line = 0;
  std::vector<std::string> fields;
};

struct Csv {
  std::vector<std::string> header;  ///< The first record.
  std::vector<CsvRecord> records;   ///< Those without a fault; empty lines are passed over.
  std::vector<CsvFault> faults;     ///< In no certain order.
};

[[nodiscard]] Csv parseCsv(std::string_view text);

}  // namespace base
