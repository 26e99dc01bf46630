// Which authorities are trusted, over real TLS: the system's and those of ca_file.
#include "kit/loopback_requests.h"
#include "support/catch.h"
#include "support/raw_server.h"

#include <roots/kit/http_transport.h>

#include <cstdlib>
#include <fstream>

using namespace roots;
using namespace roots::kit;
using namespace roots::test;

namespace {

// OpenSSL looks here for the system's authorities.
class SystemAuthority {
 public:
  SystemAuthority() { ::setenv("SSL_CERT_FILE", authority_.file().c_str(), 1); }
  ~SystemAuthority() { ::unsetenv("SSL_CERT_FILE"); }
  SystemAuthority(const SystemAuthority &) = delete;
  SystemAuthority &operator=(const SystemAuthority &) = delete;
  [[nodiscard]] const Authority &get() const { return authority_; }

 private:
  Authority authority_{"An authority of the system"};
};

// "reply", or the reason why there is none.
std::string outcomeWith(const std::string &ca_file, const Certificate &certificate) {
  const RawServer server(answering(), {certificate});
  TransportOptions options;
  options.base_url = "https://localhost:" + std::to_string(server.port());
  options.ca_file = ca_file;
  const auto transport = makeHttpTransport(options);
  REQUIRE(transport.ok());
  const auto reply =
      (*transport)->send(HttpRequest{}, {std::chrono::steady_clock::now() + std::chrono::minutes(1), {}});
  return reply ? "reply" : reply.error().detail;
}

CertificateRequest forLocalhost(const std::string &name) {
  CertificateRequest request;
  request.name = name;
  request.dns_names = {"localhost"};
  return request;
}

const std::string kNotTrusted = "the certificate comes from an authority that is not trusted";

}  // namespace

TEST_CASE("ca_file is trusted in addition to the system's authorities", "[transport][tls]") {
  const SystemAuthority system;
  const Authority company;
  const Certificate by_system = system.get().issue(forLocalhost("by-system"));
  const Certificate by_company = company.issue(forLocalhost("by-company"));
  CHECK(outcomeWith("", by_system) == "reply");
  CHECK(outcomeWith("", by_company) == kNotTrusted);
  CHECK(outcomeWith(company.file(), by_company) == "reply");
  CHECK(outcomeWith(company.file(), by_system) == "reply");
}

TEST_CASE("the authority that issued the certificate suffices, without its own issuer", "[transport][tls]") {
  const Authority company;
  CertificateRequest request = forLocalhost("issued");
  request.through = Intermediate();
  request.through->shown = GENERATE(true, false);
  const Certificate certificate = company.issue(request);
  CHECK(outcomeWith(certificate.issuer_file, certificate) == "reply");
  // It is an authority for what it issued, not for what others did.
  const Certificate by_other = company.issue(forLocalhost("by-other"));
  CHECK(outcomeWith(certificate.issuer_file, by_other) == kNotTrusted);
}

TEST_CASE("an unusable authority file is refused with a message, also over http", "[transport][tls]") {
  const TemporaryFolder folder;
  const Authority authority;
  TransportOptions options;
  options.base_url = GENERATE("https://localhost", "http://localhost");
  const auto messageFor = [&](const std::filesystem::path &file) {
    options.ca_file = file.string();
    const auto transport = makeHttpTransport(options);
    REQUIRE_FALSE(transport.ok());
    CHECK(transport.error().status == Status::invalid_setting);
    CHECK(transport.error().setting == "ca_file");
    return transport.error().message;
  };
  const auto starts = [](const std::string &message, const std::string &with) {
    CAPTURE(message);
    return message.starts_with("The certificate authority file " + with + ". Name a file");
  };
  CHECK(starts(messageFor(folder.path()), "is a folder"));
  CHECK(starts(messageFor(folder.path() / "missing.pem"), "cannot be read"));
  CHECK(starts(messageFor(folder.write("text.pem", "no certificate")), "holds no certificate in PEM form"));
  CHECK(starts(messageFor(folder.write("empty.pem", "")), "holds no certificate in PEM form"));
  options.ca_file = authority.file();
  CHECK(makeHttpTransport(options).ok());
}
