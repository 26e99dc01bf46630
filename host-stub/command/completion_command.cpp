#include "command/commands.h"
#include "command_line/completion.h"

namespace roots::host {
namespace {

CommandResult printCompletion(CommandContext &context, const ParsedCommand &command) {
  const std::string &shell = command.positionals.front();
  const std::string script = completionScript(hostSyntax(), shell);
  if (script.empty())
    return wrongUse("There is no completion for \"" + shell + "\". Choose bash, zsh or fish.");
  context.print(TextLines().addOwn(script));
  return {};
}

}  // namespace

std::vector<Command> completionCommands() {
  return {{{"completion",
            {{"SHELL", "bash, zsh or fish", completionShells()}},
            {},
            "prints a script that completes commands and options in a shell",
            "Shells find the installed scripts only under a system prefix, such as /usr or /usr/local. With "
            "another prefix, save the script of your shell as shown below. For zsh, also add this line to "
            "~/.zshrc, before compinit: fpath=(~/.zfunc $fpath)",
            {"$ mkdir -p ~/.local/share/bash-completion/completions ~/.zfunc ~/.config/fish/completions",
             "completion bash > ~/.local/share/bash-completion/completions/roots-host-stub",
             "completion zsh > ~/.zfunc/_roots-host-stub",
             "completion fish > ~/.config/fish/completions/roots-host-stub.fish"}},
           printCompletion}};
}

}  // namespace roots::host
