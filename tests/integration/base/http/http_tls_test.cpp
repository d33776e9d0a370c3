// TLS at both ends, with certificates made by the openssl program.
#include <cstdlib>
#include <fstream>

#include "tests/integration/base/http/http_fixture.h"
#include "tests/support/run_command.h"

namespace {

using namespace base::http;
using namespace std::chrono_literals;
using tests::runCommand;

class HttpTls : public tests::HttpTest {
 protected:
  void SetUp() override {
    certificate("ca", "/CN=Test root", "-addext basicConstraints=critical,CA:TRUE");
    certificate("site", "/CN=localhost",
                "-CA " + file("ca.pem") + " -CAkey " + file("ca.key") +
                    " -addext subjectAltName=DNS:localhost,IP:127.0.0.1");
    options_.tlsCertificate = file("site.pem");
    options_.tlsKey = file("site.key");
    route(Method::Get, "/",
          [](Request& r) { return Response::text(r.secure ? "secure" : "plain"); });
    route(
        Method::Post, "/length",
        [](Request& r) { return Response::text(std::to_string(r.bodyText().size())); }, 8 << 20);
    route(Method::Get, "/large", [this](Request&) {
      Response response;
      response.body = FileBody{folder_.path() / "large", ""};
      return response;
    });
    std::ofstream(folder_.path() / "large") << std::string(3'000'000, 'x');
  }

  [[nodiscard]] std::string file(const std::string& name) const {
    return (folder_.path() / name).string();
  }
  void certificate(const std::string& name, const std::string& subject, const std::string& more) {
    const auto made = runCommand(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 "
        "-nodes -days 30 -subj '" +
        subject + "' -keyout " + file(name + ".key") + " -out " + file(name + ".pem") + " " + more);
    ASSERT_EQ(made.status, 0) << made.output;
  }
  [[nodiscard]] ClientOptions secureClient(const std::string& host = "localhost") const {
    ClientOptions options;
    options.baseUrl = "https://" + host + ":" + std::to_string(port());
    options.caFile = file("ca.pem");
    return options;
  }
};

TEST_F(HttpTls, ServesOurClient) {
  start();
  Client client(secureClient());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.send({.path = "/"}).body, "secure");
  EXPECT_EQ(
      client.send({.method = "POST", .path = "/length", .body = std::string(5'000'000, 'a')}).body,
      "5000000");
  std::size_t received = 0;
  client.send({.path = "/large"}, [&](std::string_view bytes) { received += bytes.size(); });
  EXPECT_EQ(received, 3'000'000U);
  EXPECT_EQ(Client(secureClient("127.0.0.1")).send({.path = "/"}).status, 200);
}

TEST_F(HttpTls, OurClientTrustsNobodyElse) {
  start();
  ClientOptions system = secureClient();
  system.caFile.clear();
  EXPECT_THROW(Client(system).send({.path = "/"}), TransportError);
  certificate("site", "/CN=other.example",
              "-CA " + file("ca.pem") + " -CAkey " + file("ca.key") +
                  " -addext subjectAltName=DNS:other.example");
  stop();
  start();
  try {
    Client(secureClient()).send({.path = "/"});
    FAIL() << "a certificate for another name was taken";
  } catch (const TransportError& error) {
    EXPECT_NE(std::string(error.what()).find("mismatch"), std::string::npos) << error.what();
  }
}

TEST_F(HttpTls, ServesCurl) {
  start();
  const std::string curl = "curl -s --cacert " + file("ca.pem") + " ";
  const std::string url = "https://localhost:" + std::to_string(port());
  EXPECT_EQ(runCommand(curl + url + "/").output, "secure");
  EXPECT_EQ(runCommand(curl + "--tls-max 1.2 " + url + "/").output, "secure");
  EXPECT_NE(runCommand(curl + "--tls-max 1.1 " + url + "/").status, 0);
  EXPECT_EQ(runCommand(curl + url + "/large | wc -c").output, "3000000\n");
}

TEST_F(HttpTls, PlainBytesAndUnfinishedHandshakesHurtNobody) {
  options_.threads = 2;
  options_.timeout = 1s;
  start();
  std::vector<std::unique_ptr<tests::RawConnection>> silent;
  for (int i = 0; i < 10; ++i) silent.push_back(std::make_unique<tests::RawConnection>(port()));
  silent.front()->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(silent.front()->isClosed());
  EXPECT_EQ(Client(secureClient()).send({.path = "/"}).body, "secure");
  EXPECT_TRUE(silent.back()->isClosed());
}

TEST_F(HttpTls, CertificatesThatCannotBeUsedAreTold) {
  options_.tlsKey = file("ca.key");  // Of another certificate.
  EXPECT_THROW(start(), std::runtime_error);
  options_.tlsCertificate = file("none.pem");
  try {
    start();
    FAIL() << "started";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("none.pem"), std::string::npos) << error.what();
  }
  ClientOptions options;
  options.baseUrl = "https://localhost:1";
  options.caFile = file("none.pem");
  EXPECT_THROW(const Client client(options), std::runtime_error);
}

}  // namespace
