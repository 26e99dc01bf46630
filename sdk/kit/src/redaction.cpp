#include <roots/kit/redaction.h>

#include <roots/kit/url.h>
#include <roots/kit/wipe.h>

#include <algorithm>

namespace roots::kit {
namespace {

constexpr std::size_t kMinSecretLength = 4;

void replaceAll(std::string &text, const std::string &what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

}  // namespace

void Redactor::addSecret(std::string_view secret) {
  if (secret.size() < kMinSecretLength) return;
  for (const std::string &form : {std::string(secret), percentEncoded(secret)})
    if (std::find(secrets_.begin(), secrets_.end(), form) == secrets_.end()) secrets_.push_back(form);
  // The longest first: a secret that contains another one must be replaced as a whole.
  std::stable_sort(secrets_.begin(), secrets_.end(),
                   [](const std::string &a, const std::string &b) { return a.size() > b.size(); });
}

void Redactor::forgetSecrets() {
  for (std::string &secret : secrets_) wipe(secret);
  secrets_.clear();
}

std::string Redactor::redacted(std::string_view text) const {
  std::string result(text);
  for (const auto &secret : secrets_) replaceAll(result, secret, "[hidden]");
  for (char &character : result)
    if (static_cast<unsigned char>(character) < 0x20 || character == 0x7F) character = ' ';
  return result;
}

}  // namespace roots::kit
