// The effects of loading the library, before any of its functions is called.
#include "check/check.h"
#include "check/loopback_service.h"
#include "check/process_watch.h"
#include "check/trial.h"
#include "plugins/child_process.h"
#include "plugins/plugin_folder.h"
#include "plugins/plugin_library.h"

#include <roots/provider_client.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <chrono>

namespace roots::check {

namespace {

constexpr const char *kLoads = "library-loads-with-all-symbols-now";

Result<const roots_provider_api *> load(const Subject &subject) {
  const auto plugin = host::readPluginFolder(subject.folder);
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

std::chrono::microseconds timeOf(const timeval &time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

// The processor time that this program needs to start and exit without a plugin: a measure of this computer
// and of how this program was built.
Milliseconds startOfThisProgram() {
  const auto ofChildren = [] {
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    return timeOf(usage.ru_utime) + timeOf(usage.ru_stime);
  };
  const auto before = ofChildren();
  (void)host::runChild({"/proc/self/exe", {"--list"}, "", std::chrono::minutes(1)});
  return std::chrono::duration_cast<Milliseconds>(ofChildren() - before);
}

// The duration of loading, including waits, but not the processor time of other programs.
Milliseconds timeToLoad(const Subject &subject) {
  const auto start = std::chrono::steady_clock::now();
  const auto waited = processorWaitTime();
  (void)load(subject);
  const auto took = std::chrono::steady_clock::now() - start - (processorWaitTime() - waited);
  return std::chrono::duration_cast<Milliseconds>(took);
}

Verdict loadsFast(const Subject &subject) {
  constexpr int starts = 5;  // of this program: 100 ms or less on a typical computer
  const Milliseconds took = timeToLoad(subject);
  if (took <= Milliseconds(100)) return passed();
  const Milliseconds start = startOfThisProgram();
  if (took <= starts * start) return passed();
  return warning("Loading took " + std::to_string(took.count()) + " ms, while this program starts in " +
                 std::to_string(start.count()) + " ms; every plugin delays the start of the host.");
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
  if (!endProcessAt(Forbidden::threads))
    return skipped("This system does not let a process monitor its system calls.");
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
      {"library-is-complete", "The library file is complete and built for this system.", "P2",
       "folder-is-named-like-the-id", isComplete},
      {kLoads, "It loads without undefined symbols and exports the entry.", "P2", "library-is-complete",
       loads},
      {"library-loads-under-100-ms",
       "Loading takes less than 100 ms, or five starts of the checker (a warning if not).", "P2", kLoads,
       loadsFast, true},
      {"library-exports-only-the-entry", "roots_provider_entry_v1 is its only export.", "P2", kLoads,
       exportsOnlyEntry},
      {"library-starts-no-thread-on-load", "Loading starts neither thread nor process.", "P2", kLoads,
       startsNoThread},
      {"library-prints-nothing", "Neither loading nor calls print anything.", "P2",
       "entry-id-and-version-match-manifest", printsNothing},
  };
}

}  // namespace roots::check
