// The Secret Service of this session, and unlocking it. Announces each prompt on descriptor 3 before the
// user sees it.
#pragma once

#include "state/keyring.h"

#include <libsecret/secret.h>

#include <optional>
#include <vector>

namespace roots::keyring {

// A GLib object with one reference.
template <class Object>
class Held {
 public:
  explicit Held(Object *object = nullptr) : object_(object) {}
  Held(Held &&other) noexcept : object_(other.object_) { other.object_ = nullptr; }
  Held &operator=(Held &&other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Held() {
    if (object_ != nullptr) g_object_unref(object_);
  }
  [[nodiscard]] Object *get() const { return object_; }

 private:
  Object *object_;
};

// Whether a call of libsecret reported no problem. Frees the problem.
[[nodiscard]] bool isFine(GError *problem);

class Session {
 public:
  // nullopt: there is none (no_service), or this is unknown because no reply arrived in time (failed).
  // Without may_ask, the process exits with "locked" instead of showing a prompt.
  [[nodiscard]] static std::optional<Session> open(bool may_ask, host::KeyringExit &why_not);
  [[nodiscard]] SecretService *service() const { return service_.get(); }

  // Asks the user where necessary. False: something stayed locked.
  [[nodiscard]] bool unlock(const std::vector<GDBusProxy *> &items_or_collections);
  // False: the keyring for new entries stayed locked.
  [[nodiscard]] bool unlockDefault();
  // Unlocks the keyrings that show none of their items while locked. False: one stayed locked.
  [[nodiscard]] bool unlockHiding();

 private:
  Session(SecretService *service, bool may_ask) : service_(service), may_ask_(may_ask) {}
  Held<SecretService> service_;
  bool may_ask_;
};

}  // namespace roots::keyring
