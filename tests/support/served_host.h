// The host that serves the page, and a client that calls it over HTTP as the page does.
#pragma once

#include "support/host_user.h"
#include "support/loopback_client.h"

#include <csignal>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace roots::test {

class ServedHost {
 public:
  // more: global options that replace the user's own.
  explicit ServedHost(const HostUser &user, const ProcessOptions &options = {},
                      const std::vector<std::string> &more = {});

  [[nodiscard]] pid_t id() const { return host_.id(); }

  // Calls a command; returns the connection that delivers its reply.
  [[nodiscard]] std::unique_ptr<LoopbackConnection> begin(
      const std::vector<std::string> &words, const std::map<std::string, std::string> &secrets = {}) const;
  // The exit code in the last line of the reply; -1: there was none.
  [[nodiscard]] static int exitCodeOf(LoopbackConnection &connection);
  [[nodiscard]] static int exitCodeIn(std::string lines);
  [[nodiscard]] int run(const std::vector<std::string> &words) const { return exitCodeOf(*begin(words)); }

  [[nodiscard]] ProcessResult quit(int signal = SIGTERM);

 private:
  RunningProcess host_;
  std::uint16_t port_ = 0;
  std::string token_;
};

}  // namespace roots::test
