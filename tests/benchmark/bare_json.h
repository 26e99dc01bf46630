// The limit of what reading may cost: RapidJSON's SAX parser, and nothing done with what it finds.
#pragma once

#include <rapidjson/reader.h>

#include <stdexcept>
#include <string>

namespace roots::benchmarks {
namespace {  // known to be used here only, g++ makes one function of it all: twice as fast

struct TakesNothing : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TakesNothing> {};

// What foreign bytes need: no recursion, and UTF-8 checked.
constexpr unsigned kSafeFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;

template <unsigned flags>
void readBarely(const std::string &body) {
  rapidjson::StringStream stream(body.c_str());
  rapidjson::Reader reader;
  TakesNothing handler;
  if (reader.Parse<flags>(stream, handler).IsError()) throw std::runtime_error("RapidJSON refuses the reply");
}

}  // namespace
}  // namespace roots::benchmarks
