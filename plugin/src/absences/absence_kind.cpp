#include "absences/absence_kind.h"

#include "absences/absence_names.h"

#include <roots/kit/ascii.h>

#include <optional>
#include <string>
#include <string_view>

namespace roots::personio {
namespace {

// ---- The mapping of categories, in lower case. ---------------------------------------------------------
// "other", "undefined" and "custom_absence" are left out on purpose: they carry no information, so the name
// decides.
constexpr KindRule kCategories[] = {
    {"paid_vacation", Kind::vacation},
    {"vacation", Kind::vacation},
    {"sick_leave", Kind::sick},
    {"sick", Kind::sick},
    {"unpaid_vacation", Kind::personal},  // not taken from the vacation account
    {"family_care", Kind::personal},
    {"child_care", Kind::personal},
    {"maternity_parental_leave", Kind::personal},
    {"parental_leave", Kind::personal},
    {"paid leave", Kind::personal},
    {"paid_leave", Kind::personal},
    {"public_duty", Kind::personal},
    {"public_duties", Kind::personal},
    {"voluntary_military_service", Kind::personal},
    {"quarantine", Kind::other},
    {"irrevocable_exemption", Kind::other},
    {"short_time_allowance", Kind::other},
    {"strike_and_lockout", Kind::other},
    {"strike_lockout", Kind::other},
    {"lockout", Kind::other},
    {"lawful_strike", Kind::other},
    {"unlawful_strike", Kind::other},
    {"unpaid_suspension", Kind::other},
    {"unexcused_absence", Kind::other},
    {"offsite_work", Kind::other, Effect::work_elsewhere},
};

// ---- End of the mapping. ------------------------------------------------------------------------------

std::optional<Classification> byCategory(std::string_view category) {
  const std::string lower = kit::lowered(category);
  for (const KindRule &rule : kCategories)
    if (rule.pattern == lower) return Classification{rule.kind, rule.effect, true};
  return std::nullopt;
}

}  // namespace

Classification classify(const AbsenceType &type) {
  if (type.category) {
    if (const auto found = byCategory(*type.category)) return *found;
  }
  return classifyByName(type.name).value_or(Classification{});
}

}  // namespace roots::personio
