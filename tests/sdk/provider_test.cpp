// provider.hpp and provider_client.hpp against each other, and against peers that violate the contract.
#include "support/catch.h"
#include "support/text_search.h"

#include <roots/provider_client.hpp>

#include <stdexcept>

using namespace roots;
using namespace roots::test;

namespace {

// A provider whose functions a test defines.
class Scripted final : public Provider {
 public:
  explicit Scripted(Host host) : host_(std::move(host)) {
    if (throw_in_constructor) throw std::runtime_error("https://example.com/?token=canary");
    current = this;
  }

  Result<Account> connect(const Settings &settings, const Call &call) override {
    return on_connect(settings, call);
  }
  Result<void> fetchAbsences(Days days, const Call &call, Receiver<AbsenceDay> &receiver) override {
    return on_absences(days, call, receiver);
  }
  Result<void> fetchSchedule(Days, const Call &, Receiver<Week> &receiver) override {
    return on_schedule(receiver);
  }
  Result<void> fetchBalances(const Call &, Receiver<Balance> &receiver) override {
    return on_balances(receiver);
  }
  Result<void> settingsLocks(Receiver<Lock> &receiver) override { return on_locks(receiver); }

  Host host_;
  std::function<Result<Account>(const Settings &, const Call &)> on_connect =
      [](const Settings &, const Call &) { return Account{"4711", "Nele Muster", {2019, 4, 1}, {}}; };
  std::function<Result<void>(Days, const Call &, Receiver<AbsenceDay> &)> on_absences;
  std::function<Result<void>(Receiver<Week> &)> on_schedule;
  std::function<Result<void>(Receiver<Balance> &)> on_balances;
  std::function<Result<void>(Receiver<Lock> &)> on_locks;

  static inline Scripted *current = nullptr;
  static inline bool throw_in_constructor = false;
};

struct Identity {
  static constexpr char id[] = "example.scripted";
  static constexpr char version[] = "1.0.0";
};

const roots_provider_api &table() { return provider_table<Scripted, Identity>; }

std::unique_ptr<ProviderClient> client(HostServices services = {},
                                       std::vector<std::string> locks = {"absences"}) {
  auto made = ProviderClient::create(table(), std::move(services), std::move(locks));
  REQUIRE(made.ok());
  return std::move(*made);
}

AbsenceDay someDay() {
  return {{2026, 7, 14}, Kind::vacation, Extent::whole_day, 0, Effect::time_off, "1", "Urlaub"};
}
const Days july{{2026, 7, 1}, {2026, 7, 31}};

// The outcome of delivering these days.
Result<std::vector<AbsenceDay>> delivering(std::vector<AbsenceDay> days) {
  const auto one = client();
  Scripted::current->on_absences = [days](Days, const Call &,
                                          Receiver<AbsenceDay> &receiver) -> Result<void> {
    for (const auto &day : days)
      if (auto taken = receiver.accept(day); !taken) return taken;
    return {};
  };
  return one->fetchAbsences(july, {});
}

std::string breachOf(std::vector<AbsenceDay> days) {
  const auto outcome = delivering(std::move(days));
  REQUIRE_FALSE(outcome.ok());
  CHECK(outcome.error().status == Status::unexpected_reply);
  return outcome.error().message;
}

template <class Change>
std::string breachWith(Change change) {
  AbsenceDay day = someDay();
  change(day);
  return breachOf({day});
}

}  // namespace

TEST_CASE("records arrive as the provider delivered them", "[sdk]") {
  AbsenceDay hourly = someDay();
  hourly.absence_id = "2";
  hourly.extent = Extent::minutes;
  hourly.minutes = 150;
  hourly.effect = Effect::compensation;
  const auto days = delivering({someDay(), hourly});
  REQUIRE(days.ok());
  REQUIRE(days->size() == 2);
  CHECK(days->at(0).label == "Urlaub");
  CHECK(days->at(1).minutes == 150);
  CHECK(days->at(1).effect == Effect::compensation);
  const auto account = client()->connect({{"email", "Nele.Muster@example.com"}}, {});
  REQUIRE(account.ok());
  CHECK(account->id == "4711");
  CHECK(account->employed_from == Date{2019, 4, 1});
  CHECK_FALSE(account->employed_until.known());
}

TEST_CASE("R5: an exception becomes a status, and its text is not shown", "[sdk]") {
  const auto one = client();
  const int kind = GENERATE(0, 1, 2);
  Scripted::current->on_connect = [kind](const Settings &, const Call &) -> Result<Account> {
    if (kind == 0) throw std::runtime_error("https://example.com/?token=canary");
    if (kind == 1) throw 42;
    throw std::bad_alloc();
  };
  const auto account = one->connect({}, {});
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::internal);
  CHECK_FALSE(account.error().message.empty());
  CHECK_FALSE(contains(account.error().message, "canary"));
}

