#include "view/problems.h"

#include "view/json_parts.h"

#include <algorithm>

namespace roots::host {

void writeProblems(kit::JsonWriter &writer, const std::vector<ProblemView> &problems) {
  writer.name("problems").beginArray();
  for (const auto &problem : problems) {
    writer.beginObject()
        .text("source", problem.source)
        .text("source_name", problem.source_name)
        .text("part", problem.part)
        .text("status", problem.status)
        .text("message", problem.message)
        .endObject();
  }
  writer.endArray();
}

std::vector<std::string> problemLines(const std::vector<ProblemView> &problems) {
  std::vector<std::string> lines;
  for (const auto &problem : problems)
    lines.push_back(problem.source_name + ", " + partText(problem.part) + ": " + problem.message);
  return lines;
}

std::string partText(std::string part) {
  std::replace(part.begin(), part.end(), '_', ' ');
  return part;
}

std::string errorJson(const ErrorView &view) {
  std::string message = view.message;
  for (const auto &line : view.more) message += "\n" + line;
  kit::JsonWriter writer;
  writer.beginObject().name("error").beginObject().text("status", view.status).text("message", message);
  writeTextOrNull(writer, "setting", view.setting);
  if (view.retry_after) {
    writer.integer("retry_after_ms", view.retry_after->count());
  } else {
    writer.null("retry_after_ms");
  }
  writeProblems(writer, view.problems);
  writer.endObject().endObject();
  return writer.finish();
}

}  // namespace roots::host
