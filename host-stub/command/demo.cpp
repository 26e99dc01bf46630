// The demo: runs a user's commands one after another against the sandbox, in a temporary home. Requires the
// plugin in the plugins folder, and the program roots-sandbox beside this one; changes nothing else.
#include "command/commands.h"
#include "command/sandbox_process.h"

#include <cstdlib>
#include <sstream>

namespace roots::host {
namespace {

namespace fs = std::filesystem;

// A temporary folder that is removed with this object.
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

// The argument as a user would type it in a shell.
std::string shellWord(const std::string &argument) {
  const bool plain = argument.find_first_of(" \"'$") == std::string::npos && !argument.empty();
  return plain ? argument : "\"" + argument + "\"";
}

// Runs commands as a user would type them and shows their output.
class Stage {
 public:
  Stage(CommandContext &context, fs::path home) : context_(context), home_(std::move(home)) {}

  void heading(const std::string &text) { context_.print(TextLines().add().add("── " + text)); }

  // Runs one command; secrets are the user's input. Records whether the exit code was the expected one.
  void type(const std::vector<std::string> &words, ExitCode expected = ExitCode::done,
            const std::string &secrets = "") {
    Console &console = context_.console();
    std::string typed_line = "$ roots-host-stub";
    for (const auto &word : words) typed_line += " " + shellWord(word);
    console.out.lines(TextLines().add().add(typed_line));

    std::vector<std::string> arguments{"--home",    home_.string(),
                                       "--plugins", context_.pluginsFolder().string(),
                                       "--today",   kit::formatDate(context_.today())};
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
    const int code = runHost(arguments, stage, context_.executable());
    if (code != static_cast<int>(expected)) unexpected_.push_back(words.front());
    if (code != 0) console.out.line("(exit code " + std::to_string(code) + ")");
  }

  [[nodiscard]] const std::vector<std::string> &unexpected() const { return unexpected_; }

 private:
  CommandContext &context_;
  fs::path home_;
  std::vector<std::string> unexpected_;
};

void play(Stage &stage, const SandboxAccess &access, CivilDate today) {
  const std::string day = kit::formatDate(today);
  stage.heading("Weekly hours and absences by hand, before anything is connected");
  stage.type({"settings", "set", "weekday-hours", "7 7 7 7 7 0 0"});
  stage.type({"absences", "add", "--type", "personal", "--from", day, "--to", day, "--note", "moving house"});

  stage.heading("Connecting Personio and Moco");
  stage.type({"plugins", "enable", "roots.personio"});
  stage.type({"connect", "roots.personio", "--setting", "base_url=" + access.personio_url, "--setting",
              "client_id=" + access.client_id, "--setting", "email=" + access.email},
             ExitCode::done, access.client_secret);
  stage.type({"moco", "connect", "--domain", access.moco_domain, "--base-url", access.moco_url},
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

  stage.heading("Disconnecting restores the previous settings and makes them editable");
  stage.type({"disconnect", "roots.personio"});
  stage.type({"settings", "show"});
  stage.type({"absences", "list"});
  stage.type({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"});
}

CommandResult runDemo(CommandContext &context, const ParsedCommand &) {
  if (context.json()) return wrongUse("The demo shows text for people; it has no --json.");
  const ThrowAwayFolder folder;
  if (folder.path().empty())
    return Failure(makeError(Status::internal, "A temporary folder cannot be created."));
  const auto started = SandboxProcess::start(context.executable().parent_path(), context.today());
  if (!started) return Failure(started.error());
  SandboxProcess &services = **started;

  context.print(
      TextLines()
          .add("Everything below runs against two invented services on this computer:")
          .add("  Personio " + services.access().personio_url + "   Moco " + services.access().moco_url));
  Stage stage(context, folder.path());
  play(stage, services.access(), context.today());

  std::string problems;
  for (const auto &word : stage.unexpected())
    problems += " The command " + word + " returned an unexpected exit code.";
  if (!services.stop()) problems += " The services rejected requests; see above.";
  if (problems.empty()) return {};
  return Failure(makeError(Status::internal, "The demo failed." + problems));
}

}  // namespace

std::vector<Command> demoCommands() {
  return {
      {{"demo",
        {},
        {},
        "runs the main commands against the sandbox, in a temporary home",
        "To try other commands, run roots-sandbox: it starts the same services and prints how to connect to "
        "them."},
       runDemo}};
}

}  // namespace roots::host
