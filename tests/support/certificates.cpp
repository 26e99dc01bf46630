#include "support/certificates.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>

namespace roots::test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Paper = std::unique_ptr<X509, decltype(&X509_free)>;

Key newKey() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }

void addExtension(X509 *paper, X509 *issuer, int kind, const std::string &value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, paper, nullptr, nullptr, 0);
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (extension == nullptr) throw std::runtime_error("bad certificate extension");
  X509_add_ext(paper, extension, -1);
  X509_EXTENSION_free(extension);
}

Paper newPaper(EVP_PKEY *key, const std::string &common_name, bool expired) {
  static long serial = 1;
  Paper paper(X509_new(), X509_free);
  X509_set_version(paper.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(paper.get()), ++serial);
  constexpr long day = 24 * 3600;
  X509_gmtime_adj(X509_getm_notBefore(paper.get()), -10 * day);
  X509_gmtime_adj(X509_getm_notAfter(paper.get()), expired ? -day : 10 * day);
  X509_set_pubkey(paper.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(paper.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char *>(common_name.c_str()), -1, -1, 0);
  return paper;
}

void writePem(const std::string &file, X509 *paper) {
  std::FILE *stream = std::fopen(file.c_str(), "w");
  PEM_write_X509(stream, paper);
  std::fclose(stream);
}

void writePem(const std::string &file, EVP_PKEY *key) {
  std::FILE *stream = std::fopen(file.c_str(), "w");
  PEM_write_PrivateKey(stream, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(stream);
}

}  // namespace

struct Authority::Content {
  Key key = newKey();
  Paper paper = newPaper(key.get(), "Tests' authority", false);
};

Authority::Authority() : file_((folder_.path() / "authority.pem").string()), content_(new Content) {
  X509 *paper = content_->paper.get();
  X509_set_issuer_name(paper, X509_get_subject_name(paper));
  addExtension(paper, paper, NID_basic_constraints, "critical,CA:TRUE");
  addExtension(paper, paper, NID_key_usage, "critical,keyCertSign,cRLSign");
  X509_sign(paper, content_->key.get(), EVP_sha256());
  writePem(file_, paper);
}

Authority::~Authority() { delete content_; }

Certificate Authority::issue(const CertificateRequest &request) const {
  const Key key = newKey();
  const Paper paper = newPaper(key.get(), "A server", request.expired);
  X509 *issuer = request.self_signed ? paper.get() : content_->paper.get();
  X509_set_issuer_name(paper.get(), X509_get_subject_name(issuer));
  std::string names;
  for (const auto &name : request.dns_names) names += (names.empty() ? "DNS:" : ",DNS:") + name;
  for (const auto &address : request.addresses) names += (names.empty() ? "IP:" : ",IP:") + address;
  if (!names.empty()) addExtension(paper.get(), issuer, NID_subject_alt_name, names);
  X509_sign(paper.get(), request.self_signed ? key.get() : content_->key.get(), EVP_sha256());
  const std::string base = (folder_.path() / request.name).string();
  writePem(base + ".pem", paper.get());
  writePem(base + ".key", key.get());
  return {base + ".pem", base + ".key"};
}

}  // namespace roots::test
