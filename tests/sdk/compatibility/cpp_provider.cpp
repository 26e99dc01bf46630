// A provider in C++ for the tests across compilers: it throws, and delivers texts that the other side must
// not free.
#include <roots/provider.hpp>

#include <stdexcept>

namespace {

class AcrossCompilers final : public roots::Provider {
 public:
  explicit AcrossCompilers(roots::Host host) : host_(std::move(host)) {}

  roots::Result<roots::Account> connect(const roots::Settings &settings, const roots::Call &call) override {
    host_.log(roots::LogLevel::info, "connecting");
    call.notice("compiled elsewhere");
    if (settings.count("throw") != 0) throw std::runtime_error("never seen outside");
    return roots::Account{"4711", std::string(200, 'x'), {2019, 4, 1}, {}};
  }
  roots::Result<void> fetchAbsences(roots::Days days, const roots::Call &,
                                    roots::Receiver<roots::AbsenceDay> &receiver) override {
    roots::AbsenceDay day;
    day.date = days.first;
    day.absence_id = "an id that is too long for any small buffer of a string";
    day.label = "Übergabe von einem Übersetzer zum anderen";
    day.counted_hundredths = 100;
    return receiver.accept(day);
  }
  roots::Result<void> fetchSchedule(roots::Days, const roots::Call &,
                                    roots::Receiver<roots::Week> &receiver) override {
    return receiver.accept(roots::Week{{}, {480, 480, 480, 480, 480, 0, 0}, false});
  }
  roots::Result<void> fetchBalances(const roots::Call &, roots::Receiver<roots::Balance> &receiver) override {
    return receiver.accept(
        roots::Balance{roots::Kind::vacation, roots::Unit::days, 983, {}, "301", "Urlaub"});
  }
  roots::Result<void> settingsLocks(roots::Receiver<roots::Lock> &) override { return {}; }

 private:
  roots::Host host_;
};

}  // namespace

ROOTS_PROVIDER_PLUGIN(AcrossCompilers, "example.across", "1.0.0");
