// Reads one HTTP reply from a connection. The head is parsed by Poco; the body is counted here, because
// Poco's streams report a cut, a time-out and the end of a body all as "end".
#pragma once

#include <roots/kit/http.h>

#include <cstddef>
#include <string>

namespace roots::kit {

// Where the bytes of a reply come from.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Appends what arrives, at most about 64 KiB; false: the peer closed in good order. Throws
  // TransportFailure.
  [[nodiscard]] virtual bool readSome(std::string &into, const CallLimits &limits) = 0;
};

struct ReadReply {
  HttpReply reply;
  bool connection_reusable = false;
};

// Throws TransportFailure. received_any tells, also after a throw, whether a byte of a reply had come.
[[nodiscard]] ReadReply readReply(ByteSource &source, const std::string &method, std::size_t max_body_bytes,
                                  const CallLimits &limits, bool &received_any);

// The status of a proxy's reply to CONNECT; bytes behind its head are a breach. Throws TransportFailure.
[[nodiscard]] int readTunnelStatus(ByteSource &source, const CallLimits &limits);

}  // namespace roots::kit
