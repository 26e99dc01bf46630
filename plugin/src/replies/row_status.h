// Shared by all lists of absences: the owner of a row and whether it counts. Reads a row further
// only if it does. Pure.
#pragma once

#include "model/personio_model.h"
#include "replies/json_reader.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roots::personio {

// "approved" in any case; an absence whose cancellation is asked for, but not granted, still counts.
[[nodiscard]] bool isApproved(std::string_view status);

// Rows of API v1: "employee" and "status"; of v2: "person" and "approval".
[[nodiscard]] Result<RowStatus> readRowStatusV1(const JsonReader &reader, kit::JsonView attributes,
                                                std::string_view employee_id);
[[nodiscard]] Result<RowStatus> readRowStatusV2(const JsonReader &reader, kit::JsonView row,
                                                std::string_view person_id);

// readStatus(reader, attributes, employee_id) -> Result<RowStatus>
// readAbsence(reader, attributes, absence) -> Result<void>; the absence has its id.
template <class Absence, class ReadStatus, class ReadAbsence>
[[nodiscard]] Result<Page<AbsenceRow<Absence>>> readAbsenceRows(JsonReader &reader, std::string body,
                                                                std::string_view employee_id,
                                                                ReadStatus readStatus,
                                                                ReadAbsence readAbsence) {
  using Row = AbsenceRow<Absence>;
  return reader.page<Row>(std::move(body), [&](kit::JsonView attributes, Row &row) -> Result<void> {
    Result<std::string> id = reader.id(attributes, "id");
    if (!id) return std::move(id).error();
    Result<RowStatus> status = readStatus(reader, attributes, employee_id);
    if (!status) return std::move(status).error();
    row.status = *status;
    if (row.status != RowStatus::counts) {
      row.id_of_other = *std::move(id);
      return {};
    }
    row.absence.emplace().id = *std::move(id);
    return readAbsence(reader, attributes, *row.absence);
  });
}

// Adds those rows of a page that count and were not on an earlier one.
template <class Absence>
void addNewRows(std::vector<AbsenceRow<Absence>> rows, std::set<std::string> &seen,
                AbsenceList<Absence> &listed) {
  for (AbsenceRow<Absence> &row : rows) {
    if (!seen.insert(row.id()).second) continue;
    if (row.status == RowStatus::not_approved) ++listed.not_approved;
    if (row.status == RowStatus::of_other_employee) ++listed.of_other_employees;
    if (row.absence) listed.absences.push_back(*std::move(row.absence));
  }
}

}  // namespace roots::personio
