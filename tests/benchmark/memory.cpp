// Memory for reading absences, in addition to the replies, in a separate process.
#include "benchmark/child_measurement.h"
#include "benchmark/invented_replies.h"
#include "benchmark/plan.h"
#include "benchmark/reading.h"
#include "benchmark/resident_memory.h"

#include "replies/row_status.h"

#include <stdexcept>

namespace roots::benchmarks {
namespace {

constexpr double kMebibyte = 1024.0 * 1024.0;
const std::string kDropped = "dropped";
const std::string kKept = "kept";

std::vector<kit::HttpReply> pagesOf(int rows) {
  std::vector<kit::HttpReply> pages;
  for (int page = 0; page * kRowsOfPage < rows; ++page)
    pages.push_back(replyWith(timeOffsPage(page, Letters::any)));
  return pages;
}

// COUNT dropped|kept: page by page, as the plugin reads them; the content of a page is released, or kept as
// the plugin keeps it.
double growthByPages(const Words &words) {
  const std::vector<kit::HttpReply> pages = pagesOf(std::stoi(words.at(0)));
  const bool keeps = words.at(1) == kKept;
  return peakGrowth([&] {
    personio::AbsenceList<personio::TimeOff> listed;
    std::set<std::string> seen;
    for (const kit::HttpReply &reply : pages) {
      auto page = readTimeOffsPage(reply);
      if (keeps) personio::addNewRows(std::move(page.items), seen, listed);
    }
  });
}

// COUNT: all in one reply.
double growthByOneReply(const Words &words) {
  kit::HttpReply reply = replyWith(timeOffsInOneList(std::stoi(words.at(0)), Letters::any));
  return peakGrowth([&] { (void)readTimeOffsPage(std::move(reply)); });
}

}  // namespace

std::map<std::string, ChildMeasurement> memoryMeasurements() {
  return {{"read-pages", growthByPages}, {"read-one-reply", growthByOneReply}};
}

void planMemory(Plan &plan) {
  const std::string subject = "Memory while reading 100,000 absences (93 MB)";
  const auto row = [&](const std::string &what, const std::string &name, Words words, Budget budget = {}) {
    plan.measure(name, std::move(words));
    plan.rows.push_back({subject, what, name, "", "", Unit::bytes, budget});
  };
  row("500 pages one after the other, reply included, each let go", "memory: pages",
      {"read-pages", "100000", kDropped}, {Budget::Kind::at_most, 8 * kMebibyte});
  row("500 pages one after the other, reply included, all absences kept", "memory: pages kept",
      {"read-pages", "100000", kKept});
  row("one reply, beyond itself, all absences kept", "memory: one reply", {"read-one-reply", "100000"});

  Curve memory{"Reading", "absences", Unit::bytes, {}};
  for (const int rows : {200, 2000, 20000, 100000}) {
    const std::string name = "memory: " + std::to_string(rows) + " absences in pages";
    plan.measure(name, {"read-pages", std::to_string(rows), kDropped});
    memory.points.emplace_back(rows, name);
  }
  plan.curves.push_back(std::move(memory));
}

}  // namespace roots::benchmarks
