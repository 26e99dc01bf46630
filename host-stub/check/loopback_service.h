// Services on loopback that plugins under check talk to: one that answers everything with the same reply, one
// that answers with what an author recorded, and an address where nobody listens.
#pragma once

#include "http_server/http_server.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace roots::check {

class LoopbackService {
 public:
  explicit LoopbackService(host::ServerHandler handler);
  explicit LoopbackService(const host::ServerReply &always);

  [[nodiscard]] std::string address() const;  // "http://127.0.0.1:PORT"
  // Paths with their queries, as they were asked for.
  [[nodiscard]] std::vector<std::string> targets() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> targets_;
  std::unique_ptr<host::HttpServer> server_;
};

// A reply that never comes.
[[nodiscard]] host::ServerReply silence();

// An address that refuses connections for as long as the process lives.
[[nodiscard]] std::string refusingAddress();

// Reads recorded replies: {"GET /path": {"status": 200, "body": ...}, ...}. The query of a request does not
// matter; what was not recorded is answered with 404.
[[nodiscard]] Result<host::ServerHandler> readReplies(const std::filesystem::path &file);

}  // namespace roots::check
