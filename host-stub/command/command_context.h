// What all commands share: options, stores, plugins, output, and the limits of calls. Use on one thread.
#pragma once

#include "command/arguments.h"
#include "command/console.h"
#include "command/failure.h"
#include "plugins/plugin_loader.h"
#include "state/home.h"
#include "sync/connection.h"
#include "view/views.h"

#include <roots/kit/http.h>

#include <filesystem>
#include <string>
#include <vector>

namespace roots::host {

// For changes: the lock of the home, and the stores read under it.
struct WriteAccess {
  HomeLock lock;
  Stores stores;
};

class CommandContext {
 public:
  CommandContext(Console &console, GlobalOptions options, std::filesystem::path executable);

  [[nodiscard]] Console &console() { return console_; }
  [[nodiscard]] const GlobalOptions &options() const { return options_; }
  // The global options as words, for another command in the same home; without --json.
  [[nodiscard]] std::vector<std::string> globalWords() const;
  [[nodiscard]] bool json() const { return options_.json; }
  [[nodiscard]] const std::filesystem::path &executable() const { return executable_; }
  [[nodiscard]] CivilDate today() const { return today_; }
  [[nodiscard]] TextStyle style() const { return {console_.out_is_terminal, console_.width}; }

  [[nodiscard]] Result<Home, Failure> home() const;
  // Does not change a damaged settings file. Reports damaged files on standard error; before a change,
  // openForWriting() reports them.
  enum class Before { end, change };
  [[nodiscard]] Result<Stores, Failure> openStores(Before before = Before::end) const;
  [[nodiscard]] Result<WriteAccess, Failure> openForWriting() const;
  // For a command that fails between the two.
  void reportDamage(const Stores &stores) const;

  [[nodiscard]] std::filesystem::path pluginsFolder() const;
  [[nodiscard]] Result<PluginCandidate, Failure> candidate(const std::string &id) const;
  // Creates providers of an enabled plugin, in this process or isolated. The library must be the one that
  // was enabled.
  [[nodiscard]] Result<OpenSession, Failure> sessionsOf(const Stores &stores,
                                                        const PluginCandidate &plugin) const;

  // Why data that a view needs could not be fetched, for notices.
  void rememberFetchProblem(Failure problem) { fetch_problem_ = std::move(problem); }
  [[nodiscard]] const std::optional<Failure> &fetchProblem() const { return fetch_problem_; }

  [[nodiscard]] CallHooks callHooks(ProgressLine &progress) const;
  [[nodiscard]] kit::CallLimits limits(ProgressLine &progress, std::chrono::seconds time) const;

  // Reports on standard error if the keyring contains credentials that could not be removed yet.
  void reportLeftovers(const Stores &stores);

  void print(const TextLines &lines);
  void print(const std::string &line);          // one line, whatever its content
  void printJson(const std::string &document);  // with a line end

 private:
  [[nodiscard]] KeyringAccess keyringAccess() const;
  void report(const Stores &stores) const;

  Console &console_;
  GlobalOptions options_;
  std::filesystem::path executable_;
  CivilDate today_;
  std::optional<Failure> fetch_problem_;
};

}  // namespace roots::host
