// Every command's JSON output and its schema in host-stub/schema/. HostUser validates the output of all other
// tests in the same way.
#include "support/folders.h"
#include "support/output_schema.h"

#include "command/commands.h"
#include "support/catch.h"
#include "support/served_host.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

using namespace roots;
using namespace roots::test;

namespace {

using Words = std::vector<std::string>;

struct Step {
  Words words;
  std::string input = "";
};

// Each command that has a JSON output, except for serve, in an order in which all of them succeed.
std::vector<Step> everyCommand(const HostUser &user, const std::string &moco_url) {
  Words preview = user.connectWords();
  preview.emplace_back("--preview");
  const Words connect_moco{
      "moco", "connect", "--domain", "example", "--base-url", moco_url, "--secrets-from-stdin"};
  const std::string moco_key = "api_key=moco-key-of-the-sandbox\n";
  return {{{"plugins", "list"}},
          {{"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"}},
          {{"absences", "add", "--type", "vacation", "--from", "2026-07-15", "--to", "2026-07-15", "--half",
            "first", "--note", "dentist"}},
          {{"absences", "list"}},
          {{"plugins", "enable", "roots.personio"}},
          {preview, HostUser::secretLine()},
          {user.connectWords(), HostUser::secretLine()},
          {connect_moco, moco_key},
          {{"rotation", "set", "--from", "2026-07-06", "--week", "8 8 8 8 8 0 0", "--week", "8 8 8 8 0 0 0"}},
          {{"settings", "show"}},
          {{"rotation", "off"}},
          {{"status"}},
          {{"status", "--diagnostics"}},
          {{"sync"}},
          {{"timeline", "--from", "2026-07-01", "--to", "2026-08-31"}},
          {{"calendar", "--month", "2026-07"}},
          {{"explain", "2026-07-08"}},
          {{"balance"}},
          {{"types", "list"}},
          {{"types", "set", "Urlaub", "time_off"}},
          {{"moco", "disconnect"}},
          {{"disconnect", "roots.personio"}},
          {{"absences", "remove", "manual-1"}},
          {{"plugins", "disable", "roots.personio"}}};
}

// Members with keys of others, not of the host.
bool hasOpenKeys(std::string_view member) { return member == "sources" || member == "settings"; }

// Copies a document with one fault: a missing member, an unknown one, or a value of another type.
class FaultyCopies {
 public:
  explicit FaultyCopies(kit::JsonView root) : root_(root) {}

  // Calls use(copy, fault) for each faulty copy.
  void forEach(const std::function<void(const std::string &copy, const std::string &fault)> &use) {
    for (int wanted = 0;; ++wanted) {
      wanted_ = wanted;
      next_ = 0;
      fault_.clear();
      kit::JsonWriter writer;
      copy(writer, root_, "", false);
      if (fault_.empty()) return;
      use(writer.finish(), fault_);
    }
  }

 private:
  // Whether the fault is the one of this copy.
  bool isFault(const std::string &what) {
    if (next_++ != wanted_) return false;
    fault_ = what;
    return true;
  }

  void copy(kit::JsonWriter &writer, kit::JsonView view, const std::string &place, bool has_open_keys) {
    if (view.isArray()) {
      writer.beginArray();
      // Elements of a list have the same shape. The first two show both a full and a sparse one.
      for (std::size_t index = 0; index < std::min<std::size_t>(view.size(), 2); ++index)
        copy(writer, view.at(index), place + "/" + std::to_string(index), false);
      writer.endArray();
      return;
    }
    if (!view.isObject()) {
      if (isFault("other type of " + place))
        writer.beginObject().flag("unknown", true).endObject();
      else
        writer.copy(view);
      return;
    }
    writer.beginObject();
    for (std::size_t index = 0; index < view.size(); ++index) {
      const std::string name(view.memberName(index));
      const kit::JsonView value = view.memberValue(index);
      const std::string inside = place + "/" + name;
      if (!has_open_keys && isFault("without " + inside)) continue;
      writer.name(name);
      copy(writer, value, inside, value.isObject() && hasOpenKeys(name));
    }
    if (isFault("unknown member in " + place + "/")) writer.null("unknown");
    writer.endObject();
  }

  kit::JsonView root_;
  int wanted_ = 0;
  int next_ = 0;
  std::string fault_;
};

// The schema describes the document, and nothing less.
void requireStrictSchema(const std::string &schema, const kit::JsonDocument &document) {
  CHECK(schemaProblem(schema, document).empty());
  FaultyCopies(document.root()).forEach([&](const std::string &copy, const std::string &fault) {
    INFO(schema << ": " << fault);
    const auto faulty = kit::JsonDocument::parse(copy);
    REQUIRE(faulty.ok());
    CHECK_FALSE(schemaProblem(schema, *faulty).empty());
  });
}

// The definitions that a schema refers to, as "common.schema.json#/definitions/day".
std::set<std::string> referencesIn(kit::JsonView schema) {
  std::set<std::string> found;
  for (std::size_t index = 0; index < schema.size(); ++index) {
    const kit::JsonView inside = schema.isArray() ? schema.at(index) : schema.memberValue(index);
    if (schema.isObject() && schema.memberName(index) == "$ref") found.insert(inside.textOrEmpty());
    found.merge(referencesIn(inside));
  }
  return found;
}

std::set<std::string> commandsWithJson() {
  std::set<std::string> names;
  for (const auto &command : host::hostSyntax().commands) names.insert(command.name);
  for (const char *shows_text : {"completion", "demo"}) names.erase(shows_text);
  return names;
}

}  // namespace

