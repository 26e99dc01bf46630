// What types of absence do to the target hours: as the provider says, or as the user decided.
#include "command/commands.h"

#include "day/words.h"

#include <map>
#include <sstream>

namespace roots::host {
namespace {

struct KnownType {
  std::string plugin_id;
  std::string plugin_name;
  std::string name;
  Kind kind = Kind::other;
  Effect by_provider = Effect::time_off;
  std::optional<Effect> answer;

  [[nodiscard]] Effect effect() const { return answer.value_or(by_provider); }
};

// Every type that occurs in what was fetched, once each, in the order of provider and name.
std::vector<KnownType> knownTypes(const Stores &stores) {
  std::vector<KnownType> types;
  for (const auto &connection : stores.settings.get().connections) {
    const auto provider = stores.context.get().providers.find(connection.plugin_id);
    if (provider == stores.context.get().providers.end()) continue;
    std::map<std::string, const Absence *> by_name;
    for (const auto &absence : provider->second.absences.rows) by_name.emplace(absence.label, &absence);
    for (const auto &[name, absence] : by_name) {
      KnownType type{connection.plugin_id, connection.plugin_name, name, absence->kind, absence->effect, {}};
      if (const TypeAnswer *answer = stores.settings.get().typeAnswer(connection.plugin_id, name))
        type.answer = answer->effect;
      types.push_back(std::move(type));
    }
  }
  return types;
}

const char *effectText(Effect effect) {
  switch (effect) {
    case Effect::time_off:
      return "time off";
    case Effect::work_elsewhere:
      return "work elsewhere, changes nothing";
    case Effect::compensation:
      return "compensation, time off for hours worked before";
  }
  return "";
}

Outcome listTypes(Workplace &workplace, const ParsedCommand &) {
  const auto stores = workplace.openStores();
  if (!stores) return Failure(stores.error());
  const auto types = knownTypes(*stores);
  if (workplace.json()) {
    kit::JsonWriter writer;
    writer.beginObject().name("types").beginArray();
    for (const auto &type : types) {
      writer.beginObject()
          .text("provider", type.plugin_id)
          .text("name", type.name)
          .text("kind", wordOf(type.kind))
          .text("effect", wordOf(type.effect()))
          .flag("effect_is_answer", type.answer.has_value())
          .endObject();
    }
    writer.endArray().endObject();
    workplace.print(writer.finish());
    return {};
  }
  std::ostringstream text;
  if (types.empty()) {
    text << "No absence was fetched yet, so no type is known. "
         << (!stores->settings.get().connections.empty() ? "sync fetches.\n"
                                                         : "Connect first: connect ID.\n");
  }
  for (const auto &type : types) {
    text << type.name << "  (" << kindName(type.kind) << ", " << type.plugin_name
         << "): " << effectText(type.effect()) << (type.answer ? ", as you decided" : "") << "\n";
  }
  workplace.print(text.str());
  return {};
}

// The one type that is meant, or why none.
Result<KnownType, Failure> typeMeant(const std::vector<KnownType> &types, const ParsedCommand &command) {
  const std::string &name = command.positionals.front();
  const auto provider = command.value("--provider");
  std::vector<KnownType> meant;
  std::string names;
  for (const auto &type : types) {
    names += (names.empty() ? "" : ", ") + type.name;
    if (type.name == name && (!provider || *provider == type.plugin_id)) meant.push_back(type);
  }
  if (meant.size() == 1) return meant.front();
  if (meant.empty()) {
    return notFound("No absence of the type \"" + name +
                    "\" was fetched. Known types: " + (names.empty() ? "none" : names) + ".");
  }
  return wrongUse("More than one provider has the type \"" + name + "\". Name one with --provider ID.");
}

Outcome setType(Workplace &workplace, const ParsedCommand &command) {
  const std::string &word = command.positionals.back();
  const std::optional<Effect> effect = effectFrom(word);
  if (!effect && word != "auto")
    return wrongUse("\"" + word + "\" is none of time_off, work_elsewhere, compensation and auto.");
  auto edit = editing(workplace, "");
  if (!edit) return std::move(edit).error();
  const auto type = typeMeant(knownTypes(edit->stores), command);
  if (!type) return type.error();
  auto kept = edit->stores.settings.change([&](HostSettings &settings) {
    std::erase_if(settings.type_answers, [&](const TypeAnswer &answer) {
      return answer.plugin_id == type->plugin_id && answer.type_name == type->name;
    });
    if (effect) settings.type_answers.push_back({type->plugin_id, type->name, *effect});
  });
  if (!kept) return Failure(std::move(kept).error());
  return listTypes(workplace, command);
}

}  // namespace

std::vector<Command> typeCommands() {
  return {{{"types list", {}, {}, "types of absence, and what each does to the target", ""}, listTypes},
          {{"types set",
            {"NAME", "CLASS"},
            {{"--provider", "ID"}},
            "decides what a type does to the target",
            "CLASS is time_off, work_elsewhere, compensation, or auto: as the provider says. A disconnect "
            "forgets the decision."},
           setType}};
}

}  // namespace roots::host
