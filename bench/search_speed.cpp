// Builds a search index of generated Vietnamese documents, without a database, and measures a mix
// of queries as people of different rights ask them.
//
//   search_speed DIRECTORY [DOCUMENTS] [ROUNDS] [COPIES]
// An index that is there already is asked, not built again. With COPIES, so many documents are made
// by merging that many copies of an index of DOCUMENTS / COPIES: lists of postings are as long as
// in the real thing, at a fraction of the time.
#include <time.h>
#include <xapian.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "eoffice/search/index.h"
#include "eoffice/search/searcher.h"

namespace {

using namespace eoffice;
using namespace eoffice::search;
using Clock = std::chrono::steady_clock;

// Words as official letters have them, the frequent ones first: they are drawn by Zipf's law.
constexpr std::array kWords = {"thực hiện",
                               "của",
                               "và",
                               "các",
                               "tỉnh",
                               "về",
                               "công tác",
                               "theo",
                               "năm",
                               "báo cáo",
                               "ủy ban nhân dân",
                               "kế hoạch",
                               "cơ quan",
                               "đơn vị",
                               "ban hành",
                               "quy định",
                               "triển khai",
                               "trên địa bàn",
                               "đề nghị",
                               "kết quả",
                               "tổ chức",
                               "quản lý",
                               "nhà nước",
                               "chỉ đạo",
                               "phối hợp",
                               "nghị quyết",
                               "quyết định",
                               "thông tư",
                               "nghị định",
                               "hướng dẫn",
                               "cải cách",
                               "hành chính",
                               "thủ tục",
                               "phát triển",
                               "kinh tế",
                               "xã hội",
                               "đầu tư",
                               "xây dựng",
                               "dự án",
                               "ngân sách",
                               "tài chính",
                               "đất đai",
                               "môi trường",
                               "giáo dục",
                               "đào tạo",
                               "y tế",
                               "văn hóa",
                               "thể thao",
                               "du lịch",
                               "nông nghiệp",
                               "nông thôn",
                               "công nghệ",
                               "thông tin",
                               "chuyển đổi số",
                               "dịch vụ công",
                               "trực tuyến",
                               "hồ sơ",
                               "văn bản",
                               "điện tử",
                               "chữ ký số",
                               "an ninh",
                               "trật tự",
                               "an toàn",
                               "giao thông",
                               "phòng cháy",
                               "chữa cháy",
                               "phòng chống",
                               "thiên tai",
                               "bão lũ",
                               "dịch bệnh",
                               "kiểm tra",
                               "thanh tra",
                               "giám sát",
                               "khiếu nại",
                               "tố cáo",
                               "công dân",
                               "tiếp nhận",
                               "giải quyết",
                               "thẩm định",
                               "phê duyệt",
                               "điều chỉnh",
                               "quy hoạch",
                               "đô thị",
                               "nhà ở",
                               "hạ tầng",
                               "khu công nghiệp",
                               "doanh nghiệp",
                               "hợp tác xã",
                               "lao động",
                               "việc làm",
                               "người có công",
                               "bảo hiểm",
                               "trẻ em",
                               "người cao tuổi",
                               "bình đẳng giới",
                               "dân tộc",
                               "tôn giáo",
                               "thi đua",
                               "khen thưởng",
                               "cán bộ",
                               "công chức",
                               "viên chức",
                               "biên chế",
                               "bổ nhiệm",
                               "tuyển dụng",
                               "đánh giá",
                               "hội nghị",
                               "sơ kết",
                               "tổng kết",
                               "chương trình",
                               "mục tiêu",
                               "quốc gia",
                               "giảm nghèo",
                               "bền vững",
                               "rừng",
                               "biển",
                               "thủy sản",
                               "chăn nuôi",
                               "trồng trọt",
                               "thủy lợi",
                               "đê điều",
                               "khoáng sản",
                               "tài nguyên",
                               "nước sạch",
                               "rác thải",
                               "năng lượng",
                               "điện lực",
                               "cầu đường",
                               "cảng biển",
                               "sân bay",
                               "đường sắt",
                               "vận tải",
                               "bưu chính",
                               "viễn thông",
                               "báo chí",
                               "xuất bản",
                               "di tích",
                               "bảo tàng",
                               "thư viện",
                               "lễ hội",
                               "học sinh",
                               "giáo viên",
                               "trường học",
                               "cơ sở vật chất",
                               "bệnh viện",
                               "trạm y tế",
                               "vắc xin",
                               "dược phẩm",
                               "thực phẩm",
                               "vệ sinh",
                               "khám chữa bệnh",
                               "dân số",
                               "hộ tịch",
                               "chứng thực",
                               "công chứng",
                               "thi hành án",
                               "pháp luật",
                               "tuyên truyền",
                               "phổ biến",
                               "trợ giúp pháp lý",
                               "đấu giá",
                               "đấu thầu",
                               "mua sắm",
                               "tài sản công",
                               "thuế",
                               "hải quan",
                               "kho bạc",
                               "tín dụng",
                               "ngân hàng",
                               "giá cả",
                               "thị trường",
                               "thương mại",
                               "xuất khẩu",
                               "nhập khẩu",
                               "hội nhập",
                               "đối ngoại",
                               "biên giới",
                               "hải đảo",
                               "quốc phòng",
                               "dân quân",
                               "nghĩa vụ quân sự",
                               "ma túy",
                               "tệ nạn",
                               "mại dâm",
                               "buôn lậu",
                               "hàng giả",
                               "sở hữu trí tuệ",
                               "đo lường",
                               "chất lượng",
                               "khoa học",
                               "sáng kiến"};
constexpr std::array kNames = {"Nguyễn", "Trần", "Lê",  "Phạm", "Hoàng", "Huỳnh", "Phan",  "Vũ",
                               "Võ",     "Đặng", "Bùi", "Đỗ",   "Hồ",    "Ngô",   "Dương", "Lý"};
constexpr std::array kGiven = {"Văn An",      "Thị Bình",  "Quốc Dũng", "Minh Châu",
                               "Hữu Phước",   "Thanh Hà",  "Đức Long",  "Ngọc Lan",
                               "Xuân Trường", "Bảo Khánh", "Hải Yến",   "Tấn Tài"};
constexpr std::array kPlaces = {"Nha Trang",  "Cam Ranh",  "Ninh Hòa",  "Diên Khánh", "Vạn Ninh",
                                "Khánh Vĩnh", "Khánh Sơn", "Trường Sa", "Phan Rang",  "Ninh Phước",
                                "Thuận Nam",  "Bác Ái",    "Đắk Lắk",   "Lâm Đồng",   "Gia Lai"};
constexpr std::array kTypes = {"Công văn", "Quyết định", "Báo cáo", "Kế hoạch",   "Thông báo",
                               "Tờ trình", "Giấy mời",   "Chỉ thị", "Nghị quyết", "Biên bản"};
constexpr std::array kNotations = {"UBND-KGVX", "QĐ-UBND", "BC-SNV",  "KH-UBND", "TB-VPUBND",
                                   "TTr-STC",   "GM-UBND", "CT-UBND", "SYT-NVY", "SGDĐT-VP"};

constexpr int kPosts = 5000;
constexpr int kAgencies = 200;  // The first one has half of all documents.

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {
    double sum = 0;
    for (std::size_t i = 0; i < kWords.size(); ++i)
      weights_.push_back(sum += 1.0 / (4.0 + double(i)));
  }