TEST_CASE("every command with JSON output has a schema that describes exactly its members", "[json]") {
  HostUser user;
  std::set<std::string> shown;
  for (const auto &[words, input] : everyCommand(user, user.services().mocoUrl())) {
    Words all = words;
    all.emplace_back("--json");
    const auto parsed = host::parseCommandLine(all, host::hostSyntax());
    REQUIRE(parsed.ok());
    INFO(parsed->name);
    requireStrictSchema(outputSchema(all, 0), user.typeJson(words, input));
    shown.insert(parsed->name);
  }
  const ServedHost served(user);  // validates its output
  shown.insert("serve");
  CHECK(shown == commandsWithJson());
}

TEST_CASE("every error has the same schema, and an error of sync names each problem", "[json]") {
  HostUser user;
  requireStrictSchema("error", user.typeJson({"explain", "nonsense"}, "", 2));
  requireStrictSchema("error", user.typeJson({"calender"}, "", 2));
  user.connectAll();
  requireStrictSchema("error", user.typeJson({"settings", "set", "weekday-hours", "8 8 8 8 8 0 0"}, "", 3));
  user.refuseHolidaysAndAbsences();
  const auto sync = user.typeJson({"sync"}, "", 4);
  requireStrictSchema("error", sync);
  const auto problems = sync.root()["error"]["problems"];
  REQUIRE(problems.size() == 2);
  CHECK(problems.at(0)["source"].textOrEmpty() == "roots.personio");
  CHECK(problems.at(0)["part"].textOrEmpty() == "absences");
  CHECK(problems.at(1)["source"].textOrEmpty() == "moco");
  CHECK(problems.at(1)["part"].textOrEmpty() == "public_holidays");
  requireStrictSchema("status", user.typeJson({"status"}));
}

// The validator accepts everything where a definition is missing.
TEST_CASE("the schemas refer to existing definitions, and to each of common.schema.json", "[json]") {
  const std::string common_file = "common.schema.json";
  std::map<std::string, std::string> texts;
  for (const auto &entry : std::filesystem::directory_iterator(sourceFolder() + "/host-stub/schema"))
    texts[entry.path().filename().string()] = contentOf(entry.path());
  const auto common = kit::JsonDocument::parse(texts.at(common_file));
  REQUIRE(common.ok());
  std::set<std::string> used;
  for (const auto &[file, text] : texts) {
    INFO(file);
    const auto schema = kit::JsonDocument::parse(text);
    REQUIRE(schema.ok());
    for (const auto &reference : referencesIn(schema->root())) {
      INFO(reference);
      const auto hash = reference.find('#');
      REQUIRE(hash != std::string::npos);
      const bool is_shared = file == common_file || reference.substr(0, hash) == common_file;
      const std::string start = "#/definitions/";
      REQUIRE(reference.compare(hash, start.size(), start) == 0);
      const std::string name = reference.substr(hash + start.size());
      CHECK((is_shared ? *common : *schema).root()["definitions"][name].isObject());
      if (is_shared) used.insert(name);
    }
  }
  CHECK(used.size() == common->root()["definitions"].size());
}

TEST_CASE("the schema of errors permits each status of the host", "[json]") {
  for (int value = 0; value <= static_cast<int>(host::HostStatus::storage_failed); ++value) {
    host::ErrorView view;
    view.status = host::wordOf(static_cast<host::HostStatus>(value));
    view.message = "A message.";
    const auto document = kit::JsonDocument::parse(host::errorJson(view));
    REQUIRE(document.ok());
    CHECK(schemaProblem("error", *document).empty());
  }
}

TEST_CASE("a document with another shape does not match its schema", "[json]") {
  const auto problem = [](const std::string &schema, const std::string &text) {
    const auto document = kit::JsonDocument::parse(text);
    REQUIRE(document.ok());
    return schemaProblem(schema, *document);
  };
  CHECK(problem("sync", R"({"from":"2026-07-01","to":"2026-07-31"})").empty());
  CHECK(problem("sync", R"({"from":"1 July","to":"2026-07-31"})").find("pattern at /from") !=
        std::string::npos);
  CHECK_FALSE(problem("sync", R"({"from":"2026-07-01"})").empty());
  CHECK_FALSE(problem("connect", R"({"problems":["a text"]})").empty());
}
