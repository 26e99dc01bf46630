#include "keyring/session.h"

#include <unistd.h>

#include <cstdlib>

namespace roots::keyring {
namespace {

// libsecret shows prompts through these functions of its class.
struct AnnouncingService {
  SecretService parent;
};
struct AnnouncingServiceClass {
  SecretServiceClass parent;
};

bool asking_is_allowed = true;
SecretServiceClass *usual = nullptr;

void announce() {
  if (!asking_is_allowed) ::_exit(static_cast<int>(host::KeyringExit::locked));
  const char mark = host::kKeyringAsks;
  (void)!::write(host::kKeyringWritesHere, &mark, 1);
}

GVariant *promptNow(SecretService *self, SecretPrompt *prompt, GCancellable *cancellable,
                    const GVariantType *type, GError **problem) {
  announce();
  return usual->prompt_sync(self, prompt, cancellable, type, problem);
}

void promptLater(SecretService *self, SecretPrompt *prompt, const GVariantType *type,
                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data) {
  announce();
  usual->prompt_async(self, prompt, type, cancellable, callback, data);
}

void prepareClass(gpointer announcing, gpointer) {
  usual = SECRET_SERVICE_CLASS(g_type_class_peek_parent(announcing));
  SecretServiceClass *its = SECRET_SERVICE_CLASS(announcing);
  its->prompt_sync = promptNow;
  its->prompt_async = promptLater;
}

// The interfaces of asynchronous construction are inherited.
GType announcingType() {
  static const GType type = g_type_register_static_simple(
      SECRET_TYPE_SERVICE, "RootsAnnouncingService", sizeof(AnnouncingServiceClass), prepareClass,
      sizeof(AnnouncingService), nullptr, static_cast<GTypeFlags>(0));
  return type;
}

// The bus, or a service that it started, did not reply in time or exited: a keyring may exist.
bool isWithoutReply(const GError *problem) {
  for (const int code : {G_DBUS_ERROR_NO_REPLY, G_DBUS_ERROR_TIMEOUT, G_DBUS_ERROR_TIMED_OUT})
    if (g_error_matches(problem, G_DBUS_ERROR, code) != FALSE) return true;
  return g_error_matches(problem, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) != FALSE;
}

// A locked collection without items: KeePassXC's look like this. (GNOME's list their items, and searches
// find them.)
bool isHiding(SecretCollection *collection) {
  if (secret_collection_get_locked(collection) == FALSE) return false;
  GVariant *items = g_dbus_proxy_get_cached_property(G_DBUS_PROXY(collection), "Items");
  const bool shows_some = items != nullptr && g_variant_n_children(items) > 0;
  if (items != nullptr) g_variant_unref(items);
  return !shows_some;
}

}  // namespace

bool isFine(GError *problem) {
  if (problem == nullptr) return true;
  g_error_free(problem);
  return false;
}

std::optional<Session> Session::open(bool may_ask, host::KeyringExit &why_not) {
  asking_is_allowed = may_ask;
  GError *problem = nullptr;
  SecretService *service =
      secret_service_open_sync(announcingType(), nullptr, SECRET_SERVICE_NONE, nullptr, &problem);
  why_not = isWithoutReply(problem) ? host::KeyringExit::failed : host::KeyringExit::no_service;
  if (!isFine(problem) || service == nullptr) return std::nullopt;
  Session session(service, may_ask);
  gchar *owner = g_dbus_proxy_get_name_owner(G_DBUS_PROXY(service));
  const bool answers = owner != nullptr;
  g_free(owner);
  return answers ? std::optional(std::move(session)) : std::nullopt;
}

bool Session::unlock(const std::vector<GDBusProxy *> &items_or_collections) {
  if (items_or_collections.empty()) return true;
  if (!may_ask_) return false;
  GList *objects = nullptr;
  for (GDBusProxy *each : items_or_collections) objects = g_list_prepend(objects, each);
  GError *problem = nullptr;
  const int count = secret_service_unlock_sync(service(), objects, nullptr, nullptr, &problem);
  g_list_free(objects);
  // Some services report unlocked items separately.
  return isFine(problem) && count >= static_cast<int>(items_or_collections.size());
}

bool Session::unlockDefault() {
  GError *problem = nullptr;
  const Held<SecretCollection> collection(secret_collection_for_alias_sync(
      service(), SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, nullptr, &problem));
  if (!isFine(problem)) return false;
  // If there is no keyring, storing creates one.
  if (collection.get() == nullptr || secret_collection_get_locked(collection.get()) == FALSE) return true;
  return unlock({G_DBUS_PROXY(collection.get())});
}

bool Session::unlockHiding() {
  GError *problem = nullptr;
  secret_service_load_collections_sync(service(), nullptr, &problem);
  if (!isFine(problem)) return false;
  GList *collections = secret_service_get_collections(service());
  std::vector<GDBusProxy *> hiding;
  for (GList *at = collections; at != nullptr; at = at->next)
    if (isHiding(SECRET_COLLECTION(at->data))) hiding.push_back(G_DBUS_PROXY(at->data));
  const bool unlocked = unlock(hiding);
  g_list_free_full(collections, g_object_unref);
  return unlocked;
}

}  // namespace roots::keyring
