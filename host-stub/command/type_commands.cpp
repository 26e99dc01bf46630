// The effect of types of absence on the target hours, as reported by the provider or decided by the user.
#include "command/commands.h"

#include "day/words.h"
#include "view/types_view.h"

#include <map>

namespace roots::host {
namespace {

// Every type in the fetched data, once each, ordered by provider and name.
std::vector<TypeView> knownTypes(const Stores &stores) {
  std::vector<TypeView> types;
  for (const auto &connection : stores.settings.get().connections) {
    const auto provider = stores.fetched.get().providers.find(connection.plugin_id);
    if (provider == stores.fetched.get().providers.end()) continue;
    std::map<std::string, const Absence *> by_name;
    for (const auto &absence : provider->second.absences.rows) by_name.emplace(absence.label, &absence);
    for (const auto &[name, absence] : by_name) {
      const TypeAnswer *answer = stores.settings.get().typeAnswer(connection.plugin_id, name);
      types.push_back({connection.plugin_id, connection.plugin_name, name, absence->kind,
                       answer == nullptr ? absence->effect : answer->effect, answer != nullptr});
    }
  }
  return types;
}

CommandResult listTypes(CommandContext &context, const ParsedCommand &) {
  const auto stores = context.openStores();
  if (!stores) return stores.error();
  const auto types = knownTypes(*stores);
  if (context.json()) {
    context.printJson(typesJson(types));
  } else {
    context.print(typesText(types, !stores->settings.get().connections.empty()));
  }
  return {};
}

// The one type with this name, or why there is none.
Result<TypeView, Failure> typeMeant(const std::vector<TypeView> &types, const ParsedCommand &command) {
  const std::string &name = command.positionals.front();
  const auto provider = command.value("--provider");
  std::vector<TypeView> meant;
  std::string names;
  for (const auto &type : types) {
    names += (names.empty() ? "" : ", ") + type.name;
    if (type.name == name && (!provider || *provider == type.provider)) meant.push_back(type);
  }
  if (meant.size() == 1) return meant.front();
  if (meant.empty()) {
    return notFound("No absence of the type \"" + name +
                    "\" was fetched. Known types: " + (names.empty() ? "none" : names) + ".");
  }
  return wrongUse("More than one provider has the type \"" + name + "\". Specify one with --provider ID.");
}

CommandResult setType(CommandContext &context, const ParsedCommand &command) {
  const std::string &word = command.positionals.back();
  const std::optional<Effect> effect = readEffect(word);
  if (!effect && word != "auto")
    return wrongUse("\"" + word + "\" is not one of time_off, work_elsewhere, compensation, and auto.");
  auto access = openForWriting(context, "");
  if (!access) return std::move(access).error();
  const auto type = typeMeant(knownTypes(access->stores), command);
  if (!type) return type.error();
  auto kept = access->stores.settings.change([&](HostSettings &settings) {
    std::erase_if(settings.type_answers, [&](const TypeAnswer &answer) {
      return answer.plugin_id == type->provider && answer.type_name == type->name;
    });
    if (effect) settings.type_answers.push_back({type->provider, type->name, *effect});
  });
  if (!kept) return storageFailed(std::move(kept).error());
  return listTypes(context, command);
}

}  // namespace

std::vector<Command> typeCommands() {
  return {{{"types list", {}, {}, "lists types of absence and their effect on the target"}, listTypes},
          {{"types set",
            {{"NAME", "the type, as types list names it", {}, true},
             {"EFFECT",
              "time_off, work_elsewhere, compensation, or auto: the effect that the provider reports",
              {"time_off", "work_elsewhere", "compensation", "auto"}}},
            {{"--provider", "ID", "the plugin, if several have a type of this name"}},
            "sets the effect of a type on the target",
            "Disconnecting removes this effect."},
           setType}};
}

}  // namespace roots::host
