// What a host requires of each record that a plugin delivers, and the receiver that collects records. Part
// of provider_client.hpp. Pure functions, except for Collecting, which belongs to one call.
#pragma once

#include <roots/detail/utf8.hpp>
#include <roots/provider.hpp>
#include <roots/record_limits.hpp>

#include <set>

namespace roots {

namespace detail {

inline Error breach(const std::string &what) {
  return makeError(Status::unexpected_reply, "The plugin broke its contract (" + what +
                                                 "). Nothing was changed; please report this to its author.");
}

using roots::isRealDate;

// Reads a NUL-terminated text from a fixed array. A faulty plugin may have omitted the NUL.
template <std::size_t capacity>
std::string textOf(const char (&array)[capacity]) {
  std::size_t size = 0;
  while (size < capacity && array[size] != '\0') ++size;
  return std::string(array, size);
}

inline const char *plainSentence(Status status) {
  switch (status) {
    case Status::ok:
      return "";
    case Status::cancelled:
      return "Cancelled.";
    case Status::invalid_setting:
      return "A setting is missing or wrong. Check the connection's settings.";
    case Status::sign_in_failed:
      return "Signing in failed. Check the credentials.";
    case Status::access_missing:
      return "The credentials lack a right. Ask an administrator of the service.";
    case Status::person_not_found:
      return "The service does not know this person. Check the settings.";
    case Status::try_later:
      return "The service cannot be reached at the moment. Try again later.";
    case Status::unexpected_reply:
      return "The service sent a reply that the plugin does not understand.";
    case Status::internal:
      return "The plugin failed. This is a bug in the plugin; please report it.";
    case Status::not_connected:
      return "Not connected. Connect first.";
  }
  return "The plugin failed. This is a bug in the plugin; please report it.";
}

inline Status statusFrom(roots_status status) {
  return status >= ROOTS_OK && status <= ROOTS_NOT_CONNECTED ? static_cast<Status>(status) : Status::internal;
}

inline roots_error emptyError() {
  roots_error error{};
  error.struct_size = sizeof error;
  error.retry_after_ms = -1;
  return error;
}

inline Error errorFrom(roots_status status, const roots_error &record) {
  Error error;
  error.status = statusFrom(status);
  error.message = textOf(record.message);
  if (error.message.empty() || !isUtf8(error.message)) error.message = plainSentence(error.status);
  error.setting = textOf(record.setting);
  if (!isUtf8(error.setting)) error.setting.clear();
  error.http_status = record.http_status;
  if (record.retry_after_ms >= 0) error.retry_after = std::chrono::milliseconds(record.retry_after_ms);
  return error;
}

template <class Record>
inline constexpr std::size_t size_in_1_0 = sizeof(Record);  // of records that have not grown since
template <>
inline constexpr std::size_t size_in_1_0<roots_absence_day> = offsetof(roots_absence_day, counted_hundredths);

// The record as this build knows it: the common prefix of what the plugin delivered, the rest zero (R8).
template <class Record>
Record prefixOf(const Record *theirs) {
  Record ours{};
  std::uint32_t size = 0;
  std::memcpy(&size, theirs, sizeof size);
  std::memcpy(static_cast<void *>(&ours), theirs, size < sizeof ours ? size : sizeof ours);
  return ours;
}

inline Result<std::string> checkedText(roots_text text, const char *field, bool may_be_empty) {
  if (text.data == nullptr && text.size != 0)
    return breach(std::string("R2: ") + field + " has no text but a length");
  const auto view = viewOf(text);
  if (!isUtf8(view)) return breach(std::string("R2: ") + field + " is not UTF-8 without NUL");
  if (view.empty() && !may_be_empty) return breach(std::string("R2: ") + field + " is empty");
  return std::string(view);
}

inline Result<AbsenceDay> checked(const roots_absence_day &record, const Days &range) {
  AbsenceDay day;
  day.date = fromAbi(record.date);
  if (!isRealDate(day.date)) return breach("R3: an absence on a day that does not exist");
  if (day.date < range.first || range.last < day.date)
    return breach("R3: an absence outside the days asked for");
  const bool known_kind = record.kind >= ROOTS_VACATION && record.kind <= ROOTS_OTHER;
  day.kind = known_kind ? static_cast<Kind>(record.kind) : Kind::other;
  if (record.extent < ROOTS_WHOLE_DAY || record.extent > ROOTS_MINUTES)
    return breach("R9: an unknown extent");
  day.extent = static_cast<Extent>(record.extent);
  if (!limits::absenceMinutes(day.extent).allow(record.minutes)) {
    return breach(day.extent == Extent::minutes ? "R4: minutes outside 1 to 1440"
                                                : "R4: minutes without the extent that has them");
  }
  day.minutes = record.minutes;
  const bool known_effect = record.effect >= ROOTS_TIME_OFF && record.effect <= ROOTS_COMPENSATION;
  day.effect = known_effect ? static_cast<Effect>(record.effect) : Effect::time_off;
  if (!limits::counted_hundredths.allow(record.counted_hundredths))
    return breach("R4: fewer than no days counted");
  day.counted_hundredths = record.counted_hundredths;
  auto id = checkedText(record.absence_id, "absence_id", false);
  if (!id) return std::move(id).error();
  auto label = checkedText(record.label, "label", true);
  if (!label) return std::move(label).error();
  day.absence_id = std::move(*id);
  day.label = std::move(*label);
  return day;
}

inline Result<Week> checked(const roots_week &record) {
  Week week;
  week.valid_from = fromAbi(record.valid_from);
  if (week.valid_from.known() && !isRealDate(week.valid_from)) return breach("R3: valid_from is not a day");
  for (std::size_t day = 0; day < week.minutes.size(); ++day) {
    if (!limits::weekday_minutes.allow(record.minutes[day]))
      return breach("R4: a weekday outside 0 to 1440 minutes");
    week.minutes[day] = record.minutes[day];
  }
  week.is_estimate = record.is_estimate != 0;
  return week;
}

inline Result<Balance> checked(const roots_balance &record) {
  Balance balance;
  const bool known_kind = record.kind >= ROOTS_VACATION && record.kind <= ROOTS_OTHER;
  balance.kind = known_kind ? static_cast<Kind>(record.kind) : Kind::other;
  if (record.unit != ROOTS_UNIT_DAYS && record.unit != ROOTS_UNIT_HOURS) return breach("R9: an unknown unit");
  balance.unit = static_cast<Unit>(record.unit);
  if (record.available_hundredths != ROOTS_AMOUNT_UNKNOWN)
    balance.available_hundredths = record.available_hundredths;
  if (record.current_hundredths != ROOTS_AMOUNT_UNKNOWN)
    balance.current_hundredths = record.current_hundredths;
  auto id = checkedText(record.balance_id, "balance_id", false);
  if (!id) return std::move(id).error();
  auto label = checkedText(record.label, "label", true);
  if (!label) return std::move(label).error();
  balance.balance_id = std::move(*id);
  balance.label = std::move(*label);
  return balance;
}

inline Result<Lock> checked(const roots_lock &record) {
  auto setting = checkedText(record.setting, "setting of a lock", false);
  if (!setting) return std::move(setting).error();
  auto reason = checkedText(record.reason, "reason of a lock", false);
  if (!reason) return std::move(reason).error();
  return Lock{std::move(*setting), std::move(*reason)};
}

// Requirements for the records of one call together. Each is called once for every record, in order.
class AbsenceChecks {
 public:
  explicit AbsenceChecks(const Days &range) : range_(range) {}
  Result<AbsenceDay> operator()(const roots_absence_day &record) {
    auto day = checked(record, range_);
    if (day && !seen_.emplace(day->absence_id, day->date).second)
      return breach("the same absence twice on one day");
    return day;
  }

