// A home whose providers are scripted sessions, without a plugin.
#pragma once

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "sync/sync.h"

#include <filesystem>
#include <functional>
#include <memory>

namespace roots::test {

class ScriptedHome {
 public:
  ScriptedHome() : stores_(open()) {}

  [[nodiscard]] host::Stores &stores() { return stores_; }
  [[nodiscard]] const host::Stores &stores() const { return stores_; }

  host::LiveProvider connect(const host::Manifest &manifest,
                             const std::function<std::unique_ptr<host::PluginSession>()> &makeSession) {
    const host::OpenSession open_session = [&](HostServices) {
      return Result<std::unique_ptr<host::PluginSession>>(makeSession());
    };
    auto live = host::connectProvider(stores_, manifest, open_session, {}, {});
    REQUIRE(live.ok());
    return std::move(*live);
  }

  // As after the next start.
  [[nodiscard]] host::Stores open() const {
    auto stores = host::Stores::open(folder_.path());
    REQUIRE(stores.ok());
    return std::move(*stores);
  }

 private:
  TemporaryFolder folder_;
  host::Stores stores_;
};

}  // namespace roots::test
