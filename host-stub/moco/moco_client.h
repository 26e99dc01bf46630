// Moco's API as the host needs it: who is signed in, that person's time entries and public holidays.
// Read-only. Holds no state but the transport and the key; one call at a time.
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

class MocoClient {
 public:
  // transport: for https://NAME.mocoapp.com or its stand-in; "/api/v1" is added here.
  MocoClient(kit::HttpTransport &transport, kit::Waiter &waiter, std::string api_key);
  ~MocoClient();  // wipes the key
  MocoClient(const MocoClient &) = delete;
  MocoClient &operator=(const MocoClient &) = delete;

  // Errors: sign_in_failed (key refused, setting "api_key"), invalid_setting (no such account, setting
  // "domain"), try_later, unexpected_reply. Messages say what to do.
  [[nodiscard]] Result<MocoAccount> account(const kit::CallLimits &limits);

  // All pages, own rows only, on these days only.
  [[nodiscard]] Result<std::vector<TimeEntry>> timeEntries(const std::string &user_id, CivilDays days,
                                                           const kit::CallLimits &limits);
  [[nodiscard]] Result<std::vector<Holiday>> publicHolidays(const std::string &user_id, CivilDays days,
                                                            const kit::CallLimits &limits);

 private:
  kit::HttpTransport &transport_;
  kit::Waiter &waiter_;
  std::string api_key_;
};

}  // namespace roots::host
