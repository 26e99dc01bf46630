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
  return "Your Personio profile cannot be read at the moment. Absences and balances are still updated for "
         "the profile that was found earlier. The work schedule is unchanged.";
}

std::vector<std::string> noticesOf(const Employee &employee) {
  std::vector<std::string> notices;
  if (employee.status == "inactive") {
    notices.emplace_back(
        "Personio lists this profile as inactive, so data after the end of the employment may be missing.");
  }
  if (employee.employment_dates_uncertain) {
    notices.emplace_back(
        "Personio's hire or termination date is ambiguous, so it is ignored. Days outside the employment may "
        "have target hours.");
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
