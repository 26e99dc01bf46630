// What loading the library does, before any of its functions is called.
#include "check/check.h"
#include "check/loopback_service.h"
#include "check/process_watch.h"
#include "check/trial.h"
#include "plugins/plugin_folder.h"
#include "plugins/plugin_library.h"

#include <roots/provider_client.hpp>

#include <algorithm>
#include <chrono>

namespace roots::check {

namespace {

constexpr const char *kLoads = "library-loads-with-all-symbols-now";

Result<const roots_provider_api *> load(const Subject &subject) {
  const auto plugin = host::lookAtPlugin(subject.folder);
  if (!plugin) return plugin.error();
  return host::openLibrary(*plugin);
}

Verdict isComplete(const Subject &subject) {
  return noProblem(host::damagedLibraryProblem(subject.folder / manifestOf(subject).library));
}

Verdict loads(const Subject &subject) {
  const auto table = load(subject);
  return table ? passed() : failed(table.error().message);
}

Verdict loadsFast(const Subject &subject) {
  const auto start = std::chrono::steady_clock::now();
  (void)load(subject);
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
  if (took <= 100) return passed();
  return warning("Loading took " + std::to_string(took) + " ms; users wait for every plugin at the start.");
}

Verdict exportsOnlyEntry(const Subject &subject) {
  auto symbols = host::exportedSymbols(subject.folder / manifestOf(subject).library);
  if (!symbols) return failed(symbols.error().message);
  std::erase(*symbols, ROOTS_PROVIDER_ENTRY);
  if (symbols->empty()) return passed();
  return failed("The library also exports " + symbols->front() +
                (symbols->size() > 1 ? " and " + std::to_string(symbols->size() - 1) + " more" : "") +
                ". Exported symbols bind across plugins and host; hide them with an export map.");
}

Verdict startsNoThread(const Subject &subject) {
  if (!endProcessAt(Forbidden::threads)) return skipped("This system does not let a process watch itself.");
  const auto table = load(subject);  // ends the process if a thread or a process is started
  return table ? passed() : failed(table.error().message);
}

Verdict printsNothing(const Subject &subject) {
  const std::string printed = printedBy([&] {
    Trial trial(tableOf(subject));
    if (!trial.created().ok()) return;
    (void)trial.connect(settingsFor(subject, refusingAddress()), shortly());
    (void)trial.locks();
    if (const auto settings = realSettings(subject); settings && trial.connect(*settings).ok()) {
      (void)trial.absences(subject.days);
      (void)trial.schedule(subject.days);
      (void)trial.balances();
      (void)trial.locks();
    }
  });
  if (printed.empty()) return passed();
  return failed("It wrote " + std::to_string(printed.size()) +
                " bytes to standard output or standard error. Use the host's log.");
}

}  // namespace

Checks libraryChecks() {
  return {
      {"library-is-complete", "The library file is whole and for this system.", "P2",
       "folder-is-named-like-the-id", isComplete},
      {kLoads, "It loads by itself, with no symbol undefined, and has the entry.", "P2",
       "library-is-complete", loads},
      {"library-loads-under-100-ms", "Loading takes less than 100 ms (a warning if not).", "P2", kLoads,
       loadsFast},
      {"library-exports-only-the-entry", "roots_provider_entry_v1 is its only export.", "P2", kLoads,
       exportsOnlyEntry},
      {"library-starts-no-thread-on-load", "Loading starts neither thread nor process.", "P2", kLoads,
       startsNoThread},
      {"library-prints-nothing", "Neither loading nor any call prints.", "P2",
       "entry-id-and-version-match-manifest", printsNothing},
  };
}

}  // namespace roots::check
