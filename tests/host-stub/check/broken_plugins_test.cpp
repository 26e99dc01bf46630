// Tests the checker: each broken plugin fails exactly the check for its fault.
#include "checker.h"
#include "support/catch.h"
#include "support/folders.h"
#include "support/temporary_folder.h"
#include "support/text_search.h"

#include <atomic>
#include <future>
#include <thread>

using namespace roots::test;

namespace {

const std::string kBroken = buildFolder() + "/broken-plugins/";

std::string manifest() {
  return replaced(contentOf(sourceFolder() + "/sdk/template/manifest.json"), "example.larkspur",
                  "example.broken");
}

struct Broken {
  std::string way;       // the library
  std::string expected;  // the check that fails
  std::string outcome = "failed";
};

const std::vector<Broken> kLibraries{
    {"crash_at_load", "library-loads-with-all-symbols-now", "crashed"},
    {"hang_at_load", "library-loads-with-all-symbols-now", "timed out"},
    {"undefined_symbol", "library-loads-with-all-symbols-now"},
    {"needs_absent", "library-loads-with-all-symbols-now"},
    {"no_entry", "library-loads-with-all-symbols-now"},
    {"extra_export", "library-exports-only-the-entry"},
    {"thread_on_load", "library-starts-no-thread-on-load"},
    {"prints", "library-prints-nothing"},
    {"null_table", "entry-returns-the-same-table-twice"},
    {"new_table_each_time", "entry-returns-the-same-table-twice"},
    {"short_table", "entry-table-is-large-enough"},
    {"null_slot", "entry-has-every-required-slot"},
    {"wrong_id", "entry-id-and-version-match-manifest"},
    {"needs_secret_store", "create-without-optional-host-functions"},
    {"socket_in_create", "create-makes-no-network-call"},
    {"thread_in_create", "create-starts-no-thread"},
    {"slow_create", "create-takes-at-most-100-ms"},
    {"leaks", "create-destroy-100-times"},
    {"crashes_on_destroy_null", "destroy-without-connect", "crashed"},
    {"shared_provider", "two-providers-are-independent"},
};

const std::vector<Broken> kCalls{
    {"empty_account", "connect-gives-an-account"},
    {"names_no_setting", "connect-without-settings-names-the-field"},
    {"refuses_unknown_setting", "connect-unknown-setting-is-ignored"},
    {"ignores_deadline", "connect-to-silent-server-keeps-the-deadline", "timed out"},
    {"calls_nonsense_a_refusal", "connect-garbage-reply-is-unexpected-reply"},
    {"calls_refusal_internal", "connect-401-is-sign-in-failed"},
    {"stays_connected", "failed-connect-disconnects"},
    {"answers_unconnected", "fetch-before-connect-fails-cleanly"},
    {"ignores_cancelled_fetch", "cancelled-before-start-delivers-nothing"},
    {"ignores_cancellation", "cancelled-while-waiting-returns-within-500-ms"},
    {"thread_left", "no-thread-left-after-a-call"},
    {"throws", "exceptions-do-not-escape"},
    {"needs_error_record", "error-record-may-be-null", "crashed"},
    {"writes_past_error", "older-error-record-is-respected"},
    {"says_nothing", "errors-say-something"},
    {"leaks_secret", "secrets-never-appear-in-logs-or-errors"},
    {"leaks_token", "kept-secrets-never-appear-in-logs"},
    {"long_key", "saved-secrets-are-permitted-and-named"},
    {"too_old_for_notices", "runs-with-an-older-host", "crashed"},
};

const std::vector<Broken> kProcess{
    {"writes_to_closed_socket", "no-signal-reaches-the-host", "crashed"},
    {"signal_blocked_at_load", "signal-state-stays-as-it-was"},
    {"leaves_signal_blocked", "signal-state-stays-as-it-was"},
    {"leaves_signal_pending", "signal-state-stays-as-it-was"},
    {"ignores_signal_for_all", "signal-state-stays-as-it-was"},
    {"opens_for_children", "children-inherit-no-descriptor"},
    {"trusts_kept_connection", "silent-kept-connections-are-replaced"},
};

const std::vector<Broken> kRecords{
    {"records_then_error", "fetches-succeed"},
    {"other_ids_each_time", "same-question-same-answer"},
    {"whole_month", "shorter-range-agrees"},
    {"takes_reversed_range", "reversed-range-delivers-nothing"},
    {"crashes", "reversed-range-delivers-nothing", "crashed"},
    {"exits", "reversed-range-delivers-nothing", "crashed"},
    {"ignores_receiver", "receiver-can-stop-the-call"},
    {"no_size", "records-carry-their-size"},
    {"not_utf8", "text-is-utf8-without-nul"},
    {"bad_date", "dates-are-real-and-inside-the-range"},
    {"minutes_without_extent", "extent-and-minutes-agree"},
    {"unknown_kind", "kinds-and-effects-are-known"},
    {"no_id", "absences-have-ids"},
    {"same_day_twice", "absence-days-are-unique"},
    {"other_count", "counted-days-agree"},
    {"unsorted_weeks", "weeks-are-sorted-and-within-24-hours"},
    {"balance_without_unit", "balances-have-units-and-ids"},
    {"locks_early", "no-locks-before-connect"},
    {"locks_undeclared", "locks-are-declared-in-manifest"},
    {"locks_without_reason", "locks-have-a-reason"},
    {"locks_hours_without_schedule", "weekly-hours-are-locked-with-a-schedule-only"},
};

// A plugins folder with this library and this manifest. Only a plugin that hangs reaches the time limit,
// and the test waits for it, so its limit is shorter.
Checked checkLibrary(const std::string &way, const std::string &its_manifest, bool hangs = false,
                     const std::vector<std::string> &only = {}) {
  const TemporaryFolder folder;
  folder.write("example.broken/manifest.json", its_manifest);
  std::filesystem::copy(kBroken + way + ".so", folder.path() / "example.broken" / "liblarkspur.so");
  auto words = withReplies();
  words.insert(words.end(), {"--time-limit", hangs ? "30" : "300"});
  for (const std::string &name : only) words.insert(words.end(), {"--only", name});
  return runChecks((folder.path() / "example.broken").string(), words);
}

// Keeps the processors busy during its lifetime.
class BusyComputer {
 public:
  BusyComputer() {
    for (unsigned count = 0; count < 3 * std::max(1U, std::thread::hardware_concurrency()); ++count)
      threads_.emplace_back([this] {
        while (!over_) continue;
      });
  }
  ~BusyComputer() {
    over_ = true;
    for (auto &thread : threads_) thread.join();
  }
  BusyComputer(const BusyComputer &) = delete;
  BusyComputer &operator=(const BusyComputer &) = delete;

