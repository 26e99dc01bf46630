// Converts kinds and extents to the words of the state files, and back. Pure functions.
#pragma once

#include <roots/records.hpp>

#include <optional>
#include <string_view>

namespace roots::host {

[[nodiscard]] std::string_view wordOf(Kind kind);      // "sick"
[[nodiscard]] std::string_view wordOf(Extent extent);  // "first_half"
[[nodiscard]] std::string_view wordOf(Effect effect);  // "work_elsewhere"
[[nodiscard]] std::string_view wordOf(Unit unit);      // "days"

[[nodiscard]] std::optional<Kind> readKind(std::string_view word);
[[nodiscard]] std::optional<Extent> readExtent(std::string_view word);
[[nodiscard]] std::optional<Effect> readEffect(std::string_view word);
[[nodiscard]] std::optional<Unit> readUnit(std::string_view word);

}  // namespace roots::host
