// Texts of services, a plugin, and files are shown and have no effect: no escape sequence, no line of their
// own, no invisible character in the output of any command.
#include "support/catch.h"
#include "support/folders.h"
#include "support/host_user.h"
#include "support/temporary_folder.h"
#include "support/unseen_text.h"

#include <fstream>

using namespace roots;
using namespace roots::test;

namespace {

namespace fs = std::filesystem;

// Every text that Personio and Moco can deliver for this person.
sandbox::Scenario hostileScenario() {
  auto scenario = sandbox::small();
  auto &employee = scenario.personio.employees.front();
  employee.first_name += kUnseen;
  employee.last_name += kUnseen;
  employee.work_schedule->name += kUnseen;
  for (auto &type : scenario.personio.time_off_types) {
    type.name += kUnseen;
    if (type.id == sandbox::types::special_leave) type.category = "unheard of" + kUnseen;
  }
  sandbox::TimeOff special = scenario.personio.time_offs.front();
  special.id = 2;
  special.type_id = sandbox::types::special_leave;
  special.first = *kit::parseDate("2026-07-16");
  special.last = special.first;
  scenario.personio.time_offs.push_back(special);
  auto &user = scenario.moco.users.front();
  user.first_name += kUnseen;
  user.last_name += kUnseen;
  for (auto &entry : scenario.moco.activities)
    for (auto *text : {&entry.customer, &entry.project, &entry.task, &entry.description}) *text += kUnseen;
  for (auto &day : scenario.moco.schedules) day.name += kUnseen;
  return scenario;
}

// The built plugins, with such texts in the manifest of the Personio plugin, and a folder with such a name
// and no plugin.
class HostilePlugins {
 public:
  HostilePlugins() {
    fs::copy(pluginBuild() + "/plugins", folder_.path(), fs::copy_options::recursive);
    const fs::path file = folder_.path() / "roots.personio" / "manifest.json";
    const std::string original = contentOf(file);
    const auto manifest = kit::JsonDocument::parse(original);
    REQUIRE(manifest.ok());
    std::ofstream(file) << withTexts(manifest->root());
    fs::create_directory(folder_.path() / ("no\x1b[31mplugin\nForged\xe2\x80\xae"));
  }

  [[nodiscard]] std::string path() const { return folder_.path().string(); }

 private:
  static std::string withTexts(kit::JsonView root) {
    kit::JsonWriter writer;
    writer.beginObject();
    for (std::size_t index = 0; index < root.size(); ++index) {
      const std::string name(root.memberName(index));
      writer.name(name);
      if (name == "name" || name == "description")
        writer.text(root.memberValue(index).textOrEmpty() + kUnseen.substr(0, 20) + "\nForged");
      else if (name == "settings")
        writeSettings(writer, root.memberValue(index));
      else
        writer.copy(root.memberValue(index));
    }
    writer.endObject();
    return writer.finish();
  }
  static void writeSettings(kit::JsonWriter &writer, kit::JsonView settings) {
    writer.beginArray();
    for (std::size_t index = 0; index < settings.size(); ++index) {
      const kit::JsonView field = settings.at(index);
      writer.beginObject();
      for (std::size_t member = 0; member < field.size(); ++member) {
        const std::string name(field.memberName(member));
        writer.name(name);
        if (name == "label" || name == "hint")
          writer.text(field.memberValue(member).textOrEmpty() + "\x1b[31m\nForged");
        else
          writer.copy(field.memberValue(member));
      }
      writer.endObject();
    }
    writer.endArray();
  }

  TemporaryFolder folder_;
};

class Reader {
 public:
  Reader(const HostUser &user, const HostilePlugins &plugins) : user_(user), plugins_(plugins) {}

  // Runs the command as text and with --json; returns both outputs.
  std::string read(std::vector<std::string> words, const std::string &input = "") const {
    words.insert(words.end(), {"--plugins", plugins_.path()});
    const std::string plain = checked(words, input);
    words.emplace_back("--json");
    return plain + checked(words, input);
  }
  std::string checked(const std::vector<std::string> &words, const std::string &input) const {
    const auto result = user_.type(words, input);
    INFO(words.front() << "\n" << result.out << "\n" << result.err);
    CHECK(unseenIn(result.out) == std::vector<std::string>());
    CHECK(unseenIn(result.err) == std::vector<std::string>());
    return result.out + result.err;
  }

