#include "keyring/entry.h"

#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace roots::keyring {
namespace {

using host::KeyringExit;

constexpr const char *kSchemaName = "roots.host-stub";
constexpr const char *kHome = "home";
constexpr const char *kName = "connection";

const SecretSchema *schema() {
  static const SecretSchema schema{kSchemaName,
                                   SECRET_SCHEMA_NONE,
                                   {{kHome, SECRET_SCHEMA_ATTRIBUTE_STRING},
                                    {kName, SECRET_SCHEMA_ATTRIBUTE_STRING},
                                    {nullptr, SECRET_SCHEMA_ATTRIBUTE_STRING}},
                                   0,
                                   nullptr,
                                   nullptr,
                                   nullptr,
                                   nullptr,
                                   nullptr,
                                   nullptr,
                                   nullptr};
  return &schema;
}

bool isLocked(SecretItem *item) { return secret_item_get_locked(item) != FALSE; }

// The text of an item whose secret was loaded; owned by the item.
bool textOf(SecretItem *item, std::string &text) {
  SecretValue *value = secret_item_get_secret(item);
  if (value == nullptr) return false;
  gsize size = 0;
  const gchar *bytes = secret_value_get(value, &size);
  text.assign(bytes, size);
  secret_value_unref(value);
  return true;
}

bool holds(SecretItem *item, const std::string &text) {
  std::string found;
  const bool same = textOf(item, found) && found == text;
  ::explicit_bzero(found.data(), found.size());
  return same;
}

}  // namespace

struct Entry::Found {
  std::vector<Held<SecretItem>> items;
};

Entry::Entry(Session session, const char *home, const char *name)
    : session_(std::move(session)),
      name_(name),
      attributes_(g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)) {
  g_hash_table_insert(attributes_, g_strdup(kHome), g_strdup(home));
  if (!name_.empty()) g_hash_table_insert(attributes_, g_strdup(kName), g_strdup(name));
}

Entry::~Entry() { g_hash_table_unref(attributes_); }

std::unique_ptr<Entry> Entry::open(const char *home, const char *name, bool may_ask, KeyringExit &why_not) {
  auto session = Session::open(may_ask, why_not);
  return session ? std::unique_ptr<Entry>(new Entry(std::move(*session), home, name)) : nullptr;
}

// The former entry of all connections has no name; a search for it also finds every entry of this home. A
// locked item may show no attributes, or only their hashes: it counts as a match until it is unlocked.
bool Entry::matches(SecretItem *item) const {
  if (!name_.empty() || isLocked(item)) return true;
  GHashTable *its = secret_item_get_attributes(item);
  const bool has_name = its != nullptr && g_hash_table_contains(its, kName) != FALSE;
  if (its != nullptr) g_hash_table_unref(its);
  return !has_name;
}

// Without a schema: with one, GNOME's keyring does not find locked items.
KeyringExit Entry::find(Found &found) {
  GError *problem = nullptr;
  const auto flags = static_cast<SecretSearchFlags>(SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS);
  GList *items =
      secret_service_search_sync(session_.service(), nullptr, attributes_, flags, nullptr, &problem);
  found.items.clear();
  for (GList *at = items; at != nullptr; at = at->next) {
    Held<SecretItem> item(SECRET_ITEM(at->data));
    if (matches(item.get())) found.items.push_back(std::move(item));
  }
  g_list_free(items);
  return isFine(problem) ? KeyringExit::done : KeyringExit::failed;
}

KeyringExit Entry::findUnlocked(Found &found) {
  if (const auto searched = find(found); searched != KeyringExit::done) return searched;
  if (found.items.empty()) {
    if (!session_.unlockHiding()) return KeyringExit::locked;
    if (const auto searched = find(found); searched != KeyringExit::done) return searched;
  }
  std::vector<GDBusProxy *> locked;
  for (const auto &item : found.items)
    if (isLocked(item.get())) locked.push_back(G_DBUS_PROXY(item.get()));
  if (locked.empty()) return KeyringExit::done;
  if (!session_.unlock(locked)) return KeyringExit::locked;
  if (const auto searched = find(found); searched != KeyringExit::done) return searched;
  for (const auto &item : found.items)
    if (isLocked(item.get())) return KeyringExit::locked;
  return KeyringExit::done;
}

KeyringExit Entry::load(std::string &text) {
  Found found;
  if (const auto searched = findUnlocked(found); searched != KeyringExit::done) return searched;
  SecretItem *newest = nullptr;
  for (const auto &item : found.items) {
    if (newest == nullptr || secret_item_get_modified(item.get()) > secret_item_get_modified(newest))
      newest = item.get();
  }
  if (newest == nullptr) return KeyringExit::nothing;
  return textOf(newest, text) ? KeyringExit::done : KeyringExit::failed;
}

KeyringExit Entry::keep(const std::string &text) {
  // Some services confirm storing into a locked keyring without storing anything (observed).
  if (!session_.unlockDefault()) return KeyringExit::locked;
  const std::string label = "roots: keys of " + (name_.empty() ? "connected services" : name_);
  SecretValue *value = secret_value_new(text.data(), static_cast<gssize>(text.size()), "text/plain");
  GError *problem = nullptr;
  secret_service_store_sync(session_.service(), schema(), attributes_, SECRET_COLLECTION_DEFAULT,
                            label.c_str(), value, nullptr, &problem);
  secret_value_unref(value);
  const bool is_fine = isFine(problem);
  const auto read = readBack(text);
  return read == KeyringExit::done && !is_fine ? KeyringExit::failed : read;
}

// Also removes older texts with the same attributes from other keyrings. The result is never `locked`, which
// means that nothing was stored: a keyring may lock itself after it stored the text.
KeyringExit Entry::readBack(const std::string &text) {
  Found found;
  if (const auto searched = find(found); searched != KeyringExit::done) return searched;
  std::vector<SecretItem *> others;
  bool is_kept = false;
  bool is_locked = false;
  for (const auto &item : found.items) {
    const bool same = !isLocked(item.get()) && holds(item.get(), text);
    if (!same) others.push_back(item.get());
    is_kept = is_kept || same;
    is_locked = is_locked || isLocked(item.get());
  }
  if (!is_kept) return is_locked ? KeyringExit::failed : KeyringExit::not_done;
  for (SecretItem *other : others)
    if (!isLocked(other)) secret_item_delete_sync(other, nullptr, nullptr);
  return KeyringExit::done;
}

KeyringExit Entry::remove() {
  Found found;
  if (const auto searched = findUnlocked(found); searched != KeyringExit::done) return searched;
  if (found.items.empty()) return KeyringExit::nothing;
  bool is_fine = true;
  for (const auto &item : found.items) {
    GError *problem = nullptr;
    secret_item_delete_sync(item.get(), nullptr, &problem);
    is_fine = isFine(problem) && is_fine;
  }
  if (const auto searched = find(found); searched != KeyringExit::done) return searched;
  if (found.items.empty()) return KeyringExit::done;
  for (const auto &item : found.items)
    if (isLocked(item.get())) return KeyringExit::locked;
  return is_fine ? KeyringExit::not_done : KeyringExit::failed;
}

}  // namespace roots::keyring
