#include "user_notices.h"

namespace roots::personio {
namespace {

// 1250 -> "12.5"
std::string decimalText(std::int64_t hundredths) {
  const bool negative = hundredths < 0;
  const std::uint64_t amount =
      negative ? 0 - static_cast<std::uint64_t>(hundredths) : static_cast<std::uint64_t>(hundredths);
  std::string text = (negative ? "-" : "") + std::to_string(amount / 100);
  const std::uint64_t rest = amount % 100;
  if (rest == 0) return text;
  text += '.';
  text += static_cast<char>('0' + rest / 10);
  if (rest % 10 != 0) text += static_cast<char>('0' + rest % 10);
  return text;
}

}  // namespace

std::string profileUnreadable() {
  return "Your Personio profile cannot be read now. Absences and balances are those of the person that was "
         "found "
         "before; the work schedule stays as it was.";
}

std::vector<std::string> noticesOf(const Employee &employee) {
  std::vector<std::string> notices;
  if (employee.status == "inactive")
    notices.emplace_back("Personio lists this profile as inactive; figures may end with the employment.");
  if (employee.employment_dates_uncertain) {
    notices.emplace_back(
        "Personio's hire or termination date names no certain day, so it is not used; days before or after "
        "the "
        "employment may have a target.");
  }
  return notices;
}

std::string unitUnknown(std::optional<std::int64_t> hundredths) {
  if (!hundredths)
    return "Personio reports a balance, but neither an amount nor whether it counts days or hours.";
  return "Personio reports a balance of " + decimalText(*hundredths) +
         ", but not whether it counts days or hours.";
}

}  // namespace roots::personio
