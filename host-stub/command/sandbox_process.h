// The program roots-sandbox, running for the demo. It stops with this object, or when this process ends. Use
// on one thread.
#pragma once

#include "plugins/pipe.h"

#include <roots/kit/civil_date.h>
#include <roots/result.hpp>

#include <filesystem>
#include <memory>
#include <string>

#include <sys/types.h>

namespace roots::host {

// What the user of the services enters.
struct SandboxAccess {
  std::string personio_url;
  std::string client_id;
  std::string client_secret;
  std::string email;
  std::string moco_url;
  std::string moco_domain;
  std::string moco_api_key;
};

class SandboxProcess {
 public:
  // Starts the program in this folder and waits until both services run. Status::internal if they do not.
  [[nodiscard]] static Result<std::unique_ptr<SandboxProcess>> start(const std::filesystem::path &folder,
                                                                     kit::CivilDate today);
  ~SandboxProcess();
  SandboxProcess(const SandboxProcess &) = delete;
  SandboxProcess &operator=(const SandboxProcess &) = delete;

  [[nodiscard]] const SandboxAccess &access() const { return access_; }

  // Stops it. False: it rejected requests, and reported them on standard error.
  [[nodiscard]] bool stop();

 private:
  SandboxProcess() = default;
  Result<void> readAccess();

  Pipe input_;  // it runs until this is closed
  Pipe output_;
  pid_t process_ = -1;
  SandboxAccess access_;
};

}  // namespace roots::host
