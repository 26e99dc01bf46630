#include "command/console.h"
#include "fuzz/requirements.h"
#include "fuzz/targets.h"
#include "isolation/line_channel.h"
#include "page/page_call.h"
#include "page/page_guard.h"
#include "state/secret_store.h"
#include "support/temporary_folder.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <sstream>

namespace roots::fuzz {
namespace {

std::vector<std::string> linesOf(std::string_view bytes) {
  std::vector<std::string> lines;
  std::istringstream stream{std::string(bytes)};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

void page_request(std::string_view bytes) {
  const auto lines = linesOf(bytes);
  if (lines.size() < 2) return;
  host::ServerRequest request;
  request.method = lines[0];
  request.path = lines[1];
  for (std::size_t index = 2; index < lines.size(); ++index) {
    const std::size_t colon = lines[index].find(": ");
    if (colon == std::string::npos) continue;
    request.headers.emplace_back(lines[index].substr(0, colon), lines[index].substr(colon + 2));
  }
  const host::PageGuard guard{4711, "the-token"};
  const auto refusal = guard.refusal(request);
  if (refusal) {
    require(refusal->status >= 400 && refusal->status < 500);
    return;
  }
  const std::string host = request.header("Host").value_or("");
  require(host == "127.0.0.1:4711" || host == "localhost:4711");
  if (!request.path.starts_with("/api/")) return;
  require(request.method == "POST" && request.header("X-Roots-Token") == "the-token");
  require(request.header("Origin").value_or("http://" + host) == "http://" + host);
}

// The command reads each secret that the page sends, under the same name.
void page_call(std::string_view bytes) {
  const auto call = host::readPageCall(bytes);
  if (!call) return;
  require(!call->words.empty() && call->words.size() <= 64);
  std::string lines;
  for (const auto &[key, value] : call->secrets) lines += key + "=" + value + "\n";
  std::istringstream stream(lines);
  const auto read = host::readSecretLines(stream);
  require(read.ok() && *read == call->secrets);
}

void secrets(std::string_view bytes) {
  static const test::TemporaryFolder home;
  (void)host::secretsFromEntry(std::string(bytes));
  (void)host::secretsFromFormerEntry(std::string(bytes));
  const auto file = home.write("secrets.json", std::string(bytes));
  std::filesystem::permissions(file,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const auto store = host::SecretStore::open(home.path());
  requireShowable(store);
  if (!store) return;
  (void)store->areInKeyring();
  (void)store->get("roots.personio", "client_secret");
}

void secret_lines(std::string_view bytes) {
  std::istringstream stream{std::string(bytes)};
  const auto read = host::readSecretLines(stream);
  requireShowable(read);
  if (!read) return;
  for (const auto &[key, value] : *read)
    require(!key.empty() && key.find('\n') == std::string::npos && value.find('\n') == std::string::npos);
}

void plugin_lines(std::string_view bytes) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return;
  host::LineChannel channel(ends[0]);
  const bool written = ::write(ends[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  ::close(ends[1]);
  if (!written) return;
  std::size_t messages = 0;
  while (channel.receive(std::chrono::seconds(1))) ++messages;
  require(channel.isOver() && messages <= bytes.size());
}

}  // namespace roots::fuzz
