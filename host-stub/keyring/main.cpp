// roots-keyring: the secrets of one connection in the keyring of the desktop (Secret Service), for
// roots-host-stub. A separate program, so that the host starts without the desktop's libraries and their
// threads. The only caller of libsecret in this project.
//   roots-keyring keep HOME NAME [--unasked]     standard input -> keyring, verified by reading back
//   roots-keyring load HOME NAME                 keyring -> descriptor 3
//   roots-keyring remove HOME NAME [--unasked]   verified by a search
// HOME and NAME are the attributes of the entry; NAME "" is the single entry of all connections that former
// versions wrote. With --unasked, the user is not asked to unlock anything. state/keyring.h defines
// descriptor 3 and the exit codes.
#include "keyring/entry.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <iostream>
#include <iterator>
#include <string>

namespace {

using roots::host::KeyringExit;
using roots::host::kKeyringWritesHere;
using roots::keyring::Entry;

bool writeAll(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(kKeyringWritesHere, text.data(), text.size());
    if (count <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void wipe(std::string &text) { ::explicit_bzero(text.data(), text.size()); }

KeyringExit keep(Entry &entry) {
  std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  const KeyringExit exit = entry.keep(text);
  wipe(text);
  return exit;
}

KeyringExit load(Entry &entry) {
  std::string text;
  KeyringExit exit = entry.load(text);
  const std::string mark(1, roots::host::kKeyringText);
  if (exit == KeyringExit::done && !(writeAll(mark) && writeAll(text))) exit = KeyringExit::failed;
  wipe(text);
  return exit;
}

KeyringExit run(const std::string &operation, const char *home, const char *name, bool may_ask) {
  auto why_not = KeyringExit::no_service;
  const auto entry = Entry::open(home, name, may_ask, why_not);
  if (!entry) return why_not;
  if (operation == "keep") return keep(*entry);
  if (operation == "load") return load(*entry);
  if (operation == "remove") return entry->remove();
  return KeyringExit::wrong_use;
}

}  // namespace

int main(int argument_count, char **arguments) {
  ::prctl(PR_SET_DUMPABLE, 0);  // prevents core files; the host has set the limit
  const bool unasked = argument_count == 5 && std::string_view(arguments[4]) == "--unasked";
  if (argument_count != 4 && !unasked) return static_cast<int>(KeyringExit::wrong_use);
  return static_cast<int>(run(arguments[1], arguments[2], arguments[3], !unasked));
}
