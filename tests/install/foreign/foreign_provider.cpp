// A provider as the tutorial in sdk/README.md shows it: everyone is absent on each Friday afternoon.
#include <roots/kit/civil_date.h>
#include <roots/provider.hpp>

namespace {

class ForeignProvider final : public roots::Provider {
 public:
  explicit ForeignProvider(roots::Host host) : host_(std::move(host)) {}

  roots::Result<roots::Account> connect(const roots::Settings &, const roots::Call &) override {
    roots::Account account;
    account.id = "1";
    account.display_name = "Somebody";
    return account;
  }

  roots::Result<void> fetchAbsences(roots::Days days, const roots::Call &call,
                                    roots::Receiver<roots::AbsenceDay> &receiver) override {
    const auto last = roots::kit::fromRecord(days.last);
    for (auto date = roots::kit::fromRecord(days.first); date && date <= last;
         date = roots::kit::addDays(*date, 1)) {
      if (call.cancelled()) return roots::makeError(roots::Status::cancelled, "");
      if (roots::kit::weekdayIndex(*date) != 4) continue;
      roots::AbsenceDay day;
      day.date = roots::kit::toRecord(*date);
      day.extent = roots::Extent::second_half;
      day.absence_id = "friday-" + roots::kit::formatDate(*date);
      day.label = "Friday afternoon";
      if (auto taken = receiver.accept(day); !taken) return taken;
    }
    return {};
  }

  roots::Result<void> fetchSchedule(roots::Days, const roots::Call &,
                                    roots::Receiver<roots::Week> &) override {
    return {};
  }
  roots::Result<void> fetchBalances(const roots::Call &, roots::Receiver<roots::Balance> &) override {
    return {};
  }
  roots::Result<void> settingsLocks(roots::Receiver<roots::Lock> &) override { return {}; }

 private:
  roots::Host host_;
};

}  // namespace

ROOTS_PROVIDER_PLUGIN(ForeignProvider, ROOTS_PLUGIN_ID, ROOTS_PLUGIN_VERSION);
