// What the lists of the sandbox's Moco have in common: whose rows they show, of which days, and their pages.
#pragma once

#include "sandbox/service.h"

namespace roots::sandbox::moco {

inline constexpr const char *kServer = "moco";

// A request of a user with a key.
struct MocoRequest {
  Scenario &scenario;
  RequestLog &log;
  const std::string &endpoint;
  const ServerRequest &request;
  const MocoUser &user;

  [[nodiscard]] const Moco &moco() const { return scenario.moco; }
  void recordProblem(const std::string &what) const { log.recordProblem(kServer, endpoint, what); }
  [[nodiscard]] std::string parameter(const std::string &name) const {
    const auto values = request.parameters(name);
    return values.empty() ? "" : values.back();
  }
};

// Whether a list shows a row of this user on this day.
[[nodiscard]] bool shows(const MocoRequest &asked, std::int64_t user_id, kit::CivilDate date);

// False: a date parameter is invalid; the reply is 400.
[[nodiscard]] bool datesAreFine(const MocoRequest &asked);

// The requested page of these rows, each as JSON.
[[nodiscard]] ServerReply paged(const MocoRequest &asked, const std::vector<std::string> &rows);

}  // namespace roots::sandbox::moco
