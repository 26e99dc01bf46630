#include "command/commands.h"
#include "command/date_ranges.h"
#include "command/export_calendar.h"
#include "command/source_sync.h"
#include "command/view_context.h"

#include <algorithm>

namespace roots::host {
namespace {

// If there is a notice, the provider's own message gives the reason.
bool hasUnknownAmount(const std::vector<Balance> &balances) {
  return std::any_of(balances.begin(), balances.end(), [](const Balance &balance) {
    return !balance.available_hundredths && !balance.current_hundredths;
  });
}

// Every view starts with this: opens the stores and fetches days that were never fetched.
Result<Stores, Failure> storesFor(CommandContext &context, CivilDays days) {
  auto stores = context.openStores();
  if (!stores) return std::move(stores).error();
  if (auto fetched = fetchMissing(context, *stores, days); !fetched) return std::move(fetched).error();
  return std::move(*stores);
}

DayFacts factsFor(const Stores &stores, CivilDays days) {
  return factsFrom(stores.settings.get(), stores.fetched.get(), days);
}

// The days with known absences and known holidays.
std::vector<CivilDays> fullyKnownDays(const FetchedData &context) {
  std::vector<CivilDays> known;
  for (const auto &[plugin_id, provider] : context.providers) {
    for (const CivilDays &absences : provider.absences.fetchedDays()) {
      for (const CivilDays &holidays : context.moco.holidays.fetchedDays())
        if (const auto both = kit::intersection(absences, holidays)) known.push_back(*both);
    }
  }
  return known;
}

void pointOutDifferences(ViewContext &view_context, const Stores &stores, const DayFacts &facts,
                         CivilDays days) {
  for (const auto &difference : countDifferences(days, facts, fullyKnownDays(stores.fetched.get())))
    view_context.notices.push_back(differenceText(difference, view_context));
}

// --from and --to. If one is missing, the range ends or starts with its span. usual: without either.
Result<CivilDays, Failure> readDays(const ParsedCommand &command, CivilDays usual,
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
  if (days.last < days.first) return wrongUse("--to is before --from. Specify both, in order.");
  if (kit::daysBetween(days.first, days.last) > kMaxDays)
    return wrongUse("At most ten years can be shown at once. Choose a shorter range.");
  return days;
}

CommandResult showTimeline(CommandContext &context, const ParsedCommand &command) {
  const auto asked = readDays(command, weekOf(context.today()), weekOf);
  if (!asked) return asked.error();
  const CivilDays days = *asked;
  const auto stores = storesFor(context, days);
  if (!stores) return stores.error();
  const DayFacts facts = factsFor(*stores, days);
  const auto overviews = overviewOf(days, facts);
  ViewContext view_context = makeViewContext(context, *stores, days);
  pointOutDifferences(view_context, *stores, facts, days);
  if (context.json()) {
    context.printJson(timelineJson(overviews, view_context));
  } else {
    context.print(timelineText(overviews, view_context, context.style()));
  }
  return {};
}

// For a user who expects an absence that Personio shows as requested.
void explainEmptyMonth(ViewContext &view_context, const Stores &stores,
                       const std::vector<DayOverview> &days) {
  const bool any =
      std::any_of(days.begin(), days.end(), [](const DayOverview &day) { return !day.absences.empty(); });
  if (any || stores.settings.get().connections.empty() || !view_context.notices.empty()) return;
  view_context.notices.emplace_back(
      "Absences not showing? Only approved absences in the requested period are imported. After an approval, "
      "run sync.");
}

CivilDays monthOf(CivilDate day) { return {kit::firstOfMonth(day), kit::lastOfMonth(day)}; }

CommandResult showCalendar(CommandContext &context, const ParsedCommand &command) {
  if (!command.has("--ics") && (command.has("--absent") || command.has("--from") || command.has("--to")))
    return wrongUse("--from, --to and --absent are for --ics. A month is shown with --month YYYY-MM.");
  CivilDate month = kit::firstOfMonth(context.today());
  if (const auto value = command.value("--month")) {
    const auto first = kit::parseDate(*value + "-01");
    if (!first)
      return wrongUse("--month needs a month as YYYY-MM, e.g. 2026-07; \"" + *value + "\" is not a month.");
    month = *first;
  }
  const CivilDays days = monthOf(month);
  if (command.has("--ics")) {
    if (command.has("--month") && (command.has("--from") || command.has("--to")))
      return wrongUse("--month and --from or --to cannot be used together.");
    const auto wanted = readDays(command, days, monthOf);
    if (!wanted) return wanted.error();
    return exportCalendar(context, *wanted, command.has("--absent"),
                          [&](CivilDays needed) { return storesFor(context, needed); });
  }
  const auto stores = storesFor(context, days);
  if (!stores) return stores.error();
  const DayFacts facts = factsFor(*stores, days);
  const auto overviews = overviewOf(days, facts);
  ViewContext view_context = makeViewContext(context, *stores, days);
  explainEmptyMonth(view_context, *stores, overviews);
  pointOutDifferences(view_context, *stores, facts, days);
  if (context.json()) {
    context.printJson(calendarJson(month, overviews, view_context));
  } else {
    context.print(calendarText(month, overviews, view_context, context.style()));
  }
  return {};
}

CommandResult explainDay(CommandContext &context, const ParsedCommand &command) {
  const auto date = dateArgument("explain", command.positionals.front());
  if (!date) return wrongUse(date.error().message);
  const CivilDays days{*date, *date};
  const auto stores = storesFor(context, days);
  if (!stores) return stores.error();
  const DayFacts facts = factsFor(*stores, days);
  const DayOverview day = overviewOf(*date, facts);
  ViewContext view_context = makeViewContext(context, *stores, days);
  pointOutDifferences(view_context, *stores, facts, days);
  if (context.json()) {
    context.printJson(explanationJson(day, view_context));
    return {};
  }
  context.print(explanation(day, view_context));
  if (!view_context.moco_is_connected) view_context.notices.emplace_back(kWithoutMoco);
  context.console().err.lines(TextLines().add("", view_context.notices));
  return {};
}

CommandResult showBalance(CommandContext &context, const ParsedCommand &) {
  auto stores = context.openStores();
  if (!stores) return std::move(stores).error();
  if (stores->settings.get().connections.empty()) {
    return Failure(HostStatus::not_connected,
                   "No provider is connected, so your balance is unknown. Connect one first: connect ID.");
  }
  std::vector<BalanceView> views;
  std::vector<std::string> never_fetched;
  for (const auto &connection : stores->settings.get().connections) {
    const auto known = stores->fetched.get().providers.find(connection.plugin_id);
    if (known == stores->fetched.get().providers.end() || known->second.balance_freshness.last_good.empty()) {
      if (stores->settings.get().connections.size() > 1)
        never_fetched.push_back("The balance of " + connection.plugin_name + " was never fetched. Run sync.");
      continue;
    }
    views.push_back(
        {connection.plugin_id, localText(known->second.balance_freshness.last_good), known->second.balances});
  }
  ViewContext view_context = makeViewContext(context, *stores, {context.today(), context.today()});
  view_context.stale_since.reset();
  view_context.as_of.reset();
  for (const auto &view : views)
    if (!view_context.as_of || view.as_of < *view_context.as_of) view_context.as_of = view.as_of;
  view_context.notices = std::move(never_fetched);
  for (const auto &connection : stores->settings.get().connections) {
    const auto known = stores->fetched.get().providers.find(connection.plugin_id);
    if (known == stores->fetched.get().providers.end()) continue;
    const Freshness &freshness = known->second.balance_freshness;
    const auto stale_since = freshness.staleSince();
    if (stale_since && (!view_context.stale_since || *stale_since < *view_context.stale_since))
      view_context.stale_since = stale_since;
    if (freshness.last_failed)
      view_context.notices.push_back(connection.plugin_name + ": " + freshness.problem);
    if (!hasUnknownAmount(known->second.balances)) continue;
    for (const auto &notice : known->second.notices)
      view_context.notices.push_back(connection.plugin_name + ": " + notice);
  }
  if (context.json()) {
    context.printJson(balanceJson(views, view_context));
  } else {
    context.print(balanceText(views, view_context));
  }
  return {};
}

}  // namespace

std::vector<Command> viewCommands() {
  return {
      {{"timeline",
        {},
        {{"--from", "YYYY-MM-DD", "the first day; alone: to the end of its week"},
         {"--to", "YYYY-MM-DD", "the last day; alone: from the beginning of its week"}},
        "shows target, booked time, and balance per day (this week)",
        "Days that were never fetched are fetched first; others are shown as of the last sync."},
       showTimeline},
      {{"calendar",
        {},
        {{"--month", "YYYY-MM", "the month (by default this one)"},
         {"--ics", "", "prints absences as iCalendar, for other calendars"},
         {"--from", "YYYY-MM-DD", "with --ics: the first day; alone: to the end of its month"},
         {"--to", "YYYY-MM-DD", "with --ics: the last day; alone: from the beginning of its month"},
         {"--absent", "", "with --ics: only that you are away, not why, for calendars that others see"}},
        "shows the month with all absences and public holidays"},
       showCalendar},
      {{"explain",
        {{"DATE", "the day, as YYYY-MM-DD", {}, true}},
        {},
        "shows how the target of one day is calculated"},
       explainDay},
      {{"balance", {}, {}, "shows the remaining leave, as the provider counts it"}, showBalance},
  };
}

}  // namespace roots::host
