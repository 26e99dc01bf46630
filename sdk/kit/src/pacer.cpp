#include <roots/kit/pacer.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace roots::kit {
namespace {

constexpr int kMaxFigure = 10000;

// Whole numbers only; anything else is ignored.
std::optional<int> numberIn(const HttpReply &reply, std::string_view name, int min) {
  const auto text = reply.header(name);
  int number = 0;
  if (!text) return std::nullopt;
  const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (problem != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number >= min && number <= kMaxFigure ? std::optional(number) : std::nullopt;
}

}  // namespace

std::chrono::milliseconds Pacer::take(Time now) {
  const std::lock_guard lock(mutex_);
  refill(now);
  permits_ -= 1;
  if (permits_ >= 0) return std::chrono::milliseconds(0);
  const double seconds = -permits_ / limit_.per_second;
  return std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(std::ceil(seconds * 1000)));
}

void Pacer::learn(const HttpReply &reply, Time now) {
  const std::lock_guard lock(mutex_);
  refill(now);
  if (const auto rate = numberIn(reply, "x-ratelimit-replenish-rate", 1)) limit_.per_second = *rate;
  if (const auto burst = numberIn(reply, "x-ratelimit-burst-capacity", 1)) limit_.burst = *burst;
  // Others may draw on the same limit, so its figure counts where it is lower.
  if (const auto left = numberIn(reply, "x-ratelimit-remaining", 0))
    permits_ = std::min(permits_, static_cast<double>(*left));
  permits_ = std::min(permits_, static_cast<double>(limit_.burst));
}

void Pacer::refill(Time now) {
  if (filled_ != Time{} && now > filled_) {
    const double seconds = std::chrono::duration<double>(now - filled_).count();
    permits_ = std::min<double>(limit_.burst, permits_ + seconds * limit_.per_second);
  }
  filled_ = now;
}

}  // namespace roots::kit
