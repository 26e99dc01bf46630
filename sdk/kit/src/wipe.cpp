#include <roots/kit/wipe.h>

#include <openssl/crypto.h>

namespace roots::kit {

void wipe(std::string &text) {
  text.resize(text.capacity());  // the spare bytes may hold an earlier, longer text
  // A compiler may drop writes that nobody reads, but not these.
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

}  // namespace roots::kit
