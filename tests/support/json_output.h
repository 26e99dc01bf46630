// Parts of the host's JSON output.
#pragma once

#include <roots/kit/json.h>

#include <string>

namespace roots::test {

inline bool isNull(kit::JsonView view) { return view.kind() == kit::JsonKind::null; }

// The notices of a view, one per line.
inline std::string noticesIn(const kit::JsonDocument &view) {
  std::string all;
  const auto notices = view.root()["notices"];
  for (std::size_t index = 0; index < notices.size(); ++index) all += notices.at(index).textOrEmpty() + "\n";
  return all;
}

}  // namespace roots::test
