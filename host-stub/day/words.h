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

[[nodiscard]] std::optional<Kind> kindFrom(std::string_view word);
[[nodiscard]] std::optional<Extent> extentFrom(std::string_view word);
[[nodiscard]] std::optional<Effect> effectFrom(std::string_view word);
[[nodiscard]] std::optional<Unit> unitFrom(std::string_view word);

}  // namespace roots::host
