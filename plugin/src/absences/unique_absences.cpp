#include "absences/unique_absences.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace roots::personio {
namespace {

bool isInDays(const Absence &absence) { return std::holds_alternative<DaySpan>(absence.time); }

bool areEquivalent(const Absence &one, const Absence &other) {
  return one.time == other.time && one.type.name == other.type.name &&
         one.type.category == other.type.category;
}

// Hours are more exact where the unit is unknown.
void keepOneUnit(std::vector<Absence> &rows) {
  const bool any_in_days = std::any_of(rows.begin(), rows.end(), isInDays);
  const bool all_in_days = std::all_of(rows.begin(), rows.end(), isInDays);
  if (!any_in_days || all_in_days) return;
  const bool counts_in_days = std::any_of(
      rows.begin(), rows.end(), [](const Absence &absence) { return absence.type_unit == TypeUnit::days; });
  std::erase_if(rows, [&](const Absence &absence) { return isInDays(absence) != counts_in_days; });
}

// Shorter numbers first, as 9 comes before 10.
bool comesFirst(const Absence &one, const Absence &other) {
  return std::tuple(one.own_id.size(), std::string_view(one.own_id)) <
         std::tuple(other.own_id.size(), std::string_view(other.own_id));
}

std::string freeId(const Absence &absence, const std::string &common_id, const std::set<std::string> &taken) {
  const std::string own = absence.own_id.empty() ? common_id : absence.own_id;
  std::string id = own;
  for (int number = 2; taken.contains(id); ++number) id = own + "-" + std::to_string(number);
  return id;
}

bool areIdsUnique(const std::vector<Absence> &absences) {
  std::set<std::string_view> ids;
  return std::all_of(absences.begin(), absences.end(),
                     [&](const Absence &absence) { return ids.insert(absence.id).second; });
}

}  // namespace

std::vector<Absence> uniqueAbsences(std::vector<Absence> absences) {
  if (areIdsUnique(absences)) return absences;
  std::map<std::string, std::vector<Absence>> rows_by_id;
  for (Absence &absence : absences) {
    std::string id = absence.id;
    rows_by_id[std::move(id)].push_back(std::move(absence));
  }
  std::set<std::string> taken;
  for (const auto &[id, rows] : rows_by_id) taken.insert(id);
  std::vector<Absence> unique;
  unique.reserve(absences.size());
  for (auto &[id, rows] : rows_by_id) {
    keepOneUnit(rows);
    std::stable_sort(rows.begin(), rows.end(), comesFirst);
    const std::size_t start = unique.size();
    for (Absence &row : rows) {
      const auto first = unique.begin() + static_cast<std::ptrdiff_t>(start);
      if (std::any_of(first, unique.end(), [&](const Absence &kept) { return areEquivalent(kept, row); }))
        continue;
      if (unique.size() > start) taken.insert(row.id = freeId(row, id, taken));
      unique.push_back(std::move(row));
    }
  }
  return unique;
}

}  // namespace roots::personio
