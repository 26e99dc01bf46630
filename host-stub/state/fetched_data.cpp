#include "state/fetched_data.h"

namespace roots::host {

std::vector<std::string> noticesOf(const MocoData &moco, const std::optional<CivilDays> &days) {
  constexpr int most = 3;
  std::vector<std::string> notices;
  int count = 0;
  for (const auto *rows : {&moco.odd_entries, &moco.odd_holidays}) {
    for (const UncountedRow &row : *rows) {
      if (days && !kit::contains(*days, row.date)) continue;
      if (++count <= most) notices.push_back(row.text);
    }
  }
  if (count > most)
    notices.push_back("Moco: " + std::to_string(count - most) + " more such rows are not counted.");
  return notices;
}

}  // namespace roots::host
