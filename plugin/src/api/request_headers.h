// What every request to Personio contains in addition to its token.
#pragma once

#include <roots/kit/http.h>

namespace roots::personio {

inline const kit::HttpHeader kAppIdHeader{"X-Personio-App-ID", "ROOTS"};  // integrations name themselves

}  // namespace roots::personio
