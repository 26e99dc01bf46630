// Why a command failed: a status for programs, the exit code that follows from it, and a message that says
// what to do. Values; any thread may use them.
#pragma once

#include "view/problems.h"

#include <roots/result.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

enum class ExitCode {
  done = 0,
  failed = 1,
  wrong_use = 2,
  locked = 3,
  access = 4,
  not_found = 5,
  try_later = 6
};

// The statuses of commands: those of providers, and further ones of the host. README.md lists their words.
enum class HostStatus {
  cancelled,
  invalid_setting,
  sign_in_failed,
  access_missing,
  person_not_found,
  try_later,
  unexpected_reply,
  not_connected,
  internal,        // a defect of the plugin or of this program
  wrong_use,       // of the command line
  locked,          // a provider determines this setting
  not_found,       // the host has no plugin, connection, absence, or type of this name
  not_enabled,     // the plugin is installed only
  plugin_refused,  // the plugin is not loaded
  not_known,       // data that the output needs was never fetched
  storage_failed,  // a file of the home cannot be read or written
};

[[nodiscard]] const char *wordOf(HostStatus status);
[[nodiscard]] ExitCode exitCodeOf(HostStatus status);

struct Failure {
  Failure(Error what);  // NOLINT(*-explicit-*): each status of a provider is one of the host
  Failure(HostStatus of, std::string text, std::string key = {})
      : status(of), message(std::move(text)), setting(std::move(key)) {}

  HostStatus status;
  std::string message;
  std::string setting;                                   // key of the setting to correct, or ""
  std::optional<std::chrono::milliseconds> retry_after;  // with try_later, if known
  std::vector<std::string> more;                         // further lines of the message
  std::vector<ProblemView> problems;  // the parts that could not be fetched, if that is why
};

using CommandResult = Result<void, Failure>;

[[nodiscard]] Failure wrongUse(std::string message);
[[nodiscard]] Failure notFound(std::string message);
[[nodiscard]] Failure pluginRefused(const std::string &id, const std::string &reason);
// For an error of the stores. Files have no status of their own there.
[[nodiscard]] Failure storageFailed(Error what);
// What a command has completed, and what it could not remove from the stores.
[[nodiscard]] Failure partlyCompleted(const std::string &done, Error remaining);
[[nodiscard]] Failure connectedButNotFetched(const std::string &name, Failure why);

}  // namespace roots::host
