// scripted-keyring FILE: a Secret Service on the session bus that follows FILE and shows the observed
// faults of real ones: it confirms changes without making them, dismisses its prompt or never answers it,
// and locks between calls. It reads FILE for each call. FILE contains these words:
//   locked        it is locked, unless a prompt was accepted since the word was added
//   hides         while it is locked, it does not list its items
//   accepts       a prompt is accepted; without this word and the next one it is dismissed
//   never_answers a prompt stays open forever
//   stores_not    CreateItem is confirmed, and nothing is stored
//   stores_other  CreateItem is confirmed, and another text is stored
//   deletes_not   Delete is confirmed, and nothing is deleted
//   locks_after   it locks itself after each read of a secret
//   locks_stored  it locks itself after each store, until the words change
// FILE.log gets a line for each prompt and each change; FILE.items lists the stored items, one per line.
#include <gio/gio.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>

namespace {

constexpr const char *kService = "/org/freedesktop/secrets";
constexpr const char *kCollection = "/org/freedesktop/secrets/collection/main";
constexpr const char *kSession = "/org/freedesktop/secrets/session/one";
constexpr const char *kInterfaces = R"xml(<node>
<interface name="org.freedesktop.Secret.Service">
 <method name="OpenSession"><arg type="s" direction="in"/><arg type="v" direction="in"/><arg type="v" direction="out"/><arg type="o" direction="out"/></method>
 <method name="SearchItems"><arg type="a{ss}" direction="in"/><arg type="ao" direction="out"/><arg type="ao" direction="out"/></method>
 <method name="Unlock"><arg type="ao" direction="in"/><arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
 <method name="GetSecrets"><arg type="ao" direction="in"/><arg type="o" direction="in"/><arg type="a{o(oayays)}" direction="out"/></method>
 <method name="ReadAlias"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
 <property name="Collections" type="ao" access="read"/>
</interface>
<interface name="org.freedesktop.Secret.Collection">
 <method name="CreateItem"><arg type="a{sv}" direction="in"/><arg type="(oayays)" direction="in"/><arg type="b" direction="in"/><arg type="o" direction="out"/><arg type="o" direction="out"/></method>
 <property name="Items" type="ao" access="read"/><property name="Label" type="s" access="read"/><property name="Locked" type="b" access="read"/>
 <property name="Created" type="t" access="read"/><property name="Modified" type="t" access="read"/>
</interface>
<interface name="org.freedesktop.Secret.Item">
 <method name="Delete"><arg type="o" direction="out"/></method>
 <property name="Locked" type="b" access="read"/><property name="Attributes" type="a{ss}" access="read"/><property name="Label" type="s" access="read"/>
 <property name="Created" type="t" access="read"/><property name="Modified" type="t" access="read"/>
</interface>
<interface name="org.freedesktop.Secret.Session"><method name="Close"/></interface>
<interface name="org.freedesktop.Secret.Prompt">
 <method name="Prompt"><arg type="s" direction="in"/></method><method name="Dismiss"/>
 <signal name="Completed"><arg type="b"/><arg type="v"/></signal>
</interface></node>)xml";

using Attributes = std::map<std::string, std::string>;

struct Item {
  Attributes attributes;
  std::string secret;
  guint64 modified = 0;
};

struct Keyring {
  std::string file;
  GDBusConnection *connection = nullptr;
  GDBusNodeInfo *interfaces = nullptr;
  std::map<std::string, Item> items;  // by path
  std::set<std::string> registered;
  std::optional<std::string> unlocked_for;  // the content of the file at that time
  bool locked_itself = false;
  int made = 0;
  guint64 clock = 1;

