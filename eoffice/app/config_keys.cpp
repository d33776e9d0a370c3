#include "eoffice/app/config_keys.h"

namespace eoffice::app {
namespace {

using base::ConfigKey;
using base::KeyType;

constexpr std::int64_t kMiB = 1024 * 1024;
constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kDay = 24 * kHour;

// texts: data begin
std::vector<ConfigKey> serverKeys() {
  return {
      {.name = "server.address",
       .fallback = "127.0.0.1",
       .english = "The address to listen on; 0.0.0.0 for all.",
       .vietnamese = "Địa chỉ lắng nghe; 0.0.0.0 là mọi địa chỉ."},
      {.name = "server.port",
       .type = KeyType::Integer,
       .fallback = "8080",
       .least = 0,
       .most = 65535,
       .english = "The TCP port to listen on; 0 takes any free one.",
       .vietnamese = "Cổng TCP để lắng nghe; 0 là cổng trống bất kỳ."},
      {.name = "server.public_url",
       .fallback = "",
       .english = "How people reach this office, for links in mails: https://eoffice.example.vn.",
       .vietnamese =
           "Địa chỉ mà người dùng mở, để đặt đường dẫn trong thư: https://eoffice.example.vn."},
      {.name = "server.threads",
       .type = KeyType::Integer,
       .fallback = "16",
       .unit = "threads",
       .least = 1,
       .most = 512,
       .english = "Requests at work at the same time.",
       .vietnamese = "Số yêu cầu được xử lý cùng lúc."},
      {.name = "server.connections",
       .type = KeyType::Integer,
       .fallback = "1024",
       .unit = "connections",
       .least = 8,
       .most = 65536,
       .english = "Connections open at the same time, idle ones included.",
       .vietnamese = "Số kết nối mở cùng lúc, kể cả kết nối rỗi."},
      {.name = "server.header_limit",
       .type = KeyType::Bytes,
       .fallback = "16KB",
       .least = 1024,
       .most = kMiB,
       .english = "The most that the head of a request may hold.",
       .vietnamese = "Kích thước lớn nhất của phần đầu một yêu cầu."},
      {.name = "server.upload_limit",
       .type = KeyType::Bytes,
       .fallback = "256MB",
       .least = kMiB,
       .most = 4096 * kMiB,
       .english = "The most that one uploaded file may hold.",
       .vietnamese = "Kích thước lớn nhất của một tệp tải lên."},
      {.name = "server.timeout",
       .type = KeyType::Duration,
       .fallback = "30s",
       .least = 1000,
       .most = kHour,
       .english = "How long a slow client may keep a request waiting.",
       .vietnamese = "Thời gian chờ một máy khách chậm."},
      {.name = "server.tls.certificate",
       .type = KeyType::Path,
       .english = "PEM file with the server's certificate and its chain; the service then speaks "
                  "HTTPS itself.",
       .vietnamese =
           "Tệp PEM chứa chứng thư của máy chủ và chuỗi cấp; khi đó dịch vụ tự nói HTTPS."},
      {.name = "server.tls.key",
       .type = KeyType::Path,
       .english = "PEM file with the certificate's private key, not encrypted.",
       .vietnamese = "Tệp PEM chứa khóa riêng của chứng thư, không mã hóa."},
      {.name = "server.behind_tls_proxy",
       .type = KeyType::Flag,
       .fallback = "false",
       .english = "True when a proxy in front speaks HTTPS: cookies are then for HTTPS only.",
       .vietnamese = "Đặt true khi có proxy HTTPS phía trước: cookie khi đó chỉ dùng cho HTTPS."},
      {.name = "server.trusted_proxies",
       .type = KeyType::List,
       .english = "Addresses or networks whose X-Forwarded headers are believed.",
       .vietnamese = "Địa chỉ hoặc mạng được tin ở các tiêu đề X-Forwarded."}};
}

std::vector<ConfigKey> dataKeys() {
  return {
      {.name = "data.directory",
       .type = KeyType::Path,
       .fallback = "data",
       .english = "Where files, keys and the embedded database are kept.",
       .vietnamese = "Nơi giữ tệp, khóa và cơ sở dữ liệu đi kèm."},
      {.name = "share.directory",
       .type = KeyType::Path,
       .english =
           "Templates, texts, static files, migrations; without it `share` beside the program.",
       .vietnamese = "Mẫu trang, văn bản giao diện, tệp tĩnh, bản di trú; bỏ trống là `share` cạnh "
                     "chương trình."},
      {.name = "database.url",
       .english =
           "An existing MySQL or MariaDB: tcp://host:3306 or unix:///path.sock; without it the "
           "service runs a private one.",
       .vietnamese =
           "MySQL hoặc MariaDB có sẵn: tcp://máy:3306 hoặc unix:///đường-dẫn.sock; bỏ trống thì "
           "dịch vụ chạy bản riêng."},
      {.name = "database.user",
       .fallback = "eoffice",
       .english = "Its user.",
       .vietnamese = "Người dùng của cơ sở dữ liệu đó."},
      {.name = "database.password",
       .type = KeyType::Secret,
       .english = "That user's password.",
       .vietnamese = "Mật khẩu của người dùng đó."},
      {.name = "database.schema",
       .fallback = "eoffice",
       .english = "The schema to use; it must exist in an existing server.",
       .vietnamese = "Lược đồ để dùng; ở máy chủ có sẵn thì phải tạo trước."},
      {.name = "database.pool_size",
       .type = KeyType::Integer,
       .fallback = "8",
       .unit = "connections",
       .least = 2,
       .most = 256,
       .english = "Connections to the database.",
       .vietnamese = "Số kết nối tới cơ sở dữ liệu."},
      {.name = "database.pool_wait",
       .type = KeyType::Duration,
       .fallback = "5s",
       .least = 10,
       .most = 60'000,
       .english = "How long a request waits for a free connection.",
       .vietnamese = "Thời gian một yêu cầu chờ kết nối rỗi."},
      {.name = "database.buffer_pool",
       .type = KeyType::Bytes,
       .fallback = "64MB",
       .least = 16 * kMiB,
       .most = 1024 * 1024 * kMiB,
       .english = "Memory of the private MariaDB for its pages.",
       .vietnamese = "Bộ nhớ trang của MariaDB riêng."},
      {.name = "blobs.keep_free",
       .type = KeyType::Bytes,
       .fallback = "64MB",
       .least = 0,
       .most = 1024 * 1024 * kMiB,
       .english = "Below this much free space no file is accepted.",
       .vietnamese = "Khi đĩa còn trống ít hơn mức này thì không nhận thêm tệp."}};
}

std::vector<ConfigKey> officeKeys() {
  return {{.name = "office.name",
           .fallback = "E-Office",
           .least = 1,
           .most = 80,
           .english = "Whose office this is, in short, as pages show it.",
           .vietnamese = "Tên ngắn của cơ quan, hiện trên các trang."},
          {.name = "office.place",
           .fallback = "Khánh Hòa",
           .least = 1,
           .most = 50,
           .english = "The place that stands before the date of an issued document.",
           .vietnamese = "Địa danh đứng trước ngày ban hành văn bản."},
          {.name = "session.idle",
           .type = KeyType::Duration,
           .fallback = "2h",
           .least = 60'000,
           .most = 30 * kDay,
           .english = "A session without a request for this long is over.",
           .vietnamese = "Phiên không có yêu cầu nào trong khoảng này thì hết."},
          {.name = "session.absolute",
           .type = KeyType::Duration,
           .fallback = "12h",
           .least = 60'000,
           .most = 30 * kDay,
           .english = "A session is over after this long in any case.",
           .vietnamese = "Sau khoảng này phiên hết trong mọi trường hợp."},
          {.name = "signing.keys",
           .type = KeyType::Path,
           .english = "Folder of PKCS#12 keys: person-<id>.p12 and <agency code>.p12; without it "
                      "`keys` in the "
                      "data directory.",
           .vietnamese = "Thư mục khóa PKCS#12: person-<id>.p12 và <mã cơ quan>.p12; bỏ trống là "
                         "`keys` trong thư "
                         "mục dữ liệu."},
          {.name = "signing.images",
           .type = KeyType::Path,
           .english = "Folder of signature and seal pictures (PNG) named as the keys; without it "
                      "`images` in the "
                      "data directory.",
           .vietnamese = "Thư mục ảnh chữ ký và dấu (PNG), tên như khóa; bỏ trống là `images` "
                         "trong thư mục dữ liệu."},
          {.name = "signing.trust",
           .type = KeyType::List,
           .english = "PEM files of the authorities whose signatures count.",
           .vietnamese = "Các tệp PEM của tổ chức chứng thực được tin."},
          {.name = "reminder.calendars",
           .type = KeyType::Path,
           .english = "Folder of working calendars; without it the one in share.",
           .vietnamese = "Thư mục lịch làm việc; bỏ trống là lịch trong share."},
          {.name = "reminder.ladders",
           .type = KeyType::Path,
           .english = "File of reminder ladders; without it the one in share.",
           .vietnamese = "Tệp bậc nhắc việc; bỏ trống là tệp trong share."}};
}

std::vector<ConfigKey> axisKeys() {
  return {
      {.name = "axis.url",
       .english = "The axis that documents go through; without it nothing is exchanged.",
       .vietnamese = "Trục liên thông để gửi nhận văn bản; bỏ trống thì không gửi nhận."},
      {.name = "axis.system_id",
       .english = "The system id that the axis gave this office.",
       .vietnamese = "Mã hệ thống do trục cấp."},
      {.name = "axis.secret",
       .type = KeyType::Secret,
       .english = "The secret that belongs to it.",
       .vietnamese = "Khóa bí mật đi với mã đó."},
      {.name = "axis.ca_file",
       .type = KeyType::Path,
       .english = "PEM file of the authority of the axis's HTTPS certificate.",
       .vietnamese = "Tệp PEM của tổ chức cấp chứng thư HTTPS của trục."},
      {.name = "axis.poll",
       .type = KeyType::Duration,
       .fallback = "10s",
       .least = 50,
       .most = kHour,
       .english = "How often the axis is asked for what arrived.",
       .vietnamese = "Chu kỳ hỏi trục xem có gì mới."},
      {.name = "axis.hash_style",
       .type = KeyType::Choice,
       .fallback = "unpadded",
       .choices = {"unpadded", "padded"},
       .english = "How hash-file is spelled: unpadded as the axis's own client does, or padded.",
       .vietnamese = "Cách viết hash-file: unpadded như bộ SDK của trục, hoặc padded."},
      {.name = "axis.key_password",
       .type = KeyType::Secret,
       .english = "Opens the agency's key for signing envelopes.",
       .vietnamese = "Mật khẩu mở khóa cơ quan để ký gói tin."},
      {.name = "axis.give_up_after",
       .type = KeyType::Duration,
       .fallback = "5d",
       .least = 60'000,
       .most = 60 * kDay,
       .english = "How long a document that the axis does not take is tried.",
       .vietnamese = "Thời gian thử gửi lại một văn bản mà trục chưa nhận."}};
}

std::vector<ConfigKey> mailKeys() {
  return {{.name = "mail.host",
           .english = "The SMTP server for reminders; without it they stay in the bell.",
           .vietnamese = "Máy chủ SMTP để gửi thư nhắc; bỏ trống thì chỉ nhắc ở chuông."},
          {.name = "mail.port",
           .type = KeyType::Integer,
           .fallback = "25",
           .least = 1,
           .most = 65535,
           .english = "Its port.",
           .vietnamese = "Cổng của máy chủ đó."},
          {.name = "mail.security",
           .type = KeyType::Choice,
           .fallback = "starttls",
           .choices = {"plain", "starttls", "tls"},
           .english = "How the connection is protected; plain on loopback only.",
           .vietnamese = "Cách bảo vệ kết nối; plain chỉ dùng trong cùng một máy."},
          {.name = "mail.ca_file",
           .type = KeyType::Path,
           .english = "PEM file of the authority of its certificate.",
           .vietnamese = "Tệp PEM của tổ chức cấp chứng thư của máy chủ thư."},
          {.name = "mail.user",
           .english = "Its user, if it wants one.",
           .vietnamese = "Tài khoản, nếu máy chủ cần."},
          {.name = "mail.password",
           .type = KeyType::Secret,
           .english = "That user's password.",
           .vietnamese = "Mật khẩu của tài khoản đó."},
          {.name = "mail.from",
           .fallback = "nhac-viec@localhost",
           .english = "The sender's address.",
           .vietnamese = "Địa chỉ người gửi."},
          {.name = "mail.from_name",
           .fallback = "E-Office",
           .english = "The sender's name.",
           .vietnamese = "Tên người gửi."}};
}

std::vector<ConfigKey> runKeys() {
  return {{.name = "log.level",
           .type = KeyType::Choice,
           .fallback = "info",
           .choices = {"debug", "info", "warning", "error"},
           .english = "The least important lines that are written.",
           .vietnamese = "Mức thấp nhất của dòng nhật ký được ghi."},
          {.name = "log.format",
           .type = KeyType::Choice,
           .fallback = "plain",
           .choices = {"plain", "json"},
           .english = "How lines are written.",
           .vietnamese = "Cách viết dòng nhật ký."},
          {.name = "hub.message_limit",
           .type = KeyType::Bytes,
           .fallback = "512MB",
           .least = kMiB,
           .most = 4096 * kMiB,
           .english = "The largest message that the hub takes.",
           .vietnamese = "Gói tin lớn nhất mà trục nhận."},
          {.name = "clock.offset_file",
           .type = KeyType::Path,
           .english = "For rehearsals: a file with seconds that the clock is moved by. Leave it "
                      "out in an office.",
           .vietnamese = "Để diễn tập: tệp chứa số giây dịch đồng hồ. Cơ quan thật thì bỏ trống."},
          {.name = "demo.accounts",
           .type = KeyType::Path,
           .english = "For demonstrations: a JSON file of accounts that the sign-in page names.",
           .vietnamese = "Để trình diễn: tệp JSON các tài khoản hiện ở trang đăng nhập."}};
}

// texts: data end

}  // namespace

const std::vector<ConfigKey>& configKeys() {
  static const auto kKeys = [] {
    std::vector<ConfigKey> keys;
    for (auto part : {serverKeys(), dataKeys(), officeKeys(), axisKeys(), mailKeys(), runKeys()}) {
      keys.insert(keys.end(), part.begin(), part.end());
    }
    return keys;
  }();
  return kKeys;
}

}  // namespace eoffice::app
