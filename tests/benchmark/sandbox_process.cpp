#include "benchmark/sandbox_process.h"

#include "plugins/child_process.h"
#include "sandbox/sandbox.h"

#include <roots/kit/url.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace roots::benchmarks {
namespace {

constexpr const char *kAsksForIt = "be-sandbox";

// People with flexible hours take some time off now and then.
void addHours(sandbox::Personio &personio) {
  const sandbox::HourlyAbsence first = personio.hourly_absences.at(0);
  for (const unsigned month : {2U, 3U, 5U, 9U, 11U}) {
    const kit::CivilDate day = std::chrono::year(2026) / std::chrono::month(month) / 18;
    sandbox::HourlyAbsence hours = first;
    hours.id = "5e1f0000-0000-4000-8000-0000000000" + std::to_string(10 + month);
    hours.start = kit::formatDate(day) + "T12:00:00.0Z";
    hours.end = kit::formatDate(day) + "T14:30:00.0Z";
    hours.days = {{day, 150}};
    personio.hourly_absences.push_back(std::move(hours));
  }
}

sandbox::Scenario scenarioWith(int employees) {
  sandbox::Scenario scenario = sandbox::builtinScenario(std::chrono::year(2026) / 7 / 15);
  auto &people = scenario.personio.employees;
  const sandbox::Employee colleague = people.at(1);
  people.resize(1);
  for (int number = 1; number < employees; ++number) {
    people.push_back(colleague);
    people.back().id = 4711 + number;
    people.back().email = "Colleague." + std::to_string(number) + "@example.com";
  }
  addHours(scenario.personio);
  // A benchmark sends more requests than the limits permit.
  auto &behaviour = scenario.personio.behaviour;
  for (int *most : {&behaviour.sign_ins_per_minute, &behaviour.employee_requests_per_minute,
                    &behaviour.requests_per_minute, &behaviour.v2_requests_per_second})
    *most = 1000000;
  return scenario;
}

std::string readLine(int descriptor) {
  std::string line;
  for (char next = 0; ::read(descriptor, &next, 1) == 1 && next != '\n';) line += next;
  return line;
}

}  // namespace

SandboxProcess::SandboxProcess(const SandboxPlan &plan) {
  std::array<int, 2> input{-1, -1};
  std::array<int, 2> output{-1, -1};
  if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0)
    throw std::runtime_error("pipe2 failed");
  host::ChildPlan child;
  child.executable = "/proc/self/exe";
  child.arguments = {kAsksForIt, std::to_string(plan.employees), plan.certificate_file,
                     plan.private_key_file};
  process_ = host::startChild(child, input[0], output[1]);
  lifeline_ = input[1];
  ::close(input[0]);
  ::close(output[1]);
  const std::string port = readLine(output[0]);
  ::close(output[0]);
  if (process_ < 0 || port.empty()) throw std::runtime_error("the sandbox does not start");
  port_ = static_cast<std::uint16_t>(std::stoi(port));
}

SandboxProcess::~SandboxProcess() {
  ::close(lifeline_);
  host::endChild(process_);
}

std::optional<int> beSandboxIfAsked(int argument_count, char **arguments) {
  if (argument_count != 5 || std::string(arguments[1]) != kAsksForIt) return std::nullopt;
  sandbox::SandboxOptions options;
  options.certificate_file = arguments[3];
  options.private_key_file = arguments[4];
  const auto services = sandbox::Sandbox::start(scenarioWith(std::stoi(arguments[2])), options);
  if (!services) return 1;
  const std::string url = (*services)->personioUrl();
  dprintf(host::kChildWritesHere, "%s\n", url.substr(url.rfind(':') + 1).c_str());
  (void)readLine(STDIN_FILENO);
  return 0;
}

}  // namespace roots::benchmarks
