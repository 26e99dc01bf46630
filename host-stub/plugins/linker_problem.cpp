// Converts messages of the dynamic linker to messages for the user.
#include "plugins/plugin_library.h"

namespace roots::host {

namespace {

// Boost.DLL says "... (dlerror system message: WORDS): Bad file descriptor".
std::string linkerWords(const std::string &text) {
  constexpr std::string_view introduction{"dlerror system message: "};
  const std::size_t place = text.find(introduction);
  if (place == std::string::npos) return text;
  const std::size_t begin = place + introduction.size();
  const std::size_t end = text.rfind("): ");
  if (end == std::string::npos || end < begin) return text.substr(begin);
  return text.substr(begin, end - begin);
}

// Removes the path, which the user already knows.
std::string withoutOwnPath(const std::string &words, const std::string &library) {
  const std::string own = "/" + library + ": ";
  const std::size_t place = words.find(own);
  return place == std::string::npos ? words : words.substr(place + own.size());
}

// The name of a library that this one needs and that was not found; "": another problem.
std::string absentLibrary(const std::string &reason) {
  const std::size_t end = reason.find(": cannot open shared object file: No such file or directory");
  return end == std::string::npos ? "" : reason.substr(0, end);
}

}  // namespace

std::string forbiddenPlaceProblem() {
  return "It lies on a file system that lets no program run (mounted with \"noexec\"). Move the plugins "
         "folder "
         "to another one, and name it with --plugins DIR.";
}

std::string linkerProblem(const std::string &text, const std::string &library) {
  const std::string reason = withoutOwnPath(linkerWords(text), library);
  if (const std::string absent = absentLibrary(reason); !absent.empty()) {
    return "Its library " + library + " needs " + absent +
           ", which is not installed on this computer. Install the package that holds it, or a version of "
           "the "
           "plugin that brings it along.";
  }
  if (reason.find("failed to map segment from shared object") != std::string::npos)
    return forbiddenPlaceProblem();
  return "Its library " + library + " cannot be loaded: " + reason +
         ". Install a version built for this system.";
}

}  // namespace roots::host
