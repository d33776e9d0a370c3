// Clients that are not ours: curl and Python's http.client.
#include <fstream>

#include "base/crypto/digest.h"
#include "tests/integration/base/http/http_fixture.h"
#include "tests/support/run_command.h"

namespace {

using namespace base::http;
using tests::runCommand;

class HttpForeign : public tests::HttpTest {
 protected:
  void SetUp() override {
    route(
        Method::Post, "/form",
        [this](Request& r) {
          const Form form = r.form(&blobs_);
          std::string text = form.value("abstract");
          for (const auto& file : form.files) text += "|" + file.name + "|" + file.blob.sha256;
          return Response::text(text);
        },
        64 << 20);
    route(
        Method::Put, "/raw",
        [this](Request& r) { return Response::text(blobs_.put(r.body()).sha256); }, 64 << 20);
    route(Method::Get, "/rows", [](Request&) {
      Response response = Response::text("");
      response.body = [](std::ostream& out) {
        for (int i = 0; i < 50'000; ++i) out << i << "\n";
      };
      return response;
    });
    bytes_ = base::randomBytes(3 << 20);
    file_ = (folder_.path() / "tờ trình.pdf").string();
    std::ofstream(file_, std::ios::binary) << bytes_;
    route(Method::Get, "/file", [this](Request&) {
      Response response;
      response.body = FileBody{file_, "tag"};
      return response;
    });
    start();
    url_ = "http://127.0.0.1:" + std::to_string(port());
  }

  std::string bytes_;
  std::string file_;
  std::string url_;
};

TEST_F(HttpForeign, CurlUploadsAForm) {
  EXPECT_EQ(runCommand("curl -s -F 'abstract=Về việc kiểm tra' -F 'scan=@" + file_ + "' " + url_ +
                       "/form")
                .output,
            "Về việc kiểm tra|tờ trình.pdf|" + base::sha256Hex(bytes_));
  EXPECT_EQ(
      runCommand("curl -s --data-urlencode 'abstract=Về việc & khác' " + url_ + "/form").output,
      "Về việc & khác");
}

TEST_F(HttpForeign, CurlSendsChunksAndExpectsContinue) {
  const std::string put = "curl -s -X PUT -T '" + file_ + "' " + url_ + "/raw";
  EXPECT_EQ(runCommand(put + " -H 'Expect: 100-continue'").output, base::sha256Hex(bytes_));
  EXPECT_EQ(runCommand(put + " -H 'Transfer-Encoding: chunked'").output, base::sha256Hex(bytes_));
}

TEST_F(HttpForeign, CurlResumesADownload) {
  const std::string half = (folder_.path() / "half").string();
  std::ofstream(half, std::ios::binary) << bytes_.substr(0, 1'000'000);
  EXPECT_EQ(runCommand("curl -s -C - -o " + half + " " + url_ + "/file").status, 0);
  EXPECT_EQ(runCommand("sha256sum < " + half).output.substr(0, 64), base::sha256Hex(bytes_));
}

TEST_F(HttpForeign, CurlUnpacksAStreamAndKeepsTheConnection) {
  const auto result = runCommand("curl -s --compressed " + url_ + "/rows " + url_ +
                                 "/rows -w '%{num_connects}' | "
                                 "tail -c 7");
  EXPECT_EQ(result.output, "49999\n0");
}

TEST_F(HttpForeign, PythonTalksToIt) {
  const auto result = runCommand(
      "python3 - <<'END'\n"
      "import http.client\n"
      "c = http.client.HTTPConnection('127.0.0.1', " +
      std::to_string(port()) +
      ")\n"
      "for _ in range(3):\n"
      "    c.request('GET', '/rows', headers={'Accept-Encoding': 'identity'})\n"
      "    r = c.getresponse(); body = r.read()\n"
      "    assert r.status == 200 and len(body) == 288890, (r.status, len(body))\n"
      "c.request('PUT', '/raw', body=(b'x' * 1000 for _ in range(50)), encode_chunked=True,\n"
      "          headers={'Transfer-Encoding': 'chunked'})\n"
      "r = c.getresponse(); assert r.status == 200, r.read(); r.read()\n"
      "c.request('GET', '/file', headers={'Range': 'bytes=5-9'})\n"
      "r = c.getresponse(); assert r.status == 206 and len(r.read()) == 5\n"
      "c.request('GET', '/file', headers={'If-None-Match': '\"tag\"'})\n"
      "r = c.getresponse(); assert r.status == 304 and r.read() == b''\n"
      "c.request('HEAD', '/file')\n"
      "r = c.getresponse(); assert r.status == 200 and r.getheader('Content-Length') == '3145728'\n"
      "r.read()\n"
      "c.request('GET', '/none'); r = c.getresponse(); assert r.status == 404; r.read()\n"
      "print('all right')\n"
      "END");
  EXPECT_EQ(result.output, "all right\n");
}

}  // namespace
