#include "personio_settings.h"

#include "errors/personio_errors.h"

#include <roots/kit/trim.h>
#include <roots/kit/url.h>

#include <charconv>
#include <optional>
#include <string_view>

namespace roots::personio {
namespace {

constexpr int kMinimumTimeoutSeconds = 1;
constexpr int kMaximumTimeoutSeconds = 600;

std::string valueOf(const Settings &settings, const char *key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string() : std::string(kit::trimmed(found->second));
}

bool looksLikeEmail(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos && !kit::holdsBlankOrControl(text);
}

std::optional<int> wholeNumber(std::string_view text) {
  int number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<AbsenceApi> absenceApi(std::string_view text) {
  if (text == "auto") return AbsenceApi::automatic;
  if (text == "v1") return AbsenceApi::v1;
  if (text == "v2") return AbsenceApi::v2;
  return std::nullopt;
}

}  // namespace

Result<PersonioSettings> readSettings(const Settings &settings) {
  PersonioSettings read;
  read.client_id = valueOf(settings, "client_id");
  if (read.client_id.empty()) return settingMissing("client_id", "Client ID");
  if (kit::holdsBlankOrControl(read.client_id)) {
    return settingWrong("client_id",
                        "\"Client ID\" contains a space or line break. Copy it again from Personio.");
  }

  read.client_secret = valueOf(settings, "client_secret");
  if (read.client_secret.empty()) return settingMissing("client_secret", "Client Secret");
  if (kit::holdsBlankOrControl(read.client_secret)) {
    return settingWrong("client_secret",
                        "\"Client Secret\" contains a space or line break. Copy it again from Personio.");
  }

  read.email = valueOf(settings, "email");
  if (read.email.empty()) return settingMissing("email", "Email");
  if (!looksLikeEmail(read.email)) {
    return settingWrong("email",
                        "\"Email\" is not an email address. Enter the one of your Personio profile.");
  }

  if (std::string base_url = valueOf(settings, "base_url"); !base_url.empty()) {
    if (auto parsed = kit::parseBaseUrl(base_url); !parsed) return std::move(parsed).error();
    read.base_url = std::move(base_url);
  }

  read.ca_file = valueOf(settings, "ca_file");

  if (const std::string absence_api = valueOf(settings, "absence_api"); !absence_api.empty()) {
    const std::optional<AbsenceApi> known = absenceApi(absence_api);
    if (!known) {
      return settingWrong("absence_api",
                          "\"API for absences\" must be auto, v1, or v2. Correct or clear it.");
    }
    read.absence_api = *known;
  }

  if (const std::string timeout = valueOf(settings, "timeout_seconds"); !timeout.empty()) {
    const std::optional<int> seconds = wholeNumber(timeout);
    if (!seconds || *seconds < kMinimumTimeoutSeconds || *seconds > kMaximumTimeoutSeconds) {
      return settingWrong(
          "timeout_seconds",
          "\"Time limit in seconds\" must be a whole number from 1 to 600. Correct or clear it.");
    }
    read.timeout = std::chrono::seconds(*seconds);
  }
  return read;
}

}  // namespace roots::personio
