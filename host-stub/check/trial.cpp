#include "check/trial.h"

#include "check/call_watch.h"
#include "check/sized.h"

#include <roots/provider_client.hpp>

#include <algorithm>
#include <deque>

namespace roots::check {

namespace {

std::vector<SeenText> textsOf(const roots_absence_day &day) {
  return {seenText(day.absence_id), seenText(day.label)};
}
std::vector<SeenText> textsOf(const roots_week & /*week*/) { return {}; }
std::vector<SeenText> textsOf(const roots_balance &balance) {
  return {seenText(balance.balance_id), seenText(balance.label)};
}
std::vector<SeenText> textsOf(const roots_lock &lock) {
  return {seenText(lock.setting), seenText(lock.reason)};
}

std::string upToNul(const char *text, std::size_t capacity) {
  return std::string(text, ::strnlen(text, capacity));
}

}  // namespace

// Kept beyond the lifetime of the provider (and never freed), so that a late call reaches a host that
// counts it.
struct Trial::Content {
  roots_provider_api table;
  std::unique_ptr<Sized<roots_host>> host;
  roots_provider *provider = nullptr;
  Ended created;
  std::vector<std::string> said;
  std::map<std::string, std::string> secrets;
  std::atomic<bool> serving{false};
  std::atomic<int> late_calls{0};

  bool mayServe() {
    if (!serving) ++late_calls;
    return serving;
  }

  static void ROOTS_CALL log(void *context, std::int32_t /*level*/, roots_text message) {
    auto &self = *static_cast<Content *>(context);
    if (self.mayServe()) self.said.push_back(seenText(message).bytes);
  }

  static roots_status ROOTS_CALL loadSecret(void *context, roots_text key,
                                            const roots_text_receiver *receiver) {
    auto &self = *static_cast<Content *>(context);
    if (!self.mayServe()) return ROOTS_INTERNAL;
    const auto found = self.secrets.find(seenText(key).bytes);
    if (found != self.secrets.end()) receiver->accept(receiver->context, detail::borrowed(found->second));
    return ROOTS_OK;
  }

  static roots_status ROOTS_CALL saveSecret(void *context, roots_text key, roots_text value) {
    auto &self = *static_cast<Content *>(context);
    if (!self.mayServe()) return ROOTS_INTERNAL;
    self.secrets[seenText(key).bytes] = seenText(value).bytes;
    return ROOTS_OK;
  }
};

namespace {

template <class Record>
struct Receiving {
  const CallPlan &plan;
  Fetched<Record> fetched;

