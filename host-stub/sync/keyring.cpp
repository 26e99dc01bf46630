#include "sync/keyring.h"

#include "plugins/child_process.h"

#include <roots/kit/wipe.h>

#include <sys/wait.h>

#include <cstdlib>
#include <string_view>

namespace roots::host {
namespace {

namespace fs = std::filesystem;

static_assert(kKeyringWritesHere == kChildWritesHere);

// Somebody may have to type a password.
constexpr std::chrono::seconds kTimeToUnlock{120};

bool hasSessionBus() {
  const char *address = std::getenv("DBUS_SESSION_BUS_ADDRESS");  // NOLINT(concurrency-mt-unsafe)
  if (address != nullptr && *address != '\0') return true;
  const char *runtime = std::getenv("XDG_RUNTIME_DIR");  // NOLINT(concurrency-mt-unsafe)
  std::error_code problem;
  return runtime != nullptr && *runtime == '/' && fs::exists(fs::path(runtime) / "bus", problem);
}

bool userWantsFile() {
  const char *wish = std::getenv("ROOTS_SECRETS");  // NOLINT(concurrency-mt-unsafe)
  return wish != nullptr && std::string_view(wish) == "file";
}

Error unavailable(KeyringExit exit) {
  const std::string why =
      exit == KeyringExit::no_service ? "no keyring answers in this session" : "it is locked, or refused";
  return Error{Status::try_later,
               "The keyring that holds your keys cannot be used (" + why +
                   "). Sign in to the desktop and unlock it, then try again.",
               "",
               0,
               {}};
}

}  // namespace

std::optional<Keyring> Keyring::of(const fs::path &home) {
  if (userWantsFile() || !hasSessionBus()) return std::nullopt;
  std::error_code problem;
  const fs::path program = fs::read_symlink("/proc/self/exe", problem).parent_path() / "roots-keyring";
  if (problem || !fs::exists(program, problem)) return std::nullopt;
  const fs::path place = fs::canonical(home, problem);
  return problem ? std::nullopt : std::optional(Keyring(program, place));
}

Keyring::Answer Keyring::ask(const std::string &wish, const std::string &input) const {
  ChildPlan plan{program_, {wish, home_.string()}, input, kTimeToUnlock};
  const kit::WipedAtEnd wiped(plan.input);
  ChildResult result = runChild(plan);
  const bool ended = result.started && !result.timed_out && WIFEXITED(result.status);
  return {ended ? static_cast<KeyringExit>(WEXITSTATUS(result.status)) : KeyringExit::refused,
          std::move(result.words)};
}

Result<std::optional<std::string>> Keyring::load() const {
  Answer answer = ask("load");
  if (answer.exit == KeyringExit::nothing) return std::optional<std::string>();
  if (answer.exit != KeyringExit::done) return unavailable(answer.exit);
  return std::optional(std::move(answer.text));
}

Result<void> Keyring::keep(const std::string &text) const {
  const Answer answer = ask("keep", text);
  if (answer.exit != KeyringExit::done) return unavailable(answer.exit);
  return {};
}

Result<void> Keyring::forget() const {
  const Answer answer = ask("forget");
  if (answer.exit != KeyringExit::done) return unavailable(answer.exit);
  return {};
}

}  // namespace roots::host
