// Links to other pages, as RFC 8288 lets services write them.
#include "support/catch.h"
#include "support/raw_server.h"

#include <roots/kit/http_transport.h>
#include <roots/kit/link_header.h>

using namespace roots::kit;
using namespace roots::test;

namespace {

// "target relation relation; target ..." of the links in these headers.
std::string linksIn(const std::vector<std::string> &values) {
  HttpReply reply;
  for (const std::string &value : values) reply.headers.push_back({"link", value});
  std::string text;
  for (const Link &link : linksOf(reply)) {
    text += (text.empty() ? "" : "; ") + link.target;
    for (const std::string &relation : link.relations) text += " " + relation;
  }
  return text;
}

}  // namespace

TEST_CASE("a link is found in every form that RFC 8288 permits", "[links]") {
  CHECK(linksIn({R"(<https://x/?page=2>; rel="next")"}) == "https://x/?page=2 next");
  CHECK(linksIn({"<a>; rel=next"}) == "a next");
  CHECK(linksIn({"<a>;REL=NEXT"}) == "a next");
  CHECK(linksIn({"<a> ; rel = \"prev  Next\" "}) == "a prev next");
  CHECK(linksIn({R"(<a>; title="rel=\"next\", <b>; rel=next"; rel=last)"}) == "a last");
  CHECK(linksIn({R"(<a>; rel=first, <b>; rel="next" , ,<c>;rel=last)"}) == "a first; b next; c last");
  CHECK(linksIn({"<a>; rel=first", "<b>; rel=next"}) == "a first; b next");
  CHECK(linksIn({"<a>; rel=prev; rel=next"}) == "a prev");  // only the first one counts
  CHECK(linksIn({"<a,b;c>; rel=next"}) == "a,b;c next");
  CHECK(linksIn({"<a>; crossorigin; rel=next"}) == "a next");
  CHECK(linksIn({"<a>"}) == "a");
}

TEST_CASE("a malformed link, or one of another resource, does not hide later ones", "[links]") {
  CHECK(linksIn({"rel=next, <b>; rel=next"}) == "b next");
  CHECK(linksIn({R"(x; title="<a>, rel=next", <b>; rel=next)"}) == "b next");
  CHECK(linksIn({R"(<a>; rel=next; anchor="/other", <b>; rel=last)"}) == "b last");
  for (const char *broken :
       {"", ",", "<", "<a", "a>; rel=next", "<a>; rel=\"next", "<a>; rel=\"next\\", ";", "<>"}) {
    CAPTURE(broken);
    (void)linksIn({broken});
  }
  CHECK(linksIn({"<a; rel=next"}).empty());
}

TEST_CASE("each of several Link headers of a reply is read", "[links][transport]") {
  const RawServer server([](Peer &peer) {
    if (peer.readRequest().empty()) return;
    peer.send(
        "HTTP/1.1 200 OK\r\nLink: </?page=1>; rel=first\r\nX-Total: 3\r\nlink: </?page=2>; rel=\"next\"\r\n"
        "Content-Length: 0\r\n\r\n");
  });
  TransportOptions options;
  options.base_url = "http://127.0.0.1:" + std::to_string(server.port());
  const auto transport = makeHttpTransport(options);
  REQUIRE(transport.ok());
  const auto reply = (*transport)->send({}, {std::chrono::steady_clock::now() + std::chrono::minutes(1), {}});
  REQUIRE(reply.ok());
  const auto links = linksOf(*reply);
  REQUIRE(links.size() == 2);
  CHECK(links[1].hasRelation("next"));
  CHECK(links[1].target == "/?page=2");
}
