// The scenario file -> Scenario. The members are named as in scenario.h; README.md here documents them.
// What a file leaves out is as in a default-made value; what it misspells is an error.
#include "sandbox/scenario.h"

#include <roots/kit/json.h>

#include <fstream>
#include <functional>
#include <sstream>

namespace roots::sandbox {
namespace {

using kit::JsonDocument;
using kit::JsonView;

// Reads the members of one object into fields and remembers the first thing that is wrong.
class Reader {
 public:
  explicit Reader(const JsonDocument &document) : document_(document) {}

  [[nodiscard]] const std::string &problem() const { return problem_; }

  void wrong(JsonView view, const std::string &what) {
    if (problem_.empty()) problem_ = document_.pointerTo(view) + " " + what;
  }

  // Every member of the object must be among those read.
  class Object {
   public:
    Object(Reader &reader, JsonView view) : reader_(reader), view_(view) {
      if (!view.isObject()) reader.wrong(view, "is not an object");
    }
    ~Object() {
      for (std::size_t index = 0; index < view_.size(); ++index) {
        if (!known_.contains(std::string(view_.memberName(index)))) {
          reader_.wrong(view_.memberValue(index), "is not a member that the format knows");
        }
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
        if (const auto value = view.asText())
          into = std::string(*value);
        else
          reader_.wrong(view, "is not a text");
      });
    }

    template <class Integer>
    Object &integer(const char *name, Integer &into) {
      return take(name, [&](JsonView view) {
        if (const auto value = view.asInteger())
          into = static_cast<Integer>(*value);
        else
          reader_.wrong(view, "is not a whole number");
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
        if (const auto value = view.asHundredths())
          into = static_cast<int>(*value);
        else
          reader_.wrong(view, "is not a number");
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
        if (const auto value = view.asFlag())
          into = *value;
        else
          reader_.wrong(view, "is neither true nor false");
      });
    }

