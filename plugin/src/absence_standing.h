// What both lists of absences have in common: whose a row is and whether it counts. Reads a row further
// only if it does. Pure.
#pragma once

#include "json_reader.h"
#include "personio_model.h"

#include <string>
#include <string_view>
#include <utility>

namespace roots::personio {

// "approved" in any case; an absence whose cancellation is asked for, but not granted, still counts.
[[nodiscard]] bool isApproved(std::string_view status);

[[nodiscard]] Result<Standing> standingOf(const JsonReader &reader, kit::JsonView attributes,
                                          std::string_view employee_id);

// readAbsence(reader, attributes, id) -> Result<Absence>
template <class Absence, class ReadAbsence>
[[nodiscard]] Result<Page<AbsenceRow<Absence>>> readAbsenceRows(JsonReader &reader,
                                                                std::string_view employee_id,
                                                                ReadAbsence readAbsence) {
  using Row = AbsenceRow<Absence>;
  return reader.page<Row>([&](kit::JsonView attributes) -> Result<Row> {
    Result<std::string> id = reader.id(attributes, "id");
    if (!id) return std::move(id).error();
    Result<Standing> standing = standingOf(reader, attributes, employee_id);
    if (!standing) return std::move(standing).error();
    Row row{*id, *standing, std::nullopt};
    if (row.standing == Standing::counts) {
      Result<Absence> absence = readAbsence(reader, attributes, *std::move(id));
      if (!absence) return std::move(absence).error();
      row.absence = *std::move(absence);
    }
    return row;
  });
}

}  // namespace roots::personio
