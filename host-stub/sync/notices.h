// The notices of a provider, as the host stores and shows them: each once, and within the limits of
// record_limits.hpp, whatever a plugin does in its call. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roots::host {

// The last notice states that there were more.
void addNotice(std::vector<std::string> &notices, std::string_view notice);

}  // namespace roots::host
