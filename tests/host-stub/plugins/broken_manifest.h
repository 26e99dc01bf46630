// The manifest of a plugin whose library comes from tests/broken-plugins.
#pragma once

#include <string>

namespace roots::test {

inline const std::string kManifest =
    R"({"manifest_version":1,"id":"example.broken","version":"1.0.0","name":"Broken",
  "abi":{"major":1,"minor":0},"library":{"linux-x86_64":"lib.so","linux-aarch64":"lib.so"},
  "capabilities":["absences"],"settings":[],"permissions":{"network":[],"secrets":false,"settings_locks":[]}})";

}  // namespace roots::test
