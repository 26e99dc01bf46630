#include "benchmark/plan.h"

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

void Plan::timeSeldom(const std::string &name, int repetitions, Timed timed) const {
  benchmark::RegisterBenchmark(name.c_str(), std::move(timed))
      ->Repetitions(brief ? 1 : repetitions)
      ->Iterations(1)
      ->MeasureProcessCPUTime()
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace roots::benchmarks
