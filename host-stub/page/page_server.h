// The host's page in a browser: a few files, and one call that runs a command of the host like its command
// line and returns the output of --json. The page can run a listed subset of the commands.
//
//   POST /api/run   {"words": ["calendar", "--month", "2026-07"], "secrets": {"client_secret": "..."}}
//             ->    lines of JSON while it runs, the result last:
//                   {"step": {"source": "Personio", "part": "absences", "state": "began", "problem": ""}}
//                   {"doing": "Reading absences", "permille": 100}
//                   {"exit_code": 0, "reply": ..., "text": "output that is not JSON", "notes": "standard
//                   error"}
//
// A page that is closed or requests something else cancels its command by closing the connection.
#pragma once

#include "http_server/http_server.h"
#include "page/page_call.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace roots::host {

struct PageAnswer {
  int exit_code = 0;
  std::string out;    // JSON, or a text
  std::string notes;  // for the user
};

// The recipient of the result.
struct PageWatcher {
  std::function<void(const std::string &source, const std::string &part, bool has_ended,
                     const std::string &problem)>
      on_step;
  std::function<void(int permille, std::string_view doing)> on_progress;
  std::function<bool()> is_gone;
};

// Called from several threads at the same time.
using RunPageCall = std::function<PageAnswer(const PageCall &call, const PageWatcher &watcher)>;

class PageServer {
 public:
  [[nodiscard]] static Result<std::unique_ptr<PageServer>> start(std::uint16_t port, RunPageCall run);
  ~PageServer();
  PageServer(const PageServer &) = delete;
  PageServer &operator=(const PageServer &) = delete;

  // Contains the token of this start, which grants the user's rights.
  [[nodiscard]] std::string link() const;

 private:
  struct Content;
  explicit PageServer(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

}  // namespace roots::host
