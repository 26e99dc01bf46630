#include "sandbox/service.h"

#include <algorithm>

namespace roots::sandbox {

bool RateLimit::admit(int most, std::chrono::seconds window) {
  const auto now = std::chrono::steady_clock::now();
  while (!seen_.empty() && now - seen_.front() > window) seen_.pop_front();
  if (static_cast<int>(seen_.size()) >= most) return false;
  seen_.push_back(now);
  return true;
}

bool PermitBucket::admit(int per_second) {
  const auto now = std::chrono::steady_clock::now();
  const double full = per_second;
  const double seconds = filled_ ? std::chrono::duration<double>(now - *filled_).count() : 1;
  permits_ = std::min(full, permits_ + seconds * per_second);
  filled_ = now;
  if (permits_ < 1) return false;
  permits_ -= 1;
  return true;
}

void RequestLog::recordProblem(const std::string &server, const std::string &endpoint,
                               const std::string &what) {
  complaints.push_back(server + ", " + endpoint + ": " + what);
}

void requireKnownParameters(RequestLog &log, const std::string &server, const std::string &endpoint,
                            const ServerRequest &request, const std::set<std::string> &known) {
  for (const auto &[name, value] : request.query)
    if (!known.contains(name)) log.recordProblem(server, endpoint, "it has no parameter " + name);
}

ServerReply jsonReply(int status, std::string body) {
  ServerReply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

bool JsonObject::begin(const std::string &name) {
  const auto found = raw_ == nullptr ? RawMembers::const_iterator() : raw_->find(name);
  if (raw_ == nullptr || found == raw_->end()) {
    writer_.name(name);
    return true;
  }
  if (!found->second.empty()) writer_.json(name, found->second);
  return false;
}

JsonObject &JsonObject::text(const std::string &name, std::string_view value) {
  if (begin(name)) writer_.text(value);
  return *this;
}

JsonObject &JsonObject::textOrNull(const std::string &name, std::string_view value) {
  return value.empty() ? null(name) : text(name, value);
}

JsonObject &JsonObject::number(const std::string &name, std::int64_t value) {
  if (begin(name)) writer_.integer(value);
  return *this;
}

JsonObject &JsonObject::hundredths(const std::string &name, int value) {
  if (begin(name)) writer_.hundredths(value);
  return *this;
}

JsonObject &JsonObject::flag(const std::string &name, bool value) {
  if (begin(name)) writer_.flag(value);
  return *this;
}

JsonObject &JsonObject::null(const std::string &name) {
  if (begin(name)) writer_.null();
  return *this;
}

JsonObject &JsonObject::json(const std::string &name, std::string_view value) {
  if (begin(name)) writer_.json(value);
  return *this;
}

std::string JsonObject::finish() { return writer_.endObject().finish(); }

std::string jsonOf(std::string_view text) { return kit::JsonWriter().text(text).finish(); }

std::string listOf(const std::vector<std::string> &items) {
  kit::JsonWriter writer;
  writer.beginArray();
  for (const auto &item : items) writer.json(item);
  return writer.endArray().finish();
}

}  // namespace roots::sandbox
