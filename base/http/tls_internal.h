// TLS settings for the server and the client: TLS 1.2 and later, OpenSSL's default suites.
// Internal to base/http.
#pragma once

#include <openssl/ssl.h>

#include <filesystem>
#include <string>

#include "base/cptr.h"

namespace base::http {

using TlsContext = CPtr<SSL_CTX, SSL_CTX_free>;
using TlsSession = CPtr<SSL, SSL_free>;

/// Throws std::runtime_error with the file's name when certificate or key cannot be used.
[[nodiscard]] TlsContext serverTls(const std::filesystem::path& certificate,
                                   const std::filesystem::path& key);
/// Verifies the server's certificate against `caFile`, or the system's store when it is empty.
[[nodiscard]] TlsContext clientTls(const std::filesystem::path& caFile);
/// A session on a connected socket; `hostName` (client only) is checked against the certificate.
[[nodiscard]] TlsSession acceptTls(SSL_CTX* context, int socket);
[[nodiscard]] TlsSession connectTls(SSL_CTX* context, int socket, const std::string& hostName);
/// What OpenSSL last complained about; empties its queue.
[[nodiscard]] std::string tlsError();

}  // namespace base::http
