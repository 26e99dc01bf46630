#include "command_line/option_values.h"

#include "command_line/parser.h"

#include <charconv>
#include <ctime>

namespace roots::host {

Result<kit::CivilDate> dateArgument(const std::string &option, const std::string &value) {
  if (const auto date = kit::parseDate(value)) return *date;
  return commandLineError(option + " needs a day as YYYY-MM-DD, e.g. 2026-07-14; \"" + value +
                          "\" is not a date.");
}

kit::CivilDate clockToday() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  return kit::CivilDate{std::chrono::year(local.tm_year + 1900),
                        std::chrono::month(static_cast<unsigned>(local.tm_mon + 1)),
                        std::chrono::day(static_cast<unsigned>(local.tm_mday))};
}

Result<std::uint16_t> portArgument(const CommandLine &line, const std::string &option) {
  const auto value = line.value(option);
  if (!value) return std::uint16_t{0};
  std::uint16_t port = 0;
  const auto [end, problem] = std::from_chars(value->data(), value->data() + value->size(), port);
  if (problem == std::errc() && end == value->data() + value->size()) return port;
  return commandLineError(option + " needs a port number from 0 (any free one) to 65535.");
}

std::optional<std::pair<std::string, std::string>> keyAndValue(const std::string &text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return std::nullopt;
  return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

}  // namespace roots::host
