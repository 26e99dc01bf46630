#include "command/workplace.h"

#include "isolation/isolated_session.h"

#include <roots/kit/poco_transport.h>

#include <algorithm>
#include <ctime>

namespace roots::host {
namespace {

constexpr std::chrono::seconds kMocoTime{60};

CivilDate clockToday() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  return CivilDate{std::chrono::year(local.tm_year + 1900),
                   std::chrono::month(static_cast<unsigned>(local.tm_mon + 1)),
                   std::chrono::day(static_cast<unsigned>(local.tm_mday))};
}

// The smallest range that holds all of these.
CivilDays hullOf(const std::vector<CivilDays> &ranges) { return {ranges.front().first, ranges.back().last}; }

template <class Row>
void notice(std::vector<std::string> &notices, const std::string &what, const Covered<Row> &covered,
            CivilDays days) {
  const auto missing = missingDays(covered.ranges, days);
  if (!missing.empty()) {
    const CivilDays hull = hullOf(missing);
    notices.push_back(what + " are missing from " + kit::formatDate(hull.first) + " to " +
                      kit::formatDate(hull.last) + ".");
  }
}

void addProblem(std::vector<std::string> &notices, const std::string &what, const Freshness &freshness) {
  if (!freshness.last_failed) return;
  const std::string age =
      freshness.last_good.empty() ? "" : " Shown as of " + localText(freshness.last_good) + ".";
  const std::string text = what + ": " + freshness.problem + age;
  if (std::find(notices.begin(), notices.end(), text) == notices.end()) notices.push_back(text);
}

void keepEarliest(std::optional<std::string> &earliest, const std::optional<std::string> &candidate) {
  if (candidate && (!earliest || *candidate < *earliest)) earliest = candidate;
}

}  // namespace

Workplace::Workplace(Console &console, GlobalOptions options, std::filesystem::path executable)
    : console_(console),
      options_(std::move(options)),
      executable_(std::move(executable)),
      today_(options_.today.value_or(clockToday())) {}

Result<Stores> Workplace::openStores() const {
  const auto folder = home();
  if (!folder) return folder.error();
  return Stores::open(*folder);
}

std::vector<std::string> Workplace::globalWords() const {
  std::vector<std::string> words;
  const auto add = [&](const char *option, const std::string &value) {
    if (!value.empty()) words.insert(words.end(), {option, value});
  };
  add("--home", options_.home);
  add("--plugins", options_.plugins);
  add("--today", options_.today ? kit::formatDate(*options_.today) : "");
  return words;
}

Result<Editing> Workplace::edit() const {
  const auto folder = home();
  if (!folder) return folder.error();
  auto lock = HomeLock::acquire(*folder);
  if (!lock) return std::move(lock).error();
  auto stores = Stores::openToChange(*folder);
  if (!stores) return std::move(stores).error();
  return Editing{std::move(*lock), std::move(*stores)};
}

std::filesystem::path Workplace::pluginsFolder() const {
  if (!options_.plugins.empty()) return options_.plugins;
  return executable_.parent_path().parent_path() / "plugins";
}

Result<PluginCandidate, Failure> Workplace::candidate(const std::string &id) const {
  PluginFolder folder = lookIntoPluginFolder(pluginsFolder());
  for (auto &plugin : folder.candidates) {
    if (plugin.manifest.id == id) return std::move(plugin);
  }
  for (const auto &refused : folder.refused) {
    if (refused.folder == id)
      return Failure(
          Error{Status::internal, "The plugin " + id + " is refused. " + refused.reason, "", 0, {}});
  }
  return notFound("There is no plugin " + id + " in " + pluginsFolder().string() +
                  ". plugins list shows what is there.");
}