    Object &date(const char *name, CivilDate &into) {
      return take(name, [&](JsonView view) {
        if (const auto value = kit::parseDate(view.textOrEmpty()))
          into = *value;
        else
          reader_.wrong(view, "is not a day (YYYY-MM-DD)");
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

    // A list of rows, each read by a function of its own.
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

void read(Reader &reader, JsonView view, Credentials &credentials) {
  credentials.readable_attributes = employeeAttributes();
  Reader::Object(reader, view)
      .text("client_id", credentials.client_id)
      .text("client_secret", credentials.client_secret)
      .flag("may_read_employees", credentials.may_read_employees)
      .flag("may_read_absences", credentials.may_read_absences)
      .flag("may_read_absences_v2", credentials.may_read_absences_v2)
      .flag("revoked", credentials.revoked)
      .take("readable_attributes", [&](JsonView list) {
        credentials.readable_attributes.clear();
        for (std::size_t index = 0; index < list.size(); ++index) {
          const std::string key(list.at(index).textOrEmpty());
          if (!employeeAttributes().contains(key))
            reader.wrong(list.at(index), "is not an attribute that the sandbox knows");
          credentials.readable_attributes.insert(key);
        }
      });
}

void read(Reader &reader, JsonView view, WorkSchedule &schedule) {
  Reader::Object(reader, view)
      .minutes("minutes", schedule.minutes)
      .text("name", schedule.name)
      .integer("id", schedule.id)
      .date("valid_from", schedule.valid_from);
}

void read(Reader &reader, JsonView view, Employee &employee) {
  Reader::Object(reader, view)
      .integer("id", employee.id)
      .text("first_name", employee.first_name)
      .text("last_name", employee.last_name)
      .text("email", employee.email)
      .text("status", employee.status)
      .hundredths("weekly_hours", employee.weekly_hours_hundredths)
      .date("hire_date", employee.hire_date)
      .date("termination_date", employee.termination_date)
      .raw("raw_attributes", employee.raw_attributes)
      .take("work_schedule", [&](JsonView schedule) {
        if (schedule.kind() != kit::JsonKind::null) read(reader, schedule, employee.work_schedule.emplace());
      });
}

void read(Reader &reader, JsonView view, TimeOffType &type) {
  std::string unit = "day";
  Reader::Object(reader, view)
      .integer("id", type.id)
      .text("name", type.name)
      .text("category", type.category)
      .text("unit", unit)
      .flag("listed", type.listed);
  if (unit != "day" && unit != "hour") reader.wrong(view, "has a unit other than day and hour");
  type.unit = unit == "hour" ? TimeOffType::Unit::hour : TimeOffType::Unit::day;
}

void read(Reader &reader, JsonView view, TimeOff &row) {
  Reader::Object(reader, view)
      .integer("id", row.id)
      .integer("employee_id", row.employee_id)
      .integer("type_id", row.type_id)
      .date("first", row.first)
      .date("last", row.last)
      .flag("half_day_start", row.half_day_start)
      .flag("half_day_end", row.half_day_end)
      .hundredths("days", row.days_hundredths)
      .text("status", row.status)
      .raw("raw", row.raw)
      .raw("raw_v2", row.raw_v2);
  if (!row.first.ok()) reader.wrong(view, "has no day \"first\"");
}

void read(Reader &reader, JsonView view, HourlyAbsence::Day &day) {
  Reader::Object(reader, view).date("date", day.date).integer("minutes", day.minutes);
}

void read(Reader &reader, JsonView view, HourlyAbsence &row) {
  Reader::Object(reader, view)
      .text("id", row.id)
      .integer("employee_id", row.employee_id)
      .integer("type_id", row.type_id)
      .text("start", row.start)
      .text("end", row.end)
      .text("status", row.status)
      .rows("days", row.days, read)
      .raw("raw", row.raw)
      .raw("raw_v2", row.raw_v2);
}

void read(Reader &reader, JsonView view, Balance &row) {
  Reader::Object(reader, view)
      .integer("employee_id", row.employee_id)
      .integer("type_id", row.type_id)
      .hundredths("balance", row.balance_hundredths)
      .hundredths("available", row.available_hundredths);
}

void read(Reader &reader, JsonView view, PersonioBehaviour &behaviour) {
  std::string filter = "exact";
  Reader::Object(reader, view)
      .text("email_filter", filter)
      .flag("email_filter_needs_readable_email", behaviour.email_filter_needs_readable_email)
      .flag("time_offs_inside_window_only", behaviour.time_offs_inside_window_only)
      .flag("half_days_as_booleans", behaviour.half_days_as_booleans)
      .flag("repeat_row_between_pages", behaviour.repeat_row_between_pages)
      .flag("token_lifetime_told", behaviour.token_lifetime_told)
      .integer("token_lifetime_seconds", behaviour.token_lifetime_seconds)
      .integer("sign_ins_per_minute", behaviour.sign_ins_per_minute)
      .integer("employee_requests_per_minute", behaviour.employee_requests_per_minute)
      .integer("requests_per_minute", behaviour.requests_per_minute)
      .integer("retry_after_seconds", behaviour.retry_after_seconds)
      .flag("v2_available", behaviour.v2_available)
      .flag("v2_missing_right_is_401", behaviour.v2_missing_right_is_401)
      .flag("v2_end_is_last_day", behaviour.v2_end_is_last_day)
      .flag("v2_defaults_spelled_out", behaviour.v2_defaults_spelled_out)
      .flag("v2_filters_by_start_only", behaviour.v2_filters_by_start_only)
      .flag("v2_relative_links", behaviour.v2_relative_links)
      .text("v2_links_to", behaviour.v2_links_to)
      .flag("v2_last_link_is_null", behaviour.v2_last_link_is_null)
      .integer("v2_page_size", behaviour.v2_page_size)
      .integer("v2_requests_per_second", behaviour.v2_requests_per_second);
  using Filter = PersonioBehaviour::EmailFilter;
  if (filter != "exact" && filter != "any_case" && filter != "ignored")
    reader.wrong(view["email_filter"], "is not exact, any_case or ignored");
  behaviour.email_filter = filter == "any_case"  ? Filter::any_case
                           : filter == "ignored" ? Filter::ignored
                                                 : Filter::exact;
}

void read(Reader &reader, JsonView view, Personio &personio) {
  Reader::Object(reader, view)
      .rows("credentials", personio.credentials, read)
      .rows("employees", personio.employees, read)
      .rows("time_off_types", personio.time_off_types, read)
      .rows("time_offs", personio.time_offs, read)
      .rows("hourly_absences", personio.hourly_absences, read)
      .rows("balances", personio.balances, read)
      .take("behaviour", [&](JsonView behaviour) { read(reader, behaviour, personio.behaviour); });
}

void read(Reader &reader, JsonView view, MocoUser &user) {
  Reader::Object(reader, view)
      .integer("id", user.id)
      .text("first_name", user.first_name)
      .text("last_name", user.last_name)
      .text("email", user.email)
      .text("api_key", user.api_key)
      .flag("key_sees_everyone", user.key_sees_everyone);
}

void read(Reader &reader, JsonView view, MocoActivity &row) {
  Reader::Object(reader, view)
      .integer("id", row.id)
      .integer("user_id", row.user_id)
      .date("date", row.date)
      .integer("seconds", row.seconds)
      .integer("worked_seconds", row.worked_seconds)
      .text("description", row.description)
      .text("customer", row.customer)
      .text("project", row.project)
      .text("task", row.task)
      .flag("billable", row.billable)
      .flag("timer_running", row.timer_running)
      .raw("raw", row.raw);
}

void read(Reader &reader, JsonView view, MocoSchedule &row) {
  Reader::Object(reader, view)
      .integer("id", row.id)
      .integer("user_id", row.user_id)
      .date("date", row.date)
      .flag("am", row.am)
      .flag("pm", row.pm)
      .integer("code", row.code)
      .text("name", row.name)
      .text("comment", row.comment)
      .integer("symbol", row.symbol)
      .raw("raw", row.raw);
}

void read(Reader &reader, JsonView view, MocoPresence &row) {
  Reader::Object(reader, view)
      .integer("id", row.id)
      .integer("user_id", row.user_id)
      .date("date", row.date)
      .text("from", row.from)
      .text("to", row.to)
      .flag("is_home_office", row.is_home_office);
}

void read(Reader &reader, JsonView view, MocoLeaveCredit &row) {
  Reader::Object(reader, view)
      .integer("id", row.id)
      .integer("user_id", row.user_id)
      .integer("year", row.year)
      .text("title", row.title)
      .hundredths("days", row.days_hundredths);
}

void read(Reader &reader, JsonView view, MocoEmployment &row) {
  Reader::Object(reader, view)
      .integer("id", row.id)
      .integer("user_id", row.user_id)
      .minutes("am_minutes", row.am_minutes)
      .minutes("pm_minutes", row.pm_minutes)
      .date("from", row.from)
      .date("to", row.to);
}

void read(Reader &reader, JsonView view, MocoBehaviour &behaviour) {
  Reader::Object(reader, view)
      .flag("codes_told", behaviour.codes_told)
      .flag("symbols_as_text", behaviour.symbols_as_text)
      .flag("worked_seconds_told", behaviour.worked_seconds_told)
      .flag("user_filter_ignored", behaviour.user_filter_ignored)
      .integer("requests_per_two_minutes", behaviour.requests_per_two_minutes)
      .integer("retry_after_seconds", behaviour.retry_after_seconds);
}

void read(Reader &reader, JsonView view, Moco &moco) {
  Reader::Object(reader, view)
      .text("domain", moco.domain)
      .rows("users", moco.users, read)
      .rows("activities", moco.activities, read)
      .rows("schedules", moco.schedules, read)
      .rows("presences", moco.presences, read)
      .rows("leave_credits", moco.leave_credits, read)
      .rows("employments", moco.employments, read)
      .take("behaviour", [&](JsonView behaviour) { read(reader, behaviour, moco.behaviour); });
}

void read(Reader &reader, JsonView view, Fault &fault) {
  std::int64_t delay = 0;
  std::int64_t delay_in_body = 0;
  std::optional<int> cut_after;
  Reader::Object(reader, view)
      .text("server", fault.server)
      .text("endpoint", fault.endpoint)
      .integer("from", fault.from)
      .integer("times", fault.times)
      .integer("status", fault.status)
      .take("headers",
            [&](JsonView headers) {
              for (std::size_t index = 0; index < headers.size(); ++index) {
                fault.headers.emplace_back(headers.memberName(index),
                                           headers.memberValue(index).textOrEmpty());
              }
            })
      .take("content_type", [&](JsonView type) { fault.content_type = type.textOrEmpty(); })
      .take("body", [&](JsonView body) { fault.body = body.textOrEmpty(); })
      .integer("delay_ms", delay)
      .integer("delay_in_body_ms", delay_in_body)
      .integer("cut_after", cut_after)
      .flag("reset", fault.reset)
      .take("raw", [&](JsonView raw) { fault.raw = raw.textOrEmpty(); });
  fault.delay = std::chrono::milliseconds(delay);
  fault.delay_in_body = std::chrono::milliseconds(delay_in_body);
  if (cut_after) fault.cut_after = static_cast<std::size_t>(*cut_after);
}

}  // namespace

Result<Scenario> parseScenario(std::string_view json) {
  const auto broken = [](const std::string &what) {
    return Error{Status::invalid_setting, "The scenario cannot be used: " + what + ".", "scenario", 0, {}};
  };
  const auto document = JsonDocument::parse(json);
  if (!document) return broken(document.error().message);
  Reader reader(*document);
  Scenario scenario;
  Reader::Object(reader, document->root())
      .text("name", scenario.name)
      .take("personio", [&](JsonView view) { read(reader, view, scenario.personio); })
      .take("moco", [&](JsonView view) { read(reader, view, scenario.moco); })
      .rows("faults", scenario.faults, read);
  if (!reader.problem().empty()) return broken(reader.problem());
  if (auto checked = checkScenario(scenario); !checked) return std::move(checked).error();
  return scenario;
}

Result<Scenario> loadScenarioFile(const std::string &path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  if (!stream.is_open() || stream.bad()) {
    return Error{
        Status::invalid_setting, "The scenario file " + path + " cannot be read.", "scenario", 0, {}};
  }
  return parseScenario(content.str());
}

}  // namespace roots::sandbox
