#include "command/commands.h"

#include <algorithm>

namespace roots::host {
namespace {

// What every view begins with: the stores, with the days fetched that were never fetched before.
Result<Stores, Failure> storesFor(Workplace &workplace, CivilDays days) {
  auto stores = workplace.openStores();
  if (!stores) return Failure(std::move(stores).error());
  if (auto fetched = workplace.fetchMissing(*stores, days); !fetched) {
    // Another host at work is no reason to show nothing.
    if (fetched.error().error.status != Status::try_later) return std::move(fetched).error();
  }
  return std::move(*stores);
}

DayFacts factsOf(const Stores &stores) { return factsFrom(stores.settings.get(), stores.context.get()); }

// The days of which absences and holidays are both known.
std::vector<CivilDays> fullyKnownDays(const Context &context) {
  std::vector<CivilDays> known;
  for (const auto &[plugin_id, provider] : context.providers) {
    for (const CivilDays &absences : provider.absences.ranges) {
      for (const CivilDays &holidays : context.moco.holidays.ranges) {
        if (const auto both = kit::intersection(absences, holidays)) known.push_back(*both);
      }
    }
  }
  return known;
}

void pointOutDifferences(ViewContext &context, const Stores &stores, const DayFacts &facts, CivilDays days) {
  for (const auto &difference : countDifferences(days, facts, fullyKnownDays(stores.context.get())))
    context.notices.push_back(differenceText(difference, context));
}

// --from and --to; one alone goes to the end, or from the beginning, of its span. usual: without either.
Result<CivilDays, Failure> daysFrom(const ParsedCommand &command, CivilDays usual,
                                    CivilDays (*spanOf)(CivilDate)) {
  CivilDays days = usual;
  const auto from = command.value("--from");
  const auto to = command.value("--to");
  if (from) {
    const auto first = dateArgument("--from", *from);
    if (!first) return wrongUse(first.error().message);
    days = {*first, to ? *first : spanOf(*first).last};
  }
  if (to) {
    const auto last = dateArgument("--to", *to);
    if (!last) return wrongUse(last.error().message);
    days = {from ? days.first : spanOf(*last).first, *last};
  }
  if (days.last < days.first) return wrongUse("--to lies before --from. Give both, in order.");
  if (kit::daysBetween(days.first, days.last) > kMostDays)
    return wrongUse("Ten years at most are shown at once. Choose a shorter range.");
  return days;
}

Outcome showTimeline(Workplace &workplace, const ParsedCommand &command) {
  const auto asked = daysFrom(command, weekOf(workplace.today()), weekOf);
  if (!asked) return asked.error();
  const CivilDays days = *asked;
  const auto stores = storesFor(workplace, days);
  if (!stores) return stores.error();
  const DayFacts facts = factsOf(*stores);
  const auto overviews = overviewOf(days, facts);
  ViewContext context = workplace.viewContext(*stores, days);
  pointOutDifferences(context, *stores, facts, days);
  workplace.print(workplace.json() ? timelineJson(overviews, context)
                                   : timelineText(overviews, context, workplace.style()));
  return {};
}

// For somebody who looks for an absence that Personio shows as requested.
void explainEmptyMonth(ViewContext &context, const Stores &stores, const std::vector<DayOverview> &days) {
  const bool any =
      std::any_of(days.begin(), days.end(), [](const DayOverview &day) { return !day.absences.empty(); });
  if (any || stores.settings.get().connections.empty() || !context.notices.empty()) return;
  context.notices.emplace_back(
      "Absences not showing? Only approved ones are imported, for the asked period.");
}

CivilDays monthOf(CivilDate day) { return {kit::firstOfMonth(day), kit::lastOfMonth(day)}; }

Outcome exportCalendar(Workplace &workplace, const ParsedCommand &command, CivilDays month) {
  if (command.has("--month") && (command.has("--from") || command.has("--to")))
    return wrongUse("--month and --from or --to name different days. Choose one.");
  const auto days = daysFrom(command, month, monthOf);
  if (!days) return days.error();
  const auto stores = storesFor(workplace, *days);
  if (!stores) return stores.error();
  const DayFacts facts = factsOf(*stores);
  workplace.console().out << absencesAsIcal(overviewOf(*days, facts), utcNow(), command.has("--absent"))
                          << std::flush;
  return {};
}

Outcome showCalendar(Workplace &workplace, const ParsedCommand &command) {
  if (!command.has("--ics") && (command.has("--absent") || command.has("--from") || command.has("--to")))
    return wrongUse("--from, --to and --absent are for --ics. A month is shown with --month YYYY-MM.");
  CivilDate month = kit::firstOfMonth(workplace.today());
  if (const auto value = command.value("--month")) {
    const auto first = kit::parseDate(*value + "-01");
    if (!first)
      return wrongUse("--month needs a month as YYYY-MM, e.g. 2026-07; \"" + *value + "\" is none.");
    month = *first;
  }
  const CivilDays days = monthOf(month);
  if (command.has("--ics")) return exportCalendar(workplace, command, days);
  const auto stores = storesFor(workplace, days);
  if (!stores) return stores.error();
  const DayFacts facts = factsOf(*stores);
  const auto overviews = overviewOf(days, facts);
  ViewContext context = workplace.viewContext(*stores, days);
  explainEmptyMonth(context, *stores, overviews);
  pointOutDifferences(context, *stores, facts, days);
  workplace.print(workplace.json() ? calendarJson(month, overviews, context)
                                   : calendarText(month, overviews, context, workplace.style()));
  return {};
}

Outcome explainDay(Workplace &workplace, const ParsedCommand &command) {
  const auto date = dateArgument("explain", command.positionals.front());
  if (!date) return wrongUse(date.error().message);
  const CivilDays days{*date, *date};
  const auto stores = storesFor(workplace, days);
  if (!stores) return stores.error();
  const DayFacts facts = factsOf(*stores);
  const DayOverview day = overviewOf(*date, facts);
  ViewContext context = workplace.viewContext(*stores, days);
  pointOutDifferences(context, *stores, facts, days);
  if (workplace.json()) {
    workplace.print(explanationJson(day, context));
    return {};
  }
  workplace.print(explanation(day, context));
  for (const auto &notice : context.notices) workplace.console().err << notice << "\n";
  return {};
}

Outcome showBalance(Workplace &workplace, const ParsedCommand &) {
  auto stores = workplace.openStores();
  if (!stores) return Failure(std::move(stores).error());
  if (stores->settings.get().connections.empty()) {
    return Failure(
        Error{Status::not_connected,
              "No provider is connected, so nobody knows your balance. Connect one first: connect ID.",
              "",
              0,
              {}});
  }
  std::vector<BalanceView> views;
  for (const auto &connection : stores->settings.get().connections) {
    const auto known = stores->context.get().providers.find(connection.plugin_id);
    if (known == stores->context.get().providers.end() || known->second.balance_freshness.last_good.empty())
      continue;
    views.push_back(
        {connection.plugin_id, localText(known->second.balance_freshness.last_good), known->second.balances});
  }
  ViewContext context = workplace.viewContext(*stores, {workplace.today(), workplace.today()});
  context.notices.clear();
  for (const auto &connection : stores->settings.get().connections) {
    const auto known = stores->context.get().providers.find(connection.plugin_id);
    if (known == stores->context.get().providers.end()) continue;
    const Freshness &freshness = known->second.balance_freshness;
    context.stale_since = freshness.staleSince();
    if (freshness.last_failed) context.notices.push_back(connection.plugin_name + ": " + freshness.problem);
  }
  workplace.print(workplace.json() ? balanceJson(views, context) : balanceText(views, context));
  return {};
}

}  // namespace

std::vector<Command> viewCommands() {
  return {
      {{"timeline",
        {},
        {{"--from", "YYYY-MM-DD"}, {"--to", "YYYY-MM-DD"}},
        "target, booked and balance per day (this week)",
        "Of --from and --to one alone goes to the end, or from the beginning, of its week. Days that were "
        "never\n"
        "fetched are fetched first; others are shown as of the last sync."},
       showTimeline},
      {{"calendar",
        {},
        {{"--month", "YYYY-MM"},
         {"--ics", ""},
         {"--from", "YYYY-MM-DD"},
         {"--to", "YYYY-MM-DD"},
         {"--absent", ""}},
        "the month with all absences and holidays",
        "--ics prints the absences of the month, or of the days from --from to --to (one alone: to the\n"
        "end, or from the beginning, of its month), as iCalendar for other calendars. With --absent it tells "
        "only that you are away, not why: for calendars that others see."},
       showCalendar},
      {{"explain", {"DATE"}, {}, "the arithmetic of one day", ""}, explainDay},
      {{"balance", {}, {}, "what is left, as the provider counts it", ""}, showBalance},
  };
}

}  // namespace roots::host
