// dismissing-prompter FILE: the prompter of GNOME's keyring for a user who closes each dialog without a
// password. Writes a line to FILE for each dialog.
#include <gio/gio.h>

#include <fstream>
#include <string>

namespace {

constexpr const char *kPath = "/org/gnome/keyring/Prompter";
constexpr const char *kInterface = R"xml(<node><interface name="org.gnome.keyring.internal.Prompter">
 <method name="BeginPrompting"><arg type="o" direction="in"/></method>
 <method name="PerformPrompt"><arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/><arg type="s" direction="in"/></method>
 <method name="StopPrompting"><arg type="o" direction="in"/></method>
</interface></node>)xml";

std::string file;

void tell(GDBusConnection *connection, const gchar *sender, const std::string &callback, const char *method,
          GVariant *parameters) {
  g_dbus_connection_call(connection, sender, callback.c_str(), "org.gnome.keyring.internal.Prompter.Callback",
                         method, parameters, nullptr, G_DBUS_CALL_FLAGS_NONE, -1, nullptr, nullptr, nullptr);
}

GVariant *reply(const char *word) {
  GVariantBuilder none;
  g_variant_builder_init(&none, G_VARIANT_TYPE("a{sv}"));
  return g_variant_new("(sa{sv}s)", word, &none, "");
}

void onMethod(GDBusConnection *connection, const gchar *sender, const gchar *, const gchar *,
              const gchar *method, GVariant *parameters, GDBusMethodInvocation *call, gpointer) {
  const gchar *path = nullptr;
  g_variant_get_child(parameters, 0, "&o", &path);
  const std::string callback = path;
  const std::string name = method;
  g_dbus_method_invocation_return_value(call, nullptr);
  if (name == "BeginPrompting") {
    tell(connection, sender, callback, "PromptReady", reply(""));
  } else if (name == "PerformPrompt") {
    std::ofstream(file, std::ios::app) << "dismissed\n";
    tell(connection, sender, callback, "PromptReady", reply("no"));
  } else {
    tell(connection, sender, callback, "PromptDone", nullptr);
  }
}

void onBus(GDBusConnection *connection, const gchar *, gpointer interfaces) {
  static const GDBusInterfaceVTable table{onMethod, nullptr, nullptr, {}};
  g_dbus_connection_register_object(
      connection, kPath,
      g_dbus_node_info_lookup_interface(static_cast<GDBusNodeInfo *>(interfaces),
                                        "org.gnome.keyring.internal.Prompter"),
      &table, nullptr, nullptr, nullptr);
}

void onName(GDBusConnection *, const gchar *, gpointer) { std::ofstream(file, std::ios::app) << "ready\n"; }

}  // namespace

int main(int argument_count, char **arguments) {
  if (argument_count != 2) return 2;
  file = arguments[1];
  GDBusNodeInfo *interfaces = g_dbus_node_info_new_for_xml(kInterface, nullptr);
  if (interfaces == nullptr) return 1;
  g_bus_own_name(G_BUS_TYPE_SESSION, "org.gnome.keyring.SystemPrompter", G_BUS_NAME_OWNER_FLAGS_NONE, onBus,
                 onName, nullptr, interfaces, nullptr);
  g_main_loop_run(g_main_loop_new(nullptr, FALSE));
  return 0;
}
