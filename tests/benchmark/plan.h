// The measurements and their presentation. Each subject (parsing.cpp, merging.cpp, ...) adds to the plan:
// what to time with Google Benchmark, what to measure otherwise, and the lines of the table for both.
#pragma once

#include <benchmark/benchmark.h>

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace roots::benchmarks {

// Seconds, bytes, or counts, one per repetition; by name.
using Figures = std::map<std::string, std::vector<double>>;

enum class Unit { time, bytes, count, speed };  // speed: for bytes processed in that time

struct Budget {
  enum class Kind { none, at_most, ratio_at_most, ratio_at_least };
  Kind kind = Kind::none;
  double limit = 0;
};

// A line of the table. measured and beside name figures; the ratio is that of the displayed quantities.
struct Row {
  std::string subject;
  std::string what;
  std::string measured;
  std::string beside_what = {};  // as text; "": there is no comparison
  std::string beside = {};
  Unit unit = Unit::time;
  Budget budget = {};
  double bytes = 0;  // with Unit::speed
};

// Figures by size, for the plot.
struct Curve {
  std::string title;  // of the panel
  std::string of;     // "absences"
  Unit unit = Unit::time;
  std::vector<std::pair<double, std::string>> points;  // size, name of the figure
};

struct Plan {
  bool brief = false;
  std::vector<Row> rows;
  std::vector<Curve> curves;
  // Figures that Google Benchmark does not time: sizes, memory. Called after it.
  std::vector<std::function<void(Figures &)>> measurements;

  // The state's loop runs often enough for a stable time: processor time of the calling thread.
  using Timed = std::function<void(benchmark::State &)>;
  void timeOften(const std::string &name, Timed timed) const;
  // One loop per repetition, by wall-clock time; the processor time includes threads other than the
  // caller's.
  struct Often {
    int repetitions = 15;
    int rounds = 1;  // of each
  };
  void timeSeldom(const std::string &name, Often often, Timed timed) const;
  // In a separate process (child_measurement.h).
  void measure(const std::string &name, std::vector<std::string> words);
};

// The processor time of a timed figure; counters have such names as well.
[[nodiscard]] inline std::string processorTimeOf(const std::string &name) { return name + " (processor)"; }

// Each subject.
void planParsing(Plan &plan);
void planMemory(Plan &plan);
void planMerging(Plan &plan);
void planSyncing(Plan &plan);
void planProcesses(Plan &plan);

}  // namespace roots::benchmarks
