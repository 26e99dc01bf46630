// The function table that the entry returns.
#include "check/check.h"
#include "plugins/plugin_folder.h"
#include "plugins/plugin_library.h"

#include <roots/provider_client.hpp>

#include <thread>

namespace roots::check {

namespace {

const roots_provider_api *readTable(const Subject &subject) {
  const auto plugin = host::readPluginFolder(subject.folder);
  const auto table = plugin ? host::openLibrary(*plugin) : plugin.error();
  return table ? *table : nullptr;
}

Verdict sameTwice(const Subject &subject) {
  const auto *first = readTable(subject);
  if (first == nullptr) return failed("The entry returns NULL instead of a table.");
  const roots_provider_api *second = nullptr;
  std::thread([&] { second = readTable(subject); }).join();
  if (first == second) return passed();
  return failed("The entry returns a different table each time. Return a static one.");
}

Verdict largeEnough(const Subject &subject) {
  const auto *table = readTable(subject);
  constexpr std::size_t size_of_1_0 = offsetof(roots_provider_api, settings_locks) + sizeof(void (*)());
  if (table->struct_size >= size_of_1_0) return passed();
  return failed("The table's struct_size is " + std::to_string(table->struct_size) +
                "; interface 1.0 requires " + std::to_string(size_of_1_0) + ". Set it to sizeof.");
}

Verdict hasEverySlot(const Subject &subject) {
  const auto table = completeTable(readTable(subject));
  return table ? passed() : failed(table.error().message);
}

Verdict matchesManifest(const Subject &subject) {
  const auto same = host::checkIdentity(tableOf(subject), manifestOf(subject));
  return same ? passed() : failed(same.error().message);
}

Verdict minorIsBuilt(const Subject &subject) {
  const auto built = tableOf(subject).abi_minor;
  const auto declared = manifestOf(subject).abi_minor;
  if (declared >= 0 && static_cast<std::uint32_t>(declared) <= built) return passed();
  return failed("manifest.json requires interface 1." + std::to_string(declared) +
                ", the library was built with 1." + std::to_string(built) + ". Correct the manifest.");
}

}  // namespace

Checks entryChecks() {
  return {
      {"entry-returns-the-same-table-twice", "The entry returns one static table, from any thread.", "P3",
       "library-loads-with-all-symbols-now", sameTwice},
      {"entry-table-is-large-enough", "The table is at least as long as in interface 1.0.", "R8",
       "entry-returns-the-same-table-twice", largeEnough},
      {"entry-has-every-required-slot", "No function of interface 1.0 is NULL.", "P3",
       "entry-table-is-large-enough", hasEverySlot},
      {"entry-id-and-version-match-manifest", "Library and manifest name the same plugin and version.", "P1",
       "entry-has-every-required-slot", matchesManifest},
      {"manifest-minor-not-above-built-minor",
       "The manifest requires no newer interface than the library was built with.", "P1",
       "entry-has-every-required-slot", minorIsBuilt},
  };
}

}  // namespace roots::check
