// The speed of RapidJSON varies by a factor of two with g++'s inlining, which depends on the rest of the
// file. To measure the best case, this file contains nothing else, and CMakeLists.txt raises the inlining
// limits.
#include "benchmark/bare_json.h"

#include <rapidjson/reader.h>

#include <stdexcept>

namespace roots::benchmarks {
namespace {

struct TakesNothing : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TakesNothing> {};

constexpr unsigned kSafe = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;

template <unsigned flags, class Stream>
void readFrom(Stream &stream) {
  rapidjson::Reader reader;
  TakesNothing handler;
  if (reader.Parse<flags>(stream, handler).IsError()) throw std::runtime_error("RapidJSON refuses the reply");
}

template <unsigned flags>
void readText(const std::string &body) {
  rapidjson::StringStream stream(body.c_str());
  readFrom<flags>(stream);
}

}  // namespace

void readBarely(const std::string &body) { readText<rapidjson::kParseDefaultFlags>(body); }
void readBarelyIteratively(const std::string &body) { readText<rapidjson::kParseIterativeFlag>(body); }
void readBarelyAndSafely(const std::string &body) { readText<kSafe>(body); }
void readBarelyAndSafelyInPlace(std::string &body) {
  rapidjson::InsituStringStream stream(body.data());
  readFrom<kSafe | rapidjson::kParseInsituFlag>(stream);
}
void readBarelyWithNumbersAsText(const std::string &body) {
  readText<kSafe | rapidjson::kParseNumbersAsStringsFlag>(body);
}

}  // namespace roots::benchmarks
