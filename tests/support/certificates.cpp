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

Key newKey(unsigned rsa_bits = 0) {
  return {rsa_bits == 0 ? EVP_EC_gen("P-256") : EVP_RSA_gen(rsa_bits), EVP_PKEY_free};
}

void addExtension(X509 *paper, X509 *issuer, int kind, const std::string &value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, paper, nullptr, nullptr, 0);
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (extension == nullptr) throw std::runtime_error("bad certificate extension");
  X509_add_ext(paper, extension, -1);
  X509_EXTENSION_free(extension);
}

constexpr long kDay = 24 * 3600;

Paper newPaper(EVP_PKEY *key, const std::string &common_name, bool expired = false) {
  static long serial = 1;
  Paper paper(X509_new(), X509_free);
  X509_set_version(paper.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(paper.get()), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(paper.get()), -10 * kDay);
  X509_gmtime_adj(X509_getm_notAfter(paper.get()), expired ? -kDay : 10 * kDay);
  X509_set_pubkey(paper.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(paper.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char *>(common_name.c_str()), -1, -1, 0);
  return paper;
}

void sign(X509 *paper, EVP_PKEY *key, const std::string &digest) {
  if (X509_sign(paper, key, EVP_get_digestbyname(digest.c_str())) == 0)
    throw std::runtime_error("cannot sign a certificate");
}

void writePem(const std::string &file, const std::vector<X509 *> &papers) {
  std::FILE *stream = std::fopen(file.c_str(), "w");
  for (X509 *paper : papers) PEM_write_X509(stream, paper);
  std::fclose(stream);
}

void writePem(const std::string &file, EVP_PKEY *key) {
  std::FILE *stream = std::fopen(file.c_str(), "w");
  PEM_write_PrivateKey(stream, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(stream);
}

}  // namespace

struct Authority::Content {
  explicit Content(const std::string &name) : paper(newPaper(key.get(), name)) {}
  Key key = newKey();
  Paper paper;
};

namespace {

// The issuer of a certificate.
struct Issuer {
  EVP_PKEY *key = nullptr;
  X509 *paper = nullptr;
};

Paper makeIntermediate(const Intermediate &wanted, EVP_PKEY *key, const Issuer &by) {
  Paper paper = newPaper(key, "An authority between", wanted.expired);
  X509_set_issuer_name(paper.get(), X509_get_subject_name(by.paper));
  addExtension(paper.get(), by.paper, NID_basic_constraints,
               wanted.is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (!wanted.extra_constraints.empty())
    addExtension(paper.get(), by.paper, NID_name_constraints, "critical," + wanted.extra_constraints);
  sign(paper.get(), by.key, wanted.digest);
  return paper;
}

Paper makeLeaf(const CertificateRequest &request, EVP_PKEY *key, const Issuer &by) {
  Paper paper = newPaper(key, "A server", request.expired);
  if (request.not_yet_valid) X509_gmtime_adj(X509_getm_notBefore(paper.get()), kDay);
  X509 *issuer = request.self_signed ? paper.get() : by.paper;
  X509_set_issuer_name(paper.get(), X509_get_subject_name(issuer));
  std::string names;
  for (const auto &name : request.dns_names) names += (names.empty() ? "DNS:" : ",DNS:") + name;
  for (const auto &address : request.addresses) names += (names.empty() ? "IP:" : ",IP:") + address;
  if (!names.empty()) addExtension(paper.get(), issuer, NID_subject_alt_name, names);
  if (!request.purpose.empty()) addExtension(paper.get(), issuer, NID_ext_key_usage, request.purpose);
  sign(paper.get(), request.self_signed ? key : by.key, request.digest);
  return paper;
}

}  // namespace

Authority::Authority(const std::string &name)
    : file_((folder_.path() / "authority.pem").string()), content_(new Content(name)) {
  X509 *paper = content_->paper.get();
  X509_set_issuer_name(paper, X509_get_subject_name(paper));
  addExtension(paper, paper, NID_basic_constraints, "critical,CA:TRUE");
  addExtension(paper, paper, NID_key_usage, "critical,keyCertSign,cRLSign");
  sign(paper, content_->key.get(), "SHA256");
  writePem(file_, {paper});
}

Authority::~Authority() { delete content_; }

Certificate Authority::issue(const CertificateRequest &request) const {
  const Issuer own{content_->key.get(), content_->paper.get()};
  const Key key = newKey(request.rsa_bits);
  const Key key_between = newKey();
  Paper between(nullptr, X509_free);
  if (request.through) between = makeIntermediate(*request.through, key_between.get(), own);
  const Issuer by = between ? Issuer{key_between.get(), between.get()} : own;
  const Paper paper = makeLeaf(request, key.get(), by);
  std::vector<X509 *> shown{paper.get()};
  if (between && request.through->shown) shown.push_back(between.get());
  const std::string base = (folder_.path() / request.name).string();
  writePem(base + ".pem", shown);
  writePem(base + ".key", key.get());
  if (!between) return {base + ".pem", base + ".key"};
  writePem(base + ".issuer.pem", std::vector<X509 *>{between.get()});
  return {base + ".pem", base + ".key", base + ".issuer.pem"};
}

}  // namespace roots::test