Result<OpenSession, Failure> Workplace::sessionsOf(const Stores &stores,
                                                   const PluginCandidate &plugin) const {
  const EnabledPlugin *enabled = stores.settings.get().enabled(plugin.manifest.id);
  if (enabled == nullptr) {
    return Failure(Error{Status::not_connected,
                         "The plugin " + plugin.manifest.id +
                             " is not enabled. Enable it first: plugins enable " + plugin.manifest.id + ".",
                         "",
                         0,
                         {}});
  }
  if (enabled->isolated) return isolatedSessions(plugin, enabled->hash, executable_);
  auto table = loadPlugin(plugin, enabled->hash);
  if (!table) {
    Error refused = std::move(table).error();
    refused.message = "The plugin " + plugin.manifest.id + " is refused. " + refused.message;
    return Failure(std::move(refused));
  }
  return sessionsInThisProcess(*table, plugin.manifest.declared_locks);
}

Calling Workplace::calling(ProgressLine &progress) const {
  Calling calling;
  calling.is_cancelled = [this, &progress] {
    progress.tick();
    return console_.is_cancelled && console_.is_cancelled();
  };
  calling.on_step = console_.on_step;
  calling.progress = [&progress](int permille, std::string_view doing) { progress.show(permille, doing); };
  return calling;
}

kit::CallLimits Workplace::limits(ProgressLine &progress, std::chrono::seconds time) const {
  return {std::chrono::steady_clock::now() + time, calling(progress).is_cancelled};
}

Result<std::vector<SyncProblem>, Failure> Workplace::syncOne(Stores &stores, LiveProvider &live,
                                                             CivilDays days) {
  auto problems = syncProvider(stores, live, days, today_, utcNow());
  if (!problems) return Failure(std::move(problems).error());
  return std::move(*problems);
}

Result<std::vector<SyncProblem>, Failure> Workplace::syncMocoNow(Stores &stores, CivilDays days) {
  ProgressLine progress(console_);
  progress.show(0, "Asking Moco");
  const MocoConnection moco = *stores.settings.get().moco;
  auto transport = mocoTransport(moco);
  if (!transport) return Failure(std::move(transport).error());
  if (auto ready = stores.secrets.ready(); !ready) return Failure(std::move(ready).error());
  MocoClient client(**transport, kit::realWaiter(), stores.secrets.get("moco", "api_key").value_or(""));
  auto problems = syncMoco(stores, client, days, utcNow(), limits(progress, kMocoTime), console_.on_step);
  if (!problems) return Failure(std::move(problems).error());
  return std::move(*problems);
}

Result<std::vector<SyncProblem>, Failure> Workplace::syncAll(Stores &stores, CivilDays days) {
  std::vector<SyncProblem> all;
  const auto add = [&](std::vector<SyncProblem> problems) {
    for (auto &problem : problems) all.push_back(std::move(problem));
  };
  const std::vector<Connection> connections = stores.settings.get().connections;
  for (const auto &connection : connections) {
    ProgressLine progress(console_);
    progress.show(0, "Asking " + connection.plugin_name);
    const auto failed = [&](const Error &error) -> Result<void> {
      add({SyncProblem{connection.plugin_name, "connection", error}});
      return markProviderFailed(stores, connection.plugin_id, error.message);
    };
    Result<void> marked;
    const auto plugin = candidate(connection.plugin_id);
    const auto sessions = plugin ? sessionsOf(stores, *plugin) : Result<OpenSession, Failure>(plugin.error());
    if (!sessions) {
      marked = failed(sessions.error().error);
    } else if (auto live = restoreProvider(stores, plugin->manifest, *sessions, calling(progress)); !live) {
      if (live.error().status == Status::cancelled) return Failure(live.error());
      marked = failed(live.error());
    } else {
      auto problems = syncOne(stores, *live, days);
      if (!problems) return std::move(problems).error();
      add(std::move(*problems));
    }
    if (!marked) return Failure(std::move(marked).error());
  }
  if (stores.settings.get().moco) {
    auto problems = syncMocoNow(stores, days);
    if (!problems) return std::move(problems).error();
    add(std::move(*problems));
  }
  return all;
}

