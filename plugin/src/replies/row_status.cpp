#include "replies/row_status.h"

#include <roots/kit/ascii.h>

namespace roots::personio {

bool isApproved(std::string_view status) {
  const std::string lower = kit::lowered(status);
  return lower == "approved" || lower == "deletion_pending";
}

Result<RowStatus> readRowStatusV1(const JsonReader &reader, kit::JsonView attributes,
                                  std::string_view employee_id) {
  const kit::JsonView employee = withoutWrapping(attributes["employee"]);
  const std::optional<std::string> owner = attributeValue(employee, "id").asId();
  if (!owner) return reader.wrong(attributes, "employee", "without the employee's id");
  if (*owner != employee_id) return RowStatus::of_other_employee;
  const std::optional<std::string_view> status = attributes["status"].asText();
  if (!status) return reader.wrong(attributes, "status", "not a status");
  return isApproved(*status) ? RowStatus::counts : RowStatus::not_approved;
}

// Without an approval the absence is not approved. An unreadable approval is an error.
Result<RowStatus> readRowStatusV2(const JsonReader &reader, kit::JsonView row, std::string_view person_id) {
  const std::optional<std::string> owner = row["person"]["id"].asId();
  if (!owner) return reader.wrong(row, "person", "without the person's id");
  if (*owner != person_id) return RowStatus::of_other_employee;
  const kit::JsonView approval = row["approval"];
  if (!approval.isBlank() && !approval.isObject()) return reader.wrong(row, "approval", "not an object");
  const kit::JsonView status = approval["status"];
  if (!status.isBlank() && !status.isText()) return reader.wrong(approval, "status", "not a status");
  return isApproved(status.asText().value_or("")) ? RowStatus::counts : RowStatus::not_approved;
}

}  // namespace roots::personio
