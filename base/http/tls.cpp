#include "base/http/tls_internal.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <array>
#include <stdexcept>

namespace base::http {

namespace {

[[noreturn]] void failTls(const std::string& doing) {
  throw std::runtime_error(doing + ": " + tlsError());
}

TlsContext newContext(const SSL_METHOD* method) {
  TlsContext context(SSL_CTX_new(method));
  if (!context) failTls("TLS");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                         SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                      SSL_MODE_RELEASE_BUFFERS);
  return context;
}

bool isAddress(const std::string& host) {
  std::array<unsigned char, 16> bytes{};
  return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

TlsSession newSession(SSL_CTX* context, int socket) {
  TlsSession session(SSL_new(context));
  if (!session || SSL_set_fd(session.get(), socket) != 1) failTls("TLS");
  return session;
}

}  // namespace

std::string tlsError() {
  std::string text = "unknown error";
  std::array<char, 256> line{};
  while (const unsigned long code = ERR_get_error()) {
    ERR_error_string_n(code, line.data(), line.size());
    text = line.data();
  }
  return text;
}

TlsContext serverTls(const std::filesystem::path& certificate, const std::filesystem::path& key) {
  TlsContext context = newContext(TLS_server_method());
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1) {
    failTls("the certificate " + certificate.string() + " cannot be used");
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1) {
    failTls("the key " + key.string() + " cannot be used");
  }
  static constexpr unsigned char kSessions[] = "http";
  SSL_CTX_set_session_id_context(context.get(), kSessions, sizeof(kSessions) - 1);
  return context;
}

TlsContext clientTls(const std::filesystem::path& caFile) {
  TlsContext context = newContext(TLS_client_method());
  const int done = caFile.empty()
                       ? SSL_CTX_set_default_verify_paths(context.get())
                       : SSL_CTX_load_verify_locations(context.get(), caFile.c_str(), nullptr);
  if (done != 1) failTls("the certificates of " + caFile.string() + " cannot be used");
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  return context;
}

TlsSession acceptTls(SSL_CTX* context, int socket) {
  TlsSession session = newSession(context, socket);
  SSL_set_accept_state(session.get());
  return session;
}

TlsSession connectTls(SSL_CTX* context, int socket, const std::string& hostName) {
  TlsSession session = newSession(context, socket);
  if (isAddress(hostName)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session.get()), hostName.c_str());
  } else {
    SSL_set_tlsext_host_name(session.get(), hostName.c_str());
    SSL_set1_host(session.get(), hostName.c_str());
  }
  SSL_set_connect_state(session.get());
  return session;
}

}  // namespace base::http
