// The part of Moco's API that the host needs: the signed-in person, their time entries, and public holidays.
// Read-only. Its only state is the transport and the key; one call at a time.
#pragma once

#include "day/model.h"

#include <roots/kit/http.h>
#include <roots/kit/retry.h>

#include <string>
#include <vector>

namespace roots::host {

struct MocoAccount {
  std::string user_id;
  std::string display_name;  // may be ""
};

// The rows of a list, and the rows that could not be counted.
template <class Row>
struct MocoRows {
  std::vector<Row> rows;
  std::vector<UncountedRow> odd;
};

class MocoClient {
 public:
  // transport: for https://NAME.mocoapp.com or its stand-in; "/api/v1" is added here.
  MocoClient(kit::HttpTransport &transport, kit::Waiter &waiter, std::string api_key);
  ~MocoClient();  // wipes the key
  MocoClient(const MocoClient &) = delete;
  MocoClient &operator=(const MocoClient &) = delete;

  // Errors: sign_in_failed (key refused, setting "api_key"), invalid_setting (no such account, setting
  // "domain"), try_later, unexpected_reply. Messages state the solution.
  [[nodiscard]] Result<MocoAccount> account(const kit::CallLimits &limits);

  // All pages, own rows only, on these days only. An inconsistent list is an error, and so is a list of
  // several rows of which none can be read.
  [[nodiscard]] Result<MocoRows<TimeEntry>> timeEntries(const std::string &user_id, CivilDays days,
                                                        const kit::CallLimits &limits);
  [[nodiscard]] Result<MocoRows<Holiday>> publicHolidays(const std::string &user_id, CivilDays days,
                                                         const kit::CallLimits &limits);

 private:
  kit::HttpTransport &transport_;
  kit::Waiter &waiter_;
  std::string api_key_;
};

}  // namespace roots::host
