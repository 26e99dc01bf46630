// Checks that run before any of the plugin's code.
#include "check/check.h"
#include "plugins/manifest_rules.h"
#include "plugins/plugin_folder.h"

namespace roots::check {

namespace {

using host::Manifest;

// These checks run before the manifest is known to be valid, so each one reads it itself.
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
  return byDocument(subject, [&](const kit::JsonDocument &document) {
    return rule(host::readManifestTolerantly(document));
  });
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

// One after another: later groups can rely on the manifest only if all of these pass.
Checks inOneChain(Checks checks) {
  for (std::size_t index = 1; index < checks.size(); ++index) checks[index].after = checks[index - 1].name;
  return checks;
}

}  // namespace

Checks manifestChecks() {
  return inOneChain({
      {"manifest-is-valid-json", "manifest.json is there and is one JSON value.", "P1", "", isJson},
      {"manifest-fits-this-interface", "It requires an interface version that this host supports.", "P1", "",
       fitsInterface},
      {"manifest-matches-schema", "It conforms to manifest.schema.json.", "P1", "", matchesSchema},
      {"manifest-names-a-library-for-this-platform", "It names a library file for this system.", "P1", "",
       namesLibrary},
      {"manifest-names-existing-library", "The library file is there.", "P1", "", libraryExists},
      {"manifest-library-stays-in-folder",
       "The library is in the plugin's own folder, not behind a link that leaves it.", "P1", "",
       libraryStays},
      {"manifest-has-no-duplicate-settings", "No setting is listed twice.", "P1", "", settingsOnce},
      {"manifest-secret-settings-have-no-default", "No secret setting has a default.", "P1", "",
       noSecretDefault},
      {"manifest-url-defaults-are-allowed-hosts", "Default addresses are among permissions.network.", "P1",
       "", addressesAllowed},
      {"folder-is-named-like-the-id", "The name of the plugin's folder is the plugin's id.", "P1", "",
       folderNamed},
  });
}

}  // namespace roots::check
