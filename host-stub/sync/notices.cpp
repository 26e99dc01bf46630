#include "sync/notices.h"

#include <roots/record_limits.hpp>

#include <algorithm>

namespace roots::host {
namespace {

// Cuts between characters only.
std::string shortened(std::string_view notice) {
  if (notice.size() <= limits::notice_bytes) return std::string(notice);
  constexpr std::string_view ending = " …";
  std::size_t size = limits::notice_bytes - ending.size();
  while (size > 0 && (static_cast<unsigned char>(notice[size]) & 0xC0u) == 0x80u) --size;
  return std::string(notice.substr(0, size)).append(ending);
}

}  // namespace

void addNotice(std::vector<std::string> &notices, std::string_view notice) {
  if (notices.size() >= limits::notices) return;
  std::string text = shortened(notice);
  if (std::find(notices.begin(), notices.end(), text) != notices.end()) return;
  const bool is_last = notices.size() + 1 == limits::notices;
  notices.push_back(is_last ? "More notices are omitted." : std::move(text));
}

}  // namespace roots::host
