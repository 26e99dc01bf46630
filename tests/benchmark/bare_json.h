// The limit of what reading may cost: RapidJSON's SAX parser, and nothing done with what it finds.
#pragma once

#include <rapidjson/reader.h>

#include <stdexcept>
#include <string>

namespace roots::benchmarks {

struct TakesNothing : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TakesNothing> {};

// What foreign bytes need: no recursion, and UTF-8 checked.
inline constexpr unsigned kSafeFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;

template <unsigned flags>
void readBarely(const std::string &body) {
  rapidjson::StringStream stream(body.c_str());
  rapidjson::Reader reader;
  TakesNothing handler;
  if (reader.Parse<flags>(stream, handler).IsError()) throw std::runtime_error("RapidJSON refuses the reply");
}

}  // namespace roots::benchmarks
