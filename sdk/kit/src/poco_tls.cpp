#include "poco_tls.h"

#include <Poco/Crypto/OpenSSLInitializer.h>
#include <Poco/Net/IPAddress.h>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace roots::kit {
namespace {

// The verification of the handshake that runs on this thread. OpenSSL's callback gets no place to put
// its finding, and Poco hides the SSL object that could carry one.
thread_local int verification_error = X509_V_OK;

int rememberError(int accepted, X509_STORE_CTX *store) {
  if (accepted == 0) verification_error = X509_STORE_CTX_get_error(store);
  return accepted;
}

// Poco counts the users of OpenSSL and tears its global state down after the last one, which may be the
// host's state too. One user that never goes prevents it.
void keepOpenSslInitialized() {
  static const auto *const keeper = new Poco::Crypto::OpenSSLInitializer;  // never freed, on purpose
  (void)keeper;
}

}  // namespace

bool isIpAddress(const std::string &host) {
  Poco::Net::IPAddress address;
  return Poco::Net::IPAddress::tryParse(host, address);
}

Poco::Net::Context::Ptr makeTlsContext(const std::string &host, const std::string &ca_file) {
  using Poco::Net::Context;
  keepOpenSslInitialized();
  constexpr int longest_chain = 9;
  const bool system_authorities = ca_file.empty();
  Context::Ptr context = new Context(Context::TLS_CLIENT_USE, ca_file, Context::VERIFY_STRICT, longest_chain,
                                     system_authorities);
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  // RSA from 2048 bits, SHA-2, no anonymous server: what is usual, whatever the system is configured for.
  constexpr int strong = 2;
  if (SSL_CTX_get_security_level(context->sslContext()) < strong)
    SSL_CTX_set_security_level(context->sslContext(), strong);

  // Poco 1.11 compares the host name after the handshake, and not at all if the handshake took longer
  // than its connect time-out. Bound here, OpenSSL itself refuses a certificate for another host.
  X509_VERIFY_PARAM *expected = SSL_CTX_get0_param(context->sslContext());
  const int bound = isIpAddress(host) ? X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str())
                                      : X509_VERIFY_PARAM_set1_host(expected, host.data(), host.size());
  if (bound != 1) throw Poco::InvalidArgumentException("host name");
  SSL_CTX_set_verify(context->sslContext(), SSL_VERIFY_PEER, rememberError);
  return context;
}

void forgetCertificateProblem() { verification_error = X509_V_OK; }

std::string certificateProblem() {
  switch (verification_error) {
    case X509_V_OK:
      return "";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return "the certificate is for another host";
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "the certificate has expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "the certificate is not valid yet";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return "the certificate is self-signed";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "the certificate comes from an authority that is not trusted";
    default:
      return std::string("the certificate was refused: ") + X509_verify_cert_error_string(verification_error);
  }
}

}  // namespace roots::kit
