// From the bytes of a reply to the plugin's structs, as in the plugin. To measure other code, change this
// file.
#pragma once

#include "api/reply_decisions.h"
#include "replies/personio_json.h"

#include <stdexcept>
#include <string>
#include <utility>

namespace roots::benchmarks {

inline constexpr const char *kWhoseAbsences = "4711";

template <class Value>
Value valueOrThrow(Result<Value> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

inline kit::HttpReply replyWith(std::string body) { return {200, {}, std::move(body)}; }

inline kit::JsonDocument parsed(const std::string &body) {
  return valueOrThrow(kit::JsonDocument::parse(body));
}

inline auto readTimeOffsPage(kit::HttpReply reply) {
  return valueOrThrow(personio::readList(personio::kTimeOffs, std::move(reply), [](std::string body) {
    return personio::readTimeOffs(std::move(body), kWhoseAbsences);
  }));
}

inline auto readPeriodsPageV2(kit::HttpReply reply) {
  return valueOrThrow(personio::readList(personio::kAbsencePeriodsV2, std::move(reply), [](std::string body) {
    return personio::readPeriodsV2(std::move(body), kWhoseAbsences);
  }));
}

}  // namespace roots::benchmarks
