// Removes secrets from texts for people or files. The owner of a secret registers it with the Redactor once;
// every log line and message passes through it. A last line of defence, not a licence to put secrets into
// messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roots::kit {

// Not thread-safe; each owner of secrets has one.
class Redactor {
 public:
  Redactor() = default;
  Redactor(Redactor &&) = default;
  Redactor &operator=(Redactor &&) = default;
  ~Redactor() { forgetSecrets(); }

  // Values shorter than 4 characters are ignored: hiding them would also hide ordinary words.
  void addSecret(std::string_view secret);
  void forgetSecrets();

  // Every secret, also in percent-encoded form, replaced by "[hidden]"; control characters by a space.
  [[nodiscard]] std::string redacted(std::string_view text) const;

 private:
  std::vector<std::string> secrets_;
};

}  // namespace roots::kit
