// Replies of Personio with a realistic size, about 1 kB per absence, written by the sandbox.
#pragma once

#include <string>

namespace roots::benchmarks {

// any: umlauts and four-byte characters in comments and names; escaped: the same written as "\u00fc".
enum class Letters { ascii, any, escaped };

// All absences belong to employee 4711. page: counted from 0; IDs differ between pages.
inline constexpr int kRowsOfPage = 200;
[[nodiscard]] std::string timeOffsPage(int page, Letters letters);  // GET /v1/company/time-offs
[[nodiscard]] std::string timeOffsInOneList(int rows, Letters letters);
inline constexpr int kRowsOfPageV2 = 100;
[[nodiscard]] std::string periodsPageV2(int page, Letters letters);  // GET /v2/absence-periods

}  // namespace roots::benchmarks
