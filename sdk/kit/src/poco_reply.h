// Reads one HTTP reply from a connection. Head (reply_head.h) and body are read here, because Poco's parser
// refuses long header lines, and its streams do not distinguish a lost connection, a timeout and the end of a
// body.
#pragma once

#include <roots/kit/http.h>

#include <cstddef>
#include <string>

namespace roots::kit {

// The source of the bytes of a reply.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Appends what arrives, at most about 64 KiB; false: the peer closed the connection properly. Throws
  // TransportFailure.
  [[nodiscard]] virtual bool readSome(std::string &into, const CallLimits &limits) = 0;
};

struct ReadReply {
  HttpReply reply;
  bool connection_reusable = false;
};

// Throws TransportFailure. received_any is set, also on an exception, if any byte of a reply was received.
[[nodiscard]] ReadReply readReply(ByteSource &source, const std::string &method, std::size_t max_body_bytes,
                                  const CallLimits &limits, bool &received_any);

// A proxy's reply to CONNECT, without its body; bytes after the head of one that opens the tunnel violate
// the protocol. Throws TransportFailure.
[[nodiscard]] HttpReply readTunnelReply(ByteSource &source, const CallLimits &limits);

}  // namespace roots::kit
