// Two servers on loopback that behave like Personio and Moco as documented and observed, filled from a
// scenario. Strict: a request that the real service would not understand is answered with an error and
// remembered as a complaint. Used by `roots-host-stub sandbox`, by the demo and by the tests.
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

// Serves until destruction. All functions may be called from any thread while it serves.
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
  [[nodiscard]] std::vector<std::string> complaints() const;  // misuse seen so far, a sentence each
  void forgetRequests();
  [[nodiscard]] int personioConnections() const;  // network connections ever made to the Personio server

  // For people and programs: where the servers are and what to sign in with.
  [[nodiscard]] std::string summaryText() const;
  [[nodiscard]] std::string summaryJson() const;

  // Changes the world while the servers run: an approval, a new schedule, a revoked key, a fault.
  void change(const std::function<void(Scenario &)> &edit);
  // Makes every token issued so far invalid; sign-in still works.
  void expireTokens();

 private:
  struct Content;
  explicit Sandbox(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

}  // namespace roots::sandbox
