// Bodies on their way in: limits, chunks, forms, uploads.
#include <unistd.h>

#include <fstream>
#include <thread>

#include "base/crypto/digest.h"
#include "tests/integration/base/http/http_fixture.h"

namespace {

using namespace base::http;
using tests::ask;
using tests::RawAnswer;
using tests::RawConnection;

class HttpBody : public tests::HttpTest {
 protected:
  void echo(std::uint64_t limit = 1 << 20) {
    route(
        Method::Post, "/echo", [](Request& r) { return Response::text(r.bodyText()); }, limit);
    route(
        Method::Post, "/ignore", [](Request&) { return Response::text("ignored"); }, 1 << 20);
  }
  void form() {
    route(Method::Post, "/form", [this](Request& r) {
      const Form form = r.form(&blobs_);
      std::string text;
      for (const auto& [key, value] : form.fields) text += key + "=" + value + ";";
      for (const auto& file : form.files) {
        text += file.field + ":" + file.name + ":" + file.mediaType + ":" +
                blobs_.read(file.blob.sha256) + ";";
      }
      return Response::text(text);
    });
  }
  static std::string post(const std::string& path, const std::string& headers,
                          const std::string& body) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  RawAnswer postForm(const std::string& type, const std::string& body) {
    return ask(port(), post("/form", "Content-Type: " + type + "\r\n", body));
  }
};

TEST_F(HttpBody, ReadsByLengthAndByChunks) {
  echo();
  start();
  RawConnection connection(port());
  connection.send(post("/echo", "", "by length"));
  EXPECT_EQ(connection.receive().body, "by length");
  connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n");
  connection.send("3\r\nby \r\n6;a=\"b\"\r\nchunks\r\n");
  connection.send("0\r\nX-Trailer: is passed over\r\n\r\n");
  EXPECT_EQ(connection.receive().body, "by chunks");
  connection.send("POST /echo HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(connection.receive().body, "");
}

TEST_F(HttpBody, RefusesALongBodyBeforeItIsSent) {
  echo(1000);
  start();
  RawConnection connection(port());
  connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n");
  const RawAnswer answer = connection.receive();
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_EQ(ask(port(), post("/echo", "", std::string(1000, 'a'))).body.size(), 1000U);
}

TEST_F(HttpBody, RefusesALongBodyThatComesInChunks) {
  echo(1000);
  start();
  RawConnection connection(port());
  connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 11; ++i) connection.send("64\r\n" + std::string(100, 'a') + "\r\n");
  EXPECT_EQ(connection.receive().status, 413);
}

TEST_F(HttpBody, AClientThatGoesOnSendingStillReadsTheRefusal) {
  echo(1000);
  start();
  RawConnection connection(port());
  connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n");
  EXPECT_TRUE(connection.send(std::string(30'000'000, 'a')));
  EXPECT_EQ(connection.receive().status, 413);
}

TEST_F(HttpBody, SaysContinueOnlyWhenTheBodyIsWanted) {
  echo(1000);
  start();
  RawConnection wanted(port());
  const std::string expect = "Expect: 100-continue\r\nContent-Length: ";
  wanted.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + expect + "2\r\n\r\n");
  EXPECT_EQ(wanted.receive().status, 100);
  wanted.send("ok");
  EXPECT_EQ(wanted.receive().body, "ok");
  RawConnection unwanted(port());
  unwanted.send("POST /ignore HTTP/1.1\r\nHost: x\r\n" + expect + "2\r\n\r\n");
  const RawAnswer answer = unwanted.receive();
  EXPECT_EQ(answer.body, "ignored");
  EXPECT_EQ(answer.headers.at("connection"), "close");
}

TEST_F(HttpBody, ASmallBodyThatNobodyReadsKeepsTheConnection) {
  echo();
  start();
  RawConnection connection(port());
  connection.send(post("/ignore", "", "some body"));
  EXPECT_EQ(connection.receive().body, "ignored");
  connection.send(post("/none", "", "some body"));
  EXPECT_EQ(connection.receive().status, 404);
  connection.send(post("/echo", "", "still here"));
  EXPECT_EQ(connection.receive().body, "still here");
}