 private:
  const HostUser &user_;
  const HostilePlugins &plugins_;
};

}  // namespace

TEST_CASE("no command prints a control character of a service, a plugin, or a file", "[end-to-end][shown]") {
  HostUser user(hostileScenario());
  const HostilePlugins plugins;
  const Reader reader(user, plugins);
  const std::string note = "Umzug" + kUnseen;
  const auto told = [](const std::string &text, const std::string &part) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
  };
  told(reader.read({"plugins", "list"}), "Zz␛[31m");
  reader.read({"plugins", "enable", "roots.personio"});
  reader.read(
      {"absences", "add", "--type", "other", "--from", "2026-07-20", "--to", "2026-07-20", "--note", note});
  told(reader.read({"absences", "list"}), "Umzug");
  told(reader.read({"calendar", "--ics"}), "Umzug");
  told(reader.read({"timeline", "--from", "2026-07-20", "--to", "2026-07-26"}), "Umzug");

  auto preview = user.connectWords();
  preview.emplace_back("--preview");
  told(reader.read(preview, HostUser::secretLine()), "NeleZz␛[31m");
  // Without a secret, and with a wrong one: messages contain labels of the manifest.
  told(reader.read(user.connectWords(), "client_secret=\n"), "Client Secret");
  reader.read(user.connectWords(), "client_secret=wrong\n");
  told(reader.read({"status"}), "Zz␛[31m");
  told(reader.read(user.connectWords(), HostUser::secretLine()), "as NeleZz␛[31m");
  told(reader.read({"moco", "connect", "--domain", "example", "--base-url", user.services().mocoUrl(),
                    "--secrets-from-stdin"},
                   "api_key=moco-key-of-the-sandbox\n"),
       "as NeleZz␛[31m");

  for (const std::vector<std::string> &words : std::vector<std::vector<std::string>>{
           {"status"},
           {"status", "--diagnostics"},
           {"sync"},
           {"timeline", "--from", "2026-07-06", "--to", "2026-07-19"},
           {"calendar", "--month", "2026-07"},
           {"calendar", "--ics", "--month", "2026-07"},
           {"calendar", "--ics", "--absent", "--month", "2026-07"},
           {"explain", "2026-07-16"},
           {"explain", "2026-07-14"},
           {"balance"},
           {"types", "list"},
           {"types", "set", "No\x1b[31msuch\nForged", "auto"},
           {"settings", "show"},
           {"absences", "list"},
           {"absences", "remove", "no\x1b[31msuch\nForged"},
           {"rotation", "set", "--from", "2026-01-05", "--week", "8 8 8 8 8 0 0", "--week", "8 8 8 8 0 0 0"},
           {"settings", "show"},
           {"plugins", "list"},
           {"plugins", "enable", "no\x1b[31msuch\nForged"},
           {"no\x1b[31msuch\nForged"},
       })
    reader.read(words);
  told(reader.read({"timeline", "--from", "2026-07-06", "--to", "2026-07-19"}), "UrlaubZz␛[31m");
  told(reader.read({"balance"}), "UrlaubZz␛[31m");
  told(reader.read({"types", "list"}), "UrlaubZz␛[31m");

  // A service's text in its errors.
  sandbox::Fault fault;
  fault.server = "personio";
  fault.endpoint = "*";
  fault.times = 0;
  fault.status = 400;
  fault.body =
      R"({"success":false,"error":{"code":1,"message":"bad\u001b[31m\nForged\u202e"},"errors":[{"title":"t\u009b"}]})";
  user.fault(fault);
  reader.read({"sync"});
  reader.read({"status"});
  reader.read({"timeline"});
  told(reader.read({"disconnect", "roots.personio"}), "Zz␛[31m");
}

TEST_CASE("JSON output contains the unchanged text", "[end-to-end][shown]") {
  const HostUser user(hostileScenario());
  user.connectAll();
  const auto balance = user.typeJson({"balance"});
  CHECK(balance.root()["balances"].at(0)["label"].textOrEmpty() == "Urlaub" + kUnseen);
}
