// Side effects of the transport on a host: no signal, an unchanged signal state of its threads,
// and no descriptor in its children.
#include "kit/loopback_requests.h"
#include "support/catch.h"
#include "support/folders.h"
#include "support/process.h"
#include "support/raw_server.h"

#include <roots/kit/http_transport.h>
#include <roots/kit/parallel.h>

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <set>

using namespace roots;
using namespace roots::kit;
using namespace roots::test;
using namespace std::chrono_literals;

namespace {

RawServerOptions tlsOptions() {
  RawServerOptions options;
  options.certificate = goodCertificate();
  return options;
}

std::unique_ptr<HttpTransport> transportOver(const RawServer &server, bool secure) {
  TransportOptions options;
  options.base_url = std::string(secure ? "https" : "http") + "://localhost:" + std::to_string(server.port());
  options.ca_file = secure ? authority().file() : "";
  auto transport = makeHttpTransport(options);
  REQUIRE(transport.ok());
  return std::move(*transport);
}

// The ways of a server to end a connection that a client still uses.
RawServer::Script idleConnectionIsReset() {
  return [](Peer &peer) {
    if (!peer.performHandshake() || peer.readRequest().empty() || !peer.send(kEmptyReply)) return;
    peer.wait(30ms);
    peer.reset();
  };
}
RawServer::Script resetAfterRequest() {
  return [](Peer &peer) {
    if (peer.performHandshake() && !peer.readRequest().empty()) peer.reset();
  };
}
RawServer::Script resetInsteadOfHandshake() {
  return [](Peer &peer) { peer.reset(); };
}
RawServer::Script resetInReply() {
  return [](Peer &peer) {
    if (!peer.performHandshake() || peer.readRequest().empty()) return;
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
    peer.wait(30ms);
    peer.reset();
  };
}

std::atomic<int> signals_seen{0};
thread_local bool is_watched = false;

// As the default action would be taken: for each signal that is delivered to a watched thread.
void countSignal(int /*number*/) {
  if (is_watched) ++signals_seen;
}

// For the time of a test.
class SignalsCounted {
 public:
  SignalsCounted() {
    struct sigaction wanted{};
    wanted.sa_handler = countSignal;
    ::sigaction(SIGPIPE, &wanted, &before_);
  }
  ~SignalsCounted() { ::sigaction(SIGPIPE, &before_, nullptr); }
  SignalsCounted(const SignalsCounted &) = delete;
  SignalsCounted &operator=(const SignalsCounted &) = delete;

 private:
  struct sigaction before_{};
};

// Numbers of the signals in a set.
std::set<int> numbersIn(const sigset_t &signals) {
  std::set<int> numbers;
  for (int number = 1; number < NSIG; ++number)
    if (sigismember(&signals, number) == 1) numbers.insert(number);
  return numbers;
}
std::set<int> blockedNow() {
  sigset_t signals;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &signals);
  return numbersIn(signals);
}
std::set<int> pendingNow() {
  sigset_t signals;
  ::sigpending(&signals);
  return numbersIn(signals);
}

void setBlocked(int number, bool blocked) {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, number);
  ::pthread_sigmask(blocked ? SIG_BLOCK : SIG_UNBLOCK, &signals, nullptr);
}

// Runs work on a thread of a host: one that blocks SIGPIPE, or one that does not.
void onThread(bool blocks_pipe_signal, const std::function<void()> &work) {
  std::thread([&] {
    setBlocked(SIGPIPE, blocks_pipe_signal);
    is_watched = true;
    work();
    is_watched = false;
  }).join();
}

// Two requests and a while between them, so that kept connections are met, too.
void askTwice(const RawServer &server, bool secure) {
  const auto transport = transportOver(server, secure);
  (void)transport->send(HttpRequest{}, within(60s));
  std::this_thread::sleep_for(100ms);
  (void)transport->send(HttpRequest{}, within(60s));
  HttpRequest large;
  large.method = "POST";
  large.body = std::string(4'000'000, 'x');
  (void)transport->send(large, within(60s));
}

// All ways to end a connection, each plain and over TLS.
void meetResets() {
  for (const auto &script :
       {idleConnectionIsReset(), resetAfterRequest(), resetInsteadOfHandshake(), resetInReply()}) {
    for (const bool secure : {false, true}) {
      const RawServer server(script, secure ? tlsOptions() : RawServerOptions());
      askTwice(server, secure);
    }
  }
}

// Descriptors of this process that a program started now would get.
std::set<int> inheritable() {
  std::set<int> found;
  DIR *const folder = ::opendir("/proc/self/fd");
  for (const dirent *entry = ::readdir(folder); entry != nullptr; entry = ::readdir(folder)) {
    const int descriptor = std::atoi(entry->d_name);
    const int flags = ::fcntl(descriptor, F_GETFD);
    if (flags >= 0 && (flags & FD_CLOEXEC) == 0) found.insert(descriptor);
  }
  ::closedir(folder);
  return found;
}

