#include "absences/breakdown_reader.h"

#include "api/fetch_parallel.h"
#include "api/personio_api_v2.h"
#include "errors/personio_errors.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>

namespace roots::personio {
namespace {

constexpr std::size_t kMaxRefusals = 3;

// What one of two threads has read, and why it stopped before the end.
struct Read {
  std::vector<std::pair<const PeriodV2 *, Breakdowns>> done;
  const PeriodV2 *refused = nullptr;
  std::optional<Error> error;
};

// Every other period, until one fails on this or the other thread.
Read readEveryOther(Requests &requests, const BreakdownReader::Periods &periods, std::size_t first,
                    kit::CivilDate until, const kit::CallLimits &limits, std::atomic<bool> &stop) {
  Read read;
  for (std::size_t index = first; index < periods.size() && !stop; index += 2) {
    Result<Breakdowns> breakdowns = PersonioApiV2(requests).breakdowns(periods[index]->id, until, limits);
    if (breakdowns) {
      read.done.emplace_back(periods[index], *std::move(breakdowns));
      continue;
    }
    stop = true;
    read.error = std::move(breakdowns).error();
    if (isRefusal(*read.error)) read.refused = periods[index];
  }
  return read;
}

// The deadline was exceeded because of the plugin's rate limit, not because of the service.
Error outOfTime(const Error &error, std::size_t read, std::size_t all) {
  if (error.status != Status::try_later || error.http_status != 0 || !error.retry_after) return error;
  Error slower = error;
  slower.message =
      "Reading your " + std::to_string(all) +
      " hourly absences requires one request for each, and Personio does not allow that many within the time "
      "limit. " +
      std::to_string(read) +
      " were read and are kept. To read the others, sync again, or increase \"Time limit in seconds\".";
  return slower;
}

}  // namespace

Result<void> BreakdownReader::read(const PeriodV2 &period, kit::CivilDate until,
                                   const kit::CallLimits &limits) {
  if (cache_.find(period, until) != nullptr) return {};
  Result<Breakdowns> breakdowns = PersonioApiV2(session_).breakdowns(period.id, until, limits);
  if (!breakdowns) {
    if (isRefusal(breakdowns.error())) noteRefusal(period, breakdowns.error());
    return std::move(breakdowns).error();
  }
  cache_.store(period, until, *std::move(breakdowns));
  return {};
}

Result<void> BreakdownReader::readAll(const Periods &periods, kit::CivilDate until,
                                      const kit::CallLimits &limits) {
  const auto isDone = [&](const PeriodV2 *period) {
    return cache_.find(*period, until) != nullptr || refused_.contains(period->id);
  };
  Periods left = periods;
  std::erase_if(left, isDone);
  const std::size_t refused_before = refused_.size();
  while (!left.empty() && refused_.size() - refused_before < kMaxRefusals) {
    const Result<void> round = readRound(left, until, limits);
    std::erase_if(left, isDone);
    if (!round) return outOfTime(round.error(), periods.size() - left.size(), periods.size());
  }
  return {};
}

Result<void> BreakdownReader::readRound(const Periods &periods, kit::CivilDate until,
                                        const kit::CallLimits &limits) {
  std::atomic<bool> stop{false};
  const auto askEveryOther = [&](std::size_t first) {
    return [&, first](Requests &requests, const kit::CallLimits &own_limits) -> Result<Read> {
      return readEveryOther(requests, periods, first, until, own_limits, stop);
    };
  };
  std::vector<Read> reads;
  if (periods.size() < 2) {
    reads.push_back(readEveryOther(session_, periods, 0, until, limits, stop));
  } else {
    auto both = fetchInParallel(session_, run_tasks_, limits, askEveryOther(0), askEveryOther(1));
    if (!both) return std::move(both).error();
    reads.push_back(std::move(both->first));
    reads.push_back(std::move(both->second));
  }
  for (Read &read : reads)
    for (auto &[period, breakdowns] : read.done) cache_.store(*period, until, std::move(breakdowns));
  for (Read &read : reads) {
    if (!read.error) continue;
    if (read.refused == nullptr) return *std::move(read.error);
    // A snapshot does not renew its token. If a new token is accepted, the absence was not the reason.
    const bool used_snapshot = &read != &reads.front();
    if (!used_snapshot || !session_.mayRetryWithNewToken(read.error->http_status)) {
      noteRefusal(*read.refused, *std::move(read.error));
    } else if (const auto again = this->read(*read.refused, until, limits);
               !again && !isRefusal(again.error())) {
      return again.error();
    }
  }
  return {};
}

void BreakdownReader::noteRefusal(const PeriodV2 &period, Error error) {
  refused_.insert(period.id);
  if (!refusal_) refusal_ = std::move(error);
}

}  // namespace roots::personio
