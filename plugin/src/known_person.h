// The person that an earlier connect with the same settings found. Persisted in the host's secret store, so
// that other requests still work if only the lookup fails, for a revoked right or a removed endpoint.
#pragma once

#include "personio_settings.h"

#include <roots/provider.hpp>
#include <roots/records.hpp>

#include <optional>
#include <string>

namespace roots::personio {

struct KnownPerson {
  Account account;                  // without a name, which is not needed later
  bool schedule_delivered = false;  // the weekly hours follow Personio
};

[[nodiscard]] bool operator==(const KnownPerson &a, const KnownPerson &b);

// Owned by a connection. No I/O until a function is called.
class KnownPersonStore {
 public:
  KnownPersonStore(const PersonioSettings &settings, Host host);

  // nullopt: no person was found with these settings before.
  [[nodiscard]] std::optional<KnownPerson> load();
  // Writes only what has changed.
  void save(const KnownPerson &person);

 private:
  std::string settings_mark_;  // identifies the settings that the stored person belongs to
  Host host_;
  std::optional<KnownPerson> saved_;  // as the host has it
};

// Whether only the lookup failed: its right, its endpoint or its reply. Then the known person remains valid.
// False for an answer about the person, and for failures that would affect every request.
[[nodiscard]] bool failsAlone(const Error &lookup);

}  // namespace roots::personio
