#include "personio_settings.h"
#include "support/catch.h"

using roots::Settings;
using roots::Status;
using roots::personio::readSettings;

namespace {

Settings complete() {
  return {{"client_id", "papi-1"}, {"client_secret", "secret"}, {"email", "Erika@example.com"}};
}

Settings with(const char *key, const std::string &value) {
  Settings settings = complete();
  settings[key] = value;
  return settings;
}

}  // namespace

TEST_CASE("three settings suffice", "[settings]") {
  const auto read = readSettings(complete());
  REQUIRE(read.ok());
  CHECK(read->client_id == "papi-1");
  CHECK(read->client_secret == "secret");
  CHECK(read->email == "Erika@example.com");
  CHECK(read->base_url == "https://api.personio.de");
  CHECK(read->ca_file.empty());
  CHECK(read->timeout == std::chrono::seconds(30));
}

TEST_CASE("a missing or blank required setting is named", "[settings]") {
  const std::string key = GENERATE("client_id", "client_secret", "email");
  const std::string value = GENERATE("", " ", "\n\t ", "\xC2\xA0");
  Settings settings = complete();
  settings[key] = value;
  const auto read = readSettings(settings);
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().status == Status::invalid_setting);
  CHECK(read.error().setting == key);
  settings.erase(key);
  REQUIRE_FALSE(readSettings(settings).ok());
  CHECK(readSettings(settings).error().setting == key);
}

TEST_CASE("white space around pasted credentials is trimmed", "[settings]") {
  Settings settings = complete();
  settings["client_id"] = "  papi-1\r\n";
  settings["client_secret"] = "\xC2\xA0secret\t\xC2\xA0\n";
  const auto read = readSettings(settings);
  REQUIRE(read.ok());
  CHECK(read->client_id == "papi-1");
  CHECK(read->client_secret == "secret");
}

TEST_CASE("white space inside credentials is an error that does not repeat them", "[settings]") {
  const auto read = readSettings(with("client_secret", "top secret"));
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().setting == "client_secret");
  CHECK(read.error().message.find("top") == std::string::npos);
}

TEST_CASE("the email keeps its upper and lower case", "[settings]") {
  const auto read = readSettings(with("email", "ErIkA+Work@Example.COM"));
  REQUIRE(read.ok());
  CHECK(read->email == "ErIkA+Work@Example.COM");
}

TEST_CASE("an invalid email is refused before anything is sent", "[settings]") {
  const std::string value = GENERATE("erika", "@example.com", "erika@", "erika @example.com", "a@b@c");
  const auto read = readSettings(with("email", value));
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().setting == "email");
}

TEST_CASE("the address must be https, or http on loopback", "[settings]") {
  CHECK(readSettings(with("base_url", "http://127.0.0.1:8080")).ok());
  CHECK(readSettings(with("base_url", "https://proxy.example.com/personio")).ok());
  const auto read = readSettings(with("base_url", "http://api.personio.de"));
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().status == Status::invalid_setting);
  CHECK(read.error().setting == "base_url");
}

TEST_CASE("the time limit is a whole number from 1 to 600", "[settings]") {
  CHECK(readSettings(with("timeout_seconds", "1"))->timeout == std::chrono::seconds(1));
  CHECK(readSettings(with("timeout_seconds", "600"))->timeout == std::chrono::seconds(600));
  CHECK(readSettings(with("timeout_seconds", ""))->timeout == std::chrono::seconds(30));
  const std::string value = GENERATE("0", "601", "-5", "2.5", "soon", "30s", "99999999999999999999");
  const auto read = readSettings(with("timeout_seconds", value));
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().setting == "timeout_seconds");
}

TEST_CASE("unknown settings of a newer host are ignored", "[settings]") {
  CHECK(readSettings(with("favourite_colour", "blue")).ok());
}
