#include "absences/noted_types.h"

#include <roots/kit/json.h>

namespace roots::personio {
namespace {

constexpr std::string_view kNotedTypesKey = "noted_types";

}  // namespace

bool NotedTypes::add(const std::string &type_name) {
  if (!were_loaded_) {
    were_loaded_ = true;
    const auto kept = kit::JsonDocument::parse(host_.loadSecret(kNotedTypesKey).value_or("[]"));
    for (std::size_t index = 0; kept.ok() && index < kept->root().size(); ++index)
      names_.insert(kept->root().at(index).textOrEmpty());
  }
  return names_.insert(type_name).second;
}

void NotedTypes::save() {
  kit::JsonWriter writer;
  writer.beginArray();
  for (const std::string &name : names_) writer.text(name);
  writer.endArray();
  (void)host_.saveSecret(kNotedTypesKey,
                         writer.finish());  // on failure the notice is repeated after a restart
}

}  // namespace roots::personio
