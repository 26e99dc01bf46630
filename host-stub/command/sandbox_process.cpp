#include "command/sandbox_process.h"

#include "plugins/child_process.h"

#include <roots/kit/json.h>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>

namespace roots::host {
namespace {

constexpr std::chrono::seconds kTimeLimit{30};  // only a program that hangs reaches it

// Reads until the end of a line, or of the output. "": neither came within the time limit.
std::string readLine(int descriptor) {
  std::string line;
  while (!line.ends_with('\n')) {
    pollfd waiting{descriptor, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(std::chrono::milliseconds(kTimeLimit).count())) <= 0) return "";
    std::array<char, 4096> buffer{};
    const auto count = ::read(descriptor, buffer.data(), buffer.size());
    if (count <= 0) break;
    line.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return line;
}

Error problem(std::string message) { return makeError(Status::internal, std::move(message)); }

}  // namespace

Result<std::unique_ptr<SandboxProcess>> SandboxProcess::start(const std::filesystem::path &folder,
                                                              kit::CivilDate today) {
  ChildPlan plan;
  plan.executable = folder / "roots-sandbox";
  plan.arguments = {"--json", "--until-stdin-ends", "--today", kit::formatDate(today)};
  plan.writes_to_standard_output = true;
  std::error_code ignored;
  if (!std::filesystem::exists(plan.executable, ignored)) {
    return problem("The demo needs the program roots-sandbox in " + folder.string() +
                   ". Install it: it belongs to the component sdk of this project.");
  }
  std::unique_ptr<SandboxProcess> sandbox(new SandboxProcess);
  if (sandbox->input_.made() && sandbox->output_.made())
    sandbox->process_ = startChild(plan, sandbox->input_.reading(), sandbox->output_.writing());
  if (sandbox->process_ < 0) return problem("The program roots-sandbox cannot be started.");
  sandbox->input_.closeEnd(0);
  sandbox->output_.closeEnd(1);
  if (auto read = sandbox->readAccess(); !read) return std::move(read).error();
  return sandbox;
}

SandboxProcess::~SandboxProcess() {
  if (process_ >= 0) endChild(process_);
}

Result<void> SandboxProcess::readAccess() {
  const auto document = kit::JsonDocument::parse(readLine(output_.reading()));
  const auto text = [&](const char *member) { return document->root()[member].textOrEmpty(); };
  if (!document || text("personio_url").empty())
    return problem("The program roots-sandbox does not start its services.");
  access_ = {text("personio_url"), text("client_id"),   text("client_secret"), text("email"),
             text("moco_url"),     text("moco_domain"), text("moco_api_key")};
  return {};
}

bool SandboxProcess::stop() {
  input_.closeEnd(1);
  while (!readLine(output_.reading()).empty()) continue;  // its output ends with the program
  const int status = endChild(process_);
  process_ = -1;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace roots::host
