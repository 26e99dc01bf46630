// Two servers on loopback that behave like Personio and Moco as documented and observed, filled from a
// scenario. Strict: a request that the real service would not understand gets an error and is recorded
// as a complaint. Used by the program roots-sandbox and by the tests.
#pragma once

#include "sandbox/scenario.h"

#include <roots/result.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace roots::sandbox {

struct SandboxOptions {
  std::uint16_t personio_port = 0;  // 0: any free one
  std::uint16_t moco_port = 0;
  std::string certificate_file;  // PEM; with both set both servers speak TLS
  std::string private_key_file;
};

struct SeenRequest {
  std::string server;    // "personio" or "moco"
  std::string endpoint;  // "GET /v1/company/time-offs"; ids in paths are replaced by {id}
  std::string query;     // decoded, "a=1&b=2"
  int status = 0;        // of the reply; 0: cut before one
};

// Serves until destruction. All functions are thread-safe.
class Sandbox {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Sandbox>> start(Scenario scenario,
                                                              const SandboxOptions &options = {});
  ~Sandbox();
  Sandbox(const Sandbox &) = delete;
  Sandbox &operator=(const Sandbox &) = delete;

  [[nodiscard]] std::string personioUrl() const;  // "http://127.0.0.1:40123"
  [[nodiscard]] std::string mocoUrl() const;

  [[nodiscard]] std::vector<SeenRequest> requests() const;
  [[nodiscard]] std::vector<std::string> complaints() const;  // misuse so far, one sentence each
  void forgetRequests();
  [[nodiscard]] int personioConnections() const;  // number of connections to the Personio server so far

  // The addresses of the servers and the credentials, for users and programs.
  [[nodiscard]] std::string summaryText() const;
  [[nodiscard]] std::string summaryJson() const;

  // Changes the scenario while the servers run: an approval, a new schedule, a revoked key, a fault.
  void change(const std::function<void(Scenario &)> &edit);
  // Invalidates each token issued so far; sign-in still works.
  void expireTokens();

 private:
  struct Content;
  explicit Sandbox(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

}  // namespace roots::sandbox
