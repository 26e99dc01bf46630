#include "state/secret_sets.h"

namespace roots::host {
namespace {

using kit::JsonDocument;
using kit::JsonView;
using kit::JsonWriter;

constexpr int kEntryVersion = 1;
constexpr const char *kToBeRemoved = "to_be_removed";
constexpr const char *kInUse = "in_use";

void write(JsonWriter &writer, const Secrets &secrets) {
  writer.name("secrets").beginObject();
  for (const auto &[key, value] : secrets) writer.text(key, value);
  writer.endObject();
}

Secrets secretsFrom(JsonView view) {
  Secrets secrets;
  for (std::size_t index = 0; index < view.size(); ++index)
    secrets[std::string(view.memberName(index))] = view.memberValue(index).textOrEmpty();
  return secrets;
}

std::map<std::string, Secrets> secretsByOwner(JsonView view) {
  std::map<std::string, Secrets> owners;
  for (std::size_t index = 0; index < view.size(); ++index)
    owners[std::string(view.memberName(index))] = secretsFrom(view.memberValue(index));
  return owners;
}

// Version 1: all secrets by owner, or a mark that they are in the keyring.
SecretSets setsOfVersion1(JsonView root) {
  SecretSets sets;
  if (root["kept_in"].asText() == "keyring") sets.former = FormerEntry::in_use;
  auto owners = secretsByOwner(root["secrets"]);
  for (auto &[owner, secrets] : owners) sets.named[owner].secrets = std::move(secrets);
  return sets;
}

// nullopt: this version does not know the entry.
std::optional<JsonDocument> entryFrom(const std::string &text) {
  auto document = JsonDocument::parse(text);
  const bool is_understood = document && document->root()["version"].asInteger() == kEntryVersion &&
                             document->root()["secrets"].isObject();
  return is_understood ? std::optional(std::move(*document)) : std::nullopt;
}

}  // namespace

void wipe(SecretSets &sets) {
  for (auto &[name, set] : sets.named) kit::wipe(set.secrets);
}

std::string secretsFileJson(const SecretSets &sets) {
  JsonWriter writer(JsonWriter::Style::indented);
  writer.beginObject().integer("version", kSecretsFileVersion);
  if (sets.former != FormerEntry::none)
    writer.text("former_entry", sets.former == FormerEntry::in_use ? kInUse : kToBeRemoved);
  writer.name("sets").beginObject();
  for (const auto &[name, set] : sets.named) {
    writer.name(name).beginObject().text("kept_in", set.in_keyring ? "keyring" : "file");
    if (set.may_be_in_keyring) writer.flag("may_be_in_keyring", true);
    if (!set.in_keyring) write(writer, set.secrets);
    writer.endObject();
  }
  writer.endObject().endObject();
  return writer.finish() + "\n";
}

SecretSets parseSecretSets(JsonView root) {
  if (root["version"].asInteger() == 1) return setsOfVersion1(root);
  SecretSets sets;
  const std::string former = root["former_entry"].textOrEmpty();
  if (former == kInUse) sets.former = FormerEntry::in_use;
  if (former == kToBeRemoved) sets.former = FormerEntry::to_be_removed;
  const JsonView named = root["sets"];
  for (std::size_t index = 0; index < named.size(); ++index) {
    const JsonView view = named.memberValue(index);
    SecretSet &set = sets.named[std::string(named.memberName(index))];
    set.in_keyring = view["kept_in"].asText() == "keyring";
    set.may_be_in_keyring = view["may_be_in_keyring"].asFlag().value_or(false);
    if (!set.in_keyring) set.secrets = secretsFrom(view["secrets"]);
  }
  return sets;
}

std::string entryText(const Secrets &secrets) {
  JsonWriter writer;
  writer.beginObject().integer("version", kEntryVersion);
  write(writer, secrets);
  writer.endObject();
  return writer.finish();
}

std::optional<Secrets> secretsFromEntry(const std::string &text) {
  const auto document = entryFrom(text);
  return document ? std::optional(secretsFrom(document->root()["secrets"])) : std::nullopt;
}

std::optional<std::map<std::string, Secrets>> secretsFromFormerEntry(const std::string &text) {
  const auto document = entryFrom(text);
  return document ? std::optional(secretsByOwner(document->root()["secrets"])) : std::nullopt;
}

}  // namespace roots::host
