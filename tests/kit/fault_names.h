// How the ways in which a request can fail are called where tests show them.
#pragma once

#include <roots/kit/http.h>

#include <optional>
#include <string>

namespace roots::test {

inline std::string nameOf(kit::TransportFault fault) {
  switch (fault) {
    case kit::TransportFault::cancelled:
      return "cancelled";
    case kit::TransportFault::timed_out:
      return "timed_out";
    case kit::TransportFault::name_not_found:
      return "name_not_found";
    case kit::TransportFault::connection_refused:
      return "connection_refused";
    case kit::TransportFault::connection_lost:
      return "connection_lost";
    case kit::TransportFault::proxy_unreachable:
      return "proxy_unreachable";
    case kit::TransportFault::proxy_failed:
      return "proxy_failed";
    case kit::TransportFault::proxy_sign_in_unsupported:
      return "proxy_sign_in_unsupported";
    case kit::TransportFault::proxy_wants_sign_in:
      return "proxy_wants_sign_in";
    case kit::TransportFault::proxy_refused:
      return "proxy_refused";
    case kit::TransportFault::certificate_refused:
      return "certificate_refused";
    case kit::TransportFault::tls_failed:
      return "tls_failed";
    case kit::TransportFault::reply_not_http:
      return "reply_not_http";
    case kit::TransportFault::reply_too_large:
      return "reply_too_large";
  }
  return "?";
}

}  // namespace roots::test
