// Overwrites memory that held a secret. What a library or the system copied elsewhere is out of its reach.
#pragma once

#include <string>

namespace roots::kit {

// The text is empty afterwards; the bytes that it had are gone, its spare ones included.
void wipe(std::string &text);

// Wipes what it was given when it goes out of scope. Borrows.
class WipedAtEnd {
 public:
  explicit WipedAtEnd(std::string &text) : text_(text) {}
  ~WipedAtEnd() { wipe(text_); }
  WipedAtEnd(const WipedAtEnd &) = delete;
  WipedAtEnd &operator=(const WipedAtEnd &) = delete;

 private:
  std::string &text_;
};

}  // namespace roots::kit
