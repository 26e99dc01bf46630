// The limit of what reading may cost: RapidJSON's SAX parser, and nothing done with what it finds.
#pragma once

#include <string>

namespace roots::benchmarks {

// Throws if the text is no JSON.
void readBarely(const std::string &body);             // what RapidJSON does unless it is asked
void readBarelyIteratively(const std::string &body);  // no recursion
void readBarelyAndSafely(const std::string &body);    // no recursion, UTF-8 checked: what foreign bytes need
void readBarelyAndSafelyInPlace(std::string &body);   // the same; texts take the place of their escaped forms
void readBarelyWithNumbersAsText(const std::string &body);  // safely; numbers are not computed

}  // namespace roots::benchmarks
