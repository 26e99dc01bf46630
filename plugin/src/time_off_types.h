// The company's types of absence, asked for when first needed and remembered for the connection.
#pragma once

#include "call_context.h"
#include "personio_api.h"
#include "personio_model.h"

#include <roots/result.hpp>

#include <optional>
#include <vector>

namespace roots::personio {

class TimeOffTypes {
 public:
  explicit TimeOffTypes(PersonioApi &api) : api_(api) {}

  // The list belongs to this object. A failure is not remembered.
  [[nodiscard]] Result<const std::vector<TimeOffType> *> list(const CallContext &context) {
    if (!types_) {
      Result<std::vector<TimeOffType>> read = api_.timeOffTypes(context);
      if (!read) return std::move(read).error();
      types_ = std::move(read).value();
    }
    return &*types_;
  }

 private:
  PersonioApi &api_;
  std::optional<std::vector<TimeOffType>> types_;
};

}  // namespace roots::personio
