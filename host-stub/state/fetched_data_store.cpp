#include "state/fetched_data_store.h"

#include "state/set_aside.h"
#include "state/state_file.h"

#include <algorithm>

namespace roots::host {
namespace {

bool locks(const Connection &connection, const std::string &setting) {
  return std::any_of(connection.locks.begin(), connection.locks.end(),
                     [&](const Lock &lock) { return lock.setting == setting; });
}

// A provider whose schedule is in effect also decides on employment; otherwise the first provider that
// knows it.
void addEmployment(DayFacts &facts, const ProviderData &provider, bool schedule_is_its) {
  const bool is_reported = provider.employed_from || provider.employed_until;
  const bool is_known = facts.employed_from || facts.employed_until;
  if (!is_reported || (is_known && !schedule_is_its)) return;
  facts.employed_from = provider.employed_from;
  facts.employed_until = provider.employed_until;
}

std::vector<CivilDays> inBoth(const std::vector<CivilDays> &one, const std::vector<CivilDays> &other) {
  std::vector<CivilDays> both;
  for (const CivilDays &range : one) {
    for (const CivilDays &candidate : other)
      if (const auto common = kit::intersection(range, candidate)) both.push_back(*common);
  }
  return both;
}

// Without a provider, only absences entered by hand exist, and those are known. The same applies if the
// provider is denied access and does not decide on absences. If a provider was not synced yet or failed in
// another way, absences are unknown. Only Moco delivers the rest.
KnownDays knownDays(const HostSettings &settings, const FetchedData &fetched) {
  KnownDays known;
  for (const auto &connection : settings.connections) {
    const auto found = fetched.providers.find(connection.plugin_id);
    const bool was_asked = found != fetched.providers.end();
    const std::vector<CivilDays> days =
        was_asked ? found->second.absences.fetchedDays() : std::vector<CivilDays>();
    const bool is_refused = was_asked && found->second.absences_refused;
    if (is_refused && days.empty() && !locks(connection, "absences")) continue;
    known.absences = known.absences ? inBoth(*known.absences, days) : days;
  }
  if (settings.absences_are_incomplete) known.absences = std::vector<CivilDays>();
  known.holidays = settings.moco ? fetched.moco.holidays.fetchedDays() : std::vector<CivilDays>();
  known.entries = settings.moco ? fetched.moco.entries.fetchedDays() : std::vector<CivilDays>();
  return known;
}

// Hours entered by hand, unless a provider owns the setting: what it did not deliver is unknown.
void useHoursByHand(DayFacts &facts, const HostSettings &settings) {
  const auto owner = std::find_if(settings.connections.begin(), settings.connections.end(),
                                  [](const Connection &each) { return locks(each, "weekday_hours"); });
  if (owner != settings.connections.end()) {
    facts.schedule_source = owner->plugin_id;
  } else if (!settings.hours_are_unreadable) {
    facts.schedule = {ScheduledWeek{std::nullopt, settings.weekday_minutes, false}};
  }
}

}  // namespace

Result<FetchedDataStore> FetchedDataStore::open(const Home &home) {
  FetchedDataStore store(home.dataFile("context.json"));
  auto text = readStateFile(store.file_);
  if (!text) return std::move(text).error();
  if (!text->has_value()) return store;
  const auto document = parseStateText(**text);
  const auto version = document ? document->root()["version"].asInteger() : std::nullopt;
  if (!version || *version < 1) {
    store.damage_ =
        "Nothing in it can be read. A sync refetches the data, except earlier weekly hours that a provider "
        "has changed since.";
    return store;
  }
  if (*version > kFetchedDataVersion) return newerVersion(store.file_);
  ReadFetchedData read = readFetchedData(document->root());
  if (!read.lost.empty()) {
    store.damage_ = "Unreadable parts are omitted. A sync refetches them if they are still available: " +
                    listed(read.lost) + ".";
  }
  store.fetched_ = std::move(read.fetched);
  return store;
}

Result<void> FetchedDataStore::change(const std::function<void(FetchedData &)> &edit) {
  FetchedData changed = fetched_;
  edit(changed);
  const std::string text = fetchedDataJson(changed);
  const auto document = parseStateText(text);
  const auto read_back =
      document ? parseFetchedData(document->root()) : Result<FetchedData>(document.error());
  if (!read_back) {
    return makeError(Status::internal,
                     "The fetched data cannot be stored, because it could not be read back (" +
                         read_back.error().message + "). Nothing was changed; please report this.");
  }
  if (auto written = replaceStateFile(file_, text); !written) return written;
  fetched_ = std::move(changed);
  return {};
}

Result<std::string> FetchedDataStore::setAsideDamaged() {
  auto copy = setAside(file_);
  if (!copy) return std::move(copy).error();
  if (auto written = change([](FetchedData &) {}); !written) return std::move(written).error();
  std::string sentence = "The file with the fetched data (" + file_.string() +
                         ") was damaged. It is kept as " + copy->string() +
                         " until a disconnect removes it. " + damage_;
  damage_.clear();
  return sentence;
}

std::vector<std::filesystem::path> FetchedDataStore::setAsideCopies() const { return copiesOf(file_); }

void FetchedDataStore::removeSetAside() const {
  for (const auto &copy : setAsideCopies()) {
    std::error_code problem;
    std::filesystem::remove(copy, problem);
  }
}

DayFacts factsFrom(const HostSettings &settings, const FetchedData &fetched, CivilDays days) {
  DayFacts facts;
  facts.schedule_source = "manual";
  facts.rotation = settings.rotation;
  facts.manual_absences = daysOf(settings.absences, days);
  for (const auto &connection : settings.connections) {
    const auto found = fetched.providers.find(connection.plugin_id);
    if (locks(connection, "absences")) facts.manual_absences_apply = false;
    if (found == fetched.providers.end()) continue;
    const ProviderData &provider = found->second;
    facts.absences.insert(facts.absences.end(), provider.absences.rows.begin(), provider.absences.rows.end());
    const bool schedule_is_its = !provider.weeks.empty() && facts.schedule_source == "manual";
    if (schedule_is_its) {
      facts.schedule = provider.weeks;
      facts.schedule_source = connection.plugin_id;
    }
    addEmployment(facts, provider, schedule_is_its);
  }
  if (facts.schedule_source == "manual") useHoursByHand(facts, settings);
  for (Absence &absence : facts.absences) {
    const TypeAnswer *answer = settings.typeAnswer(absence.source, absence.label);
    if (answer == nullptr) continue;
    absence.effect = answer->effect;
    absence.effect_is_answer = true;
  }
  if (settings.moco) {
    facts.holidays = fetched.moco.holidays.rows;
    facts.entries = fetched.moco.entries.rows;
  }
  facts.known = knownDays(settings, fetched);
  return facts;
}

std::vector<Absence> daysOf(const std::vector<ManualAbsence> &absences, CivilDays days) {
  std::vector<Absence> rows;
  for (const auto &absence : absences) {
    const auto shown = kit::intersection(absence.days, days);
    if (!shown) continue;
    for (CivilDate date = shown->first; date <= shown->last; date = kit::addDays(date, 1)) {
      rows.push_back(Absence{date, absence.kind, absence.extent, 0, Effect::time_off, absence.id,
                             absence.note, "manual"});
    }
  }
  return rows;
}

}  // namespace roots::host