TEST_F(HttpBody, ReadsAnUrlEncodedForm) {
  form();
  start();
  EXPECT_EQ(postForm("application/x-www-form-urlencoded; charset=utf-8",
                     "tr%C3%ADch+y%E1%BA%BFu=v%E1%BB%81+vi%E1%BB%87c&a=1&a=2&empty=&bare")
                .body,
            "a=1;a=2;bare=;empty=;trích yếu=về việc;");
  EXPECT_EQ(postForm("application/x-www-form-urlencoded", "a=%00").status, 400);
  EXPECT_EQ(postForm("application/x-www-form-urlencoded", "a=%ff").status, 400);
  EXPECT_EQ(postForm("application/json", "{}").status, 400);
  EXPECT_EQ(ask(port(), post("/form", "", "a=1")).status, 400);
}

TEST_F(HttpBody, ReadsAMultipartFormWithFiles) {
  form();
  start();
  const std::string body =
      "preamble\r\n--B\r\nContent-Disposition: form-data; name=\"tên\"\r\n\r\nGiá trị\r\n"
      "--B\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"C:\\tmp\\Công văn.pdf\"\r\n"
      "Content-Type: application/pdf\r\n\r\n%PDF\r\n--Anot\r\n\r\n--\r\n--B  \r\n"
      "Content-Disposition: form-data; name=\"none\"; filename=\"\"\r\n"
      "Content-Type: application/octet-stream\r\n\r\n\r\n"
      "--B\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--B--\r\nepilogue";
  EXPECT_EQ(postForm("multipart/form-data; boundary=B", body).body,
            "empty=;tên=Giá trị;scan:Công văn.pdf:application/pdf:%PDF\r\n--Anot\r\n\r\n--;");
  EXPECT_EQ(postForm("multipart/form-data; boundary=\"B\"", body).status, 200);
}

TEST_F(HttpBody, RefusesFormsThatAreNone) {
  form();
  start();
  const std::string part = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
  EXPECT_EQ(postForm("multipart/form-data", part + "x\r\n--B--").status, 400);
  for (const std::string& bad :
       {std::string(), std::string("no boundary at all"), part, part + "x\r\n--B",
        part + "x\r\n--Bx", std::string("--B\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--"),
        std::string("--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--B--"),
        std::string("--B\r\nnonsense\r\n\r\nx\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--B--"),
        part + "\xff\xfe\r\n--B--",
        "--B\r\nX: " + std::string(20'000, 'a') + "\r\n\r\nx\r\n--B--"}) {
    EXPECT_EQ(postForm("multipart/form-data; boundary=B", bad).status, 400) << bad.substr(0, 100);
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path() / "blobs" / "tmp"),
                          std::filesystem::directory_iterator()),
            0);
}

std::size_t residentBytes() {
  std::ifstream in("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  in >> total >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

TEST_F(HttpBody, AnUploadOf200MegabytesStaysOutOfMemory) {
  base::BlobRef kept;
  route(
      Method::Post, "/upload",
      [&](Request& r) {
        kept = r.form(&blobs_).files.at(0).blob;
        return Response::text("ok");
      },
      300ULL << 20);
  start();
  const std::string head =
      "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.pdf\"\r\n\r\n";
  const std::string piece = base::randomBytes(1 << 20);
  constexpr int kPieces = 200;
  RawConnection connection(port());
  const std::size_t size = head.size() + kPieces * piece.size() + 9;
  const std::size_t before = residentBytes();
  std::size_t most = 0;
  base::Sha256 digest;
  connection.send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(size) +
                  "\r\nContent-Type: multipart/form-data; boundary=B\r\n\r\n" + head);
  for (int i = 0; i < kPieces; ++i) {
    connection.send(piece);
    digest.update(piece);
    most = std::max(most, residentBytes());
  }
  connection.send("\r\n--B--\r\n");
  EXPECT_EQ(connection.receive().body, "ok");
  EXPECT_EQ(kept.size, kPieces * piece.size());
  EXPECT_EQ(blobs_.path(kept.sha256).filename(), kept.sha256);
  if (most > before) {
    EXPECT_LT(most - before, 16U << 20);
  }
}

}  // namespace