  [[nodiscard]] std::string script() const {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  [[nodiscard]] bool is(const std::string &word) const {
    std::istringstream stream(script());
    const std::set<std::string> words{std::istream_iterator<std::string>(stream), {}};
    return words.contains(word);
  }
  [[nodiscard]] bool isLocked() const {
    if (is("locks_stored") && locked_itself) return true;
    return (is("locked") || (is("locks_after") && locked_itself)) && unlocked_for != script();
  }
  void log(const std::string &what) const { std::ofstream(file + ".log", std::ios::app) << what << "\n"; }
  void writeItems() const {
    std::ofstream stream(file + ".items");
    for (const auto &[path, item] : items) {
      for (const auto &[key, value] : item.attributes) stream << key << "=" << value << " ";
      stream << item.secret << "\n";
    }
  }
  void expose(const std::string &path, const char *interface);
} keyring;

Attributes attributesFrom(GVariant *dictionary) {
  Attributes attributes;
  GVariantIter iterator;
  g_variant_iter_init(&iterator, dictionary);
  const gchar *key = nullptr;
  const gchar *value = nullptr;
  while (g_variant_iter_next(&iterator, "{&s&s}", &key, &value)) attributes[key] = value;
  return attributes;
}

bool includes(const Attributes &all, const Attributes &wanted) {
  for (const auto &[key, value] : wanted) {
    const auto found = all.find(key);
    if (found == all.end() || found->second != value) return false;
  }
  return true;
}

GVariant *pathsOf(const std::set<std::string> &paths) {
  GVariantBuilder builder;
  g_variant_builder_init(&builder, G_VARIANT_TYPE("ao"));
  for (const auto &path : paths) g_variant_builder_add(&builder, "o", path.c_str());
  return g_variant_builder_end(&builder);
}

std::set<std::string> visibleItems(const Attributes &wanted) {
  std::set<std::string> paths;
  if (keyring.isLocked() && keyring.is("hides")) return paths;
  for (const auto &[path, item] : keyring.items)
    if (includes(item.attributes, wanted)) paths.insert(path);
  return paths;
}

std::string newPrompt() {
  const std::string path = std::string(kService) + "/prompt/p" + std::to_string(++keyring.made);
  keyring.expose(path, "org.freedesktop.Secret.Prompt");
  return path;
}

GVariant *secretOf(const Item &item) {
  GVariant *bytes = g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, item.secret.data(), item.secret.size(), 1);
  GVariant *none = g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, nullptr, 0, 1);
  return g_variant_new("(o@ay@ays)", kSession, none, bytes, "text/plain");
}

GVariant *readSecrets(GVariant *parameters) {
  GVariant *paths = g_variant_get_child_value(parameters, 0);
  GVariantBuilder builder;
  g_variant_builder_init(&builder, G_VARIANT_TYPE("a{o(oayays)}"));
  for (gsize index = 0; index < g_variant_n_children(paths) && !keyring.isLocked(); ++index) {
    const gchar *path = nullptr;
    g_variant_get_child(paths, index, "&o", &path);
    const auto found = keyring.items.find(path);
    if (found != keyring.items.end())
      g_variant_builder_add(&builder, "{o@(oayays)}", path, secretOf(found->second));
  }
  g_variant_unref(paths);
  if (keyring.is("locks_after")) {
    keyring.locked_itself = true;
    keyring.unlocked_for.reset();
  }
  return g_variant_new("(a{o(oayays)})", &builder);
}

// Like GNOME's: an item with all these attributes is replaced.
void store(const Attributes &attributes, std::string secret) {
  std::string path = std::string(kCollection) + "/i" + std::to_string(++keyring.made);
  for (const auto &[each, item] : keyring.items)
    if (includes(item.attributes, attributes)) path = each;
  if (keyring.is("stores_other")) secret = "another text";
  keyring.items[path] = {attributes, std::move(secret), ++keyring.clock};
  keyring.expose(path, "org.freedesktop.Secret.Item");
  keyring.log("stored");
  if (keyring.is("locks_stored")) keyring.locked_itself = true;
  keyring.writeItems();
}

GVariant *createItem(GVariant *parameters) {
  if (keyring.isLocked()) return g_variant_new("(oo)", "/", newPrompt().c_str());
  if (keyring.is("stores_not")) return g_variant_new("(oo)", (std::string(kCollection) + "/i0").c_str(), "/");
  GVariant *properties = g_variant_get_child_value(parameters, 0);
  GVariant *attributes =
      g_variant_lookup_value(properties, "org.freedesktop.Secret.Item.Attributes", G_VARIANT_TYPE("a{ss}"));
  GVariant *secret = g_variant_get_child_value(parameters, 1);
  GVariant *bytes = g_variant_get_child_value(secret, 2);
  gsize size = 0;
  const auto *text = static_cast<const char *>(g_variant_get_fixed_array(bytes, &size, 1));
  store(attributesFrom(attributes), std::string(text, size));
  for (GVariant *each : {properties, attributes, secret, bytes}) g_variant_unref(each);
  return g_variant_new("(oo)", (std::string(kCollection) + "/i" + std::to_string(keyring.made)).c_str(), "/");
}

GVariant *deleteItem(const std::string &path) {
  if (keyring.isLocked()) return g_variant_new("(o)", newPrompt().c_str());
  if (!keyring.is("deletes_not")) {
    keyring.items.erase(path);
    keyring.log("deleted");
    keyring.writeItems();
  }
  return g_variant_new("(o)", "/");
}

GVariant *unlock(GVariant *parameters) {
  GVariant *objects = g_variant_get_child_value(parameters, 0);
  GVariant *answer = keyring.isLocked() ? g_variant_new("(@aoo)", pathsOf({}), newPrompt().c_str())
                                        : g_variant_new("(@aoo)", objects, "/");
  g_variant_unref(objects);
  return answer;
}

