// One entry in the keyring of the desktop, found by its attributes, locked or not. Every result is
// verified: some services confirm a store or a removal that did not happen (observed), and libsecret
// reports a dismissed prompt as "nothing found". Use on one thread.
#pragma once

#include "keyring/session.h"
#include "state/keyring.h"

#include <memory>
#include <string>

namespace roots::keyring {

class Entry {
 public:
  // nullptr: no Secret Service is available, for the reason of Session::open().
  [[nodiscard]] static std::unique_ptr<Entry> open(const char *home, const char *name, bool may_ask,
                                                   host::KeyringExit &why_not);
  ~Entry();
  Entry(const Entry &) = delete;
  Entry &operator=(const Entry &) = delete;

  // done: the entry was read back. An earlier text with the same attributes is replaced.
  [[nodiscard]] host::KeyringExit keep(const std::string &text);
  // nothing: no available keyring contains it, and none is locked.
  [[nodiscard]] host::KeyringExit load(std::string &text);
  // done, or nothing if there was no such entry: a search that includes locked keyrings no longer finds it.
  [[nodiscard]] host::KeyringExit remove();

 private:
  Entry(Session session, const char *home, const char *name);
  struct Found;
  [[nodiscard]] host::KeyringExit find(Found &found);
  [[nodiscard]] host::KeyringExit findUnlocked(Found &found);
  [[nodiscard]] host::KeyringExit readBack(const std::string &text);
  [[nodiscard]] bool matches(SecretItem *item) const;

  Session session_;
  std::string name_;
  GHashTable *attributes_;
};

}  // namespace roots::keyring