 private:
  Days range_;
  std::set<std::pair<std::string, Date>> seen_;
};

class WeekChecks {
 public:
  Result<Week> operator()(const roots_week &record) {
    auto week = checked(record);
    // Date{} (unknown) sorts before every real day.
    if (week && last_ && !(*last_ < week->valid_from)) return breach("weeks not sorted by valid_from");
    if (week) last_ = week->valid_from;
    return week;
  }

 private:
  std::optional<Date> last_;
};

class BalanceChecks {
 public:
  Result<Balance> operator()(const roots_balance &record) {
    auto balance = checked(record);
    if (balance && !seen_.insert(balance->balance_id).second) return breach("the same balance_id twice");
    return balance;
  }

 private:
  std::set<std::string> seen_;
};

class LockChecks {
 public:
  explicit LockChecks(std::vector<std::string> declared) : declared_(std::move(declared)) {}
  Result<Lock> operator()(const roots_lock &record) const {
    auto lock = checked(record);
    for (const auto &declared : declared_)
      if (!lock || lock->setting == declared) return lock;
    return lock ? breach("a lock that its manifest does not declare: " + lock->setting) : lock;
  }

 private:
  std::vector<std::string> declared_;
};

inline Result<Account> checked(const roots_account &record) {
  Account account;
  account.id = textOf(record.id);
  account.display_name = textOf(record.display_name);
  account.employed_from = fromAbi(record.employed_from);
  account.employed_until = fromAbi(record.employed_until);
  if (account.id.empty()) return breach("an account without id");
  if (!isUtf8(account.id) || !isUtf8(account.display_name))
    return breach("R2: an account whose texts are not UTF-8");
  for (const Date &date : {account.employed_from, account.employed_until})
    if (date.known() && !isRealDate(date)) return breach("R3: employment on a day that does not exist");
  return account;
}

// Collects the records of one call. accept() is called by the plugin and must not throw.
template <class AbiRecord, class Record, class AbiReceiver>
class Collecting {
 public:
  using Check = std::function<Result<Record>(const AbiRecord &)>;
  explicit Collecting(Check check) : check_(std::move(check)) {}

