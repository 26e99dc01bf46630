// The settings of the connection form (manifest.json, "settings"), checked and in their own types.
// Pure; no I/O. Owned by the provider for as long as it is connected.
#pragma once

#include <roots/records.hpp>
#include <roots/result.hpp>

#include <chrono>
#include <string>

namespace roots::personio {

// Which generation of Personio's API absences are read from.
enum class AbsenceApi { automatic, v1, v2 };

struct PersonioSettings {
  std::string client_id;      // without white space around it
  std::string client_secret;  // likewise
  std::string email;          // exactly as typed, but for white space around it
  std::string base_url = "https://api.personio.de";
  std::string ca_file;  // "": the system's authorities
  AbsenceApi absence_api = AbsenceApi::automatic;
  std::chrono::seconds timeout{30};  // of one call, all its requests included
};

// Status::invalid_setting with the key of the first setting that is missing or wrong. Unknown keys are
// ignored: a newer host may send more.
[[nodiscard]] Result<PersonioSettings> readSettings(const Settings &settings);

}  // namespace roots::personio
