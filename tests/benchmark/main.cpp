// roots-benchmark: performance of reading, merging, syncing, and starting, relative to lower bounds.
// tests/benchmark/run builds and starts it.
//   roots-benchmark FOLDER [brief] [--benchmark_filter=REGEX ...]
// Google Benchmark repeats timed code in random order, so that all measurements alternate. Writes table.md,
// table.json, growth.svg, and all runs (runs.json) to the folder; prints the table.
#include "benchmark/child_measurement.h"
#include "benchmark/growth_plot.h"
#include "benchmark/plan.h"
#include "benchmark/sandbox_process.h"
#include "benchmark/table.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace roots::benchmarks {
namespace {

// Why a run did not end, or "". Google Benchmark 1.8 renamed the members of 1.7.
template <class Run>
std::string failureOf(const Run &run) {
  if constexpr (requires { run.error_occurred; })
    return run.error_occurred ? run.error_message : "";
  else
    return run.skipped != decltype(run.skipped){} ? run.skip_message : "";
}

// Stores the results of Google Benchmark and prints progress.
class Collector : public benchmark::BenchmarkReporter {
 public:
  explicit Collector(Figures &figures) : figures_(figures) {}

  bool ReportContext(const Context &) override { return true; }

  void ReportRuns(const std::vector<Run> &runs) override {
    for (const Run &run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      if (const auto failure = failureOf(run); !failure.empty()) throw std::runtime_error(failure);
      const std::string &name = run.run_name.function_name;
      const auto rounds = static_cast<double>(run.iterations);
      // Figures without wall-clock time are the processor time of one thread: other programs do not affect
      // them.
      const bool by_clock = !run.run_name.time_type.empty();
      figures_[name].push_back((by_clock ? run.real_accumulated_time : run.cpu_accumulated_time) / rounds);
      figures_[processorTimeOf(name)].push_back(run.cpu_accumulated_time / rounds);
      for (const auto &[counter, value] : run.counters)
        figures_[name + " (" + counter + ")"].push_back(value);
    }
    std::cerr << runs.front().run_name.function_name << std::endl;
  }

 private:
  Figures &figures_;
};

void keep(const std::string &file, const std::string &text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  if (!stream.flush()) throw std::runtime_error(file + " cannot be written");
}

// Google Benchmark's own options follow ours.
void initialize(const std::string &folder, std::vector<std::string> options) {
  options.insert(options.begin(),
                 {"roots-benchmark", "--benchmark_enable_random_interleaving=true",
                  "--benchmark_out=" + folder + "/runs.json", "--benchmark_out_format=json"});
  std::vector<char *> pointers;
  for (auto &option : options) pointers.push_back(option.data());
  int count = static_cast<int>(pointers.size());
  benchmark::Initialize(&count, pointers.data());
  if (count > 1) throw std::runtime_error(std::string("unknown: ") + pointers[1]);
}

int run(Words words) {
  if (words.empty()) throw std::runtime_error("name a folder for what is written");
  const std::string folder = words.front();
  words.erase(words.begin());
  Plan plan;
  plan.brief = !words.empty() && words.front() == "brief";
  if (plan.brief) words.erase(words.begin());
  const bool whole = words.empty();
  initialize(folder, std::move(words));

  planParsing(plan);
  planMemory(plan);
  planMerging(plan);
  planSyncing(plan);
  planProcesses(plan);
  Figures figures;
  Collector collector(figures);
  benchmark::RunSpecifiedBenchmarks(&collector);
  if (whole)
    for (const auto &measure : plan.measurements) measure(figures);
  const char *about = std::getenv("ROOTS_BENCHMARK_ABOUT");
  const std::string table = tableText(plan, figures);
  keep(folder + "/table.md", table);
  keep(folder + "/table.json", tableJson(plan, figures, about == nullptr ? "" : about));
  keep(folder + "/growth.svg", growthPlot(plan, figures));
  std::cout << table;
  return 0;
}

}  // namespace
}  // namespace roots::benchmarks

int main(int argument_count, char **arguments) {
  using namespace roots::benchmarks;
  if (const auto code = measureIfAsked(argument_count, arguments)) return *code;
  if (const auto code = beSandboxIfAsked(argument_count, arguments)) return *code;
  try {
    return run(Words(arguments + 1, arguments + argument_count));
  } catch (const std::exception &problem) {
    std::cerr << "roots-benchmark: " << problem.what() << std::endl;
    return 1;
  }
}
