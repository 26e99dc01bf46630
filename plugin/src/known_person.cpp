#include "known_person.h"

#include "model/fingerprint.h"
#include "model/record_date.h"

#include <roots/kit/civil_date.h>
#include <roots/kit/json.h>

#include <string_view>
#include <utility>

namespace roots::personio {
namespace {

constexpr std::string_view kPersonKey = "known_person";

void writeDate(kit::JsonWriter &writer, std::string_view name, const Date &date) {
  if (const auto known = kit::fromRecord(date)) writer.text(name, kit::formatDate(*known));
}

Date dateIn(kit::JsonView view) { return toRecord(kit::parseDate(view.textOrEmpty())); }

}  // namespace

bool operator==(const KnownPerson &a, const KnownPerson &b) {
  return a.account.id == b.account.id && a.account.employed_from == b.account.employed_from &&
         a.account.employed_until == b.account.employed_until && a.schedule_delivered == b.schedule_delivered;
}

KnownPersonStore::KnownPersonStore(const PersonioSettings &settings, Host host)
    : settings_mark_(fingerprintOf({settings.client_id, settings.base_url, settings.email})),
      host_(std::move(host)) {}

std::optional<KnownPerson> KnownPersonStore::load() {
  const auto kept = kit::JsonDocument::parse(host_.loadSecret(kPersonKey).value_or(""));
  if (!kept) return std::nullopt;
  const kit::JsonView root = kept->root();
  const bool is_of_these_settings = root["settings"].asText() == std::string_view(settings_mark_);
  KnownPerson person;
  person.account.id = root["id"].textOrEmpty();
  if (!is_of_these_settings || person.account.id.empty()) return std::nullopt;
  person.account.employed_from = dateIn(root["employed_from"]);
  person.account.employed_until = dateIn(root["employed_until"]);
  person.schedule_delivered = root["schedule_delivered"].asFlag() == true;
  saved_ = person;
  return person;
}

void KnownPersonStore::save(const KnownPerson &person) {
  if (saved_ == person) return;
  kit::JsonWriter writer;
  writer.beginObject().text("settings", settings_mark_).text("id", person.account.id);
  writeDate(writer, "employed_from", person.account.employed_from);
  writeDate(writer, "employed_until", person.account.employed_until);
  writer.flag("schedule_delivered", person.schedule_delivered).endObject();
  // Without it, a lookup that fails after a restart stops the rest as well.
  if (host_.saveSecret(kPersonKey, writer.finish())) saved_ = person;
}

bool failsAlone(const Error &lookup) {
  switch (lookup.status) {
    case Status::access_missing:
      return true;
    case Status::unexpected_reply:
      return lookup.http_status >= 400;
    case Status::invalid_setting:
      return lookup.setting == "email";
    default:
      return false;
  }
}

}  // namespace roots::personio
