// The host's log, with everything secret taken out first. Owned by the provider; one thread at a time.
#pragma once

#include <roots/kit/redaction.h>
#include <roots/provider.hpp>

#include <string_view>
#include <utility>

namespace roots::personio {

class RedactingLog {
 public:
  explicit RedactingLog(Host host) : host_(std::move(host)) {}

  void hide(std::string_view secret) { redactor_.addSecret(secret); }
  void write(LogLevel level, std::string_view line) const { host_.log(level, redactor_.redacted(line)); }

 private:
  Host host_;
  kit::Redactor redactor_;
};

}  // namespace roots::personio
