#include "support/served_host.h"

#include "support/catch.h"
#include "support/output_schema.h"

namespace roots::test {

namespace {

std::vector<std::string> joined(std::vector<std::string> words, const std::vector<std::string> &others) {
  words.insert(words.end(), others.begin(), others.end());
  return words;
}

}  // namespace

ServedHost::ServedHost(const HostUser &user, const ProcessOptions &options,
                       const std::vector<std::string> &more)
    : host_(user.command(joined(more, {"serve", "--json"})), options) {
  REQUIRE(host_.letRunUntil([&] { return host_.out().find('\n') != std::string::npos; }));
  const auto printed = kit::JsonDocument::parse(host_.out());
  REQUIRE(printed.ok());
  REQUIRE(schemaProblem("serve", *printed).empty());
  const std::string link = printed->root()["link"].textOrEmpty();
  port_ = static_cast<std::uint16_t>(std::stoi(link.substr(link.rfind(':') + 1)));
  token_ = link.substr(link.find('#') + 1);
}

std::unique_ptr<LoopbackConnection> ServedHost::begin(
    const std::vector<std::string> &words, const std::map<std::string, std::string> &secrets) const {
  kit::JsonWriter body;
  body.beginObject().texts("words", words).name("secrets").beginObject();
  for (const auto &[key, value] : secrets) body.text(key, value);
  body.endObject().endObject();
  auto connection = std::make_unique<LoopbackConnection>(port_);
  connection->send(bytesOf({"POST",
                            "/api/run",
                            {{"Host", "127.0.0.1:" + std::to_string(port_)},
                             {"Content-Type", "application/json"},
                             {"X-Roots-Token", token_}},
                            body.finish()}));
  return connection;
}

int ServedHost::exitCodeOf(LoopbackConnection &connection) { return exitCodeIn(connection.reply().body); }

int ServedHost::exitCodeIn(std::string lines) {
  if (!lines.empty()) lines.pop_back();
  const auto last = kit::JsonDocument::parse(lines.substr(lines.rfind('\n') + 1));
  return last ? static_cast<int>(last->root()["exit_code"].asInteger().value_or(-1)) : -1;
}

ProcessResult ServedHost::quit(int signal) {
  host_.signal(signal);
  return host_.end();
}

}  // namespace roots::test
