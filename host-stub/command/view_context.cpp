#include "command/view_context.h"

#include <algorithm>

namespace roots::host {
namespace {

// The smallest range that contains all of these.
CivilDays hullOf(const std::vector<CivilDays> &ranges) { return {ranges.front().first, ranges.back().last}; }

template <class Row>
void notice(std::vector<std::string> &notices, const std::string &what, const Covered<Row> &covered,
            CivilDays days) {
  const auto missing = missingDays(covered.fetchedDays(), days);
  if (!missing.empty()) {
    const CivilDays hull = hullOf(missing);
    notices.push_back(what + " are missing from " + kit::formatDate(hull.first) + " to " +
                      kit::formatDate(hull.last) + ".");
  }
}

void addProblem(std::vector<std::string> &notices, const std::string &what, const Freshness &freshness) {
  if (!freshness.last_failed) return;
  const std::string reason = what + ": " + freshness.problem;
  const std::string text =
      reason + (freshness.last_good.empty() ? "" : " Shown as of " + localText(freshness.last_good) + ".");
  // The same reason again adds nothing, except the age of the data.
  const auto same = std::find(notices.begin(), notices.end(), reason);
  if (same != notices.end()) {
    *same = text;
  } else if (std::find(notices.begin(), notices.end(), text) == notices.end()) {
    notices.push_back(text);
  }
}

void keepEarliest(std::optional<std::string> &earliest, const std::optional<std::string> &candidate) {
  if (candidate && (!earliest || *candidate < *earliest)) earliest = candidate;
}

}  // namespace

ViewContext makeViewContext(const CommandContext &context, const Stores &stores, CivilDays days) {
  ViewContext view_context;
  view_context.today = context.today();
  view_context.source_names = {{"manual", "by hand"}, {"moco", "Moco"}};
  if (const auto &problem = context.fetchProblem())
    view_context.notices.push_back("Missing days could not be fetched: " + problem->message);
  const auto addStale = [&](const std::string &name, const FreshnessByDay &fetches) {
    for (const Freshness &freshness : fetches.on(days)) {
      keepEarliest(view_context.stale_since, freshness.staleSince());
      addProblem(view_context.notices, name, freshness);
    }
  };
  const auto addAge = [&](const FreshnessByDay &fetches) {
    for (const Freshness &freshness : fetches.on(days))
      if (!freshness.last_good.empty()) keepEarliest(view_context.as_of, freshness.last_good);
  };
  for (const auto &connection : stores.settings.get().connections) {
    const std::string &name = connection.plugin_name;
    view_context.source_names[connection.plugin_id] = name;
    const auto known = stores.fetched.get().providers.find(connection.plugin_id);
    const bool was_synced = known != stores.fetched.get().providers.end();
    if (connection.is_lost || (!was_synced && !connection.problem.empty())) {
      addProblem(view_context.notices, name, {"", true, connection.problem});
    } else if (!was_synced) {
      view_context.notices.push_back(name + " has not been synced. Run sync.");
    }
    if (!was_synced) continue;
    addAge(known->second.absences.fetches);
    notice(view_context.notices, "Absences of " + name, known->second.absences, days);
    addStale(name, known->second.absences.fetches);
    addStale(name, known->second.schedule_fetches);
    for (const auto &text : known->second.notices) view_context.notices.push_back(name + ": " + text);
  }
  if (const auto &rotation = stores.settings.get().rotation; rotation && rotation->from <= days.last) {
    view_context.notices.push_back("Weekly hours follow the weeks in rotation that you entered, from " +
                                   kit::formatDate(rotation->from) + " on.");
  }
  view_context.moco_is_connected = stores.settings.get().moco.has_value();
  if (view_context.moco_is_connected) {
    if (stores.settings.get().moco->is_lost)
      addProblem(view_context.notices, "Moco", {"", true, stores.settings.get().moco->problem});
    const MocoData &moco = stores.fetched.get().moco;
    addAge(moco.entries.fetches);
    addAge(moco.holidays.fetches);
    notice(view_context.notices, "Time entries of Moco", moco.entries, days);
    notice(view_context.notices, "Public holidays of Moco", moco.holidays, days);
    addStale("Moco", moco.entries.fetches);
    addStale("Moco", moco.holidays.fetches);
    for (std::string &text : noticesOf(moco, days)) view_context.notices.push_back(std::move(text));
  }
  // As text, standard error already shows them.
  if (context.json())
    view_context.notices.insert(view_context.notices.end(), stores.reports.begin(), stores.reports.end());
  if (view_context.as_of) view_context.as_of = localText(*view_context.as_of);
  return view_context;
}

std::vector<ProblemView> viewsOf(const std::vector<SourceProblem> &problems) {
  std::vector<ProblemView> views;
  for (const auto &[source, source_name, part, failure] : problems)
    views.push_back({source, source_name, part, wordOf(failure.status), failure.message});
  return views;
}

}  // namespace roots::host
