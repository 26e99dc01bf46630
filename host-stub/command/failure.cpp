#include "command/failure.h"

namespace roots::host {
namespace {

struct Meaning {
  const char *word;
  ExitCode exit_code;
};

Meaning meaningOf(HostStatus status) {
  switch (status) {
    case HostStatus::cancelled:
      return {"cancelled", ExitCode::failed};
    case HostStatus::invalid_setting:
      return {"invalid_setting", ExitCode::wrong_use};
    case HostStatus::sign_in_failed:
      return {"sign_in_failed", ExitCode::access};
    case HostStatus::access_missing:
      return {"access_missing", ExitCode::access};
    case HostStatus::person_not_found:
      return {"person_not_found", ExitCode::not_found};
    case HostStatus::try_later:
      return {"try_later", ExitCode::try_later};
    case HostStatus::unexpected_reply:
      return {"unexpected_reply", ExitCode::failed};
    case HostStatus::not_connected:
      return {"not_connected", ExitCode::failed};
    case HostStatus::internal:
      break;
    case HostStatus::wrong_use:
      return {"wrong_use", ExitCode::wrong_use};
    case HostStatus::locked:
      return {"locked", ExitCode::locked};
    case HostStatus::not_found:
      return {"not_found", ExitCode::not_found};
    case HostStatus::not_enabled:
      return {"not_enabled", ExitCode::failed};
    case HostStatus::plugin_refused:
      return {"plugin_refused", ExitCode::failed};
    case HostStatus::not_known:
      return {"not_known", ExitCode::failed};
    case HostStatus::storage_failed:
      return {"storage_failed", ExitCode::failed};
  }
  return {"internal", ExitCode::failed};
}

HostStatus statusFrom(Status status) {
  switch (status) {
    case Status::cancelled:
      return HostStatus::cancelled;
    case Status::invalid_setting:
      return HostStatus::invalid_setting;
    case Status::sign_in_failed:
      return HostStatus::sign_in_failed;
    case Status::access_missing:
      return HostStatus::access_missing;
    case Status::person_not_found:
      return HostStatus::person_not_found;
    case Status::try_later:
      return HostStatus::try_later;
    case Status::unexpected_reply:
      return HostStatus::unexpected_reply;
    case Status::not_connected:
      return HostStatus::not_connected;
    case Status::ok:
    case Status::internal:
      break;
  }
  return HostStatus::internal;
}

}  // namespace

const char *wordOf(HostStatus status) { return meaningOf(status).word; }

ExitCode exitCodeOf(HostStatus status) { return meaningOf(status).exit_code; }

Failure::Failure(Error what)
    : status(statusFrom(what.status)),
      message(std::move(what.message)),
      setting(std::move(what.setting)),
      retry_after(what.retry_after) {}

Failure wrongUse(std::string message) { return {HostStatus::wrong_use, std::move(message)}; }

Failure notFound(std::string message) { return {HostStatus::not_found, std::move(message)}; }

Failure pluginRefused(const std::string &id, const std::string &reason) {
  return {HostStatus::plugin_refused, "The plugin " + id + " is refused. " + reason};
}

Failure storageFailed(Error what) {
  Failure failure(std::move(what));
  if (failure.status == HostStatus::internal) failure.status = HostStatus::storage_failed;
  return failure;
}

Failure partlyCompleted(const std::string &done, Error remaining) {
  Failure failure = storageFailed(std::move(remaining));
  failure.message = done + " " + failure.message;
  return failure;
}

Failure connectedButNotFetched(const std::string &name, Failure why) {
  why.message = "Connected to " + name + ", but nothing was fetched yet. " + why.message;
  return why;
}

}  // namespace roots::host