TEST_CASE("R5: an exception in a constructor becomes a status", "[sdk]") {
  Scripted::throw_in_constructor = true;
  const auto made = ProviderClient::create(table(), {}, {});
  Scripted::throw_in_constructor = false;
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().status == Status::internal);
}

TEST_CASE("R7: an error after records invalidates them", "[sdk]") {
  const auto one = client();
  Scripted::current->on_absences = [](Days, const Call &, Receiver<AbsenceDay> &receiver) -> Result<void> {
    (void)receiver.accept(someDay());
    return makeError(Status::try_later, "Later.")
        .withHttpStatus(503)
        .withRetryAfter(std::chrono::milliseconds(1500));
  };
  const auto days = one->fetchAbsences(july, {});
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::try_later);
  CHECK(days.error().http_status == 503);
  CHECK(days.error().retry_after == std::chrono::milliseconds(1500));
}

TEST_CASE("R2, R3, R4, R9: a record that violates the contract fails the call, and the rule is named",
          "[sdk]") {
  CHECK(contains(breachWith([](AbsenceDay &day) { day.date = {2026, 2, 30}; }), "R3"));
  CHECK(contains(breachWith([](AbsenceDay &day) { day.date = {2026, 8, 1}; }), "outside the days asked for"));
  CHECK(contains(breachWith([](AbsenceDay &day) { day.extent = static_cast<Extent>(99); }), "R9"));
  CHECK(contains(breachWith([](AbsenceDay &day) { day.minutes = 10; }), "R4"));
  CHECK(contains(breachWith([](AbsenceDay &day) { day.extent = Extent::minutes; }), "R4"));
  CHECK(contains(breachWith([](AbsenceDay &day) { day.label = "\xC3("; }), "R2"));
  CHECK(contains(breachWith([](AbsenceDay &day) { day.label = std::string("a\0b", 3); }), "R2"));
  CHECK(contains(breachWith([](AbsenceDay &day) { day.absence_id.clear(); }), "R2"));
  CHECK(contains(breachOf({someDay(), someDay()}), "twice"));
}

TEST_CASE("since 1.1: the service's own count arrives, and a plugin of 1.0 has none", "[sdk]") {
  AbsenceDay day = someDay();
  day.counted_hundredths = 450;
  CHECK(delivering({day})->front().counted_hundredths == 450);
  CHECK(contains(breachWith([](AbsenceDay &wrong) { wrong.counted_hundredths = -1; }), "R4"));

  // As a plugin built for 1.0 allocates it: what lies beyond its size is not read.
  roots_absence_day record = detail::toAbi(day);
  record.struct_size = offsetof(roots_absence_day, counted_hundredths);
  CHECK(detail::prefixOf(&record).counted_hundredths == 0);
  CHECK(detail::prefixOf(&record).label.size == day.label.size());
}

TEST_CASE("R9: an unknown kind and effect from a newer plugin are treated as other and time off", "[sdk]") {
  AbsenceDay day = someDay();
  day.kind = static_cast<Kind>(77);
  day.effect = static_cast<Effect>(77);
  const auto days = delivering({day});
  REQUIRE(days.ok());
  CHECK(days->front().kind == Kind::other);
  CHECK(days->front().effect == Effect::time_off);
}

TEST_CASE("weeks must be sorted and within a day, balances unique, locks declared", "[sdk]") {
  const auto one = client();
  const Week always{{}, {480, 480, 480, 480, 480, 0, 0}, false};
  Week later = always;
  later.valid_from = {2026, 9, 1};
  const auto weeks = [&](std::vector<Week> told) {
    Scripted::current->on_schedule = [told](Receiver<Week> &receiver) -> Result<void> {
      for (const auto &week : told)
        if (auto taken = receiver.accept(week); !taken) return taken;
      return {};
    };
    return one->fetchSchedule(july, {}).ok();
  };
  CHECK(weeks({always, later}));
  CHECK_FALSE(weeks({later, always}));
  Week impossible = always;
  impossible.minutes[0] = 1441;
  CHECK_FALSE(weeks({impossible}));

  Scripted::current->on_balances = [](Receiver<Balance> &receiver) -> Result<void> {
    (void)receiver.accept({Kind::vacation, Unit::days, 983, {}, "301", "Urlaub"});
    return receiver.accept({Kind::vacation, Unit::days, 983, {}, "301", "Urlaub"});
  };
  CHECK_FALSE(one->fetchBalances({}).ok());

  Scripted::current->on_locks = [](Receiver<Lock> &receiver) {
    return receiver.accept({"weekday_hours", "Because."});
  };
  const auto undeclared = one->settingsLocks();
  REQUIRE_FALSE(undeclared.ok());
  CHECK(contains(undeclared.error().message, "weekday_hours"));
  Scripted::current->on_locks = [](Receiver<Lock> &receiver) { return receiver.accept({"absences", ""}); };
  CHECK_FALSE(one->settingsLocks().ok());
  Scripted::current->on_locks = [](Receiver<Lock> &receiver) {
    return receiver.accept({"absences", "Because."});
  };
  CHECK(one->settingsLocks().ok());
}

