#include "check/plugin_check.h"

#include "check/check_options.h"
#include "check/loopback_service.h"
#include "check/report.h"
#include "command_line/help.h"
#include "command_line/parser.h"
#include "plugins/manifest_rules.h"
#include "text/output.h"

#include <roots/kit/civil_date.h>
#include <roots/kit/redaction.h>
#include <roots/provider_abi.h>

#include <chrono>
#include <istream>
#include <ostream>

namespace roots::check {

namespace {

Days daysOf(const CheckOptions &options) {
  const kit::CivilDate today(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  const auto year = (options.from ? *options.from : options.to ? *options.to : today).year();
  const kit::CivilDate first = options.from.value_or(year / std::chrono::January / 1);
  const kit::CivilDate last = options.to.value_or(year / std::chrono::December / 31);
  return {kit::toRecord(first), kit::toRecord(last)};
}

// The last part of the folder is its name, also for "plugins/example/" and ".".
std::filesystem::path withName(const std::filesystem::path &folder) {
  const auto whole = std::filesystem::absolute(folder).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

// The manifest as far as it is readable; the checks report whether it is valid.
host::Manifest readManifestIfPossible(const std::filesystem::path &folder) {
  const auto text = host::readManifestText(folder);
  const auto document = text ? kit::JsonDocument::parse(*text) : text.error();
  return document ? host::readManifestTolerantly(*document) : host::Manifest{};
}

Result<void> readSecrets(const host::Manifest &manifest, std::istream &in, Settings &settings) {
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    if (auto added = addSetting(settings, line); !added) return added;
  }
  for (const auto &[key, value] : settings) {
    if (manifest.setting(key) == nullptr)
      return host::commandLineError("The manifest has no setting \"" + key + "\".");
  }
  return {};
}

Result<void> refuseSecrets(const host::Manifest &manifest, const Settings &settings) {
  for (const auto &[key, value] : settings) {
    const auto *field = manifest.setting(key);
    if (field != nullptr && field->isSecret()) {
      return host::commandLineError(
          "\"" + key + "\" is a secret; a command line can be read by others. Use --secrets-from-stdin.");
    }
  }
  return {};
}

// Recorded replies accept any credentials.
void inventCredentials(const host::Manifest &manifest, Settings &settings) {
  for (const auto &field : manifest.settings) {
    if (!field.required || settings.contains(field.key) || !field.default_value.empty()) continue;
    settings[field.key] = field.type == "email" ? "somebody@example.com" : "recorded-" + field.key;
  }
}

struct Prepared {
  Subject subject;
  std::unique_ptr<LoopbackService> replies;  // must outlive the checks
};

Result<Prepared> prepare(const CheckOptions &options, std::istream &in) {
  Prepared prepared;
  Subject &subject = prepared.subject;
  subject.folder = withName(options.folder);
  subject.days = daysOf(options);
  subject.settings = options.settings;
  const auto manifest = readManifestIfPossible(subject.folder);
  if (auto checked = refuseSecrets(manifest, subject.settings); !checked) return std::move(checked).error();
  if (options.secrets_from_stdin) {
    if (auto read = readSecrets(manifest, in, subject.settings); !read) return std::move(read).error();
  }
  const std::string address = addressSettingOf(manifest);
  // The checks report an unreadable manifest.
  if (!options.replies.empty() && !manifest.id.empty()) {
    if (address.empty()) {
      return host::commandLineError(
          "The plugin has no setting of the type url, so recorded replies cannot reach it.");
    }
    auto handler = readReplies(options.replies);
    if (!handler) return std::move(handler).error();
    prepared.replies = std::make_unique<LoopbackService>(std::move(*handler));
    subject.settings[address] = prepared.replies->address();
    inventCredentials(manifest, subject.settings);
  }
  subject.has_service = address.empty() || subject.settings.contains(address);
  return prepared;
}

kit::Redactor redactorFor(const Subject &subject) {
  kit::Redactor redactor;
  const auto manifest = readManifestIfPossible(subject.folder);
  for (const auto &[key, value] : subject.settings) {
    const auto *field = manifest.setting(key);
    if (field != nullptr && field->isSecret()) redactor.addSecret(value);
  }
  return redactor;
}

int runRequestedChecks(const std::vector<std::string> &words, std::istream &in, std::ostream &out,
                       std::ostream &err, const std::filesystem::path &executable) {
  // Later output quotes the plugin, so from here on it leaves only through the sanitizing output.
  const host::Output to_out(out);
  const auto complain = [&](const Error &error) {
    host::Output(err).line(error.message);
    return kWrongUse;
  };
  const auto options = checkOptions(words);
  if (!options) return complain(options.error());
  if (options->help) {
    to_out.lines(host::TextLines().addOwn(host::helpFor(checkSyntax(), {})));
    return kNothingFailed;
  }
  if (options->version) {
    to_out.line("roots-plugin-check " ROOTS_HOST_VERSION ", provider interface " +
                std::to_string(ROOTS_PROVIDER_ABI_MAJOR) + "." + std::to_string(ROOTS_PROVIDER_ABI_MINOR));
    return kNothingFailed;
  }
  if (options->list) {
    if (options->json) {
      to_out.json(listJson());
    } else {
      to_out.lines(host::TextLines().addOwn(listText()));
    }
    return kNothingFailed;
  }
  const auto prepared = prepare(*options, in);
  if (!prepared) return complain(prepared.error());

  const auto redactor = redactorFor(prepared->subject);
  Running running{executable, options->in_process, options->time_limit, options->only, {}};
  // A reason may quote the plugin, which must not be trusted with the secrets that it received.
  running.on_finding = [&](Finding &finding) {
    finding.verdict.reason = redactor.redacted(finding.verdict.reason);
    if (!options->json) to_out.lines(linesFor(finding));
  };
  const auto findings = runChecks(prepared->subject, running);
  if (options->json) {
    to_out.json(jsonOf(findings));
  } else {
    to_out.line(summaryOf(findings));
  }
  return nothingFailed(findings) ? kNothingFailed : kSomethingFailed;
}

}  // namespace

int runPluginCheck(const std::vector<std::string> &words, std::istream &in, std::ostream &out,
                   std::ostream &err, const std::filesystem::path &executable) {
  const int exit_code = runRequestedChecks(words, in, out, err, executable);
  if (out.flush()) return exit_code;
  err << "Standard output cannot be written (its disk is full, or it is closed): the report is incomplete.\n";
  return exit_code == kNothingFailed ? kSomethingFailed : exit_code;
}

}  // namespace roots::check
