#include "benchmark/plan.h"

#include "benchmark/child_measurement.h"

namespace roots::benchmarks {
namespace {

constexpr int kRepetitions = 15;
constexpr double kSecondsOfEach = 0.1;
constexpr double kSecondsOfEachInBrief = 0.001;

}  // namespace

void Plan::timeOften(const std::string &name, Timed timed) const {
  benchmark::RegisterBenchmark(name.c_str(), std::move(timed))
      ->Repetitions(brief ? 1 : kRepetitions)
      ->MinTime(brief ? kSecondsOfEachInBrief : kSecondsOfEach)
      ->Unit(benchmark::kMillisecond);
}

void Plan::timeSeldom(const std::string &name, Often often, Timed timed) const {
  benchmark::RegisterBenchmark(name.c_str(), std::move(timed))
      ->Repetitions(brief ? 1 : often.repetitions)
      ->Iterations(often.rounds)
      ->MeasureProcessCPUTime()
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

void Plan::measure(const std::string &name, std::vector<std::string> words) {
  measurements.emplace_back([name, words = std::move(words), times = brief ? 1 : 3](Figures &figures) {
    for (int time = 0; time < times; ++time) figures[name].push_back(measuredInChild(words));
  });
}

}  // namespace roots::benchmarks
