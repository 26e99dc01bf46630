// What people see of connections, settings, plugins, and types.
#include "support/catch.h"
#include "support/dates.h"
#include "text_lines_search.h"
#include "view/absences_view.h"
#include "view/plugins_view.h"
#include "view/settings_view.h"
#include "view/status_view.h"
#include "view/types_view.h"

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

constexpr std::array<int, 7> kFullTime{480, 480, 480, 480, 480, 0, 0};

ConnectionView moco(const std::string &state, const std::string &problem = "") {
  ConnectionView view;
  view.id = "moco";
  view.name = "Moco";
  view.state = state;
  view.problem = problem;
  view.settings = {{"domain", "example"}};
  return view;
}

SettingsView settings(std::vector<ScheduledWeek> schedule, const std::string &source = "roots.personio") {
  SettingsView view;
  view.today = day("2026-07-15");
  view.schedule = std::move(schedule);
  view.source = source;
  view.source_name = "Personio";
  view.hours_by_hand = kFullTime;
  return view;
}

PreviewView preview() {
  PreviewView view;
  view.id = "roots.personio";
  view.name = "Personio";
  view.locks = {{"weekday_hours", "roots.personio", "Personio", "The schedule decides."}};
  return view;
}

}  // namespace

TEST_CASE("status shows what was never fetched, what is stale, and why", "[view]") {
  StatusView view;
  view.moco = moco("failing", "Moco cannot be reached.");
  view.moco->data = {{"time_entries", "2026-07-15T08:00:00Z", "2026-07-15 10:00", true, "Moco is slow."},
                     {"public_holidays", "", "", false, ""}};
  const TextLines text = statusText(view);
  CHECK(contains(text, "No provider is connected."));
  CHECK(contains(text, "Moco (example): connected, but the last attempt failed\n"));
  CHECK(contains(text, "    time entries: stale since 2026-07-15 10:00\n      Moco is slow.\n"));
  CHECK(contains(text, "    public holidays: never fetched\n"));
}

TEST_CASE("status of a lost connection to Moco shows how to restore it, and no domain", "[view]") {
  StatusView view;
  view.moco = moco("needs_sign_in", "Connect again.");
  CHECK(contains(statusText(view), "Moco: needs to sign in again\n    Connect again.\n"));
}

TEST_CASE("weekly hours from a later date are unknown today", "[view]") {
  const TextLines text = settingsText(settings({{day("2026-08-01"), kFullTime, false}}));
  CHECK(contains(text, "Weekly hours  unknown until 2026-08-01, from then on Mon 8:00"));
  CHECK(contains(settingsText(settings({{std::nullopt, kFullTime, true}})), "= 40:00  (an estimate)"));
  auto unreadable = settings({{std::nullopt, kFullTime, false}});
  unreadable.hours_by_hand.reset();
  CHECK(contains(settingsText(unreadable), "By hand (restored on disconnect)  unknown"));
}

TEST_CASE("a rotation is compared with the contract only while a provider knows one", "[view]") {
  auto view = settings({{std::nullopt, kFullTime, false}});
  view.rotation = Rotation{day("2026-07-06"), {kFullTime, {480, 480, 480, 480, 0, 0, 0}}};
  CHECK(contains(settingsText(view), "On average 36:00 a week; the contract says 40:00."));
  view.source = "manual";
  CHECK_FALSE(contains(settingsText(view), "contract"));
}

TEST_CASE("a preview shows new and own hours, and how many absences would not apply", "[view]") {
  PreviewView view = preview();
  CHECK(contains(previewText(view), "Personio accepts the credentials. Nothing is changed yet."));
  CHECK_FALSE(contains(previewText(view), "entered by hand"));
  view.account.name = "Nele Muster";
  view.week = ScheduledWeek{std::nullopt, kFullTime, true};
  view.absences_by_hand = 2;
  CHECK(contains(previewText(view), "Personio identifies you as Nele Muster."));
  CHECK(contains(previewText(view), "= 40:00  (an estimate)\n  By hand they are      unknown\n"));
  CHECK(contains(previewText(view), "2 absences entered by hand would be kept"));
}

TEST_CASE("the list of plugins shows why one is refused, and where to install one", "[view]") {
  PluginsView view;
  view.folder = "/plugins";
  view.has_folder = false;
  CHECK(contains(pluginsText(view), "none: there is no such folder"));
  view.has_folder = true;
  CHECK(contains(pluginsText(view), "none; copy a plugin's folder here"));
  PluginView changed;
  changed.id = "example.one";
  changed.version = "1.0.0";
  changed.is_enabled = true;
  changed.change = "its library has changed";
  view.plugins = {changed};
  view.refused = {{"example.two", "It has no manifest."}};
  CHECK(contains(pluginsText(view), "  example.one 1.0.0  refused: its library has changed\n"));
  CHECK(contains(pluginsText(view), "  example.two  refused: It has no manifest.\n"));
}

TEST_CASE("absences entered by hand are listed with what is unknown about them", "[view]") {
  AbsencesView view;
  CHECK(absencesText(view).text() == "No absences entered by hand.\n");
  view.are_all_known = false;
  CHECK(contains(absencesText(view), "Absences entered by hand are unknown: settings.json is damaged."));
  view.absences = {
      {"manual-1", Kind::vacation, {day("2026-07-15"), day("2026-07-15")}, Extent::first_half, ""}};
  view.replaced_by = "Personio";
  CHECK(absencesText(view).text() ==
        "Absences entered by hand are unknown, except these: settings.json is damaged.\n"
        "manual-1  2026-07-15  Vacation, first half\n"
        "Kept, but not applied while Personio is connected.\n");
}

TEST_CASE("a type of absence is shown with its effect and who determined it", "[view]") {
  CHECK(contains(typesText({}, true), "Run sync."));
  CHECK(contains(typesText({}, false), "Connect first"));
  const TypeView type{"roots.personio", "Personio", "Homeoffice", Kind::other, Effect::work_elsewhere, true};
  CHECK(typesText({type}, true).text() ==
        "Homeoffice  (Other, Personio): work elsewhere, changes nothing, as you decided\n");
}
