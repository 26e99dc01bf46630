// Reading URLs that a service wrote, with Poco's parser.
#include <roots/kit/url.h>

#include <Poco/Exception.h>
#include <Poco/URI.h>

namespace roots::kit {

std::optional<std::string> queryValue(std::string_view url, std::string_view name) {
  try {
    for (auto &[key, value] : Poco::URI(std::string(url)).getQueryParameters())
      if (key == name) return value;
  } catch (const Poco::Exception &) {
    // Not a URL, so it has no parameters.
  }
  return std::nullopt;
}

}  // namespace roots::kit
