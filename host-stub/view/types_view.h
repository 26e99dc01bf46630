// The types of absence and their effect on the target hours, as text and as JSON. Pure functions.
#pragma once

#include "day/model.h"
#include "text/text_lines.h"

#include <string>
#include <vector>

namespace roots::host {

struct TypeView {
  std::string provider;  // plugin ID
  std::string provider_name;
  std::string name;  // as the provider names the type
  Kind kind = Kind::other;
  Effect effect = Effect::time_off;
  bool effect_is_answer = false;  // the user determined it
};
// is_connected: whether there is a provider that could have types.
[[nodiscard]] TextLines typesText(const std::vector<TypeView> &types, bool is_connected);
[[nodiscard]] std::string typesJson(const std::vector<TypeView> &types);

}  // namespace roots::host