Outcome Workplace::fetchMissing(Stores &stores, CivilDays days) {
  std::vector<CivilDays> missing;
  const auto collect = [&](const std::vector<CivilDays> &ranges) {
    for (const auto &range : missingDays(ranges, days)) missing.push_back(range);
  };
  for (const auto &connection : stores.settings.get().connections) {
    const auto known = stores.context.get().providers.find(connection.plugin_id);
    collect(known == stores.context.get().providers.end() ? std::vector<CivilDays>()
                                                          : known->second.absences.ranges);
  }
  if (stores.settings.get().moco) {
    collect(stores.context.get().moco.entries.ranges);
    collect(stores.context.get().moco.holidays.ranges);
  }
  if (missing.empty()) return {};
  auto renewed = edit();
  if (!renewed) return Failure(std::move(renewed).error());
  // Another host may have changed something before the lock was ours.
  stores = std::move(renewed->stores);
  std::sort(missing.begin(), missing.end(),
            [](const CivilDays &a, const CivilDays &b) { return a.last < b.last; });
  const auto first =
      std::min_element(missing.begin(), missing.end(),
                       [](const CivilDays &a, const CivilDays &b) { return a.first < b.first; });
  auto problems = syncAll(stores, {first->first, missing.back().last});
  if (!problems) return std::move(problems).error();
  return {};
}

ViewContext Workplace::viewContext(const Stores &stores, CivilDays days) const {
  ViewContext context;
  context.today = today_;
  context.source_names = {{"manual", "by hand"}, {"moco", "Moco"}};
  const auto asOf = [&](const Freshness &freshness) {
    if (!freshness.last_good.empty()) keepEarliest(context.as_of, freshness.last_good);
    keepEarliest(context.stale_since, freshness.staleSince());
  };
  for (const auto &connection : stores.settings.get().connections) {
    const std::string &name = connection.plugin_name;
    context.source_names[connection.plugin_id] = name;
    const auto known = stores.context.get().providers.find(connection.plugin_id);
    if (known == stores.context.get().providers.end()) {
      context.notices.push_back(name + " was never asked. sync asks it.");
      continue;
    }
    asOf(known->second.absences.freshness);
    keepEarliest(context.stale_since, known->second.schedule_freshness.staleSince());
    notice(context.notices, "Absences of " + name, known->second.absences, days);
    addProblem(context.notices, name, known->second.absences.freshness);
    addProblem(context.notices, name, known->second.schedule_freshness);
    for (const auto &text : known->second.notices) context.notices.push_back(name + ": " + text);
  }
  if (const auto &rotation = stores.settings.get().rotation; rotation && rotation->from <= days.last)
    context.notices.push_back("Weekly hours follow the weeks in rotation that you entered, from " +
                              kit::formatDate(rotation->from) + " on.");
  if (stores.settings.get().moco) {
    const MocoContext &moco = stores.context.get().moco;
    asOf(moco.entries.freshness);
    asOf(moco.holidays.freshness);
    notice(context.notices, "Time entries of Moco", moco.entries, days);
    notice(context.notices, "Public holidays of Moco", moco.holidays, days);
    addProblem(context.notices, "Moco", moco.entries.freshness);
    addProblem(context.notices, "Moco", moco.holidays.freshness);
  }
  if (context.as_of) context.as_of = localText(*context.as_of);
  return context;
}

void Workplace::print(const std::string &text) {
  console_.out << text;
  if (text.empty() || text.back() != '\n') console_.out << '\n';
  console_.out.flush();
}

CivilDays monthsAround(CivilDate today) {
  const CivilDate before = kit::addDays(kit::firstOfMonth(today), -1);
  const CivilDate after = kit::addDays(kit::lastOfMonth(today), 1);
  return {kit::firstOfMonth(before), kit::lastOfMonth(after)};
}

CivilDays weekOf(CivilDate day) {
  const CivilDate monday = kit::addDays(day, -kit::weekdayIndex(day));
  return {monday, kit::addDays(monday, 6)};
}

Result<std::unique_ptr<kit::HttpTransport>> mocoTransport(const MocoConnection &moco) {
  kit::TransportOptions options;
  options.base_url = moco.base_url.empty() ? "https://" + moco.domain + ".mocoapp.com" : moco.base_url;
  options.ca_file = moco.ca_file;
  options.user_agent = "roots-host-stub";
  return kit::makeHttpTransport(std::move(options));
}

}  // namespace roots::host
