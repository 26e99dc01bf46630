#include <roots/kit/wipe.h>

namespace roots::kit {

void wipe(std::string &text) {
  text.resize(text.capacity());  // the spare bytes may hold an earlier, longer text
  // A compiler may drop writes that nobody reads, but not to something volatile.
  volatile char *bytes = text.data();
  for (std::size_t index = 0; index < text.size(); ++index) bytes[index] = '\0';
  text.clear();
}

}  // namespace roots::kit
