// The template's provider without changes, as the base of plugins with one fault each: they copy its table,
// replace one function, and return the copy.
#pragma once

#include "larkspur_provider.h"

#include <cstring>
#include <string>

namespace broken {

struct Identity {
  static constexpr char id[] = ROOTS_PLUGIN_ID;
  static constexpr char version[] = ROOTS_PLUGIN_VERSION;
};

inline constexpr const roots_provider_api &sound =
    roots::provider_table<larkspur::LarkspurProvider, Identity>;

inline roots_text text(const char *words) { return {words, std::strlen(words)}; }

// The host that the last provider was created with.
inline const roots_host *host = nullptr;
inline roots_status createAndRemember(const roots_host *its_host, roots_provider **out, roots_error *error) {
  host = its_host;
  return sound.create(its_host, out, error);
}

}  // namespace broken

// A table with one fault: `function` replaces its function `slot`. Each one becomes a separate library
// through entry.c.
#define BROKEN_TABLE(way, slot, function)               \
  extern "C" const roots_provider_api *broken_##way() { \
    static const roots_provider_api table = [] {        \
      roots_provider_api changed = broken::sound;       \
      changed.create = broken::createAndRemember;       \
      changed.slot = function;                          \
      return changed;                                   \
    }();                                                \
    return &table;                                      \
  }
