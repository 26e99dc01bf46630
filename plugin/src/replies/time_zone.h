// Time zones by the names of the IANA database, as far as moments have to become local days: the C++ library
// of Debian 12 knows none. Reads the system's own files (TZif, RFC 8536), so that new rules arrive with the
// system's updates.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roots::personio {

class TimeZone {
 public:
  // "Europe/Berlin". nullopt: no such zone on this computer, or no name of a zone at all.
  [[nodiscard]] static std::optional<TimeZone> named(std::string_view name,
                                                     const std::string &folder = "/usr/share/zoneinfo");
  // The bytes of a TZif file of version 2 or newer.
  [[nodiscard]] static std::optional<TimeZone> parse(std::string_view bytes);

  // What local clocks are ahead of universal time. nullopt: the file does not say.
  [[nodiscard]] std::optional<std::chrono::seconds> offsetAt(std::chrono::sys_seconds moment) const;

 private:
  struct Change {
    std::chrono::sys_seconds moment;
    std::chrono::seconds offset;
  };
  std::optional<std::chrono::seconds> first_offset_;  // before the first change
  std::vector<Change> changes_;                       // in order
  std::string rule_;                                  // as of the last change: "CET-1CEST,M3.5.0,M10.5.0/3"
};

}  // namespace roots::personio
