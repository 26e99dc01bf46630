// What all lists of absences have in common: whose a row is and whether it counts. Reads a row further
// only if it does. Pure.
#pragma once

#include "json_reader.h"
#include "personio_model.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roots::personio {

// "approved" in any case; an absence whose cancellation is asked for, but not granted, still counts.
[[nodiscard]] bool isApproved(std::string_view status);

// Rows of API v1: "employee" and "status"; of v2: "person" and "approval".
[[nodiscard]] Result<Standing> standingV1(const JsonReader &reader, kit::JsonView attributes,
                                          std::string_view employee_id);
[[nodiscard]] Result<Standing> standingV2(const JsonReader &reader, kit::JsonView row,
                                          std::string_view person_id);

// standingOf(reader, attributes, employee_id) -> Result<Standing>
// readAbsence(reader, attributes, absence) -> Result<void>; the absence has its id.
template <class Absence, class StandingOf, class ReadAbsence>
[[nodiscard]] Result<Page<AbsenceRow<Absence>>> readAbsenceRows(JsonReader &reader, kit::HttpReply reply,
                                                                std::string_view employee_id,
                                                                StandingOf standingOf,
                                                                ReadAbsence readAbsence) {
  using Row = AbsenceRow<Absence>;
  return reader.page<Row>(std::move(reply), [&](kit::JsonView attributes, Row &row) -> Result<void> {
    Result<std::string> id = reader.id(attributes, "id");
    if (!id) return std::move(id).error();
    Result<Standing> standing = standingOf(reader, attributes, employee_id);
    if (!standing) return std::move(standing).error();
    row.standing = *standing;
    if (row.standing != Standing::counts) {
      row.id_of_other = *std::move(id);
      return {};
    }
    row.absence.emplace().id = *std::move(id);
    return readAbsence(reader, attributes, *row.absence);
  });
}

// Adds those rows of a page that count and were not on an earlier one; false: it brought nothing new.
template <class Absence>
bool addNewRows(std::vector<AbsenceRow<Absence>> rows, std::set<std::string> &seen, Listed<Absence> &listed) {
  bool brought_new = false;
  for (AbsenceRow<Absence> &row : rows) {
    if (!seen.insert(row.id()).second) continue;
    brought_new = true;
    if (row.standing == Standing::not_approved) ++listed.not_approved;
    if (row.standing == Standing::of_somebody_else) ++listed.of_somebody_else;
    if (row.absence) listed.absences.push_back(*std::move(row.absence));
  }
  return brought_new;
}

}  // namespace roots::personio
