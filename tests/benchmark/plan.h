// What is measured, and how it is shown. Each subject (parsing.cpp, merging.cpp, ...) adds to the plan: what
// to time with Google Benchmark, what to measure otherwise, and the lines of the table that are made of both.
#pragma once

#include <benchmark/benchmark.h>

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace roots::benchmarks {

// Seconds, bytes or counts, one of each repetition; by name.
using Figures = std::map<std::string, std::vector<double>>;

enum class Unit { time, bytes, count, speed };  // speed: of bytes that took the time

struct Budget {
  enum class Kind { none, at_most, ratio_at_most, ratio_at_least };
  Kind kind = Kind::none;
  double limit = 0;
};

// A line of the table. measured and beside name figures; the ratio is that of the quantities as they are
// shown.
struct Row {
  std::string subject;
  std::string what;
  std::string measured;
  std::string beside_what = {};  // in words; "": nothing is beside it
  std::string beside = {};
  Unit unit = Unit::time;
  Budget budget = {};
  double bytes = 0;  // with Unit::speed
};

// Figures against how much there is, for the plot.
struct Curve {
  std::string title;  // of the panel
  std::string of;     // "absences"
  Unit unit = Unit::time;
  std::vector<std::pair<double, std::string>> points;  // how many, name of the figure
};

struct Plan {
  bool brief = false;
  std::vector<Row> rows;
  std::vector<Curve> curves;
  // What Google Benchmark does not time: sizes, memory. Called after it.
  std::vector<std::function<void(Figures &)>> measurements;

  // The state's loop goes round often enough for a steady time: that of the processor, on the calling thread.
  using Timed = std::function<void(benchmark::State &)>;
  void timeOften(const std::string &name, Timed timed) const;
  // One loop for each repetition, by the clock on the wall; threads other than the caller's count as well in
  // what the processor did.
  struct Often {
    int repetitions = 15;
    int rounds = 1;  // of each
  };
  void timeSeldom(const std::string &name, Often often, Timed timed) const;
  // In a process of its own (child_measurement.h).
  void measure(const std::string &name, std::vector<std::string> words);
};

// The processor's time of a figure that was timed; counters have such names, too.
[[nodiscard]] inline std::string processorTimeOf(const std::string &name) { return name + " (processor)"; }

// Each subject.
void planParsing(Plan &plan);
void planMemory(Plan &plan);
void planMerging(Plan &plan);
void planSyncing(Plan &plan);
void planProcesses(Plan &plan);

}  // namespace roots::benchmarks
