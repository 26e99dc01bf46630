// A user at a terminal, with a separate home, the real host program, the real plugin, and the sandbox.
#pragma once

#include "sandbox/sandbox.h"
#include "support/process.h"
#include "support/temporary_folder.h"

#include <roots/kit/json.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace roots::test {

// The small scenario with a change.
[[nodiscard]] sandbox::Scenario smallWith(const std::function<void(sandbox::Scenario &)> &change);

class HostUser {
 public:
  explicit HostUser(sandbox::Scenario scenario = sandbox::small(),
                    const sandbox::SandboxOptions &options = {});

  [[nodiscard]] sandbox::Sandbox &services() { return *services_; }
  [[nodiscard]] const std::filesystem::path &home() const { return home_.path(); }
  [[nodiscard]] std::filesystem::path settingsFile() const { return home() / "settings.json"; }

  // From now on: a plugins folder other than the built one; variables for the host's environment.
  void usePlugins(const std::filesystem::path &folder) { plugins_ = folder; }
  void useEnvironment(std::map<std::string, std::string> variables) { environment_ = std::move(variables); }

  // The command line of the host with this home, these plugins, and 2026-07-15 as today.
  [[nodiscard]] std::vector<std::string> command(const std::vector<std::string> &words) const;
  // Runs it. The output of a command with --json must match the command's schema.
  [[nodiscard]] ProcessResult type(const std::vector<std::string> &words,
                                   const std::string &input = "") const;
  // The same with --json; returns the parsed document.
  [[nodiscard]] kit::JsonDocument typeJson(std::vector<std::string> words, const std::string &input = "",
                                           int expected_exit = 0) const;

  // Settings that replace the scenario's own, by key; "" omits one.
  [[nodiscard]] std::vector<std::string> connectWords(const Settings &changed = {}) const;
  static std::string secretLine(const std::string &secret = "");  // "": the sandbox's
  [[nodiscard]] ProcessResult connect(const Settings &changed = {}, const std::string &secret = "") const;
  void enable() const;
  void connectAll() const;  // enables the plugin, connects Personio and Moco; each step must succeed

  [[nodiscard]] int asked(
      const std::string &endpoint) const;  // the number of requests since the start or forgetRequests()
  void fault(sandbox::Fault fault);
  // From now on, both services answer 403 to requests for these.
  void refuseHolidaysAndAbsences();

  static const std::string &secretOfSandbox();

 private:
  TemporaryFolder home_;
  std::filesystem::path plugins_;
  std::map<std::string, std::string> environment_;
  std::unique_ptr<sandbox::Sandbox> services_;
};

}  // namespace roots::test
