// Overwrites memory that held a secret. Copies made by a library or the system are not covered.
#pragma once

#include <map>
#include <string>

namespace roots::kit {

// Empties the text and overwrites its bytes, including unused capacity.
void wipe(std::string &text);

// All values, recursively; the keys remain.
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
