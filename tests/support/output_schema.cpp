#include "support/output_schema.h"
#include "support/folders.h"

#include "command/commands.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <stdexcept>

namespace roots::test {
namespace {

std::string readSchemaFile(const std::string &name) {
  const std::string path = sourceFolder() + "/host-stub/schema/" + name + ".schema.json";
  std::ifstream file(path);
  if (!file) throw std::runtime_error("There is no schema " + path + ".");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

kit::JsonDocument parsedSchemaFile(const std::string &name) {
  auto document = kit::JsonDocument::parse(readSchemaFile(name));
  if (!document) throw std::runtime_error("The schema " + name + ": " + document.error().message);
  return std::move(*document);
}

void copyMembers(kit::JsonWriter &writer, kit::JsonView object) {
  for (std::size_t index = 0; index < object.size(); ++index)
    writer.name(object.memberName(index)).copy(object.memberValue(index));
}

// The validator does not read other files: the shared definitions become definitions of this schema.
std::string withSharedDefinitions(const std::string &name) {
  const kit::JsonDocument shared = parsedSchemaFile("common");
  const kit::JsonDocument own = parsedSchemaFile(name);
  kit::JsonWriter writer;
  writer.beginObject().name("definitions").beginObject();
  copyMembers(writer, shared.root()["definitions"]);
  copyMembers(writer, own.root()["definitions"]);
  writer.endObject();
  for (std::size_t index = 0; index < own.root().size(); ++index) {
    if (own.root().memberName(index) == "definitions") continue;
    writer.name(own.root().memberName(index)).copy(own.root().memberValue(index));
  }
  writer.endObject();
  std::string text = writer.finish();
  const std::string reference = "common.schema.json#";
  for (std::size_t at = 0; (at = text.find(reference, at)) != std::string::npos;)
    text.replace(at, reference.size(), "#");
  return text;
}

const kit::JsonSchema &schemaNamed(const std::string &name) {
  static std::mutex reading;
  static std::map<std::string, kit::JsonSchema> read;
  const std::lock_guard lock(reading);
  const auto found = read.find(name);
  if (found != read.end()) return found->second;
  auto schema = kit::JsonSchema::parse(withSharedDefinitions(name));
  if (!schema) throw std::runtime_error("The schema " + name + ": " + schema.error().message);
  return read.emplace(name, std::move(*schema)).first->second;
}

}  // namespace

std::string outputSchema(const std::vector<std::string> &words, int exit_code) {
  const auto parsed = host::parseCommandLine(words, host::hostSyntax());
  if (!parsed) return std::find(words.begin(), words.end(), "--json") == words.end() ? "" : "error";
  const bool is_text = parsed->global.help || parsed->global.version;
  if (!parsed->global.json || is_text) return "";
  if (exit_code != 0) return "error";
  if (parsed->name == "completion" || parsed->has("--ics")) return "";
  std::string name = parsed->name;
  std::replace(name.begin(), name.end(), ' ', '-');
  if (parsed->has("--preview")) name += "-preview";
  if (parsed->has("--diagnostics")) name += "-diagnostics";
  return name;
}

std::string schemaProblem(const std::string &schema, const kit::JsonDocument &document) {
  const auto checked = schemaNamed(schema).check(document);
  return checked ? "" : schema + ".schema.json: " + checked.error().message;
}

std::string outputProblem(const std::vector<std::string> &words, int exit_code, const std::string &out) {
  const std::string schema = outputSchema(words, exit_code);
  if (schema.empty()) return "";
  const auto document = kit::JsonDocument::parse(out);
  if (!document) return "The output is not JSON: " + document.error().message;
  return schemaProblem(schema, *document);
}

}  // namespace roots::test
