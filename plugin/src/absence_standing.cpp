#include "absence_standing.h"

namespace roots::personio {

bool isApproved(std::string_view status) {
  std::string lower;
  for (const char character : status) {
    lower += character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
  }
  return lower == "approved" || lower == "deletion_pending";
}

Result<Standing> standingOf(const JsonReader &reader, kit::JsonView attributes,
                            std::string_view employee_id) {
  const kit::JsonView employee = withoutWrapping(attributes["employee"]);
  const std::optional<std::string> owner = attributeValue(employee, "id").asId();
  if (!owner) return reader.wrong(attributes, "employee", "without the employee's id");
  if (*owner != employee_id) return Standing::of_somebody_else;
  const std::optional<std::string_view> status = attributes["status"].asText();
  if (!status) return reader.wrong(attributes, "status", "not a status");
  return isApproved(*status) ? Standing::counts : Standing::not_approved;
}

}  // namespace roots::personio
