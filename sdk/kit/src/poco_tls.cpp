#include "poco_tls.h"

#include <Poco/Crypto/OpenSSLInitializer.h>
#include <Poco/Net/IPAddress.h>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>

namespace roots::kit {
namespace {

// The verification of the handshake that runs on this thread. OpenSSL's callback has no user data,
// and Poco hides the SSL object that could hold some.
thread_local int verification_error = X509_V_OK;

int rememberError(int accepted, X509_STORE_CTX *store) {
  if (accepted == 0) verification_error = X509_STORE_CTX_get_error(store);
  return accepted;
}

// Poco counts the users of OpenSSL and cleans up its global state after the last one, which may be the host's
// state, too. A user that is never released prevents it.
void keepOpenSslInitialized() {
  static std::once_flag once;
  std::call_once(once, [] { Poco::Crypto::OpenSSLInitializer::initialize(); });
}

}  // namespace

bool isIpAddress(const std::string &host) {
  Poco::Net::IPAddress address;
  return Poco::Net::IPAddress::tryParse(host, address);
}

Poco::Net::Context::Ptr makeTlsContext(const std::string &host, const std::string &ca_file) {
  using Poco::Net::Context;
  keepOpenSslInitialized();
  constexpr int max_chain_depth = 9;
  constexpr bool system_authorities = true;
  Context::Ptr context = new Context(Context::TLS_CLIENT_USE, ca_file, Context::VERIFY_STRICT,
                                     max_chain_depth, system_authorities);
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  // RSA from 2048 bits, SHA-2, no anonymous server: the usual level, regardless of the system configuration.
  constexpr int strong = 2;
  if (SSL_CTX_get_security_level(context->sslContext()) < strong)
    SSL_CTX_set_security_level(context->sslContext(), strong);

  // Poco 1.11 compares the host name after the handshake, and not at all if the handshake took longer
  // than its connect time-out. Bound here, OpenSSL itself refuses a certificate for another host.
  X509_VERIFY_PARAM *expected = SSL_CTX_get0_param(context->sslContext());
  const int bound = isIpAddress(host) ? X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str())
                                      : X509_VERIFY_PARAM_set1_host(expected, host.data(), host.size());
  // Companies distribute the authority that signs for their proxy, often without its issuer.
  X509_VERIFY_PARAM_set_flags(expected, X509_V_FLAG_PARTIAL_CHAIN);
  if (bound != 1) throw Poco::InvalidArgumentException("host name");
  SSL_CTX_set_verify(context->sslContext(), SSL_VERIFY_PEER, rememberError);
  return context;
}

Error uselessAuthorityFile(std::string_view what) {
  return makeError(
             Status::invalid_setting,
             "The certificate authority file " + std::string(what) +
                 ". Name a file in PEM form with the authority's certificate, or leave the setting empty to "
                 "trust the system's authorities alone.")
      .withSetting("ca_file");
}

Result<void> requireAuthorityFile(const std::string &ca_file) {
  std::error_code problem;
  if (std::filesystem::is_directory(ca_file, problem)) return uselessAuthorityFile("is a folder");
  if (!std::ifstream(ca_file).good()) return uselessAuthorityFile("cannot be read");
  keepOpenSslInitialized();
  const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store(X509_STORE_new(), X509_STORE_free);
  const bool holds_any = store && X509_STORE_load_file(store.get(), ca_file.c_str()) == 1;
  ERR_clear_error();  // a remaining error would be reported as a failure of the next handshake
  return holds_any ? Result<void>() : uselessAuthorityFile("holds no certificate in PEM form");
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
