#include "kit/loopback_requests.h"

namespace roots::test {

const Authority &authority() {
  static const Authority one;
  return one;
}

Certificate goodCertificate() {
  static const Certificate one = authority().issue({"good", {"localhost"}, {"127.0.0.1"}});
  return one;
}

RawServer::Script answering() {
  return [](Peer &peer) {
    if (!peer.performHandshake()) return;
    while (!peer.readRequest().empty()) peer.send(kEmptyReply);
  };
}

RawServer::Script sending(const std::string &reply) {
  return [=](Peer &peer) {
    if (peer.performHandshake() && !peer.readRequest().empty() && peer.send(reply)) peer.readRequest();
  };
}

kit::HttpRequest secretRequest() {
  kit::HttpRequest request;
  request.target = "/secret";
  request.headers = {{"Authorization", "Bearer canary-token"}};
  return request;
}

kit::CallLimits within(std::chrono::milliseconds time) {
  return {std::chrono::steady_clock::now() + time, {}};
}

}  // namespace roots::test
