#include "state/keyring.h"

#include "plugins/child_process.h"
#include "plugins/pipe.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <roots/kit/wipe.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace roots::host {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

static_assert(kKeyringWritesHere == kChildWritesHere);

constexpr milliseconds kWithoutAsking{10000};
constexpr milliseconds kUntilTold{3000};
constexpr milliseconds kBetweenLooks{50};
constexpr std::size_t kMaxOutput = 1024 * 1024;

bool hasSessionBus() {
  const char *address = std::getenv("DBUS_SESSION_BUS_ADDRESS");  // NOLINT(concurrency-mt-unsafe)
  if (address != nullptr && *address != '\0') return true;
  const char *runtime = std::getenv("XDG_RUNTIME_DIR");  // NOLINT(concurrency-mt-unsafe)
  std::error_code problem;
  return runtime != nullptr && *runtime == '/' && fs::exists(fs::path(runtime) / "bus", problem);
}

fs::path programBesideThisOne() {
  std::error_code problem;
  return fs::read_symlink("/proc/self/exe", problem).parent_path() / "roots-keyring";
}

// False: the other end is closed.
bool readInto(int pipe, std::string &output) {
  std::array<char, 4096> buffer{};
  const auto count = ::read(pipe, buffer.data(), buffer.size());
  if (count < 0 && errno == EINTR) return true;
  if (count > 0 && output.size() < kMaxOutput) output.append(buffer.data(), static_cast<std::size_t>(count));
  ::explicit_bzero(buffer.data(), buffer.size());
  return count > 0;
}

// The exit status of a child that has closed its output and therefore is about to exit; a child that does
// not exit is killed.
int statusAtEnd(pid_t child) {
  constexpr milliseconds enough{5000};
  const auto end = Clock::now() + enough;
  int status = 0;
  pid_t ended = 0;
  while ((ended = ::waitpid(child, &status, WNOHANG)) == 0) {
    if (Clock::now() >= end) return endChild(child);
    std::this_thread::sleep_for(milliseconds(1));
  }
  return ended == child ? status : SIGKILL;  // the exit status is unknown, which counts as a failure
}

}  // namespace

std::string reasonOf(KeyringExit exit) {
  switch (exit) {
    case KeyringExit::no_service:
      return "no keyring is available in this session";
    case KeyringExit::locked:
      return "it is locked, or its prompt was dismissed";
    case KeyringExit::unanswered:
      return "its prompt was not answered";
    case KeyringExit::cancelled:
      return "you cancelled it";
    case KeyringExit::not_done:
      return "it confirmed the change but did not make it";
    case KeyringExit::out_of_reach:
      return "it cannot be reached from here";
    default:
      return "it failed";
  }
}

Keyring::Keyring(fs::path home, KeyringAccess access) : home_(std::move(home)), access_(std::move(access)) {
  if (access_.program.empty()) access_.program = programBesideThisOne();
}

bool Keyring::isRuledOut() {
  const char *choice = std::getenv("ROOTS_SECRETS");  // NOLINT(concurrency-mt-unsafe)
  return choice != nullptr && std::string_view(choice) == "file";
}

bool Keyring::isReachable() const {
  std::error_code problem;
  return !isRuledOut() && hasSessionBus() && fs::exists(access_.program, problem);
}

Keyring::Answer Keyring::load(const std::string &name) { return ask("load", name, "", Asking::allowed); }

KeyringExit Keyring::keep(const std::string &name, const std::string &text, Asking asking) {
  return ask("keep", name, text, asking).exit;
}

KeyringExit Keyring::remove(const std::string &name, Asking asking) {
  return ask("remove", name, "", asking).exit;
}

Keyring::Answer Keyring::ask(const std::string &operation, const std::string &name, const std::string &input,
                             Asking asking) {
  if (!isReachable()) return {KeyringExit::out_of_reach, ""};
  if (refusal_) return {*refusal_, ""};
  Answer answer = run(operation, name, input, asking);
  const bool is_refusal = answer.exit == KeyringExit::no_service || answer.exit == KeyringExit::locked ||
                          answer.exit == KeyringExit::unanswered || answer.exit == KeyringExit::cancelled;
  if (is_refusal && asking == Asking::allowed) refusal_ = answer.exit;
  return answer;
}

Keyring::Answer Keyring::run(const std::string &operation, const std::string &name, const std::string &input,
                             Asking asking) {
  std::error_code problem;
  const fs::path home = fs::canonical(home_, problem);
  Pipe to_child;
  Pipe from_child;
  if (problem || !to_child.made() || !from_child.made()) return {KeyringExit::failed, ""};
  ChildPlan plan{access_.program, {operation, home.string(), name}, "", {}};
  if (asking == Asking::no) plan.arguments.emplace_back("--unasked");
  const pid_t child = startChild(plan, to_child.reading(), from_child.writing());
  if (child < 0) return {KeyringExit::failed, ""};
  from_child.closeEnd(1);
  // The text fits into the pipe's buffer (secret_store.cpp bounds it), so writing never waits for the
  // child.
  const bool fed = input.empty() || ::write(to_child.writing(), input.data(), input.size()) ==
                                        static_cast<ssize_t>(input.size());
  to_child.closeEnd(1);

  const auto start = Clock::now();
  const auto limit = asking == Asking::no ? std::min(access_.wait_limit, kWithoutAsking) : access_.wait_limit;
  std::string output;
  const kit::WipedAtEnd wiped(output);
  std::optional<KeyringExit> given_up;
  for (bool open = fed; open && !given_up;) {
    pollfd waiting{from_child.reading(), POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(kBetweenLooks.count())) > 0) {
      open = readInto(from_child.reading(), output);
      if (!output.empty() && output.front() == kKeyringAsks) reportOnce("Your keyring asks for permission.");
    }
    const auto waited = Clock::now() - start;
    if (access_.is_cancelled && access_.is_cancelled()) given_up = KeyringExit::cancelled;
    if (open && waited >= limit) given_up = KeyringExit::unanswered;
    if (open && asking == Asking::allowed && waited >= kUntilTold)
      reportOnce("Waiting for your keyring. It may be asking for permission.");
  }
  const bool has_ended = fed && !given_up;
  const int status = has_ended ? statusAtEnd(child) : endChild(child);
  access_.wait_limit -=
      std::min(access_.wait_limit, std::chrono::duration_cast<milliseconds>(Clock::now() - start));
  if (given_up) return {*given_up, ""};
  if (!has_ended || !WIFEXITED(status)) return {KeyringExit::failed, ""};
  constexpr int not_started = 127;  // exit code of the dynamic loader if a library is missing
  if (WEXITSTATUS(status) == not_started) return {KeyringExit::no_service, ""};
  const std::size_t text = output.find_first_not_of(kKeyringAsks);
  const bool has_text = text != std::string::npos && output[text] == kKeyringText;
  return {static_cast<KeyringExit>(WEXITSTATUS(status)), has_text ? output.substr(text + 1) : ""};
}

void Keyring::reportOnce(std::string_view line) {
  if (!has_reported_ && access_.report) access_.report(line);
  has_reported_ = true;
}

}  // namespace roots::host
