// The sandbox in a process of its own, so that what it does is not counted as ours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <sys/types.h>

namespace roots::benchmarks {

struct SandboxPlan {
  int employees = 1200;  // of whom the first has a rich year, six absences of some hours in it; 1 or more
  std::string certificate_file;  // with both it speaks TLS
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
  int lifeline_ = -1;  // it ends when this is closed
  std::uint16_t port_ = 0;
};

// Called first in main(): if the arguments ask for a sandbox, is one and returns the exit code.
[[nodiscard]] std::optional<int> beSandboxIfAsked(int argument_count, char **arguments);

}  // namespace roots::benchmarks
