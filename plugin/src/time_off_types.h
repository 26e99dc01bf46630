// The company's types of absence (API v1), asked for when first needed and remembered for the connection.
#pragma once

#include "personio_api.h"
#include "personio_model.h"

#include <roots/result.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace roots::personio {

class TimeOffTypes {
 public:
  [[nodiscard]] bool areKnown() const { return types_.has_value(); }
  void remember(std::vector<TimeOffType> types) { types_ = std::move(types); }

  // The list belongs to this object. A failure is not remembered.
  [[nodiscard]] Result<const std::vector<TimeOffType> *> list(Requests &requests,
                                                              const kit::CallLimits &limits) {
    if (!types_) {
      Result<std::vector<TimeOffType>> read = PersonioApi(requests).timeOffTypes(limits);
      if (!read) return std::move(read).error();
      remember(*std::move(read));
    }
    return &*types_;
  }

 private:
  std::optional<std::vector<TimeOffType>> types_;
};

}  // namespace roots::personio
