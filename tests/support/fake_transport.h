// Fakes for the environment of a provider, so that unit tests need no network and no time: a scripted HTTP
// service and a clock that advances only when code waits. Strict: an unexpected request fails the test, and
// so does a missing one.
#pragma once

#include "support/catch.h"

#include <roots/kit/http.h>
#include <roots/kit/retry.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roots::test {

// The expected requests and their replies. Outlives the transports that use it.
class HttpScript {
 public:
  using Answer = std::function<Result<kit::HttpReply, kit::TransportError>(const kit::HttpRequest &)>;

  HttpScript() = default;
  HttpScript(const HttpScript &) = delete;
  HttpScript &operator=(const HttpScript &) = delete;
  ~HttpScript() {
    if (std::uncaught_exceptions() == 0 && !expectations_.empty())
      FAIL_CHECK("never asked for: " << expectations_.front().request);
  }

  // request: "GET /v1/company/time-offs", the path with or without its query.
  HttpScript &expect(std::string request, Answer answer) {
    expectations_.push_back({std::move(request), std::move(answer)});
    return *this;
  }

  HttpScript &expect(std::string request, int status, std::string body,
                     std::vector<kit::HttpHeader> headers = {}) {
    return expect(std::move(request),
                  [=](const kit::HttpRequest &) { return kit::HttpReply{status, headers, body}; });
  }

  HttpScript &expectFault(std::string request, kit::TransportFault fault, std::string detail = {}) {
    return expect(std::move(request),
                  [=](const kit::HttpRequest &) { return kit::TransportError{fault, detail}; });
  }

  // The reply to every request after all expected ones.
  HttpScript &afterwards(Answer answer) {
    afterwards_ = std::move(answer);
    return *this;
  }

  [[nodiscard]] const std::vector<kit::HttpRequest> &seen() const { return seen_; }
  [[nodiscard]] bool isOver() const { return expectations_.empty(); }

  Result<kit::HttpReply, kit::TransportError> answer(const kit::HttpRequest &request) {
    seen_.push_back(request);
    const std::string asked = request.method + " " + request.target;
    if (expectations_.empty() && afterwards_) return afterwards_(request);
    if (expectations_.empty()) FAIL("unexpected request: " << asked);
    Expectation next = std::move(expectations_.front());
    expectations_.erase(expectations_.begin());
    const bool with_query = next.request.find('?') != std::string::npos;
    const std::string compared = with_query ? asked : asked.substr(0, asked.find('?'));
    if (compared != next.request) FAIL("expected " << next.request << ", but was asked " << asked);
    return next.answer(request);
  }

 private:
  struct Expectation {
    std::string request;
    Answer answer;
  };
  std::vector<Expectation> expectations_;
  Answer afterwards_;
  std::vector<kit::HttpRequest> seen_;
};

class FakeTransport : public kit::HttpTransport {
 public:
  explicit FakeTransport(HttpScript &script) : script_(script) {}
  Result<kit::HttpReply, kit::TransportError> send(const kit::HttpRequest &request,
                                                   const kit::CallLimits &) override {
    return script_.answer(request);
  }

 private:
  HttpScript &script_;
};

// Waiting advances the clock and takes no time. For any thread.
class FakeWaiter : public kit::Waiter {
 public:
  std::chrono::steady_clock::time_point now() override {
    return start_ + std::chrono::milliseconds(passed_.load());
  }
  void wait(std::chrono::milliseconds duration, const kit::CallLimits &) override { pass(duration); }
  double random() override { return 0.5; }
  void pass(std::chrono::milliseconds duration) { passed_ += duration.count(); }

 private:
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::atomic<std::chrono::milliseconds::rep> passed_{0};
};

// The value of a header, or "".
inline std::string headerOf(const kit::HttpRequest &request, std::string_view name) {
  for (const kit::HttpHeader &header : request.headers)
    if (header.name == name) return header.value;
  return {};
}

}  // namespace roots::test
