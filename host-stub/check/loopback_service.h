// Loopback services for plugins under check: one with the same reply to every request, one with recorded
// replies, and an address that refuses connections.
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
  // Requested paths with their queries.
  [[nodiscard]] std::vector<std::string> targets() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> targets_;
  std::unique_ptr<host::HttpServer> server_;
};

// A reply that is never sent.
[[nodiscard]] host::ServerReply silence();

// An address that refuses connections during the lifetime of the process.
[[nodiscard]] std::string refusingAddress();

// Reads recorded replies: {"GET /path": {"status": 200, "body": ...}, ...}. The query of a request is
// ignored; requests without a recorded reply get 404.
[[nodiscard]] Result<host::ServerHandler> readReplies(const std::filesystem::path &file);

}  // namespace roots::check