  static roots_status ROOTS_CALL accept(void *context, const Record *record) {
    auto &self = *static_cast<Receiving *>(context);
    if (self.plan.receiver_says != ROOTS_OK && !self.fetched.records.empty()) ++self.fetched.after_refusal;
    Seen<Record> one;
    if (record != nullptr) {
      std::uint32_t size = 0;
      std::memcpy(&size, record, sizeof size);
      // A record without a size is read anyway: one check reports the size, the others check the rest.
      const auto readable = std::max<std::size_t>(size, detail::size_in_1_0<Record>);
      std::memcpy(static_cast<void *>(&one.record), record, std::min(readable, sizeof one.record));
      one.texts = textsOf(one.record);
    }
    self.fetched.records.push_back(std::move(one));
    return self.plan.receiver_says;
  }
};

roots_days rangeOf(const Days &days) { return {detail::toAbi(days.first), detail::toAbi(days.last)}; }

// Calls a function of the provider and records every result, including exceptions.
template <class Content, class Body>
void guardedCall(Content &content, const CallPlan &plan, Ended &ended, Body body) {
  roots_error blank{};
  blank.retry_after_ms = -1;
  Sized<roots_error> error(blank, plan.error_size);
  // A provider that uses the call after its end must find valid memory.
  static auto &watches = *new std::deque<CallWatch>;
  CallWatch &watch = watches.emplace_back(plan, content.said, content.late_calls);
  content.serving = true;
  watch.begin();
  try {
    ended.status = body(watch.record(), plan.with_error_record ? error.get() : nullptr);
  } catch (...) {
    ended.threw = true;
  }
  watch.end(ended);
  content.serving = false;
  ended.records_intact = ended.records_intact && error.intact();
  if (plan.error_size < sizeof(roots_error) || ended.ok()) return;
  const roots_error record = error.read();
  ended.message = upToNul(record.message, sizeof record.message);
  ended.message_ends = ended.message.size() < sizeof record.message;
  ended.setting = upToNul(record.setting, sizeof record.setting);
  if (!ended.message.empty()) content.said.push_back(ended.message);
}

}  // namespace

Trial::Trial(const roots_provider_api &table, const HostPlan &plan) : content_(std::make_shared<Content>()) {
  static auto &kept = *new std::deque<std::shared_ptr<Content>>;
  kept.push_back(content_);
  content_->table = table;
  roots_host host{};
  host.abi_minor = plan.abi_minor;
  host.context = content_.get();
  host.log = &Content::log;
  if (plan.keeps_secrets) {
    host.load_secret = &Content::loadSecret;
    host.save_secret = &Content::saveSecret;
  }
  content_->host = std::make_unique<Sized<roots_host>>(host, plan.host_size);
  guardedCall(*content_, {}, content_->created, [&](const roots_call *, roots_error *error) {
    return table.create(content_->host->get(), &content_->provider, error);
  });
}

Trial::~Trial() { destroy(); }

void Trial::destroy() {
  if (content_->provider == nullptr) return;
  Ended ended;
  guardedCall(*content_, {}, ended, [&](const roots_call *, roots_error *) {
    content_->table.destroy(content_->provider);
    return ROOTS_OK;
  });
  content_->provider = nullptr;
}

const Ended &Trial::created() const { return content_->created; }
const std::vector<std::string> &Trial::said() const { return content_->said; }
std::map<std::string, std::string> &Trial::secrets() { return content_->secrets; }
int Trial::lateCalls() const { return content_->late_calls; }

Connected Trial::connect(const Settings &settings, const CallPlan &plan) {
  std::vector<roots_setting> records;
  for (const auto &[key, value] : settings)
    records.push_back({detail::borrowed(key), detail::borrowed(value)});
  Connected connected;
  Sized<roots_account> account({}, plan.account_size);
  guardedCall(*content_, plan, connected, [&](const roots_call *call, roots_error *error) {
    return content_->table.connect(content_->provider, records.data(), records.size(), call, account.get(),
                                   error);
  });
  connected.records_intact = connected.records_intact && account.intact();
  const roots_account record = account.read();
  if (!connected.ok() || plan.account_size < sizeof record) return connected;
  connected.id = upToNul(record.id, sizeof record.id);
  connected.display_name = upToNul(record.display_name, sizeof record.display_name);
  connected.employed_from = record.employed_from;
  connected.employed_until = record.employed_until;
  return connected;
}

Fetched<roots_absence_day> Trial::absences(const Days &days, const CallPlan &plan) {
  Receiving<roots_absence_day> receiving{plan, {}};
  const roots_absence_receiver receiver{&receiving, &Receiving<roots_absence_day>::accept};
  guardedCall(*content_, plan, receiving.fetched, [&](const roots_call *call, roots_error *error) {
    return content_->table.fetch_absences(content_->provider, rangeOf(days), call, &receiver, error);
  });
  return std::move(receiving.fetched);
}

Fetched<roots_week> Trial::schedule(const Days &days, const CallPlan &plan) {
  Receiving<roots_week> receiving{plan, {}};
  const roots_week_receiver receiver{&receiving, &Receiving<roots_week>::accept};
  guardedCall(*content_, plan, receiving.fetched, [&](const roots_call *call, roots_error *error) {
    return content_->table.fetch_schedule(content_->provider, rangeOf(days), call, &receiver, error);
  });
  return std::move(receiving.fetched);
}

Fetched<roots_balance> Trial::balances(const CallPlan &plan) {
  Receiving<roots_balance> receiving{plan, {}};
  const roots_balance_receiver receiver{&receiving, &Receiving<roots_balance>::accept};
  guardedCall(*content_, plan, receiving.fetched, [&](const roots_call *call, roots_error *error) {
    return content_->table.fetch_balances(content_->provider, call, &receiver, error);
  });
  return std::move(receiving.fetched);
}

Fetched<roots_lock> Trial::locks(const CallPlan &plan) {
  Receiving<roots_lock> receiving{plan, {}};
  const roots_lock_receiver receiver{&receiving, &Receiving<roots_lock>::accept};
  guardedCall(*content_, plan, receiving.fetched, [&](const roots_call *, roots_error *error) {
    return content_->table.settings_locks(content_->provider, &receiver, error);
  });
  return std::move(receiving.fetched);
}

}  // namespace roots::check
