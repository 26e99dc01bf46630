#include "view/types_view.h"

#include "day/words.h"
#include "view/views.h"

namespace roots::host {
namespace {

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

}  // namespace

TextLines typesText(const std::vector<TypeView> &types, bool is_connected) {
  TextLines text;
  if (types.empty()) {
    text.add(std::string("No absence was fetched yet, so no type is known yet. ") +
             (is_connected ? "Run sync." : "Connect first: connect ID."));
  }
  for (const auto &type : types) {
    text.add(type.name + "  (" + std::string(kindName(type.kind)) + ", " + type.provider_name +
             "): " + effectText(type.effect) + (type.effect_is_answer ? ", as you decided" : ""));
  }
  return text;
}

std::string typesJson(const std::vector<TypeView> &types) {
  kit::JsonWriter writer;
  writer.beginObject().name("types").beginArray();
  for (const auto &type : types) {
    writer.beginObject()
        .text("provider", type.provider)
        .text("provider_name", type.provider_name)
        .text("name", type.name)
        .text("kind", wordOf(type.kind))
        .text("effect", wordOf(type.effect))
        .flag("effect_is_answer", type.effect_is_answer)
        .endObject();
  }
  writer.endArray().endObject();
  return writer.finish();
}

}  // namespace roots::host
