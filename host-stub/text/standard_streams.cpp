#include "text/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <initializer_list>

namespace roots::host {

void occupyStandardStreams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    // This descriptor is the lowest free number. Standard output is opened for reading, so that writing to it
    // fails.
    (void)::open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace roots::host
