// Trims white space around pasted text.
#pragma once

#include <string_view>

namespace roots::kit {

// The text without the white space and line breaks at both ends, Unicode's included (no-break space,
// byte-order mark, zero-width space): web pages, mails and spreadsheets add them to what is copied.
[[nodiscard]] std::string_view trimmed(std::string_view text);

// Whether a key or another word that is sent as it is holds a blank or a control character.
[[nodiscard]] bool holdsBlankOrControl(std::string_view text);

}  // namespace roots::kit
