// The effect of a terminal and of standard output on the host: a hidden prompt that is ended or stopped,
// and output that cannot be written.
#include "support/catch.h"
#include "support/folders.h"
#include "support/host_user.h"
#include "support/text_search.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <thread>

using namespace roots;
using namespace roots::test;

namespace {

using Clock = std::chrono::steady_clock;

std::vector<char *> pointers(std::vector<std::string> &texts) {
  std::vector<char *> result;
  for (auto &text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

// A terminal with the host in its foreground, started by a shell with job control, so that the process can
// be stopped.
class Terminal {
 public:
  explicit Terminal(std::vector<std::string> command) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    shell_ = ::forkpty(&master_, nullptr, nullptr, nullptr);
    REQUIRE(shell_ >= 0);
    if (shell_ == 0) beShell(command, ends[1]);
    ::close(ends[1]);
    reports_ = ends[0];
    REQUIRE(::read(reports_, &host_, sizeof host_) == sizeof host_);
  }
  ~Terminal() {
    ::kill(host_, SIGKILL);
    ::kill(shell_, SIGKILL);
    ::waitpid(shell_, nullptr, 0);
    ::close(master_);
    ::close(reports_);
  }
  Terminal(const Terminal &) = delete;
  Terminal &operator=(const Terminal &) = delete;

  [[nodiscard]] bool showsWhatIsTyped() const {
    termios state{};
    return ::tcgetattr(master_, &state) == 0 && (state.c_lflag & ECHO) != 0;
  }
  // Until the prompt waits for a secret.
  void waitUntilHidden() const {
    const auto end = Clock::now() + std::chrono::seconds(60);
    while (showsWhatIsTyped() && Clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    REQUIRE_FALSE(showsWhatIsTyped());
  }
  void type(const std::string &keys) const {
    REQUIRE(::write(master_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
  }
  void signal(int number) const { ::kill(host_, number); }
  // The status of the host as from waitpid(), each time that it stops or exits.
  [[nodiscard]] int change() const {
    int status = -1;
    REQUIRE(::read(reports_, &status, sizeof status) == sizeof status);
    return status;
  }

 private:
  [[noreturn]] static void beShell(std::vector<std::string> &command, int reports) {
    ::signal(SIGTTOU, SIG_IGN);
    auto arguments = pointers(command);
    const pid_t host = ::fork();
    if (host == 0) {
      ::setpgid(0, 0);
      ::tcsetpgrp(STDIN_FILENO, ::getpid());
      ::signal(SIGTTOU, SIG_DFL);
      ::execv(arguments[0], arguments.data());
      ::_exit(127);
    }
    ::setpgid(host, host);
    (void)!::write(reports, &host, sizeof host);
    for (;;) {
      int status = 0;
      if (::waitpid(host, &status, WUNTRACED) != host) ::_exit(0);
      (void)!::write(reports, &status, sizeof status);
      if (!WIFSTOPPED(status)) ::pause();  // keeps the terminal open
    }
  }

  int master_ = -1;
  int reports_ = -1;
  pid_t shell_ = -1;
  pid_t host_ = -1;
};

std::vector<std::string> askingCommand(const HostUser &user) {
  return user.command({"moco", "connect", "--domain", "example", "--base-url", "http://127.0.0.1:9"});
}

// Through a shell, so that standard output can be redirected.
ProcessResult typeWithOutput(const HostUser &user, const std::vector<std::string> &words,
                             const std::string &redirection) {
  std::vector<std::string> command{"/bin/sh", "-c", "exec \"$@\" " + redirection, "sh"};
  for (const auto &word : user.command(words)) command.push_back(word);
  return run(command);
}

}  // namespace

TEST_CASE("a hidden prompt that a signal ends restores the terminal", "[end-to-end]") {
  const HostUser user;
  Terminal terminal(askingCommand(user));
  terminal.waitUntilHidden();
  SECTION("Ctrl-\\") {
    terminal.type("half a sec\x1c");
    const int status = terminal.change();
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGQUIT);
  }
  SECTION("the end of the session") {
    terminal.signal(SIGHUP);
    const int status = terminal.change();
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGHUP);
  }
  SECTION("Ctrl-C") {
    terminal.type("\x03");
    const int status = terminal.change();
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 1);
  }
  SECTION("SIGTERM") {
    terminal.signal(SIGTERM);
    const int status = terminal.change();
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 1);
  }
  CHECK(terminal.showsWhatIsTyped());
}

TEST_CASE("while a hidden prompt is stopped, the terminal echoes, and afterwards it hides input again",
          "[end-to-end]") {
  const HostUser user;
  Terminal terminal(askingCommand(user));
  terminal.waitUntilHidden();
  for (int round = 0; round < 2; ++round) {
    terminal.type("\x1a");
    const int stopped = terminal.change();
    REQUIRE(WIFSTOPPED(stopped));
    CHECK(terminal.showsWhatIsTyped());
    terminal.signal(SIGCONT);
    terminal.waitUntilHidden();
  }
  terminal.type("a-key\n");
  const int status = terminal.change();
  CHECK(WIFEXITED(status));
  CHECK(terminal.showsWhatIsTyped());
}

TEST_CASE("output that cannot be written is an error, for every command that prints", "[end-to-end]") {
  const HostUser user;
  user.connectAll();
  const std::vector<std::vector<std::string>> commands{
      {"--json", "timeline"},
      {"timeline", "--from", "2026-01-01", "--to", "2026-12-31"},
      {"calendar"},
      {"calendar", "--ics"},
      {"explain", "2026-07-15"},
      {"balance"},
      {"status"},
      {"status", "--diagnostics"},
      {"plugins", "list"},
      {"settings", "show", "--json"},
      {"types", "list"},
      {"absences", "list"},
      {"sync"},
      {"serve"},
      {"--help"},
      {"help", "sync"},
      {"--version"}};
  for (const char *redirection : {">/dev/full", ">&-"}) {
    for (const auto &words : commands) {
      INFO(words.front() << " " << words.back() << " " << redirection);
      const auto result = typeWithOutput(user, words, redirection);
      CHECK(result.exit_code == 1);
      CHECK_FALSE(result.timed_out);
      CHECK(contains(result.err, "Standard output cannot be written"));
    }
  }
  // A failure keeps its exit code and reports its cause as far as possible.
  const auto failed = typeWithOutput(user, {"explain", "nonsense", "--json"}, ">/dev/full");
  CHECK(failed.exit_code == 2);
  CHECK(contains(failed.err, "The command itself failed."));
  // Files that were opened in place of a closed stream were not written to.
  CHECK(user.type({"status"}).exit_code == 0);
  CHECK(user.type({"sync"}).exit_code == 0);
}

TEST_CASE("an option without a value is wrong use", "[end-to-end]") {
  const HostUser user;
  for (const char *option : {"--home", "--plugins", "--today"}) {
    for (const auto &words :
         {std::vector<std::string>{option, "", "status"}, {"status", std::string(option) + "="}}) {
      const auto result = user.type(words);
      INFO(option);
      CHECK(result.exit_code == 2);
      CHECK(contains(result.err, std::string(option) + " needs a value: "));
    }
  }
  CHECK(user.type({"timeline", "--from", ""}).exit_code == 2);
}
