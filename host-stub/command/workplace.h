// What all commands share: where things are, what is connected, and fetching with progress and Ctrl-C.
// One thread.
#pragma once

#include "command/arguments.h"
#include "command/console.h"
#include "plugins/plugin_loader.h"
#include "sync/state_file.h"
#include "sync/sync.h"
#include "view/views.h"

#include <filesystem>
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

// Why a command did not do what it was asked for.
struct Failure {
  Failure(Error what);  // NOLINT(*-explicit-*): every Error is a Failure
  Failure(ExitCode code, std::string word, Error what)
      : exit_code(code), status(std::move(word)), error(std::move(what)) {}

  ExitCode exit_code;
  std::string status;  // a word for programs: "locked", "try_later"
  Error error;
};

using Outcome = Result<void, Failure>;

[[nodiscard]] Failure wrongUse(std::string message);
[[nodiscard]] Failure notFound(std::string message);

// For a change: the home locked, the stores fresh.
struct Editing {
  HomeLock lock;
  Stores stores;
};

class Workplace {
 public:
  Workplace(Console &console, GlobalOptions options, std::filesystem::path executable);

  [[nodiscard]] Console &console() { return console_; }
  // The global options as words, for another command in the same place; without --json.
  [[nodiscard]] std::vector<std::string> globalWords() const;
  [[nodiscard]] bool json() const { return options_.json; }
  [[nodiscard]] const std::filesystem::path &executable() const { return executable_; }
  [[nodiscard]] CivilDate today() const { return today_; }
  [[nodiscard]] TextStyle style() const { return {console_.out_is_terminal, console_.width}; }

  [[nodiscard]] Result<std::filesystem::path> home() const { return openHome(options_.home); }
  [[nodiscard]] Result<Stores> openStores() const;
  [[nodiscard]] Result<Editing> edit() const;

  [[nodiscard]] std::filesystem::path pluginsFolder() const;
  [[nodiscard]] Result<PluginCandidate, Failure> candidate(const std::string &id) const;
  // How providers of an enabled plugin are made, in this process or isolated; the library must be the one
  // that was enabled.
  [[nodiscard]] Result<OpenSession, Failure> sessionsOf(const Stores &stores,
                                                        const PluginCandidate &plugin) const;

  // The first failure's problem does not stop the other sources.
  [[nodiscard]] Result<std::vector<SyncProblem>, Failure> syncAll(Stores &stores, CivilDays days);
  [[nodiscard]] Result<std::vector<SyncProblem>, Failure> syncOne(Stores &stores, LiveProvider &live,
                                                                  CivilDays days);
  [[nodiscard]] Result<std::vector<SyncProblem>, Failure> syncMocoNow(Stores &stores, CivilDays days);

  // Fetches what the stores do not hold for these days; a failure is left to notices(). Locks the home
  // only if something is missing.
  [[nodiscard]] Outcome fetchMissing(Stores &stores, CivilDays days);

  [[nodiscard]] ViewContext viewContext(const Stores &stores, CivilDays days) const;
  [[nodiscard]] Calling calling(ProgressLine &progress) const;
  [[nodiscard]] kit::CallLimits limits(ProgressLine &progress, std::chrono::seconds time) const;

  // One document or a text; with a line end.
  void print(const std::string &text);

 private:
  Console &console_;
  GlobalOptions options_;
  std::filesystem::path executable_;
  CivilDate today_;
};

// Of a range that is shown or fetched at once: ten years and some.
inline constexpr int kMostDays = 3700;

// Previous month to next month: what a first sync fetches.
[[nodiscard]] CivilDays monthsAround(CivilDate today);
[[nodiscard]] CivilDays weekOf(CivilDate day);

// The transport to a Moco account; errors carry the setting "domain", "base_url" or "ca_file".
[[nodiscard]] Result<std::unique_ptr<kit::HttpTransport>> mocoTransport(const MocoConnection &moco);

}  // namespace roots::host
