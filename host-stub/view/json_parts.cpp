#include "view/json_parts.h"

namespace roots::host {

void writeTextOrNull(kit::JsonWriter &writer, std::string_view name, std::string_view text) {
  if (text.empty()) {
    writer.null(name);
  } else {
    writer.text(name, text);
  }
}

void writeAccount(kit::JsonWriter &writer, const AccountView &account) {
  writer.name("account").beginObject().text("id", account.id).text("name", account.name).endObject();
}

void writeLocks(kit::JsonWriter &writer, const std::vector<LockView> &locks) {
  writer.name("locks").beginArray();
  for (const auto &lock : locks) {
    writer.beginObject()
        .text("setting", lock.setting)
        .text("provider", lock.provider)
        .text("provider_name", lock.provider_name)
        .text("reason", lock.reason)
        .endObject();
  }
  writer.endArray();
}

void writeRefused(kit::JsonWriter &writer, const std::vector<RefusedView> &refused) {
  writer.name("refused_plugins").beginArray();
  for (const auto &plugin : refused)
    writer.beginObject().text("folder", plugin.folder).text("reason", plugin.reason).endObject();
  writer.endArray();
}

void writeWeek(kit::JsonWriter &writer, const std::array<int, 7> &minutes) {
  writer.beginArray();
  for (const int each : minutes) writer.integer(each);
  writer.endArray();
}

void writeWeek(kit::JsonWriter &writer, std::string_view name,
               const std::optional<std::array<int, 7>> &minutes) {
  writer.name(name);
  if (minutes) {
    writeWeek(writer, *minutes);
  } else {
    writer.null();
  }
}

}  // namespace roots::host