gboolean completePrompt(gpointer data) {
  auto *path = static_cast<std::string *>(data);
  const bool accepts = keyring.is("accepts");
  if (accepts) keyring.unlocked_for = keyring.script();
  std::set<std::string> all{kCollection};
  for (const auto &[each, item] : keyring.items) all.insert(each);
  GVariant *result = pathsOf(accepts ? all : std::set<std::string>());
  g_dbus_connection_emit_signal(keyring.connection, nullptr, path->c_str(), "org.freedesktop.Secret.Prompt",
                                "Completed", g_variant_new("(bv)", accepts ? FALSE : TRUE, result), nullptr);
  delete path;
  return G_SOURCE_REMOVE;
}

void onMethod(GDBusConnection *, const gchar *, const gchar *path, const gchar *, const gchar *method,
              GVariant *parameters, GDBusMethodInvocation *call, gpointer) {
  const std::string name = method;
  GVariant *answer = nullptr;
  if (name == "OpenSession") {
    const gchar *algorithm = nullptr;
    g_variant_get_child(parameters, 0, "&s", &algorithm);
    if (std::strcmp(algorithm, "plain") != 0) {
      g_dbus_method_invocation_return_dbus_error(call, "org.freedesktop.DBus.Error.NotSupported",
                                                 "plain only");
      return;
    }
    answer = g_variant_new("(vo)", g_variant_new_string(""), kSession);
  } else if (name == "SearchItems") {
    GVariant *attributes = g_variant_get_child_value(parameters, 0);
    GVariant *found = pathsOf(visibleItems(attributesFrom(attributes)));
    g_variant_unref(attributes);
    answer = keyring.isLocked() ? g_variant_new("(@ao@ao)", pathsOf({}), found)
                                : g_variant_new("(@ao@ao)", found, pathsOf({}));
  } else if (name == "Unlock") {
    answer = unlock(parameters);
  } else if (name == "GetSecrets") {
    answer = readSecrets(parameters);
  } else if (name == "ReadAlias") {
    answer = g_variant_new("(o)", kCollection);
  } else if (name == "CreateItem") {
    answer = createItem(parameters);
  } else if (name == "Delete") {
    answer = deleteItem(path);
  } else if (name == "Prompt") {
    keyring.log("prompt");
    if (!keyring.is("never_answers")) g_timeout_add(20, completePrompt, new std::string(path));
  }
  g_dbus_method_invocation_return_value(call, answer);
}

GVariant *onProperty(GDBusConnection *, const gchar *, const gchar *path, const gchar *,
                     const gchar *property, GError **, gpointer) {
  const std::string name = property;
  const auto item = keyring.items.find(path);
  if (name == "Collections") return pathsOf({kCollection});
  if (name == "Items") return pathsOf(visibleItems({}));
  if (name == "Locked") return g_variant_new_boolean(keyring.isLocked() ? TRUE : FALSE);
  if (name == "Label") return g_variant_new_string("label");
  if (name == "Created" || name == "Modified")
    return g_variant_new_uint64(item == keyring.items.end() ? 1 : item->second.modified);
  GVariantBuilder builder;
  g_variant_builder_init(&builder, G_VARIANT_TYPE("a{ss}"));
  if (item != keyring.items.end())
    for (const auto &[key, value] : item->second.attributes)
      g_variant_builder_add(&builder, "{ss}", key.c_str(), value.c_str());
  return g_variant_builder_end(&builder);
}

void Keyring::expose(const std::string &path, const char *interface) {
  static const GDBusInterfaceVTable table{onMethod, onProperty, nullptr, {}};
  if (!registered.insert(path).second) return;
  g_dbus_connection_register_object(connection, path.c_str(),
                                    g_dbus_node_info_lookup_interface(interfaces, interface), &table, nullptr,
                                    nullptr, nullptr);
}

void onBus(GDBusConnection *connection, const gchar *, gpointer) {
  keyring.connection = connection;
  keyring.expose(kService, "org.freedesktop.Secret.Service");
  keyring.expose(kCollection, "org.freedesktop.Secret.Collection");
  keyring.expose("/org/freedesktop/secrets/aliases/default", "org.freedesktop.Secret.Collection");
  keyring.expose(kSession, "org.freedesktop.Secret.Session");
}

void onName(GDBusConnection *, const gchar *, gpointer) { keyring.log("ready"); }

}  // namespace

int main(int argument_count, char **arguments) {
  if (argument_count != 2) return 2;
  keyring.file = arguments[1];
  keyring.interfaces = g_dbus_node_info_new_for_xml(kInterfaces, nullptr);
  if (keyring.interfaces == nullptr) return 1;
  g_bus_own_name(G_BUS_TYPE_SESSION, "org.freedesktop.secrets", G_BUS_NAME_OWNER_FLAGS_NONE, onBus, onName,
                 nullptr, nullptr, nullptr);
  g_main_loop_run(g_main_loop_new(nullptr, FALSE));
  return 0;
}
