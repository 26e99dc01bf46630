// What failed, as programs and as people read it. Pure.
#pragma once

#include <roots/kit/json.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

// A part that could not be fetched.
struct ProblemView {
  std::string source;       // plugin ID, or "moco"
  std::string source_name;  // "Personio", "Moco"
  std::string part;         // a word for programs: "time_entries"
  std::string status;       // a word for programs: "access_missing"
  std::string message;      // what is wrong and what to do
};

// The member "problems" of the open object.
void writeProblems(kit::JsonWriter &writer, const std::vector<ProblemView> &problems);

// "Moco, public holidays: ...", one a line.
[[nodiscard]] std::vector<std::string> problemLines(const std::vector<ProblemView> &problems);

// A part for people: "time entries".
[[nodiscard]] std::string partText(std::string part);

// Why a command failed.
struct ErrorView {
  std::string status;  // a word for programs: "locked"
  std::string message;
  std::string setting;                                   // to correct; "": none
  std::optional<std::chrono::milliseconds> retry_after;  // nullopt: unknown
  std::vector<std::string> more;                         // further lines of the message
  std::vector<ProblemView> problems;
};
[[nodiscard]] std::string errorJson(const ErrorView &view);

}  // namespace roots::host
