// TLS settings for one host, over Poco and OpenSSL: the trusted authorities, the expected name in the
// certificate, and the reason why a certificate was refused. One Context per transport, because the expected
// name lives in it and because making one costs 17 ms.
#pragma once

#include <roots/kit/http.h>

#include <Poco/Net/Context.h>

#include <string>
#include <string_view>

namespace roots::kit {

// host: a name or an IP address without brackets. ca_file: authorities to trust in addition to the system's,
// "" for none; any of them may be the trust anchor of a chain, one that is signed by another authority
// included. Throws Poco::Exception if ca_file cannot be read or holds no certificate.
[[nodiscard]] Poco::Net::Context::Ptr makeTlsContext(const std::string &host, const std::string &ca_file);

// Status::invalid_setting, setting "ca_file": a folder, not readable, or without a certificate in PEM form.
[[nodiscard]] Result<void> requireAuthorityFile(const std::string &ca_file);
// The error for a file with this defect ("is a folder").
[[nodiscard]] Error uselessAuthorityFile(std::string_view what);

// Call before a handshake on this thread, then ask after it failed: the reason, or "" if the certificate
// was not the problem.
void forgetCertificateProblem();
[[nodiscard]] std::string certificateProblem();

[[nodiscard]] bool isIpAddress(const std::string &host);

}  // namespace roots::kit
