// Replies of Personio as long as real ones, about 1 kB for each absence, written by the sandbox.
#pragma once

#include <string>

namespace roots::benchmarks {

// any: umlauts and signs of four bytes in comments and names; escaped: such ones written as "\u00fc".
enum class Letters { ascii, any, escaped };

// All absences are of employee 4711. page: counted from 0; ids differ from page to page.
inline constexpr int kRowsOfPage = 200;
[[nodiscard]] std::string timeOffsPage(int page, Letters letters);  // GET /v1/company/time-offs
[[nodiscard]] std::string timeOffsInOneList(int rows, Letters letters);
inline constexpr int kRowsOfPageV2 = 100;
[[nodiscard]] std::string periodsPageV2(int page, Letters letters);  // GET /v2/absence-periods

}  // namespace roots::benchmarks
