// Reads the members of a scenario file. Used by scenario_json*.cpp only.
#pragma once

#include "sandbox/scenario.h"

#include <roots/kit/json.h>

#include <array>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace roots::sandbox {

using kit::JsonDocument;
using kit::JsonView;

// Reads the members of one object into fields and records the first error.
class Reader {
 public:
  explicit Reader(const JsonDocument &document) : document_(document) {}

  [[nodiscard]] const std::string &problem() const { return problem_; }

  void wrong(JsonView view, const std::string &what) {
    if (problem_.empty()) problem_ = document_.pointerTo(view) + " " + what;
  }

  // Each member of the object must have been read.
  class Object {
   public:
    Object(Reader &reader, JsonView view) : reader_(reader), view_(view) {
      if (!view.isObject()) reader.wrong(view, "is not an object");
    }
    ~Object() {
      for (std::size_t index = 0; index < view_.size(); ++index) {
        if (!known_.contains(std::string(view_.memberName(index))))
          reader_.wrong(view_.memberValue(index), "is not a member that the format knows");
      }
    }
    Object(const Object &) = delete;
    Object &operator=(const Object &) = delete;

    Object &take(const char *name, const std::function<void(JsonView)> &use) {
      known_.insert(name);
      if (view_[name].exists()) use(view_[name]);
      return *this;
    }

    Object &text(const char *name, std::string &into) {
      return take(name, [&](JsonView view) {
        if (const auto value = view.asText()) {
          into = std::string(*value);
        } else {
          reader_.wrong(view, "is not a text");
        }
      });
    }

    template <class Integer>
    Object &integer(const char *name, Integer &into) {
      return take(name, [&](JsonView view) {
        if (const auto value = view.asInteger()) {
          into = static_cast<Integer>(*value);
        } else {
          reader_.wrong(view, "is not a whole number");
        }
      });
    }

    Object &integer(const char *name, std::optional<int> &into) {
      int value = 0;
      const bool given = view_[name].exists() && view_[name].kind() != kit::JsonKind::null;
      known_.insert(name);
      if (!given) return *this;
      integer(name, value);
      into = value;
      return *this;
    }

    Object &hundredths(const char *name, int &into) {
      return take(name, [&](JsonView view) {
        if (const auto value = view.asHundredths()) {
          into = static_cast<int>(*value);
        } else {
          reader_.wrong(view, "is not a number");
        }
      });
    }

    Object &hundredths(const char *name, std::optional<int> &into) {
      known_.insert(name);
      if (!view_[name].exists() || view_[name].kind() == kit::JsonKind::null) return *this;
      int value = 0;
      hundredths(name, value);
      into = value;
      return *this;
    }

    Object &flag(const char *name, bool &into) {
      return take(name, [&](JsonView view) {
        if (const auto value = view.asFlag()) {
          into = *value;
        } else {
          reader_.wrong(view, "is neither true nor false");
        }
      });
    }

    Object &date(const char *name, CivilDate &into) {
      return take(name, [&](JsonView view) {
        if (const auto value = kit::parseDate(view.textOrEmpty())) {
          into = *value;
        } else {
          reader_.wrong(view, "is not a day (YYYY-MM-DD)");
        }
      });
    }

    Object &date(const char *name, std::optional<CivilDate> &into) {
      known_.insert(name);
      if (view_[name].isBlank()) return *this;
      CivilDate value{};
      date(name, value);
      into = value;
      return *this;
    }

    template <std::size_t size>
    Object &minutes(const char *name, std::array<int, size> &into) {
      return take(name, [&](JsonView view) {
        if (view.size() != size) reader_.wrong(view, "does not have " + std::to_string(size) + " numbers");
        for (std::size_t at = 0; at < size; ++at)
          into[at] = static_cast<int>(view.at(at).asInteger().value_or(0));
      });
    }

    Object &raw(const char *name, RawMembers &into) {
      return take(name, [&](JsonView view) {
        for (std::size_t index = 0; index < view.size(); ++index) {
          const JsonView value = view.memberValue(index);
          const bool left_out = value.asText() == "(left out)";
          into[std::string(view.memberName(index))] = left_out ? "" : JsonDocument::textOf(value);
        }
      });
    }

    // A list of rows, each read by a function.
    template <class Row>
    Object &rows(const char *name, std::vector<Row> &into, void (*read)(Reader &, JsonView, Row &)) {
      return take(name, [&](JsonView view) {
        if (!view.isArray()) reader_.wrong(view, "is not a list");
        for (std::size_t index = 0; index < view.size(); ++index)
          read(reader_, view.at(index), into.emplace_back());
      });
    }

   private:
    Reader &reader_;
    JsonView view_;
    std::set<std::string> known_;
  };

 private:
  const JsonDocument &document_;
  std::string problem_;
};

void read(Reader &reader, JsonView view, Personio &personio);  // scenario_json_personio.cpp
void read(Reader &reader, JsonView view, Moco &moco);          // scenario_json_moco.cpp

}  // namespace roots::sandbox
