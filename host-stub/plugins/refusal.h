// The error that refuses a plugin. Any thread may call it.
#pragma once

#include <roots/result.hpp>

#include <string>

namespace roots::host {

// The reason states what to do next.
[[nodiscard]] inline Error refused(std::string reason) {
  return makeError(Status::internal, std::move(reason));
}

}  // namespace roots::host