std::set<int> newlyInheritable(const std::set<int> &before) {
  std::set<int> found = inheritable();
  for (const int descriptor : before) found.erase(descriptor);
  return found;
}

// The signals that are blocked once a host that blocked these has loaded the library.
std::string blockedAfterLoading(const std::string &library, const std::string &signal, bool lazily) {
  std::vector<std::string> command{buildFolder() + "/tests/loading-host", library};
  if (!signal.empty()) command.push_back(signal);
  ProcessOptions options;
  if (lazily) options.environment["LAZY"] = "1";
  const auto result = run(command, options);
  INFO(result.err);
  CHECK(result.exit_code == 0);
  return result.out;
}

}  // namespace

TEST_CASE("no signal reaches the host, however a connection is reset", "[transport][signals]") {
  const SignalsCounted counted;
  signals_seen = 0;
  onThread(false, meetResets);
  CHECK(signals_seen == 0);
}

TEST_CASE("a call restores the signal state of its thread", "[transport][signals]") {
  const bool blocks_pipe_signal = GENERATE(false, true);
  CAPTURE(blocks_pipe_signal);
  const SignalsCounted counted;
  std::set<int> blocked_before;
  std::set<int> blocked_after;
  std::set<int> pending_after;
  onThread(blocks_pipe_signal, [&] {
    setBlocked(SIGUSR2, true);
    blocked_before = blockedNow();
    meetResets();
    blocked_after = blockedNow();
    pending_after = pendingNow();
  });
  CHECK(blocked_after == blocked_before);
  CHECK(pending_after.empty());
}

TEST_CASE("a signal that a host has pending stays pending", "[transport][signals]") {
  const SignalsCounted counted;
  std::set<int> pending_after;
  onThread(true, [&] {
    ::raise(SIGPIPE);
    meetResets();
    pending_after = pendingNow();
  });
  CHECK(pending_after == std::set<int>{SIGPIPE});
}

TEST_CASE("functions of the host run with the signal mask of the host", "[transport][signals]") {
  const RawServer silent([](Peer &peer) { peer.wait(10s); });
  bool blocked_in_callback = false;
  onThread(false, [&] {
    CallLimits limits = within(300ms);
    limits.is_cancelled = [&] {
      blocked_in_callback = blocked_in_callback || blockedNow().count(SIGPIPE) == 1;
      return false;
    };
    (void)transportOver(silent, false)->send(HttpRequest{}, limits);
  });
  CHECK_FALSE(blocked_in_callback);
}

TEST_CASE("a thread of the kit handles no signal of the host, and its caller's mask is unchanged",
          "[transport][signals]") {
  std::set<int> in_thread;
  std::set<int> before;
  std::set<int> after;
  onThread(false, [&] {
    before = blockedNow();
    runInParallel(
        within(60s), [](const CallLimits &) { return true; },
        [&](const CallLimits &) {
          in_thread = blockedNow();
          return true;
        });
    after = blockedNow();
  });
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGALRM, SIGCHLD, SIGUSR1, SIGPIPE})
    CHECK(in_thread.count(number) == 1);
  for (const int number : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) CHECK(in_thread.count(number) == 0);
  CHECK(after == before);
}

TEST_CASE("children inherit no descriptor of the transport", "[transport][signals]") {
  const bool secure = GENERATE(false, true);
  const RawServer silent(
      [](Peer &peer) {
        if (peer.performHandshake() && !peer.readRequest().empty()) peer.send(kEmptyReply);
        peer.readRequest();
        peer.wait(10s);
      },
      secure ? tlsOptions() : RawServerOptions());
  const auto transport = transportOver(silent, secure);
  const std::set<int> before = inheritable();
  REQUIRE(transport->send(HttpRequest{}, within(60s)).ok());
  CHECK(newlyInheritable(before).empty());

  std::atomic<bool> over{false};
  std::thread caller([&] {
    (void)transport->send(HttpRequest{}, within(500ms));
    over = true;
  });
  std::set<int> seen;
  while (!over) seen.merge(newlyInheritable(before));
  caller.join();
  CHECK(seen.empty());
}

TEST_CASE("loading a plugin does not change the signal mask of the host", "[signals]") {
  const std::string library = GENERATE(pluginBuild() + "/plugins/roots.personio/libroots-personio.so",
                                       pluginBuild() + "/template/plugins/example.larkspur/liblarkspur.so");
  CAPTURE(library);
  const std::string pipe_signal = std::to_string(SIGPIPE);
  for (const bool lazily : {false, true}) {
    CHECK(blockedAfterLoading(library, "", lazily).empty());
    CHECK(blockedAfterLoading(library, pipe_signal, lazily) == pipe_signal + " ");
    CHECK(blockedAfterLoading(library, "10", lazily) == "10 ");
  }
}
