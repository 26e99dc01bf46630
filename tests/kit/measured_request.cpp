// measured-request WARM-URL URL CA-FILE PROXY-PORT MILLISECONDS LARGEST-REPLY
//
// One request to a hostile server by a process of its own, so that its memory is that of this request and
// nothing else. Before, a well-behaved server is asked, to have everything loaded that is loaded once. Prints
// one line: outcome, milliseconds, milliseconds of computing, and by how many KiB the process grew at most.
// The last two are "-1" where the system does not tell.
#include "kit/fault_names.h"

#include <roots/kit/json.h>
#include <roots/kit/poco_transport.h>

#include <ctime>
#include <fstream>
#include <iostream>

using namespace roots;
using namespace roots::kit;

namespace {

using Clock = std::chrono::steady_clock;

std::unique_ptr<HttpTransport> transportTo(const std::string &url, const std::string &ca_file, int proxy_port,
                                           std::size_t largest) {
  TransportOptions options;
  options.base_url = url;
  options.ca_file = ca_file;
  options.max_reply_bytes = largest;
  if (proxy_port != 0) options.proxy = Proxy{"127.0.0.1", static_cast<std::uint16_t>(proxy_port), "", ""};
  auto transport = makeHttpTransport(options);
  return transport ? std::move(*transport) : nullptr;
}

// "VmHWM": the most memory since it was last reset; "VmRSS": now. In KiB.
long memory(const std::string &name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name + ":")) return std::stol(line.substr(name.size() + 1));
  }
  return -1;
}

void forgetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

long computingMilliseconds() {
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

std::string outcomeOf(HttpTransport &transport, const CallLimits &limits) {
  HttpRequest request;
  request.target = "/secret";
  request.headers = {{"Authorization", "Bearer canary-token"}};
  const auto reply = transport.send(request, limits);
  if (!reply) return test::nameOf(reply.error().fault);
  const std::string status = "reply " + std::to_string(reply->status);
  // What every user of the transport does next.
  return status + (JsonDocument::parse(reply->body) ? ", JSON" : ", not JSON");
}

}  // namespace

int main(int, char **arguments) {
  const std::string ca_file = arguments[3];
  const std::size_t largest = std::stoul(arguments[6]);
  const auto warm = transportTo(arguments[1], ca_file, 0, largest);
  const auto hostile = transportTo(arguments[2], ca_file, std::stoi(arguments[4]), largest);
  if (!warm || !hostile || !warm->send(HttpRequest{}, {Clock::now() + std::chrono::seconds(10), {}}))
    return 1;
  forgetPeak();
  const long before = memory("VmRSS");
  const long computed_before = computingMilliseconds();
  const auto start = Clock::now();
  const std::string outcome =
      outcomeOf(*hostile, {start + std::chrono::milliseconds(std::stoi(arguments[5])), {}});
  const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
  const long peak = memory("VmHWM");
  std::cout << outcome << "\t" << time.count() << "\t" << computingMilliseconds() - computed_before << "\t"
            << (before < 0 || peak < 0 ? -1 : std::max(0L, peak - before)) << "\n";
  return 0;
}
