// roots-keyring: one text in the keyring of the desktop (Secret Service), for roots-host-stub. A program of
// its own, so that the host starts without the desktop's libraries and their threads. The only door to
// libsecret.
//   roots-keyring keep HOME     standard input -> keyring
//   roots-keyring load HOME     keyring -> descriptor 3
//   roots-keyring forget HOME
// The exit codes are those of sync/keyring.h.
#include "sync/keyring.h"

#include <libsecret/secret.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <iostream>
#include <iterator>
#include <string>

namespace {

using roots::host::KeyringExit;

const SecretSchema *schema() {
  static const SecretSchema schema{
      "roots.host-stub",
      SECRET_SCHEMA_NONE,
      {{"home", SECRET_SCHEMA_ATTRIBUTE_STRING}, {nullptr, SECRET_SCHEMA_ATTRIBUTE_STRING}},
      0,
      nullptr,
      nullptr,
      nullptr,
      nullptr,
      nullptr,
      nullptr,
      nullptr};
  return &schema;
}

KeyringExit outcomeOf(GError *problem) {
  if (problem == nullptr) return KeyringExit::done;
  g_error_free(problem);
  return KeyringExit::refused;
}

bool serviceAnswers() {
  GError *problem = nullptr;
  SecretService *service = secret_service_get_sync(SECRET_SERVICE_NONE, nullptr, &problem);
  if (service != nullptr) g_object_unref(service);
  return outcomeOf(problem) == KeyringExit::done && service != nullptr;
}

KeyringExit keep(const char *home) {
  std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  GError *problem = nullptr;
  secret_password_store_sync(schema(), SECRET_COLLECTION_DEFAULT, "roots: keys of connected services",
                             text.c_str(), nullptr, &problem, "home", home, nullptr);
  explicit_bzero(text.data(), text.size());
  return outcomeOf(problem);
}

KeyringExit load(const char *home) {
  GError *problem = nullptr;
  gchar *text = secret_password_lookup_nonpageable_sync(schema(), nullptr, &problem, "home", home, nullptr);
  if (text == nullptr) return problem == nullptr ? KeyringExit::nothing : outcomeOf(problem);
  const std::string_view whole(text);
  const bool written = ::write(roots::host::kKeyringWritesHere, whole.data(), whole.size()) ==
                       static_cast<ssize_t>(whole.size());
  secret_password_free(text);
  return written ? KeyringExit::done : KeyringExit::refused;
}

KeyringExit forget(const char *home) {
  GError *problem = nullptr;
  secret_password_clear_sync(schema(), nullptr, &problem, "home", home, nullptr);
  return outcomeOf(problem);
}

KeyringExit run(const std::string &wish, const char *home) {
  if (!serviceAnswers()) return KeyringExit::no_service;
  if (wish == "keep") return keep(home);
  if (wish == "load") return load(home);
  if (wish == "forget") return forget(home);
  return KeyringExit::wrong_use;
}

}  // namespace

int main(int argument_count, char **arguments) {
  ::prctl(PR_SET_DUMPABLE, 0);  // no core file of it; the host has set the limit
  if (argument_count != 3) return static_cast<int>(KeyringExit::wrong_use);
  return static_cast<int>(run(arguments[1], arguments[2]));
}
