#include "state/secret_errors.h"

namespace roots::host {
namespace {

Error cancelled() { return makeError(Status::cancelled, "Canceled."); }

}  // namespace

Error unusable(KeyringExit exit) {
  if (exit == KeyringExit::cancelled) return cancelled();
  if (exit != KeyringExit::out_of_reach) {
    return makeError(Status::try_later, "The keyring with your credentials cannot be used (" +
                                            reasonOf(exit) +
                                            "). Sign in to the desktop and unlock it, then try again.");
  }
  if (Keyring::isRuledOut()) {
    return makeError(
        Status::try_later,
        "Your credentials are in the keyring of your desktop, but ROOTS_SECRETS=file in the environment "
        "disables it. Unset this variable, or connect again to keep them in a file.");
  }
  return makeError(
      Status::try_later,
      "Your credentials are in the keyring of your desktop, which cannot be reached from here. Sign in to "
      "the desktop and try again; or connect again with ROOTS_SECRETS=file in the environment to "
      "keep them in a file.");
}

Error refusedToKeep(KeyringExit exit) {
  if (exit == KeyringExit::cancelled) return cancelled();
  return makeError(Status::try_later,
                   "The keyring of your desktop did not store the credentials (" + reasonOf(exit) +
                       "). Nothing was changed. Unlock it and try again; or set ROOTS_SECRETS=file in the "
                       "environment to keep them in a file that only you can read, unencrypted.");
}

Error stillThere(KeyringExit exit) {
  return makeError(Status::try_later,
                   "The credentials are still in the keyring of your desktop (" + reasonOf(exit) +
                       "). They will be removed as soon as a command can use the keyring.");
}

Error stillThere(const Error &cause) {
  return makeError(
      cause.status == Status::cancelled ? Status::try_later : cause.status,
      "The credentials are still in the keyring of your desktop and will be removed as soon as a "
      "command can use it. " +
          cause.message);
}

Error sharedWithUnknownOwners() {
  return makeError(
      Status::try_later,
      "The credentials are still in the keyring of your desktop, in an entry that may also hold "
      "those of connections that only settings.json.damaged names. To remove the entry, remove "
      "settings.json.damaged and its other copies, then run any command that changes something.");
}

Error notThere() {
  return makeError(
      Status::sign_in_failed,
      "The keyring of your desktop answers, but does not hold the keys of this connection any more. "
      "Connect again; or restore the keyring and try again.");
}

Error damaged(const std::string &label) {
  return makeError(
      Status::internal,
      "Your credentials in the keyring of your desktop are damaged or of a newer version; they were not "
      "changed. Update this program, or remove the entry \"roots: keys of " +
          label + "\" from the keyring and connect again.");
}

Error readableByOthers(const std::filesystem::path &file) {
  return makeError(
      Status::internal,
      "The file " + file.string() +
          " can be read by others. Restrict it to yourself (chmod 600), then renew the secrets in it.");
}

Error tooLarge() {
  return makeError(Status::invalid_setting,
                   "The secrets of this connection are larger than 64 KiB together and were not kept.");
}

}  // namespace roots::host
