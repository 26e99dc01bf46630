#include "command/workplace.h"

namespace roots::host {
namespace {

struct Meaning {
  ExitCode exit_code;
  const char *word;
};

Meaning meaningOf(Status status) {
  switch (status) {
    case Status::ok:
    case Status::internal:
      return {ExitCode::failed, "internal"};
    case Status::cancelled:
      return {ExitCode::failed, "cancelled"};
    case Status::invalid_setting:
      return {ExitCode::wrong_use, "invalid_setting"};
    case Status::sign_in_failed:
      return {ExitCode::access, "sign_in_failed"};
    case Status::access_missing:
      return {ExitCode::access, "access_missing"};
    case Status::person_not_found:
      return {ExitCode::not_found, "not_found"};
    case Status::try_later:
      return {ExitCode::try_later, "try_later"};
    case Status::unexpected_reply:
      return {ExitCode::failed, "unexpected_reply"};
    case Status::not_connected:
      return {ExitCode::failed, "not_connected"};
  }
  return {ExitCode::failed, "internal"};
}

}  // namespace

Failure::Failure(Error what)
    : exit_code(meaningOf(what.status).exit_code),
      status(meaningOf(what.status).word),
      error(std::move(what)) {}

Failure wrongUse(std::string message) {
  return Failure(ExitCode::wrong_use, "wrong_use",
                 Error{Status::invalid_setting, std::move(message), "", 0, {}});
}

Failure notFound(std::string message) {
  return Failure(ExitCode::not_found, "not_found",
                 Error{Status::person_not_found, std::move(message), "", 0, {}});
}

}  // namespace roots::host