 private:
  std::atomic<bool> over_{false};
  std::vector<std::thread> threads_;
};

bool measuresMemory() {
#if defined(__SANITIZE_ADDRESS__)
  return false;  // the sanitizer's allocator does not report memory in use
#else
  return true;
#endif
}

// Checks mostly wait, so several plugins are checked at the same time.
void eachFailsItsCheck(const std::vector<Broken> &all) {
  constexpr std::size_t at_once = 8;
  for (std::size_t begin = 0; begin < all.size(); begin += at_once) {
    std::vector<std::future<Checked>> running;
    const std::size_t end = std::min(begin + at_once, all.size());
    for (std::size_t index = begin; index < end; ++index)
      running.push_back(std::async(std::launch::async, checkLibrary, all[index].way, manifest(),
                                   all[index].outcome == "timed out", std::vector<std::string>()));
    for (std::size_t index = begin; index < end; ++index) {
      const Broken &broken = all[index];
      const Checked checked = running[index - begin].get();
      INFO(broken.way);
      if (broken.way == "leaks" && !measuresMemory()) continue;
      CHECK(checked.process.exit_code == 1);
      CHECK(checked.notPassed() == std::vector<std::string>{broken.expected});
      if (checked.outcomes.count(broken.expected) == 1)
        CHECK(checked.outcomes.at(broken.expected) == broken.outcome);
    }
  }
}

// A correct library with another manifest.
void manifestFails(const std::string &its_manifest, const std::string &expected) {
  INFO(expected);
  const Checked checked = checkLibrary("nothing", its_manifest);
  CHECK(checked.process.exit_code == 1);
  CHECK(checked.notPassed() == std::vector<std::string>{expected});
}

}  // namespace

TEST_CASE("a broken library, entry, or create() fails only the check for it", "[check][slow]") {
  eachFailsItsCheck(kLibraries);
}

TEST_CASE("a broken call fails only the check for it", "[check][slow]") { eachFailsItsCheck(kCalls); }

TEST_CASE("a broken record or lock fails only the check for it", "[check][slow]") {
  eachFailsItsCheck(kRecords);
}

TEST_CASE("damage to the host's process fails only the check for it", "[check][slow]") {
  eachFailsItsCheck(kProcess);
}

TEST_CASE("a thread that calls the host late fails both checks for threads", "[check][slow]") {
  const Checked checked = checkLibrary("late_thread", manifest());
  CHECK(checked.notPassed() ==
        std::vector<std::string>{"host-functions-only-during-calls", "no-thread-left-after-a-call"});
}

