// Text elements that several views share. Pure functions; widths are in columns, one per code point.
#pragma once

#include "text/visible_text.h"
#include "view/views.h"

#include <array>
#include <string>
#include <string_view>

namespace roots::host {

[[nodiscard]] std::string paddedRight(std::string_view text, std::size_t columns);  // text, then blanks
[[nodiscard]] std::string paddedLeft(std::string_view text, std::size_t columns);   // blanks, then text
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);    // cut with "…"

inline constexpr std::array<std::string_view, 7> kWeekdayNames{"Mon", "Tue", "Wed", "Thu",
                                                               "Fri", "Sat", "Sun"};
[[nodiscard]] std::string_view weekdayName(CivilDate date);  // "Mon"
[[nodiscard]] std::string_view monthName(CivilDate date);    // "November"
[[nodiscard]] std::string dayText(CivilDate date);           // "Mon 09 Nov"

[[nodiscard]] std::string sourceName(const ViewContext &context, const std::string &source);  // "Personio"
// The name of an absence for the user: its kind, or the service's own word if the kind is not specific.
[[nodiscard]] std::string absenceName(const Absence &absence);
// "½ day", "first half", "2:30 h"; "" for a whole day.
[[nodiscard]] std::string extentText(Extent extent, int minutes);

// 983 -> "9.83", 1250 -> "12.5", 700 -> "7", -150 -> "−1.5"
[[nodiscard]] std::string decimalText(long hundredths);

// Text in an ANSI colour ("1;34"), if the style has colours; as inColour() marks it.
[[nodiscard]] std::string coloured(std::string_view text, std::string_view code, const TextStyle &style);

// The lines about age and gaps of the data; empty if there are none.
[[nodiscard]] TextLines footer(const ViewContext &context);

}  // namespace roots::host