TEST_CASE("cancellation, progress, and notices reach the host, and the deadline reaches the plugin",
          "[sdk]") {
  const auto one = client();
  CallOptions options;
  std::string told;
  options.timeout = std::chrono::milliseconds(1234);
  options.is_cancelled = [] { return true; };
  options.progress = [&](int permille, std::string_view doing) {
    told += std::to_string(permille) + std::string(doing);
  };
  options.notice = [&](std::string_view message) { told += std::string(message); };
  Scripted::current->on_connect = [](const Settings &, const Call &call) -> Result<Account> {
    call.progress(5000, "asking");
    call.notice("look");
    const auto left = call.deadline() - std::chrono::steady_clock::now();
    CHECK(left <= std::chrono::milliseconds(1234));
    CHECK(left > std::chrono::milliseconds(200));
    if (call.cancelled()) return makeError(Status::cancelled, "");
    return Account{};
  };
  CHECK(one->connect({}, options).error().status == Status::cancelled);
  CHECK(told == "1000askinglook");
}

TEST_CASE("R6: a host function called outside of a call does nothing and is counted", "[sdk]") {
  int lines = 0;
  HostServices services;
  services.log = [&](LogLevel, std::string_view) { ++lines; };
  const auto one = client(services);
  Scripted::current->host_.log(LogLevel::info, "late");
  CHECK(lines == 0);
  CHECK(one->lateCalls() == 1);
}

TEST_CASE("secrets are stored in the host and loaded again, and a host without a store is handled", "[sdk]") {
  std::map<std::string, std::string> kept;
  HostServices services;
  services.load_secret = [&](std::string_view key) -> std::optional<std::string> {
    const auto found = kept.find(std::string(key));
    return found == kept.end() ? std::nullopt : std::optional(found->second);
  };
  services.save_secret = [&](std::string_view key, std::string_view value) {
    kept[std::string(key)] = std::string(value);
    return true;
  };
  const auto use = [](const Settings &, const Call &) -> Result<Account> {
    const Host &host = Scripted::current->host_;
    const bool saved = host.saveSecret("token", "canary");
    return Account{saved ? host.loadSecret("token").value_or("?") : "none", "", {}, {}};
  };
  const auto with = client(services);
  Scripted::current->on_connect = use;
  CHECK(with->connect({}, {})->id == "canary");
  const auto without = client();
  Scripted::current->on_connect = use;
  CHECK(without->connect({}, {})->id == "none");
}

TEST_CASE("R8: an older host's shorter records are respected", "[sdk]") {
  struct Guarded {
    roots_error error{};
    char canary = 'c';
  } guarded;
  // As an imagined first version had it: nothing after retry_after_ms.
  guarded.error.struct_size = offsetof(roots_error, setting);
  std::memset(guarded.error.setting, 'x', sizeof guarded.error.setting);
  detail::writeError(&guarded.error,
                     makeError(Status::try_later, "message").withSetting("setting").withHttpStatus(429));
  CHECK(guarded.error.http_status == 429);
  CHECK(guarded.error.setting[0] == 'x');
  CHECK(guarded.canary == 'c');
  detail::writeError(nullptr, Error{});  // a host that ignores the error
}

TEST_CASE("R8: a newer plugin's longer table is accepted, a shorter or incomplete one is refused", "[sdk]") {
  struct Newer {
    roots_provider_api known;
    void (*unknown)() = nullptr;
  } newer{table()};
  newer.known.struct_size = sizeof newer;
  CHECK(completeTable(&newer.known).ok());

  roots_provider_api shorter = table();
  shorter.struct_size -= static_cast<std::uint32_t>(sizeof(void (*)()));
  CHECK(contains(completeTable(&shorter).error().message, "shorter than interface 1.0"));
  roots_provider_api incomplete = table();
  incomplete.fetch_balances = nullptr;
  CHECK(contains(completeTable(&incomplete).error().message, "fetch_balances"));
  CHECK_FALSE(completeTable(nullptr).ok());
}

TEST_CASE("R2: a long message is cut at a character", "[sdk]") {
  std::string umlauts;
  for (int count = 0; count < 400; ++count) umlauts += "ü";
  roots_error error = detail::emptyError();
  detail::writeError(&error, makeError(Status::internal, umlauts));
  const std::string shown = error.message;
  CHECK(shown.size() == 510);
  CHECK(detail::isUtf8(shown));
}

TEST_CASE("an error without a message gets a message for its status", "[sdk]") {
  const auto one = client();
  Scripted::current->on_connect = [](const Settings &, const Call &) -> Result<Account> {
    return makeError(Status::sign_in_failed, "");
  };
  CHECK_FALSE(one->connect({}, {}).error().message.empty());
}

TEST_CASE("a reversed range is refused before the plugin is called", "[sdk]") {
  const auto one = client();
  CHECK_FALSE(one->fetchAbsences({july.last, july.first}, {}).ok());
}
