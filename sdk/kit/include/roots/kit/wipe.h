// Overwrites memory that held a secret. What a library or the system copied elsewhere is out of its reach.
#pragma once

#include <map>
#include <string>

namespace roots::kit {

// The text is empty afterwards; the bytes that it had are gone, its spare ones included.
void wipe(std::string &text);

// All values, however deep; the keys stay.
template <class Key, class Value>
void wipe(std::map<Key, Value> &values) {
  for (auto &[key, value] : values) wipe(value);
}

// Wipes what it was given, a text or a map, when it goes out of scope. Borrows.
template <class Secret>
class WipedAtEnd {
 public:
  explicit WipedAtEnd(Secret &secret) : secret_(secret) {}
  ~WipedAtEnd() { wipe(secret_); }
  WipedAtEnd(const WipedAtEnd &) = delete;
  WipedAtEnd &operator=(const WipedAtEnd &) = delete;

 private:
  Secret &secret_;
};

}  // namespace roots::kit
