// A home with everything that settings can contain, and with secrets and data of the connections, for tests
// that damage its settings.json.
#pragma once

#include "state/stores.h"
#include "support/catch.h"
#include "support/dates.h"
#include "support/temporary_folder.h"
#include "support/text_search.h"

namespace roots::host::damage {

using namespace roots::test;

namespace fs = std::filesystem;

inline Connection personio() {
  Connection connection;
  connection.plugin_id = "roots.personio";
  connection.plugin_name = "Personio";
  connection.settings = {{"email", "nele@example.com"}};
  connection.secret_set = "roots.personio#2";
  connection.account_id = "4711";
  connection.account_name = "Nele";
  connection.locks = {{"absences", "Personio decides."}};
  return connection;
}

// Everything that settings can contain, and secrets and data of the connections.
inline void fill(const TemporaryFolder &home) {
  auto stores = Stores::open(home.path());
  REQUIRE(stores.ok());
  REQUIRE(stores->settings.setWeekdayMinutes({450, 420, 390, 300, 255, 0, 0}).ok());
  for (const char *date : {"2026-07-06", "2026-07-08"}) {
    REQUIRE(stores->settings.addAbsence({"", Kind::vacation, {day(date), day(date)}, Extent::whole_day, date})
                .ok());
  }
  REQUIRE(stores->settings
              .change([](HostSettings &settings) {
                settings.rotation =
                    Rotation{day("2026-07-06"), {{480, 0, 0, 0, 0, 0, 0}, {60, 0, 0, 0, 0, 0, 0}}};
                settings.type_answers = {{"roots.personio", "Urlaub", Effect::work_elsewhere}};
                settings.plugins = {{"roots.personio", "ab12", true}, {"example.larkspur", "cd34", false}};
                settings.connections = {personio()};
                settings.moco = MocoConnection{"example", "", "", "1", "Nele", "", "moco"};
              })
              .ok());
  REQUIRE(stores->secrets.set("roots.personio#2", "key", "secret of personio").ok());
  REQUIRE(stores->secrets.set("moco", "api_key", "secret of moco").ok());
  REQUIRE(stores->fetched
              .change([](FetchedData &context) {
                context.providers["roots.personio"].account_id = "4711";
                context.moco.account = "example/1";
                context.moco.entries.fetches.markGood({day("2026-07-01"), day("2026-07-31")},
                                                      "2026-07-15T08:00:00Z");
              })
              .ok());
}

inline fs::path fileOf(const TemporaryFolder &home) { return home.path() / "settings.json"; }

inline void write(const TemporaryFolder &home, const std::string &content) {
  home.write("settings.json", content);
}

inline Stores openedToChange(const TemporaryFolder &home) {
  auto stores = Stores::openToChange(home.path());
  if (!stores) FAIL(stores.error().message);
  return std::move(*stores);
}

inline void requireNothingIsLost(const TemporaryFolder &home) {
  const std::string secrets = contentOf(home.path() / "secrets.json");
  CHECK(contains(secrets, "secret of personio"));
  CHECK(contains(secrets, "secret of moco"));
  const std::string context = contentOf(home.path() / "context.json");
  CHECK(contains(context, "4711"));
  CHECK(contains(context, "example/1"));
}

}  // namespace roots::host::damage
