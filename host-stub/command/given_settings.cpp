#include "command/given_settings.h"

#include "command_line/option_values.h"
#include "sync/connection_settings.h"

#include <roots/kit/wipe.h>

namespace roots::host {
namespace {

// Validates the other settings before it prompts for secrets.
Result<void> othersAreFine(const Manifest &manifest, Settings given) {
  for (const auto &field : manifest.settings)
    if (field.isSecret()) given[field.key] = "to be asked for";
  const auto complete = completeSettings(manifest, given);
  if (!complete) return complete.error();
  return {};
}

// --setting KEY=VALUE and secrets from the terminal or standard input, as one map.
Result<Settings, Failure> readGivenSettings(CommandContext &context, const ParsedCommand &command,
                                            const Manifest &manifest) {
  Settings given;
  const auto options = command.options.find("--setting");
  for (const auto &option : options == command.options.end() ? std::vector<std::string>() : options->second) {
    const auto setting = keyAndValue(option);
    if (!setting) return wrongUse("--setting needs KEY=VALUE, e.g. --setting email=you@example.com.");
    const auto &[key, value] = *setting;
    const SettingField *field = manifest.setting(key);
    if (field != nullptr && field->isSecret()) {
      return wrongUse("\"" + field->label +
                      "\" is a secret and is not taken from the command line, where others could see it. "
                      "Type it at the prompt, or pass it on standard input with --secrets-from-stdin.");
    }
    given[key] = value;
    // The file is also read from other working folders.
    if (field != nullptr && field->type == "file" && !given[key].empty())
      given[key] = std::filesystem::absolute(given[key]).string();
  }
  if (command.has("--secrets-from-stdin")) {
    auto secrets = readSecretLines(context.console().in);
    if (!secrets) return Failure(std::move(secrets).error());
    const kit::WipedAtEnd wiped(*secrets);
    for (auto &[key, value] : *secrets) given[key] = std::move(value);
    return given;
  }
  if (auto fine = othersAreFine(manifest, given); !fine) return Failure(std::move(fine).error());
  for (const auto &field : manifest.settings) {
    if (!field.isSecret() || !field.required) continue;
    auto secret = context.console().ask_secret(field.label);
    if (!secret) return Failure(std::move(secret).error());
    given[field.key] = std::move(*secret);
  }
  return given;
}

}  // namespace

Result<Settings, Failure> readCompleteSettings(CommandContext &context, const ParsedCommand &command,
                                               const Manifest &manifest) {
  auto given = readGivenSettings(context, command, manifest);
  if (!given) return given;
  const kit::WipedAtEnd given_wiped(*given);
  auto settings = completeSettings(manifest, *given);
  if (!settings) return Failure(std::move(settings).error());
  return std::move(*settings);
}

}  // namespace roots::host
