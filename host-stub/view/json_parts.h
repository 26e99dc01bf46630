// Parts of the JSON output that several commands share. host-stub/schema/ describes their shape.
#pragma once

#include "day/model.h"
#include "view/connection_view.h"

#include <roots/kit/json.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roots::host {

// Members of the open object. An empty text is null.
void writeTextOrNull(kit::JsonWriter &writer, std::string_view name, std::string_view text);
void writeAccount(kit::JsonWriter &writer, const AccountView &account);
void writeLocks(kit::JsonWriter &writer, const std::vector<LockView> &locks);
void writeRefused(kit::JsonWriter &writer, const std::vector<RefusedView> &refused);
// Minutes from Monday to Sunday: a value, and a member of the open object that is null if they are unknown.
void writeWeek(kit::JsonWriter &writer, const std::array<int, 7> &minutes);
void writeWeek(kit::JsonWriter &writer, std::string_view name,
               const std::optional<std::array<int, 7>> &minutes);

}  // namespace roots::host
