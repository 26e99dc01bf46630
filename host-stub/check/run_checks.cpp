#include "check/run_checks.h"

#include "check/process_watch.h"
#include "plugins/child_process.h"

#include <roots/kit/json.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

namespace roots::check {

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char *kArgument = "--run-check";

const Check *checkNamed(const std::string &name) {
  for (const auto &check : allChecks())
    if (check.name == name) return &check;
  return nullptr;
}

// The reason may quote a plugin, which can contain any bytes.
Verdict guardedRun(const Check &check, const Subject &subject) {
  try {
    return check.run(subject);
  } catch (const std::exception &problem) {
    return failed(std::string("The check could not be run: ") + problem.what());
  }
}

std::string writeVerdict(const Verdict &verdict) {
  kit::JsonWriter json;
  json.beginObject();
  json.integer("outcome", static_cast<int>(verdict.outcome)).text("reason", verdict.reason);
  json.endObject();
  return json.finish();
}

std::optional<Verdict> readVerdict(const std::string &text) {
  const auto document = kit::JsonDocument::parse(text);
  if (!document) return std::nullopt;
  const auto outcome = document->root()["outcome"].asInteger();
  if (!outcome || *outcome < 0 || *outcome > static_cast<int>(Outcome::warning)) return std::nullopt;
  return Verdict{static_cast<Outcome>(*outcome), document->root()["reason"].textOrEmpty()};
}

Verdict verdictFrom(const host::ChildResult &child, std::chrono::seconds time_limit) {
  if (!child.started) return {Outcome::crashed, "Its process could not be started."};
  if (child.timed_out) {
    return {Outcome::timed_out, "It was still running after " + std::to_string(time_limit.count()) +
                                    " seconds and was terminated."};
  }
  // A thread that is being started blocks signals; then the kernel kills the process itself.
  const bool forbidden = WIFEXITED(child.status) ? WEXITSTATUS(child.status) == kForbiddenCall
                                                 : WTERMSIG(child.status) == SIGSYS;
  if (forbidden)
    return failed("It made a forbidden system call that creates a socket, a thread, or a process.");
  if (WIFSIGNALED(child.status)) {
    const int number = WTERMSIG(child.status);
    return {Outcome::crashed, std::string("The process ended with SIG") + ::sigabbrev_np(number) + "."};
  }
  if (auto verdict = readVerdict(child.words)) return *std::move(verdict);
  return {Outcome::crashed,
          "The plugin ended the process with exit code " + std::to_string(WEXITSTATUS(child.status)) + "."};
}

Verdict runOnce(const Check &check, const Subject &subject, const Running &running) {
  if (running.in_process) return guardedRun(check, subject);
  const host::ChildPlan plan{
      running.executable, {kArgument, check.name}, writeSubject(subject), running.time_limit};
  return verdictFrom(host::runChild(plan), running.time_limit);
}

Verdict runOne(const Check &check, const Subject &subject, const Running &running) {
  constexpr int most_tries = 3;
  Verdict verdict = runOnce(check, subject, running);
  for (int tries = 1; tries < most_tries && check.judges_time; ++tries) {
    const bool may_be_late = verdict.outcome == Outcome::failed || verdict.outcome == Outcome::warning;
    if (!may_be_late) break;
    verdict = runOnce(check, subject, running);
  }
  return verdict;
}

bool wanted(const Check &check, const std::vector<std::string> &only) {
  return only.empty() || std::find(only.begin(), only.end(), check.name) != only.end();
}

// Why a check cannot run; "": it can.
std::string skipReason(const Check &check, const std::map<std::string, Verdict> &done) {
  const auto found = done.find(check.after);
  if (found == done.end()) return "";
  const Verdict &before = found->second;
  if (before.outcome == Outcome::passed || before.outcome == Outcome::warning) return "";
  if (before.outcome == Outcome::skipped) return before.reason;
  return "It needs " + check.after + ", which did not pass.";
}

std::string readAll(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto count = ::read(descriptor, buffer.data(), buffer.size());
    if (count <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

std::vector<Finding> runChecks(const Subject &subject, const Running &running) {
  std::vector<Finding> findings;
  std::map<std::string, Verdict> done;
  for (const auto &check : allChecks()) {
    if (!wanted(check, running.only)) continue;
    const auto start = Clock::now();
    const std::string why_not = skipReason(check, done);
    Finding finding{&check, why_not.empty() ? runOne(check, subject, running) : skipped(why_not), {}};
    finding.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    done[check.name] = finding.verdict;
    if (running.on_finding) running.on_finding(finding);
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::optional<int> runCheckIfAsked(int argument_count, char **arguments) {
  if (argument_count != 3 || std::strcmp(arguments[1], kArgument) != 0) return std::nullopt;
  host::leaveCrashesToTheSystem();
  const Check *check = checkNamed(arguments[2]);
  const auto subject = readSubject(readAll(STDIN_FILENO));
  if (check == nullptr || !subject) return 1;
  const std::string verdict = writeVerdict(guardedRun(*check, *subject));
  const auto written = ::write(host::kChildWritesHere, verdict.data(), verdict.size());
  // The exit handlers of the plugin are not part of this check.
  ::_exit(written == static_cast<ssize_t>(verdict.size()) ? 0 : 1);
}

}  // namespace roots::check
