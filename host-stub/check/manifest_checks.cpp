// What can be said of a plugin before any of its code runs.
#include "check/check.h"
#include "plugins/manifest_rules.h"
#include "plugins/plugin_folder.h"

namespace roots::check {

namespace {

using host::Manifest;

// These run before the manifest is known to be fine, so each reads it by itself.
Result<kit::JsonDocument> documentOf(const Subject &subject) {
  const auto text = host::readManifestText(subject.folder);
  if (!text) return text.error();
  return kit::JsonDocument::parse(*text);
}

template <class Rule>
Verdict byDocument(const Subject &subject, Rule rule) {
  const auto document = documentOf(subject);
  return document ? noProblem(rule(*document)) : failed(document.error().message);
}

template <class Rule>
Verdict byManifest(const Subject &subject, Rule rule) {
  return byDocument(subject,
                    [&](const kit::JsonDocument &document) { return rule(host::manifestFrom(document)); });
}

template <class Rule>
Verdict byFolder(const Subject &subject, Rule rule) {
  return byManifest(subject, [&](const Manifest &manifest) { return rule(subject.folder, manifest); });
}

Verdict isJson(const Subject &subject) {
  return byDocument(subject, [](const kit::JsonDocument &) { return std::string(); });
}

Verdict matchesSchema(const Subject &subject) {
  return byDocument(subject, [](const kit::JsonDocument &document) {
    const std::string rule = host::schemaProblem(document);
    return rule.empty() ? "" : "manifest.json breaks the rule " + rule + " of manifest.schema.json.";
  });
}

Verdict fitsInterface(const Subject &subject) { return byDocument(subject, host::interfaceVersionProblem); }
Verdict namesLibrary(const Subject &subject) { return byManifest(subject, host::missingLibraryProblem); }
Verdict libraryExists(const Subject &subject) { return byFolder(subject, host::absentLibraryProblem); }
Verdict libraryStays(const Subject &subject) { return byFolder(subject, host::strayLibraryProblem); }
Verdict settingsOnce(const Subject &subject) { return byManifest(subject, host::repeatedSettingProblem); }
Verdict noSecretDefault(const Subject &subject) { return byManifest(subject, host::secretDefaultProblem); }
Verdict addressesAllowed(const Subject &subject) { return byManifest(subject, host::foreignAddressProblem); }
Verdict folderNamed(const Subject &subject) { return byFolder(subject, host::folderNameProblem); }

// One after the other: what the later groups read of the manifest is fine only if all of it is.
Checks inOneChain(Checks checks) {
  for (std::size_t index = 1; index < checks.size(); ++index) checks[index].after = checks[index - 1].name;
  return checks;
}

}  // namespace

Checks manifestChecks() {
  return inOneChain({
      {"manifest-is-valid-json", "manifest.json is there and is one JSON value.", "P1", "", isJson},
      {"manifest-fits-this-interface", "It names an interface version that this host speaks.", "P1", "",
       fitsInterface},
      {"manifest-matches-schema", "It keeps to manifest.schema.json.", "P1", "", matchesSchema},
      {"manifest-names-a-library-for-this-platform", "It names the library file for this system.", "P1", "",
       namesLibrary},
      {"manifest-names-existing-library", "The library file is there.", "P1", "", libraryExists},
      {"manifest-library-stays-in-folder", "The library is in the plugin's own folder, no link out of it.",
       "P1", "", libraryStays},
      {"manifest-has-no-duplicate-settings", "No setting is listed twice.", "P1", "", settingsOnce},
      {"manifest-secret-settings-have-no-default", "No secret is given away as a default.", "P1", "",
       noSecretDefault},
      {"manifest-url-defaults-are-allowed-hosts", "Default addresses are among permissions.network.", "P1",
       "", addressesAllowed},
      {"folder-is-named-like-the-id", "The plugin's folder has the plugin's id as its name.", "P1", "",
       folderNamed},
  });
}

}  // namespace roots::check