  int below(int most) { return std::uniform_int_distribution<int>(0, most - 1)(random_); }
  template <class List>
  std::string oneOf(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }
  std::string word() {
    const double at = std::uniform_real_distribution<double>(0, weights_.back())(random_);
    return kWords[static_cast<std::size_t>(std::lower_bound(weights_.begin(), weights_.end(), at) -
                                           weights_.begin())];
  }
  std::string person() { return oneOf(kNames) + " " + oneOf(kGiven); }
  std::string text(int words) {
    std::string out;
    for (int i = 0; i < words; ++i) {
      out += (out.empty() ? "" : " ") + (below(40) == 0   ? oneOf(kPlaces)
                                         : below(50) == 0 ? person()
                                         : below(30) == 0 ? std::to_string(below(3000))
                                                          : word());
      if (below(14) == 0) out += ".";
    }
    return out;
  }

  Content document(std::int64_t id, std::int64_t all) {
    const int kind = below(static_cast<int>(kTypes.size()));
    const auto day =
        base::addDays({std::chrono::year(2016), std::chrono::January, std::chrono::day(1)},
                      static_cast<int>(3980 * id / all));
    Content content{.document = DocumentId(id),
                    .agency = AgencyId(below(2) == 0 ? 1 : 1 + below(kAgencies)),
                    .direction = 1 + below(3) / 2,
                    .state = below(10) < 8 ? 5 : 1 + below(4),
                    .urgency = below(12) == 0 ? 1 + below(3) : 0,
                    .day = day};
    content.number = std::to_string(1 + below(9000));
    content.symbol = content.number + "/" + kNotations[static_cast<std::size_t>(kind)];
    content.arrivalNumber = std::to_string(1 + below(20000));
    content.typeName = kTypes[static_cast<std::size_t>(kind)];
    content.subject = "V/v " + text(7 + below(6));
    content.issuer = "Ủy ban nhân dân " + oneOf(kPlaces) +
                     (below(3) == 0 ? " phòng " + std::to_string(below(20)) : "");
    content.signer = person();
    content.instructions = {"Giao " + person() + " " + text(4)};
    content.notes = {text(3)};
    content.files = {{content.number + ".pdf", text(60 + below(120))}};
    for (int i = 0; i < 7; ++i) content.readers.emplace_back(1 + below(kPosts));
    return content;
  }

