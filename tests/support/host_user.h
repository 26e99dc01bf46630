// A user at a terminal: a home of their own, the real host program, the real plugin, the sandbox.
#pragma once

#include "sandbox/sandbox.h"
#include "support/process.h"
#include "support/temporary_folder.h"

#include <roots/kit/json.h>

#include <memory>
#include <string>
#include <vector>

namespace roots::test {

class HostUser {
 public:
  explicit HostUser(sandbox::Scenario scenario = sandbox::small(),
                    const sandbox::SandboxOptions &options = {});

  [[nodiscard]] sandbox::Sandbox &services() { return *services_; }
  [[nodiscard]] const std::filesystem::path &home() const { return home_.path(); }

  // The host with this home, the built plugins and 2026-07-15 as today.
  [[nodiscard]] std::vector<std::string> command(const std::vector<std::string> &words) const;
  // Runs it.
  [[nodiscard]] ProcessResult type(const std::vector<std::string> &words,
                                   const std::string &input = "") const;
  // The same with --json; the one document that it printed.
  [[nodiscard]] kit::JsonDocument typeJson(std::vector<std::string> words, const std::string &input = "",
                                           int expected_exit = 0) const;

  // Settings other than the scenario's own, by key; "" leaves one out.
  [[nodiscard]] std::vector<std::string> connectWords(const Settings &changed = {}) const;
  static std::string secretLine(const std::string &secret = "");  // "": the sandbox's
  [[nodiscard]] ProcessResult connect(const Settings &changed = {}, const std::string &secret = "") const;
  void enable() const;
  void connectAll() const;  // enables, connects Personio and Moco; each must work

  [[nodiscard]] int asked(
      const std::string &endpoint) const;  // how often, since the start or forgetRequests()
  void fault(sandbox::Fault fault);

  static const std::string &secretOfSandbox();

 private:
  TemporaryFolder home_;
  std::unique_ptr<sandbox::Sandbox> services_;
};

}  // namespace roots::test