  [[nodiscard]] AbiReceiver receiver() { return AbiReceiver{this, &Collecting::accept}; }

  [[nodiscard]] Result<std::vector<Record>> finish(roots_status status, const roots_error &error) && {
    if (breach_) return *std::move(breach_);
    if (out_of_memory_)
      return makeError(Status::internal, "Out of memory. Close other programs and try again.");
    if (status != ROOTS_OK) return errorFrom(status, error);
    return std::move(records_);
  }

 private:
  static roots_status ROOTS_CALL accept(void *context, const AbiRecord *record) noexcept {
    auto &self = *static_cast<Collecting *>(context);
    try {
      return self.take(record);
    } catch (...) {
      self.out_of_memory_ = true;
      return ROOTS_INTERNAL;
    }
  }

  roots_status take(const AbiRecord *record) {
    if (breach_) return ROOTS_UNEXPECTED_REPLY;
    if (record == nullptr) return refuse(breach("R1: a record that is NULL"));
    // A record shorter than in 1.0 cannot have been built against any release of the header.
    if (record->struct_size < size_in_1_0<AbiRecord>) return refuse(breach("R8: a record without its size"));
    auto read = check_(prefixOf(record));
    if (!read) return refuse(std::move(read).error());
    records_.push_back(std::move(*read));
    return ROOTS_OK;
  }

  roots_status refuse(Error error) {
    breach_ = std::move(error);
    return ROOTS_UNEXPECTED_REPLY;
  }

  Check check_;
  std::vector<Record> records_;
  std::optional<Error> breach_;
  bool out_of_memory_ = false;
};

}  // namespace detail

}  // namespace roots
