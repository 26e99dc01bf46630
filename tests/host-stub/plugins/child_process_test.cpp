// What a program that the host starts gets of the host's process.
#include "plugins/child_process.h"
#include "support/catch.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace roots::host;

namespace {

std::string wordsOf(const std::string &script) {
  const ChildResult child = runChild({"/bin/sh", {"-c", script}, "", std::chrono::seconds(30)});
  CHECK(child.started);
  CHECK_FALSE(child.timed_out);
  return child.words;
}

}  // namespace

TEST_CASE("a child does not inherit blocked or ignored signals", "[child]") {
  sigset_t before;
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGPIPE);
  ::sigaddset(&signals, SIGUSR1);
  ::pthread_sigmask(SIG_BLOCK, &signals, &before);
  const auto handler = ::signal(SIGPIPE, SIG_IGN);
  const std::string words = wordsOf("grep -E '^Sig(Blk|Ign)' /proc/self/status >&3");
  ::signal(SIGPIPE, handler);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  CHECK(words.find("SigBlk:\t0000000000000000") != std::string::npos);
  const auto ignored = words.find("SigIgn:\t");
  REQUIRE(ignored != std::string::npos);
  const auto mask = std::stoull(words.substr(ignored + 8), nullptr, 16);
  CHECK((mask >> (SIGPIPE - 1) & 1) == 0);
}

TEST_CASE("a child inherits only the descriptors that it was given", "[child]") {
  const int open_to_all = ::open("/dev/null", O_RDONLY);
  const int open_far_away = ::fcntl(open_to_all, F_DUPFD, 400);
  // Asked one by one, since listing a folder opens a descriptor, too.
  const std::string words = wordsOf(
      "each=0; while [ $each -lt 500 ]; do [ -e /proc/$$/fd/$each ] && echo $each >&3; each=$((each+1)); "
      "done");
  ::close(open_to_all);
  ::close(open_far_away);
  CHECK(words == "0\n1\n2\n3\n");
}

TEST_CASE("an unknown exit status of a child counts as a failure", "[child]") {
  const auto handler = ::signal(SIGCHLD, SIG_IGN);
  const ChildResult child = runChild({"/bin/sh", {"-c", "exit 0"}, "", std::chrono::seconds(30)});
  ::signal(SIGCHLD, handler);
  CHECK(child.started);
  CHECK_FALSE(WIFEXITED(child.status));
}