TEST_CASE("a check of time that fails while the computer is busy is repeated", "[check]") {
  const std::string check = "create-takes-at-most-100-ms";
  CHECK(checkLibrary("slow_create_once", manifest(), false, {check}).outcomes.at(check) == "passed");
  CHECK(checkLibrary("slow_create", manifest(), false, {check}).outcomes.at(check) == "failed");
}

TEST_CASE("on a busy computer, a correct plugin passes and a slow one still fails", "[check]") {
  const BusyComputer busy;
  const std::string loads = "library-loads-under-100-ms";
  CHECK(checkLibrary("nothing", manifest(), false, {loads}).outcomes.at(loads) == "passed");
  CHECK(checkLibrary("slow_to_load", manifest(), false, {loads}).outcomes.at(loads) == "warning");
  for (const std::string check :
       {"create-takes-at-most-100-ms", "connect-refused-port-is-try-later",
        "connect-to-silent-server-keeps-the-deadline", "cancelled-while-waiting-returns-within-500-ms",
        "cancellation-is-asked-for-often", "no-thread-left-after-a-call", "children-inherit-no-descriptor",
        "saved-secrets-can-be-forgotten", "silent-kept-connections-are-replaced"}) {
    INFO(check);
    const Checked checked = checkLibrary("nothing", manifest(), false, {check});
    CHECK(checked.outcomes.at(check) == "passed");
  }
  const std::string creates = "create-takes-at-most-100-ms";
  CHECK(checkLibrary("slow_create", manifest(), false, {creates}).outcomes.at(creates) == "failed");
}

TEST_CASE("the base of the broken plugins passes all checks", "[check][slow]") {
  const Checked checked = checkLibrary("nothing", manifest());
  CHECK(checked.notPassed().empty());
  CHECK(checked.process.exit_code == 0);
}

TEST_CASE("a broken manifest fails only the check for it", "[check]") {
  const std::string sound = manifest();
  manifestFails("{", "manifest-is-valid-json");
  manifestFails(replaced(sound, "\"minor\": 0", "\"minor\": 9"), "manifest-fits-this-interface");
  manifestFails(replaced(sound, "\"name\": \"Larkspur\"", "\"nome\": \"Larkspur\""),
                "manifest-matches-schema");
  manifestFails(replaced(sound, "\"linux-x86_64\": \"liblarkspur.so\", \"linux-aarch64\": \"liblarkspur.so\"",
                         "\"windows-x86_64\": \"larkspur.dll\""),
                "manifest-names-a-library-for-this-platform");
  manifestFails(replaced(replaced(sound, "liblarkspur.so", "absent.so"), "liblarkspur.so", "absent.so"),
                "manifest-names-existing-library");
  manifestFails(replaced(sound, "\"key\": \"base_url\"", "\"key\": \"api_key\""),
                "manifest-has-no-duplicate-settings");
  manifestFails(replaced(sound, "\"required\": true", "\"required\": true, \"default\": \"1234\""),
                "manifest-secret-settings-have-no-default");
  manifestFails(replaced(sound, "https://api.larkspur.example.com", "https://elsewhere.example.com"),
                "manifest-url-defaults-are-allowed-hosts");
  manifestFails(replaced(sound, "example.broken", "example.other"), "folder-is-named-like-the-id");
  manifestFails(replaced(sound, "\"balances\", ", ""), "capabilities-are-what-is-delivered");
}

TEST_CASE("a manifest that requires a newer interface than the library has is detected", "[check][slow]") {
  const Checked checked =
      checkLibrary("older_than_manifest", replaced(manifest(), "\"minor\": 0", "\"minor\": 1"));
  CHECK(checked.notPassed() == std::vector<std::string>{"manifest-minor-not-above-built-minor"});
}

TEST_CASE("a truncated or misplaced library is detected without loading it", "[check]") {
  const TemporaryFolder folder;
  folder.write("example.broken/manifest.json", manifest());
  const auto library = folder.path() / "example.broken" / "liblarkspur.so";
  const std::string whole = contentOf(kBroken + "nothing.so");
  folder.write("example.broken/liblarkspur.so", whole.substr(0, whole.size() / 2));
  CHECK(runChecks(library.parent_path().string()).notPassed() ==
        std::vector<std::string>{"library-is-complete"});
  std::filesystem::remove(library);
  std::filesystem::create_symlink(kBroken + "nothing.so", library);
  CHECK(runChecks(library.parent_path().string()).notPassed() ==
        std::vector<std::string>{"manifest-library-stays-in-folder"});
}
