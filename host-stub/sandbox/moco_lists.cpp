#include "sandbox/moco_lists.h"

#include <algorithm>
#include <charconv>

namespace roots::sandbox::moco {
namespace {

constexpr std::size_t kMaxRows = 100;

std::size_t numberOf(const MocoRequest &asked, const char *name, std::size_t usual) {
  const std::string value = asked.parameter(name);
  std::size_t number = usual;
  if (!value.empty()) std::from_chars(value.data(), value.data() + value.size(), number);
  return std::max<std::size_t>(number, 1);
}

}  // namespace

bool shows(const MocoRequest &asked, std::int64_t user_id, kit::CivilDate date) {
  if (user_id != asked.user.id && !asked.user.key_sees_everyone &&
      !asked.moco().behaviour.user_filter_ignored)
    return false;
  const std::string wanted = asked.parameter("user_id");
  if (!asked.moco().behaviour.user_filter_ignored && !wanted.empty() && wanted != std::to_string(user_id))
    return false;
  const auto from = kit::parseDate(asked.parameter("from"));
  const auto to = kit::parseDate(asked.parameter("to"));
  return (!from || *from <= date) && (!to || date <= *to);
}

bool datesAreFine(const MocoRequest &asked) {
  for (const char *name : {"from", "to"}) {
    const std::string value = asked.parameter(name);
    if (!value.empty() && !kit::parseDate(value)) {
      asked.recordProblem(std::string(name) + "=" + value + " is not a day");
      return false;
    }
  }
  return true;
}

ServerReply paged(const MocoRequest &asked, const std::vector<std::string> &rows) {
  const std::size_t size = std::min(numberOf(asked, "per_page", kMaxRows), kMaxRows);
  const std::size_t page = numberOf(asked, "page", 1);
  std::vector<std::string> shown;
  for (std::size_t index = (page - 1) * size; index < rows.size() && index < page * size; ++index)
    shown.push_back(rows[index]);
  ServerReply reply = jsonReply(200, listOf(shown));
  reply.headers = {{"X-Page", std::to_string(page)},
                   {"X-Per-Page", std::to_string(size)},
                   {"X-Total", std::to_string(rows.size())}};
  if (page * size < rows.size()) {
    reply.headers.emplace_back("Link", "<https://" + asked.moco().domain + ".mocoapp.com" +
                                           asked.request.path + "?page=" + std::to_string(page + 1) +
                                           ">; rel=\"next\"");
  }
  return reply;
}

}  // namespace roots::sandbox::moco