 private:
  std::mt19937 random_;
  std::vector<double> weights_;
};

// What this thread reckoned: the same on a machine that others use too.
double cpuSeconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}
double seconds(Clock::time_point since) {
  return std::chrono::duration<double>(Clock::now() - since).count();
}

long residentMegabytes() {
  std::ifstream in("/proc/self/statm");
  long all = 0, resident = 0;
  in >> all >> resident;
  return resident * 4 / 1024;
}

std::uint64_t megabytesOf(const std::filesystem::path& directory) {
  std::uint64_t bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(directory)) bytes += file.file_size();
  return bytes >> 20;
}

void build(const std::filesystem::path& directory, std::int64_t all) {
  const auto begin = Clock::now();
  Generator generate(1);
  auto index = Index::create(directory, 1);
  // Newest first, as a rebuild does it. The greatest ids become the first ones of the index, so
  // that copies can be put behind each other.
  constexpr std::int64_t kGreatest = 0xFFFF'FFFE;
  for (std::int64_t done = 0; done < all; ++done) {
    auto document = generate.document(all - done, all);
    document.document = DocumentId(kGreatest - done);
    index.put(document);
    if (done % 5000 == 4999) index.commit();
    if (done % 100'000 == 99'999) {
      std::printf("%lld documents, %.0f s, %ld MB resident\n", static_cast<long long>(done + 1),
                  seconds(begin), residentMegabytes());
      std::fflush(stdout);
    }
  }
  index.commit();
  std::printf("built %lld documents in %.0f s; index %llu MB; resident %ld MB\n",
              static_cast<long long>(all), seconds(begin),
              static_cast<unsigned long long>(megabytesOf(directory)), residentMegabytes());
}

void multiply(const std::filesystem::path& one, const std::filesystem::path& directory,
              int copies) {
  const auto begin = Clock::now();
  Xapian::Database all;
  for (int i = 0; i < copies; ++i) all.add_database(Xapian::Database(one.string()));
  all.compact(directory.string());
  std::printf("merged %d copies in %.0f s; index %llu MB\n", copies, seconds(begin),
              static_cast<unsigned long long>(megabytesOf(directory)));
}

struct Kind {
  const char* name;
  std::string (*words)(Generator&);
  Order order = Order::Best;
  bool typing = false;
};

