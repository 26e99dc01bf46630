// measured-request WARM-URL URL CA-FILE PROXY-PORT MILLISECONDS LARGEST-REPLY
//
// One request to a hostile server by a process of its own, so that its memory is that of this request and
// nothing else. Before, a well-behaved server is asked, to have everything loaded that is loaded once. Prints
// one line: outcome, how many ordinary pages of 1 MiB could have been parsed with the same computing, and by
// how many KiB the process grew at most, "-1" where the system does not tell. Both computings are measured in
// this process, so that a busy or a slow computer changes both.
#include "kit/fault_names.h"

#include <roots/kit/http_transport.h>
#include <roots/kit/json.h>

#include <algorithm>
#include <cmath>
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
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name + ":")) return std::stol(line.substr(name.size() + 1));
  return -1;
}

void forgetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

double computingSeconds() {
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

// What it takes to parse an ordinary page of 1 MiB once.
double computingOfPage() {
  std::string page = "[";
  while (page.size() < 1024 * 1024)
    page += R"({"id":1100000000000000100,"name":"Vacation","start_date":"2026-07-06","days_count":4.5},)";
  page += "null]";
  constexpr int rounds = 10;
  const double before = computingSeconds();
  for (int round = 0; round < rounds; ++round)
    if (!JsonDocument::parse(page)) return 0;
  return (computingSeconds() - before) / rounds;
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
  const double computed_before = computingSeconds();
  const std::string outcome =
      outcomeOf(*hostile, {Clock::now() + std::chrono::milliseconds(std::stoi(arguments[5])), {}});
  const double computed = computingSeconds() - computed_before;
  const long peak = memory("VmHWM");
  // Last, because it takes memory, too.
  const double of_page = computingOfPage();
  if (of_page <= 0) return 1;
  std::cout << outcome << "\t" << std::lround(computed / of_page) << "\t"
            << (before < 0 || peak < 0 ? -1 : std::max(0L, peak - before)) << "\n";
  return 0;
}
