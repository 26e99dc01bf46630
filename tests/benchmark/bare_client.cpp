#include "benchmark/bare_client.h"

#include "benchmark/bare_json.h"

#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/StreamCopier.h>

#include <memory>
#include <sstream>
#include <stdexcept>

namespace roots::benchmarks {
namespace {

namespace net = Poco::Net;

std::unique_ptr<net::HTTPClientSession> sessionTo(std::uint16_t port, const std::string &authority_file) {
  std::unique_ptr<net::HTTPClientSession> session;
  if (authority_file.empty()) {
    session = std::make_unique<net::HTTPClientSession>("127.0.0.1", port);
  } else {
    const net::Context::Ptr context(
        new net::Context(net::Context::TLS_CLIENT_USE, authority_file, net::Context::VERIFY_STRICT));
    session = std::make_unique<net::HTTPSClientSession>("127.0.0.1", port, context);
  }
  session->setKeepAlive(true);
  return session;
}

}  // namespace

std::vector<BareRequest> bareRequests(const std::vector<std::string> &recorded) {
  std::vector<BareRequest> requests;
  for (const std::string &bytes : recorded) {
    std::istringstream stream(bytes);
    BareRequest request;
    std::string version;
    stream >> request.method >> request.target >> version >> std::ws;
    for (std::string line; std::getline(stream, line) && line != "\r";) {
      const std::size_t colon = line.find(": ");
      request.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2, line.size() - colon - 3));
    }
    request.body = bytes.substr(bytes.find("\r\n\r\n") + 4);
    requests.push_back(std::move(request));
  }
  return requests;
}

void askBarely(const std::vector<BareRequest> &requests, std::uint16_t port,
               const std::string &authority_file) {
  const auto session = sessionTo(port, authority_file);
  std::string body;
  for (const BareRequest &request : requests) {
    net::HTTPRequest head(request.method, request.target, net::HTTPMessage::HTTP_1_1);
    for (const auto &[name, value] : request.headers) head.set(name, value);
    session->sendRequest(head) << request.body;
    net::HTTPResponse reply;
    body.clear();
    Poco::StreamCopier::copyToString(session->receiveResponse(reply), body);
    if (reply.getStatus() != 200) throw std::runtime_error(request.target + ": " + body);
    readBarelyAndSafely(body);
  }
}

}  // namespace roots::benchmarks