const std::vector<Kind> kKinds{
    {"one word", [](Generator& g) { return g.word(); }},
    {"three words", [](Generator& g) { return g.word() + " " + g.word() + " " + g.word(); }},
    {"words and a name", [](Generator& g) { return g.word() + " " + g.person(); }},
    {"phrase", [](Generator& g) { return "\"" + g.word() + " " + g.word() + "\""; }},
    {"symbol",
     [](Generator& g) { return std::to_string(1 + g.below(9000)) + "/" + g.oneOf(kNotations); }},
    {"filters",
     [](Generator& g) {
       return g.word() + " loai:\"" + g.oneOf(kTypes) +
              "\" nam:" + std::to_string(2016 + g.below(11));
     }},
    {"days",
     [](Generator& g) {
       return g.word() + " tu:01/0" + std::to_string(1 + g.below(9)) + "/2024 den:31/12/2024";
     }},
    {"newest", [](Generator& g) { return g.word() + " " + g.word(); }, Order::Newest},
    {"rare and old",
     [](Generator& g) {
       return g.word() + " " + g.word() + " " + g.oneOf(kPlaces) + " " +
              std::to_string(g.below(3000));
     }},
    {"while typing",
     [](Generator& g) {
       const auto w = g.word();
       return g.word() + " " + w.substr(0, 3);
     },
     Order::Best, true},
};

struct Person {
  const char* name;
  Reader reader;
};

// Milliseconds of each query.
struct Times {
  std::vector<double> reckoned, waited;  ///< Of the processor, and by the clock on the wall.

  void add(const Times& other) {
    reckoned.insert(reckoned.end(), other.reckoned.begin(), other.reckoned.end());
    waited.insert(waited.end(), other.waited.begin(), other.waited.end());
  }
};

double at(std::vector<double>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * double(sorted.size() - 1))];
}

void printLine(const std::string& name, Times& times) {
  auto& [reckoned, waited] = times;
  std::sort(reckoned.begin(), reckoned.end());
  std::sort(waited.begin(), waited.end());
  std::printf("%-40s %7zu %8.2f %8.2f %8.2f %8.2f | %8.2f %8.2f %8.2f\n", name.c_str(),
              reckoned.size(), at(reckoned, 0.5), at(reckoned, 0.95), at(reckoned, 0.99),
              reckoned.back(), at(waited, 0.5), at(waited, 0.95), waited.back());
}

void measure(const std::filesystem::path& directory, int rounds) {
  Searcher searcher;
  searcher.use(directory);
  const std::vector<Person> people{{"reads the agency", {PostId(7), {AgencyId(1)}}},
                                   {"an official", {PostId(11), {}}},
                                   {"a small agency", {PostId(12), {AgencyId(90), AgencyId(91)}}}};
  Generator generate(2);
  Times all;
  std::printf("%-40s %7s %8s %8s %8s %8s | %8s %8s %8s\n", "milliseconds of CPU | of the wall",
              "count", "p50", "p95", "p99", "worst", "p50", "p95", "worst");
  for (const auto& person : people) {
    for (const auto& kind : kKinds) {
      Times times;
      for (int i = 0; i < rounds; ++i) {
        const auto words = kind.words(generate);
        auto conditions = parseQuery(words, {});
        if (!conditions) continue;
        SearchRequest request{
            .conditions = kind.typing ? whileTyping(*conditions, words) : *conditions,
            .reader = person.reader,
            .order = kind.order,
            .size = kind.typing ? std::size_t{6} : std::size_t{20},
            .counting = kind.typing ? Counting::Nothing : Counting::Facets};
        const auto begin = Clock::now();
        const double before = cpuSeconds();
        const auto answer = searcher.search(request);
        times.reckoned.push_back((cpuSeconds() - before) * 1000);
        times.waited.push_back(seconds(begin) * 1000);
        if (times.reckoned.back() > 100) {
          std::printf("slow: %.1f ms, %s\n", times.reckoned.back(), words.c_str());
        }
      }
      all.add(times);
      printLine(std::string(person.name) + ", " + kind.name, times);
    }
  }
  printLine("all", all);
  std::printf("resident %ld MB\n", residentMegabytes());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "search_speed DIRECTORY [DOCUMENTS] [ROUNDS]\n");
    return 2;
  }
  const std::filesystem::path directory(argv[1]);
  const auto documents = argc > 2 ? std::stoll(argv[2]) : 1'000'000;
  const int copies = argc > 4 ? std::stoi(argv[4]) : 1;
  if (!std::filesystem::exists(directory)) {
    const auto one = copies > 1 ? std::filesystem::path(directory.string() + ".one") : directory;
    build(one, documents / copies);
    if (copies > 1) multiply(one, directory, copies);
  }
  measure(directory, argc > 3 ? std::stoi(argv[3]) : 100);
}
