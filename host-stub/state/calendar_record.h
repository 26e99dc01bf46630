// Records exported events, so that other calendars recognize changes: the random id of this home, and for
// each event its content as a hash and its number of changes. In calendar.json; nothing in it names an
// absence. Use on one thread; hold a HomeLock to save it.
#pragma once

#include "state/home.h"

#include <roots/result.hpp>

#include <filesystem>
#include <map>
#include <string>

namespace roots::host {

class CalendarRecord {
 public:
  struct Revision {
    std::string content;  // hash of the exported content
    int sequence = 0;
    std::string changed;  // UTC
    friend bool operator==(const Revision &, const Revision &) = default;
  };

  // If there is no file, with a new id of the home, which takes effect when it is saved.
  [[nodiscard]] static Result<CalendarRecord> open(const Home &home);

  [[nodiscard]] const std::string &homeId() const { return home_id_; }

  // The current state of the event: unchanged since the last export or, if its content differs, changed
  // now.
  const Revision &update(const std::string &uid, const std::string &content, const std::string &now);

  [[nodiscard]] bool isNew() const { return is_new_; }
  [[nodiscard]] bool isKept() const { return !has_changed_; }
  [[nodiscard]] Result<void> keep();

 private:
  explicit CalendarRecord(std::filesystem::path file) : file_(std::move(file)) {}

  std::filesystem::path file_;
  std::string home_id_;
  std::map<std::string, Revision> events_;  // by uid
  bool has_changed_ = false;
  bool is_new_ = false;  // nothing was exported yet
};

}  // namespace roots::host
