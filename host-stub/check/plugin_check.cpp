#include "check/plugin_check.h"

#include "check/loopback_service.h"
#include "check/report.h"
#include "plugins/manifest_rules.h"

#include <roots/kit/civil_date.h>
#include <roots/kit/redaction.h>

#include <charconv>
#include <chrono>
#include <istream>
#include <optional>
#include <ostream>

namespace roots::check {

namespace {

constexpr const char *kHelp = R"(roots-plugin-check FOLDER [options]

Checks whether the plugin in FOLDER keeps to the provider interface. Each check runs in a process of its own.

  --list               names all checks and what each looks at
  --only NAME          runs this check alone; can be given several times
  --setting KEY=VALUE  a setting to connect with, as in the plugin's manifest
  --secrets-from-stdin reads secret settings as lines KEY=VALUE from standard input
  --replies FILE       answers the plugin with recorded replies: {"GET /path": {"status": 200, "body": ...}}
  --from D, --to D     the days to ask absences for (default: this year)
  --time-limit SECONDS for one check, 1 to 600 (default: 20); then its process is ended
  --json               prints one JSON document
  --in-process         runs the checks in this process, for a debugger

A plugin that needs a service is checked against the one that --setting names, or against recorded replies.
Without either, what only a connected provider shows is skipped. Checks of failures use servers of their own on
127.0.0.1.

Exit codes: 0 nothing failed, 1 something failed, 2 wrong use.
)";

struct Wishes {
  std::filesystem::path folder;
  Settings settings;
  std::filesystem::path replies;
  std::optional<kit::CivilDate> from;
  std::optional<kit::CivilDate> to;
  std::vector<std::string> only;
  std::chrono::seconds time_limit{20};
  bool list = false;
  bool json = false;
  bool help = false;
  bool in_process = false;
  bool secrets_from_stdin = false;
};

Error wrongUse(std::string message) { return Error{Status::invalid_setting, std::move(message), "", 0, {}}; }

Result<void> addSetting(Settings &settings, const std::string &text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return wrongUse("A setting is written KEY=VALUE.");
  settings[text.substr(0, equals)] = text.substr(equals + 1);
  return {};
}

Result<void> setDay(std::optional<kit::CivilDate> &day, const std::string &text) {
  day = kit::parseDate(text);
  if (day) return {};
  return wrongUse("A day is written as in 2026-07-14.");
}

Result<void> setTimeLimit(std::chrono::seconds &limit, const std::string &text) {
  int seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (problem != std::errc() || end != text.data() + text.size() || seconds < 1 || seconds > 600)
    return wrongUse("--time-limit takes 1 to 600 seconds.");
  limit = std::chrono::seconds(seconds);
  return {};
}

bool isKnownCheck(const std::string &name) {
  for (const auto &check : allChecks()) {
    if (check.name == name) return true;
  }
  return false;
}

Result<void> setOption(Wishes &wishes, const std::string &option, const std::string &value) {
  if (option == "--setting") return addSetting(wishes.settings, value);
  if (option == "--from") return setDay(wishes.from, value);
  if (option == "--to") return setDay(wishes.to, value);
  if (option == "--time-limit") return setTimeLimit(wishes.time_limit, value);
  if (option == "--replies") {
    wishes.replies = value;
    return {};
  }
  if (!isKnownCheck(value)) return wrongUse("There is no check \"" + value + "\". --list names all.");
  wishes.only.push_back(value);
  return {};
}

bool setFlag(Wishes &wishes, const std::string &word) {
  bool *const flag = word == "--list"                   ? &wishes.list
                     : word == "--json"                 ? &wishes.json
                     : word == "--help" || word == "-h" ? &wishes.help
                     : word == "--in-process"           ? &wishes.in_process
                     : word == "--secrets-from-stdin"   ? &wishes.secrets_from_stdin
                                                        : nullptr;
  if (flag != nullptr) *flag = true;
  return flag != nullptr;
}

bool takesValue(const std::string &word) {
  for (const char *option : {"--setting", "--from", "--to", "--replies", "--only", "--time-limit"}) {
    if (word == option) return true;
  }
  return false;
}

Result<Wishes> wishesFrom(const std::vector<std::string> &words) {
  Wishes wishes;
  for (std::size_t index = 0; index < words.size(); ++index) {
    const std::string &word = words[index];
    if (setFlag(wishes, word)) continue;
    if (takesValue(word)) {
      if (index + 1 == words.size()) return wrongUse(word + " needs a value.");
      if (auto set = setOption(wishes, word, words[++index]); !set) return std::move(set).error();
    } else if (!word.empty() && word.front() == '-') {
      return wrongUse("There is no option " + word + ". --help lists all.");
    } else if (!wishes.folder.empty()) {
      return wrongUse("One folder at a time, please.");
    } else {
      wishes.folder = word;
    }
  }
  if (wishes.folder.empty() && !wishes.list && !wishes.help)
    return wrongUse("Which plugin? Name its folder; --help tells more.");
  if (wishes.from && wishes.to && *wishes.to < *wishes.from) return wrongUse("--to is before --from.");
  return wishes;
}

Days daysOf(const Wishes &wishes) {
  const kit::CivilDate today(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  const auto year = (wishes.from ? *wishes.from : wishes.to ? *wishes.to : today).year();
  const kit::CivilDate first = wishes.from.value_or(year / std::chrono::January / 1);
  const kit::CivilDate last = wishes.to.value_or(year / std::chrono::December / 31);
  return {kit::toRecord(first), kit::toRecord(last)};
}

// The folder's last part is its name, also for "plugins/example/" and ".".
std::filesystem::path withName(const std::filesystem::path &folder) {
  const auto whole = std::filesystem::absolute(folder).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

// The manifest as far as it can be read: whether it is fine is for the checks to say.
host::Manifest manifestAsItIs(const std::filesystem::path &folder) {
  const auto text = host::readManifestText(folder);
  const auto document = text ? kit::JsonDocument::parse(*text) : text.error();
  return document ? host::manifestFrom(*document) : host::Manifest{};
}

Result<void> readSecrets(const host::Manifest &manifest, std::istream &in, Settings &settings) {
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    if (auto added = addSetting(settings, line); !added) return added;
  }
  for (const auto &[key, value] : settings) {
    if (manifest.setting(key) == nullptr) return wrongUse("The manifest has no setting \"" + key + "\".");
  }
  return {};
}

Result<void> refuseSecrets(const host::Manifest &manifest, const Settings &settings) {
  for (const auto &[key, value] : settings) {
    const auto *field = manifest.setting(key);
    if (field != nullptr && field->isSecret()) {
      return wrongUse(
          "\"" + key +
          "\" is a secret; a command line can be read by others. Give it with --secrets-from-stdin.");
    }
  }
  return {};
}

// With recorded replies any credentials will do.
void inventCredentials(const host::Manifest &manifest, Settings &settings) {
  for (const auto &field : manifest.settings) {
    if (!field.required || settings.contains(field.key) || !field.default_value.empty()) continue;
    settings[field.key] = field.type == "email" ? "somebody@example.com" : "recorded-" + field.key;
  }
}

struct Prepared {
  Subject subject;
  std::unique_ptr<LoopbackService> replies;  // alive while the checks run
};

Result<Prepared> prepare(const Wishes &wishes, std::istream &in) {
  Prepared prepared;
  Subject &subject = prepared.subject;
  subject.folder = withName(wishes.folder);
  subject.days = daysOf(wishes);
  subject.settings = wishes.settings;
  const auto manifest = manifestAsItIs(subject.folder);
  if (auto checked = refuseSecrets(manifest, subject.settings); !checked) return std::move(checked).error();
  if (wishes.secrets_from_stdin) {
    if (auto read = readSecrets(manifest, in, subject.settings); !read) return std::move(read).error();
  }
  const std::string address = addressSettingOf(manifest);
  // A manifest that cannot be read is for the checks to tell of.
  if (!wishes.replies.empty() && !manifest.id.empty()) {
    if (address.empty()) {
      return wrongUse("The plugin has no setting of the type url, so recorded replies cannot reach it.");
    }
    auto handler = readReplies(wishes.replies);
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
  const auto manifest = manifestAsItIs(subject.folder);
  for (const auto &[key, value] : subject.settings) {
    const auto *field = manifest.setting(key);
    if (field != nullptr && field->isSecret()) redactor.addSecret(value);
  }
  return redactor;
}

}  // namespace

int runPluginCheck(const std::vector<std::string> &words, std::istream &in, std::ostream &out,
                   std::ostream &err, const std::filesystem::path &executable) {
  const auto complain = [&](const Error &error) {
    err << error.message << '\n';
    return kWrongUse;
  };
  const auto wishes = wishesFrom(words);
  if (!wishes) return complain(wishes.error());
  if (wishes->help) {
    out << kHelp;
    return kNothingFailed;
  }
  if (wishes->list) {
    out << (wishes->json ? listJson() : listText());
    return kNothingFailed;
  }
  const auto prepared = prepare(*wishes, in);
  if (!prepared) return complain(prepared.error());

  const auto redactor = redactorFor(prepared->subject);
  Running running{executable, wishes->in_process, wishes->time_limit, wishes->only, {}};
  // Plugins quoted in a reason are not to be trusted with the secrets they were given.
  running.told = [&](Finding &finding) {
    finding.verdict.reason = redactor.redacted(finding.verdict.reason);
    if (!wishes->json) out << lineFor(finding) << std::flush;
  };
  const auto findings = runChecks(prepared->subject, running);
  out << (wishes->json ? jsonOf(findings) : summaryOf(findings) + "\n");
  return nothingFailed(findings) ? kNothingFailed : kSomethingFailed;
}

}  // namespace roots::check
