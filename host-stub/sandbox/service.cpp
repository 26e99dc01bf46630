#include "sandbox/service.h"

#include <roots/kit/json.h>

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

void Books::complain(const std::string &server, const std::string &endpoint, const std::string &what) {
  complaints.push_back(server + ", " + endpoint + ": " + what);
}

void requireKnownParameters(Books &books, const std::string &server, const std::string &endpoint,
                            const ServerRequest &request, const std::set<std::string> &known) {
  for (const auto &[name, value] : request.query) {
    if (!known.contains(name)) books.complain(server, endpoint, "it has no parameter " + name);
  }
}

ServerReply jsonReply(int status, std::string body) {
  ServerReply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

bool chooseMember(const RawMembers &raw, const std::string &name, std::string &json) {
  const auto found = raw.find(name);
  if (found == raw.end()) return true;
  json = found->second;
  return !json.empty();
}

std::string quoted(std::string_view text) {
  kit::JsonWriter writer;
  writer.text(text);
  return writer.finish();
}

ObjectText &ObjectText::member(const std::string &name, std::string json) {
  if (!chooseMember(raw_, name, json)) return *this;
  members_ += (members_.empty() ? "" : ",") + quoted(name) + ":" + json;
  return *this;
}

std::string listOf(const std::vector<std::string> &items) {
  std::string list = "[";
  for (const auto &item : items) list += (list.size() > 1 ? "," : "") + item;
  return list + "]";
}

std::string hundredthsText(int hundredths) {
  kit::JsonWriter writer;
  writer.hundredths(hundredths);
  return writer.finish();
}

}  // namespace roots::sandbox
