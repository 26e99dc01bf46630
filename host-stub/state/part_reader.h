// Reads values of a part of a state file, for the readers of the settings and of the fetched data. Whoever
// reads a part discards it if `fine` is false at the end. Use on one thread.
#pragma once

#include <roots/kit/civil_date.h>
#include <roots/kit/json.h>

#include <optional>

namespace roots::host {

class PartReader {
 public:
  bool fine = true;  // false: something in the part is unreadable

  template <class Value>
  Value need(const std::optional<Value> &value, Value otherwise = Value()) {
    if (value) return *value;
    fine = false;
    return otherwise;
  }

  kit::CivilDate date(kit::JsonView view) {
    return need(kit::parseDate(view.textOrEmpty()), kit::allDays().first);
  }
};

}  // namespace roots::host
