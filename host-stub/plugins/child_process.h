// Another process of this program (or of any other) for work that can crash, hang, or end its process: the
// trial of a library, a check, an isolated plugin. The child has no terminal: by default, its standard
// streams are /dev/null. It has no other descriptor of this process, blocks no signal, and has the default
// action for SIGPIPE. It is the leader of a separate process group, so that all processes that it started are
// ended with it.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace roots::host {

// The child's end of the pipe to its parent.
inline constexpr int kChildWritesHere = 3;

struct ChildPlan {
  std::filesystem::path executable;
  std::vector<std::string> arguments;  // visible to all users of this computer: no secrets
  std::string input;                   // its standard input, then end of file; at most 64 KiB
  std::chrono::milliseconds time_limit{10000};
  // A program that knows nothing of descriptor 3: `output` is its standard output, and its standard error is
  // that of this process.
  bool writes_to_standard_output = false;
};

struct ChildResult {
  bool started = false;
  bool timed_out = false;  // and was killed
  int status = 0;          // as from waitpid()
  std::string words;       // its output on descriptor 3, up to 64 KiB
};

// Runs it to its end, or kills it after the timeout.
[[nodiscard]] ChildResult runChild(const ChildPlan &plan);

// Starts it with these descriptors as its standard input and its output; the caller must close them. -1: it
// could not be started.
[[nodiscard]] pid_t startChild(const ChildPlan &plan, int input, int output);
// Kills it and all processes that it started, waits for its end, and returns its status as from waitpid(),
// also if it had ended already.
int endChild(pid_t child);

// Neither of this process nor of those that it starts.
void writeNoCoreFile();

// Call it first in each process that can hold secrets: prevents core files, and access to its memory by other
// programs of the user.
void keepMemoryPrivate();

// Call it first in the child: a handler for these signals (a crash reporter, a sanitizer) would hide how the
// process ended.
void leaveCrashesToTheSystem();

}  // namespace roots::host
