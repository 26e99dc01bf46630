// Moves fetched data out of the folder for settings, where former versions stored it. A host that is killed
// meanwhile loses nothing: each file is copied as a whole before the former one is removed, and the next call
// continues. If a file is in both folders, the one that was written last is in effect, and the other one is
// removed.
#pragma once

#include "state/home.h"

namespace roots::host {

// The one of two files that is used.
[[nodiscard]] std::filesystem::path fileInEffect(const std::filesystem::path &former,
                                                 const std::filesystem::path &present);

// Whether there is something to move.
[[nodiscard]] bool hasFormerData(const Home &home);

// Hold the home's lock. What cannot be moved stays in effect.
void moveFormerData(const Home &home);

}  // namespace roots::host
