// The lower bound of parsing: RapidJSON's SAX parser without using the values.
#pragma once

#include <string>

namespace roots::benchmarks {

// Throws if the text is not JSON.
void readBarely(const std::string &body);             // RapidJSON's defaults
void readBarelyIteratively(const std::string &body);  // no recursion
void readBarelyAndSafely(
    const std::string &body);  // no recursion, UTF-8 validated: required for external data
void readBarelyAndSafelyInPlace(std::string &body);         // the same, with strings unescaped in place
void readBarelyWithNumbersAsText(const std::string &body);  // safely; numbers are not converted

}  // namespace roots::benchmarks
