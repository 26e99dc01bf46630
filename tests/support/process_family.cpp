#include "support/process_family.h"

#include "support/temporary_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace roots::test {
namespace {

namespace fs = std::filesystem;

// The text of a file in /proc, whose parts end with a zero byte.
std::string spaced(const fs::path &file) {
  std::string text = contentOf(file);
  std::replace(text.begin(), text.end(), '\0', ' ');
  return text;
}

}  // namespace

ProcessFamily::ProcessFamily(pid_t head)
    : looking_([this, head] {
        while (!ended_) look(head);
      }) {}

ProcessFamily::~ProcessFamily() { (void)seen(); }

const ProcessFamily::Seen &ProcessFamily::seen() {
  ended_ = true;
  if (looking_.joinable()) looking_.join();
  return seen_;
}

void ProcessFamily::look(pid_t process) {
  const fs::path folder = "/proc/" + std::to_string(process);
  for (const auto &[name, into] :
       {std::pair("cmdline", &seen_.command_lines), std::pair("environ", &seen_.environments)}) {
    if (std::string text = spaced(folder / name); !text.empty()) into->insert(std::move(text));
  }
  std::error_code gone;
  for (const auto &thread : fs::directory_iterator(folder / "task", gone)) {
    std::ifstream children(thread.path() / "children");
    for (pid_t child = 0; children >> child;) look(child);
  }
}

}  // namespace roots::test
