// TLS settings for one host, over Poco and OpenSSL: who is trusted, which name must be in the
// certificate, and why a certificate was refused. One Context per transport, because the expected name
// lives in it and because making one costs 17 ms.
#pragma once

#include <roots/kit/http.h>

#include <Poco/Net/Context.h>

#include <string>

namespace roots::kit {

// host: a name or an IP address without brackets. ca_file: "" for the system's authorities.
// Throws Poco::Exception if ca_file cannot be read or holds no certificate.
[[nodiscard]] Poco::Net::Context::Ptr makeTlsContext(const std::string &host, const std::string &ca_file);

// Call before a handshake on this thread, then ask after it failed: the reason, or "" if the certificate
// was not the problem.
void forgetCertificateProblem();
[[nodiscard]] std::string certificateProblem();

[[nodiscard]] bool isIpAddress(const std::string &host);

}  // namespace roots::kit
