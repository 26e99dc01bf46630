// A certificate authority for tests, and valid and invalid server certificates, created on demand.
#pragma once

#include "support/temporary_folder.h"

#include <optional>
#include <string>
#include <vector>

namespace roots::test {

struct Certificate {
  std::string certificate_file;  // PEM
  std::string key_file;
  std::string issuer_file = "";  // PEM: the intermediate authority, if there is one
};

// An authority between the tests' authority and a server's certificate.
struct Intermediate {
  std::string digest = "SHA256";
  std::string extra_constraints = "";  // e.g. "permitted;DNS:example.com"
  bool is_authority = true;
  bool expired = false;
  bool shown = true;  // false: the server does not send it
};

struct CertificateRequest {
  std::string name = "server";         // of the files
  std::vector<std::string> dns_names;  // e.g. "localhost"
  std::vector<std::string> addresses;  // e.g. "127.0.0.1"
  bool expired = false;
  bool self_signed = false;
  bool not_yet_valid = false;
  unsigned rsa_bits = 0;  // 0: a key on the curve P-256
  std::string digest = "SHA256";
  std::string purpose = "";  // e.g. "clientAuth"; "": any
  std::optional<Intermediate> through = std::nullopt;
};

class Authority {
 public:
  explicit Authority(const std::string &name = "Tests' authority");
  ~Authority();
  Authority(const Authority &) = delete;
  Authority &operator=(const Authority &) = delete;

  [[nodiscard]] const std::string &file() const { return file_; }  // PEM, to be trusted
  [[nodiscard]] Certificate issue(const CertificateRequest &request) const;
  [[nodiscard]] const TemporaryFolder &folder() const { return folder_; }

 private:
  struct Content;
  TemporaryFolder folder_;
  std::string file_;
  Content *content_;
};

}  // namespace roots::test
