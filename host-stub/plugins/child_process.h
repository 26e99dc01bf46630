// Another process of this program (or of any other) for work that may crash, hang or end its process: the
// trial of a library, a check, an isolated plugin. The child has no terminal: its standard streams are
// /dev/null unless said otherwise. It is the head of a process group of its own, so that whatever it started
// is ended with it.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace roots::host {

// The child's end of what its starter reads and writes.
inline constexpr int kChildWritesHere = 3;

struct ChildPlan {
  std::filesystem::path executable;
  std::vector<std::string> arguments;  // seen by everybody on this computer: nothing secret
  std::string input;                   // its standard input, then end of file; at most 64 KiB
  std::chrono::milliseconds time_limit{10000};
};

struct ChildResult {
  bool started = false;
  bool timed_out = false;  // and was killed
  int status = 0;          // as from waitpid()
  std::string words;       // what it wrote to descriptor 3, up to 64 KiB
};

// Runs it to its end, or kills it when its time is up.
[[nodiscard]] ChildResult runChild(const ChildPlan &plan);

// Starts it with these descriptors as its standard input and descriptor 3, which stay the caller's to close;
// -1: it could not be started.
[[nodiscard]] pid_t startChild(const ChildPlan &plan, int input, int output);
// Kills it and whatever it started, waits for its end, and returns its status as from waitpid(): if it was
// ending already, how it did.
int endChild(pid_t child);

// Neither of this process nor of those that it starts.
void writeNoCoreFile();

// First of all, in every process that may hold secrets: no core file is written of it, and no other program
// of the user reads its memory.
void keepMemoryPrivate();

// In the child, first of all: whoever catches these signals (a crash reporter, a sanitizer) would hide how
// the process ended.
void leaveCrashesToTheSystem();

}  // namespace roots::host
