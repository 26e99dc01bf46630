// The limit of what reading may cost: RapidJSON's SAX parser, and nothing done with what it finds.
#pragma once

#include <rapidjson/reader.h>

#include <stdexcept>
#include <string>

namespace roots::benchmarks {
namespace {  // of each file its own: g++ makes one function of what is used once, which is twice as fast

struct TakesNothing : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TakesNothing> {};

// What foreign bytes need: no recursion, and UTF-8 checked.
constexpr unsigned kSafeFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;

template <unsigned flags, class Stream>
void readBarelyFrom(Stream stream) {
  rapidjson::Reader reader;
  TakesNothing handler;
  if (reader.Parse<flags>(stream, handler).IsError()) throw std::runtime_error("RapidJSON refuses the reply");
}

template <unsigned flags>
void readBarely(const std::string &body) {
  readBarelyFrom<flags>(rapidjson::StringStream(body.c_str()));
}

// Texts take the place of their escaped forms.
template <unsigned flags>
void readBarelyInPlace(std::string &body) {
  readBarelyFrom<flags | rapidjson::kParseInsituFlag>(rapidjson::InsituStringStream(body.data()));
}

}  // namespace
}  // namespace roots::benchmarks
