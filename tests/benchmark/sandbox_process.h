// The sandbox in a separate process, so that its work is not counted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <sys/types.h>

namespace roots::benchmarks {

struct SandboxPlan {
  int employees = 1200;          // the first one has a full year with six hourly absences; 1 or more
  std::string certificate_file;  // with both files, it uses TLS
  std::string private_key_file;
};

class SandboxProcess {
 public:
  explicit SandboxProcess(const SandboxPlan &plan);
  ~SandboxProcess();
  SandboxProcess(const SandboxProcess &) = delete;
  SandboxProcess &operator=(const SandboxProcess &) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }  // of its Personio

 private:
  pid_t process_ = -1;
  int lifeline_ = -1;  // the sandbox exits when this is closed
  std::uint16_t port_ = 0;
};

// Must be called first in main(): if the arguments select the sandbox, runs it and returns the exit code.
[[nodiscard]] std::optional<int> beSandboxIfAsked(int argument_count, char **arguments);

}  // namespace roots::benchmarks
