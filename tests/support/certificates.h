// A certificate authority of the tests' own, and servers' certificates good and bad, made on the spot.
#pragma once

#include "support/temporary_folder.h"

#include <string>
#include <vector>

namespace roots::test {

struct Certificate {
  std::string certificate_file;  // PEM
  std::string key_file;
};

struct CertificateRequest {
  std::string name = "server";         // of the files
  std::vector<std::string> dns_names;  // e.g. "localhost"
  std::vector<std::string> addresses;  // e.g. "127.0.0.1"
  bool expired = false;
  bool self_signed = false;
};

class Authority {
 public:
  Authority();
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
