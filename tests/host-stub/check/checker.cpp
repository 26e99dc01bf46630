#include "checker.h"

#include "support/folders.h"

#include <roots/kit/json.h>

namespace roots::test {

std::vector<std::string> Checked::notPassed() const {
  std::vector<std::string> names;
  for (const auto &[name, outcome] : outcomes)
    if (outcome != "passed" && outcome != "skipped") names.push_back(name);
  return names;
}

int Checked::count(const std::string &outcome) const {
  int count = 0;
  for (const auto &[name, its] : outcomes) count += its == outcome ? 1 : 0;
  return count;
}

ProcessResult runChecker(std::vector<std::string> words, const std::string &input) {
  words.insert(words.begin(), hostBuild() + "/bin/roots-plugin-check");
  ProcessOptions options;
  options.input = input;
  options.time_limit = std::chrono::minutes(20);  // only a checker that hangs reaches it
  return run(words, options);
}

Checked runChecks(const std::string &folder, std::vector<std::string> words, const std::string &input) {
  words.insert(words.begin(), {folder, "--json"});
  Checked checked;
  checked.process = runChecker(std::move(words), input);
  const auto document = kit::JsonDocument::parse(checked.process.out);
  if (!document) return checked;
  const auto findings = document->root()["checks"];
  for (std::size_t index = 0; index < findings.size(); ++index) {
    const std::string name = findings.at(index)["name"].textOrEmpty();
    checked.outcomes[name] = findings.at(index)["outcome"].textOrEmpty();
    checked.reasons[name] = findings.at(index)["reason"].textOrEmpty();
  }
  return checked;
}

std::vector<std::string> withReplies() {
  return {"--replies", sourceFolder() + "/sdk/template/replies.json", "--from", "2026-01-01", "--to",
          "2026-12-31"};
}

}  // namespace roots::test
