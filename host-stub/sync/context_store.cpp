#include "sync/context_store.h"

#include "sync/state_file.h"

#include <algorithm>

namespace roots::host {
namespace {

constexpr int kVersion = 1;

bool locks(const Connection &connection, const std::string &setting) {
  return std::any_of(connection.locks.begin(), connection.locks.end(),
                     [&](const Lock &lock) { return lock.setting == setting; });
}

}  // namespace

Result<ContextStore> ContextStore::open(const std::filesystem::path &home) {
  ContextStore store(home / "context.json");
  const auto document = readVersionedFile(store.file_, kVersion);
  if (!document) return document.error();
  if (document->has_value()) {
    auto context = contextFrom((*document)->root());
    if (!context) return std::move(context).error();
    store.context_ = std::move(*context);
  }
  return store;
}

Result<void> ContextStore::change(const std::function<void(Context &)> &edit) {
  Context changed = context_;
  edit(changed);
  if (auto written = replaceStateFile(file_, contextJson(changed)); !written) return written;
  context_ = std::move(changed);
  return {};
}

DayFacts factsFrom(const HostSettings &settings, const Context &context) {
  DayFacts facts;
  facts.schedule_source = "manual";
  facts.schedule = {ScheduledWeek{std::nullopt, settings.weekday_minutes, false}};
  facts.rotation = settings.rotation;
  facts.manual_absences = daysOf(settings.absences);
  for (const auto &connection : settings.connections) {
    const auto found = context.providers.find(connection.plugin_id);
    if (locks(connection, "absences")) facts.manual_absences_apply = false;
    if (found == context.providers.end()) continue;
    const ProviderContext &provider = found->second;
    facts.absences.insert(facts.absences.end(), provider.absences.rows.begin(), provider.absences.rows.end());
    if (!provider.weeks.empty() && facts.schedule_source == "manual") {
      facts.schedule = provider.weeks;
      facts.schedule_source = connection.plugin_id;
      facts.employed_from = provider.employed_from;
      facts.employed_until = provider.employed_until;
    }
  }
  for (Absence &absence : facts.absences) {
    const TypeAnswer *answer = settings.typeAnswer(absence.source, absence.label);
    if (answer == nullptr) continue;
    absence.effect = answer->effect;
    absence.effect_is_answer = true;
  }
  if (settings.moco) {
    facts.holidays = context.moco.holidays.rows;
    facts.entries = context.moco.entries.rows;
  }
  return facts;
}

std::vector<Absence> daysOf(const std::vector<ManualAbsence> &absences) {
  std::vector<Absence> days;
  for (const auto &absence : absences) {
    for (CivilDate date = absence.days.first; date <= absence.days.last; date = kit::addDays(date, 1)) {
      days.push_back(Absence{date, absence.kind, absence.extent, 0, Effect::time_off, absence.id,
                             absence.note, "manual"});
    }
  }
  return days;
}

}  // namespace roots::host
