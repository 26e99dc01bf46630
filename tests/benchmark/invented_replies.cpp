#include "benchmark/invented_replies.h"

#include "sandbox/personio_endpoints.h"

#include <stdexcept>

namespace roots::benchmarks {
namespace {

// As JSON, including quotes.
struct Words {
  std::string last_name;
  std::string comment;
};

Words wordsIn(Letters letters) {
  switch (letters) {
    case Letters::ascii:
      break;
    case Letters::any:
      return {
          R"("Grünwald-Öztürk")",
          R"("Überfällige Reise mit den Großeltern über Köln, Straßburg und Malmö 🏖️ – zurück am Freitag")"};
    case Letters::escaped:
      return {
          R"("Gr\u00fcnwald-\u00d6zt\u00fcrk")",
          R"("\u00dcberf\u00e4llige Reise mit den Gro\u00dfeltern \u00fcber K\u00f6ln \ud83c\udfd6 \u2013)"
          R"( zur\u00fcck am Freitag")"};
  }
  return {R"("Gruenwald-Oeztuerk")",
          R"("The trip with the grandparents by way of Cologne and Basel: back on Friday, as ever")"};
}

// Personio repeats the absent person in every row.
std::string employeeJson(const std::string &last_name) {
  sandbox::JsonObject attributes;
  const auto add = [&](const char *key, const std::string &value) {
    attributes.json(key, sandbox::attributeJson(key, value, "standard"));
  };
  add("id", "4711");
  add("first_name", R"("Nele")");
  add("last_name", last_name);
  add("email", R"("Nele.Muster@example.com")");
  return sandbox::resourceJson("Employee", attributes.finish());
}

sandbox::Scenario scenarioOf(int page, int rows, Letters letters) {
  sandbox::Scenario scenario = sandbox::small();
  scenario.personio.time_offs.clear();
  const Words words = wordsIn(letters);
  for (int row = 0; row < rows; ++row) {
    const int number = page * rows + row;
    sandbox::TimeOff absence;
    absence.id = 1000000 + number;
    absence.employee_id = 4711;
    absence.type_id = sandbox::types::vacation;
    absence.first = kit::addDays(std::chrono::year(2016) / 1 / 4, number % 3600);
    absence.last = kit::addDays(absence.first, 4);
    absence.half_day_end = number % 3 == 0;
    absence.days_hundredths = absence.half_day_end ? 450 : 500;
    absence.raw = {{"comment", words.comment}, {"employee", employeeJson(words.last_name)}};
    absence.raw_v2 = {{"comment", words.comment}};
    scenario.personio.time_offs.push_back(std::move(absence));
  }
  return scenario;
}

// The sandbox's reply to a request.
template <class Ask>
auto askSandbox(sandbox::Scenario scenario, std::vector<std::pair<std::string, std::string>> query, Ask ask) {
  sandbox::RequestLog log;
  const std::string endpoint = "GET";
  sandbox::ServerRequest request;
  request.query = std::move(query);
  return ask(sandbox::Asked{scenario, log, endpoint, request});
}

}  // namespace

std::string timeOffsPage(int page, Letters letters) {
  return askSandbox(scenarioOf(page, kRowsOfPage, letters), {{"limit", "200"}, {"offset", "1"}},
                    [](const sandbox::Asked &asked) { return sandbox::timeOffs(asked).body; });
}

std::string timeOffsInOneList(int rows, Letters letters) {
  const std::string begin = R"("data":[)";
  std::string body;
  for (int page = 0; page * kRowsOfPage < rows; ++page) {
    const std::string one = timeOffsPage(page, letters);
    const std::size_t from = one.find(begin) + begin.size();
    const std::string list = one.substr(from, one.size() - from - 2);
    body += body.empty() ? one.substr(0, from) + list : "," + list;
  }
  return body + "]}";
}

std::string periodsPageV2(int page, Letters letters) {
  return askSandbox(scenarioOf(page, kRowsOfPageV2, letters), {}, [](const sandbox::Asked &asked) {
    const auto periods = sandbox::periodsV2(asked, {});
    if (!periods) throw std::runtime_error("the sandbox does not understand the request");
    return sandbox::listJsonV2(periods->rows, "{}");
  });
}

}  // namespace roots::benchmarks
