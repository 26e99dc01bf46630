#include "check/report.h"

#include <roots/kit/json.h>

#include <algorithm>
#include <array>

namespace roots::check {

namespace {

constexpr std::array kAll{Outcome::passed,    Outcome::failed,  Outcome::crashed,
                          Outcome::timed_out, Outcome::skipped, Outcome::warning};

long countOf(const std::vector<Finding> &findings, Outcome outcome) {
  return std::count_if(findings.begin(), findings.end(),
                       [&](const Finding &finding) { return finding.verdict.outcome == outcome; });
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

void describe(kit::JsonWriter &json, const Check &check) {
  json.text("name", check.name).text("sentence", check.sentence).text("rule", check.rule);
}

}  // namespace

const char *wordFor(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed:
      return "passed";
    case Outcome::failed:
      return "failed";
    case Outcome::crashed:
      return "crashed";
    case Outcome::timed_out:
      return "timed out";
    case Outcome::skipped:
      return "skipped";
    case Outcome::warning:
      return "warning";
  }
  return "failed";
}

bool nothingFailed(const std::vector<Finding> &findings) {
  return countOf(findings, Outcome::failed) + countOf(findings, Outcome::crashed) +
             countOf(findings, Outcome::timed_out) ==
         0;
}

host::TextLines linesFor(const Finding &finding) {
  host::TextLines lines;
  lines.add(padded(wordFor(finding.verdict.outcome), 11) + finding.check->name);
  if (finding.verdict.outcome != Outcome::passed)
    lines.add(padded("", 11) + finding.verdict.reason + " (" + finding.check->rule + ")");
  return lines;
}

std::string summaryOf(const std::vector<Finding> &findings) {
  std::string summary = std::to_string(findings.size()) + (findings.size() == 1 ? " check: " : " checks: ");
  bool first = true;
  for (const Outcome outcome : kAll) {
    const auto count = countOf(findings, outcome);
    if (count == 0) continue;
    summary += (first ? "" : ", ") + std::to_string(count) + " " + wordFor(outcome);
    first = false;
  }
  return summary + ".";
}

std::string jsonOf(const std::vector<Finding> &findings) {
  kit::JsonWriter json(kit::JsonWriter::Style::indented);
  json.beginObject().name("checks").beginArray();
  for (const auto &finding : findings) {
    json.beginObject();
    describe(json, *finding.check);
    json.text("outcome", wordFor(finding.verdict.outcome)).text("reason", finding.verdict.reason);
    json.integer("milliseconds", finding.took.count());
    json.endObject();
  }
  json.endArray().name("summary").beginObject();
  for (const Outcome outcome : kAll) json.integer(wordFor(outcome), countOf(findings, outcome));
  json.endObject().flag("nothing_failed", nothingFailed(findings)).endObject();
  return json.finish() + "\n";
}

std::string listText() {
  std::string text;
  for (const auto &check : allChecks())
    text += padded(check.name, 50) + padded(check.rule, 5) + check.sentence + "\n";
  return text;
}

std::string listJson() {
  kit::JsonWriter json(kit::JsonWriter::Style::indented);
  json.beginArray();
  for (const auto &check : allChecks()) {
    json.beginObject();
    describe(json, check);
    json.text("after", check.after).endObject();
  }
  return json.endArray().finish() + "\n";
}

std::string listMarkdown() {
  std::string table = "| check | a plugin that passes | rule |\n|---|---|---|\n";
  for (const auto &check : allChecks())
    table += "| `" + check.name + "` | " + check.sentence + " | " + check.rule + " |\n";
  return table;
}

}  // namespace roots::check
