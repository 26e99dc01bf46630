// The parsers of external data. A target reads bytes as the program would, uses the result, and ends the
// process (__builtin_trap) if the result is invalid.
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

// HTTP, from any server.
void http_reply(std::string_view bytes);   // first byte: size of the parts in which the rest arrives
void retry_after(std::string_view bytes);  // the value of the header
void base_url(std::string_view bytes);
void proxy(std::string_view bytes);  // https_proxy, then no_proxy on the next line

// Input from the page, the keyring, a terminal, and another process.
void page_request(std::string_view bytes);  // method, path, and headers as lines
void page_call(std::string_view bytes);
void secrets(std::string_view bytes);  // secrets.json, and replies of the keyring
void secret_lines(std::string_view bytes);
void plugin_lines(std::string_view bytes);

}  // namespace roots::fuzz
