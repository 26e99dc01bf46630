// What is fed with foreign bytes. A target reads them as the program would, goes on with what it got, and
// ends the process (__builtin_trap) if something comes out that must not.
#pragma once

#include <string_view>

namespace roots::fuzz {

void token(std::string_view bytes);
void employees(std::string_view bytes);
void time_offs(std::string_view bytes);
void absence_periods(std::string_view bytes);
void time_off_types(std::string_view bytes);
void balances(std::string_view bytes);
void periods_v2(std::string_view bytes);
void breakdowns_v2(std::string_view bytes);
void types_v2(std::string_view bytes);
void moco(std::string_view bytes);
void manifest(std::string_view bytes);
void scenario(std::string_view bytes);
void settings(std::string_view bytes);
void context(std::string_view bytes);
void isolated_plugin(std::string_view bytes);

}  // namespace roots::fuzz
