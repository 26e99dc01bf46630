#include "support/host_user.h"

#include "support/catch.h"
#include "support/folders.h"
#include "support/output_schema.h"

namespace roots::test {

sandbox::Scenario smallWith(const std::function<void(sandbox::Scenario &)> &change) {
  auto scenario = sandbox::small();
  change(scenario);
  return scenario;
}

HostUser::HostUser(sandbox::Scenario scenario, const sandbox::SandboxOptions &options)
    : plugins_(pluginBuild() + "/plugins") {
  auto services = sandbox::Sandbox::start(std::move(scenario), options);
  if (!services) throw std::runtime_error(services.error().message);
  services_ = std::move(*services);
}

std::vector<std::string> HostUser::command(const std::vector<std::string> &words) const {
  std::vector<std::string> all{hostBuild() + "/bin/roots-host-stub",
                               "--home",
                               home_.path().string(),
                               "--plugins",
                               plugins_.string(),
                               "--today",
                               "2026-07-15"};
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

ProcessResult HostUser::type(const std::vector<std::string> &words, const std::string &input) const {
  ProcessOptions options;
  options.input = input;
  options.environment = environment_;
  auto result = run(command(words), options);
  // Also called on threads other than the test's: an assertion only if it fails.
  if (const std::string problem =
          result.signal == 0 && !result.timed_out ? outputProblem(words, result.exit_code, result.out) : "";
      !problem.empty()) {
    FAIL(problem << "\n" << result.out);
  }
  return result;
}

kit::JsonDocument HostUser::typeJson(std::vector<std::string> words, const std::string &input,
                                     int expected_exit) const {
  words.emplace_back("--json");
  const auto result = type(words, input);
  INFO(result.out << result.err);
  REQUIRE(result.exit_code == expected_exit);
  auto document = kit::JsonDocument::parse(result.out);
  REQUIRE(document.ok());
  return std::move(*document);
}

const std::string &HostUser::secretOfSandbox() {
  static const std::string secret = "papi-secret-of-the-sandbox";
  return secret;
}

std::vector<std::string> HostUser::connectWords(const Settings &changed) const {
  Settings settings{{"base_url", services_->personioUrl()},
                    {"client_id", "papi-00000000-0000-4000-8000-000000000001"},
                    {"email", "Nele.Muster@example.com"}};
  for (const auto &[key, value] : changed) settings[key] = value;
  std::vector<std::string> words{"connect", "roots.personio", "--secrets-from-stdin"};
  for (const auto &[key, value] : settings) {
    if (value.empty()) continue;
    words.emplace_back("--setting");
    words.push_back(key + "=" + value);
  }
  return words;
}

ProcessResult HostUser::connect(const Settings &changed, const std::string &secret) const {
  return type(connectWords(changed), secretLine(secret));
}

std::string HostUser::secretLine(const std::string &secret) {
  return "client_secret=" + (secret.empty() ? secretOfSandbox() : secret) + "\n";
}

void HostUser::enable() const {
  const auto result = type({"plugins", "enable", "roots.personio"});
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
}

void HostUser::connectAll() const {
  enable();
  const auto personio = connect();
  INFO(personio.err);
  REQUIRE(personio.exit_code == 0);
  const auto moco = type(
      {"moco", "connect", "--domain", "example", "--base-url", services_->mocoUrl(), "--secrets-from-stdin"},
      "api_key=moco-key-of-the-sandbox\n");
  INFO(moco.err);
  REQUIRE(moco.exit_code == 0);
}

int HostUser::asked(const std::string &endpoint) const {
  int count = 0;
  for (const auto &request : services_->requests()) count += request.endpoint == endpoint ? 1 : 0;
  return count;
}

void HostUser::fault(sandbox::Fault fault) {
  services_->change([&](sandbox::Scenario &scenario) { scenario.faults.push_back(std::move(fault)); });
}

void HostUser::refuseHolidaysAndAbsences() {
  for (const auto &[server, endpoint] :
       {std::pair("moco", "GET /api/v1/schedules"), std::pair("personio", "GET /v1/company/time-offs"),
        std::pair("personio", "GET /v2/absence-periods")}) {
    sandbox::Fault refused;
    refused.server = server;
    refused.endpoint = endpoint;
    refused.status = 403;
    refused.times = 0;
    fault(refused);
  }
}

}  // namespace roots::test
