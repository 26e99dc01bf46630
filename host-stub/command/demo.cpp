#include "command/demo.h"

#include "command/commands.h"
#include "sandbox/sandbox.h"

#include <cstdlib>
#include <sstream>

namespace roots::host {
namespace {

namespace fs = std::filesystem;

// A folder that vanishes with its owner.
class ThrowAwayFolder {
 public:
  ThrowAwayFolder() {
    std::string name = (fs::temp_directory_path() / "roots-demo-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~ThrowAwayFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  ThrowAwayFolder(const ThrowAwayFolder &) = delete;
  ThrowAwayFolder &operator=(const ThrowAwayFolder &) = delete;

  [[nodiscard]] const fs::path &path() const { return path_; }

 private:
  fs::path path_;
};

std::string quoted(const std::string &argument) {
  const bool plain = argument.find_first_of(" \"'$") == std::string::npos && !argument.empty();
  return plain ? argument : "\"" + argument + "\"";
}

// Types commands as a user would and shows what they answer.
class Stage {
 public:
  Stage(Workplace &workplace, fs::path home) : workplace_(workplace), home_(std::move(home)) {}

  void heading(const std::string &text) { workplace_.console().out << "\n── " << text << "\n"; }

  // Runs one command; secrets are what a user would type when asked. Remembers whether it ended as told.
  void type(const std::vector<std::string> &words, ExitCode expected = ExitCode::done,
            const std::string &secrets = "") {
    Console &console = workplace_.console();
    console.out << "\n$ roots-host-stub";
    for (const auto &word : words) console.out << " " << quoted(word);
    console.out << std::endl;

    std::vector<std::string> arguments{"--home",    home_.string(),
                                       "--plugins", workplace_.pluginsFolder().string(),
                                       "--today",   kit::formatDate(workplace_.today())};
    arguments.insert(arguments.end(), words.begin(), words.end());
    std::istringstream typed(secrets);
    Console stage{console.out,
                  console.out,
                  typed,
                  console.out_is_terminal,
                  console.err_is_terminal,
                  console.width,
                  [&](const std::string &) -> Result<std::string> { return secrets; },
                  console.is_cancelled};
    const int code = runHost(arguments, stage, workplace_.executable());
    if (code != static_cast<int>(expected)) unexpected_.push_back(words.front());
    if (code != 0) console.out << "(exit code " << code << ")" << std::endl;
  }

  [[nodiscard]] const std::vector<std::string> &unexpected() const { return unexpected_; }

 private:
  Workplace &workplace_;
  fs::path home_;
  std::vector<std::string> unexpected_;
};

void play(Stage &stage, const sandbox::Sandbox &servers, const sandbox::DemoAccess &access, CivilDate today) {
  const std::string day = kit::formatDate(today);
  stage.heading("Weekly hours and absences by hand, before anything is connected");
  stage.type({"settings", "set", "weekday-hours", "7 7 7 7 7 0 0"});
  stage.type({"absences", "add", "--type", "personal", "--from", day, "--to", day, "--note", "moving house"});

  stage.heading("Connecting Personio and Moco");
  stage.type({"plugins", "enable", "roots.personio"});
  stage.type({"connect", "roots.personio", "--setting", "base_url=" + servers.personioUrl(), "--setting",
              "client_id=" + access.client_id, "--setting", "email=" + access.email},
             ExitCode::done, access.client_secret);
  stage.type({"moco", "connect", "--domain", access.moco_domain, "--base-url", servers.mocoUrl()},
             ExitCode::done, access.moco_api_key);
  stage.type({"status"});

  stage.heading("The month, the week, the day, the balance");
  stage.type({"calendar"});
  stage.type({"timeline"});
  stage.type({"explain", day});
  stage.type({"balance"});

  stage.heading("Personio is the source of truth: edits by hand are refused");
  stage.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"}, ExitCode::locked);
  stage.type({"absences", "add", "--type", "vacation", "--from", day, "--to", day}, ExitCode::locked);

  stage.heading("Disconnecting brings back what was there before, and editing");
  stage.type({"disconnect", "roots.personio"});
  stage.type({"settings", "show"});
  stage.type({"absences", "list"});
  stage.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"});
}

}  // namespace

Outcome runDemo(Workplace &workplace) {
  if (workplace.json()) return wrongUse("The demo shows text for people; it has no --json.");
  const ThrowAwayFolder folder;
  if (folder.path().empty())
    return Failure(Error{Status::internal, "A folder for temporary files cannot be made.", "", 0, {}});
  auto scenario = sandbox::builtinScenario(workplace.today());
  const sandbox::DemoAccess access = sandbox::accessOf(scenario);
  auto servers = sandbox::Sandbox::start(std::move(scenario));
  if (!servers) return Failure(std::move(servers).error());

  workplace.console().out
      << "Everything below runs against two invented services on this computer:\n  Personio "
      << (*servers)->personioUrl() << "   Moco " << (*servers)->mocoUrl() << "\n";
  Stage stage(workplace, folder.path());
  play(stage, **servers, access, workplace.today());

  std::string problems;
  for (const auto &word : stage.unexpected())
    problems += " The command " + word + " ended otherwise than it should.";
  for (const auto &complaint : (*servers)->complaints()) problems += " " + complaint;
  if (problems.empty()) return {};
  return Failure(Error{Status::internal, "The demo did not go as it should." + problems, "", 0, {}});
}

}  // namespace roots::host
