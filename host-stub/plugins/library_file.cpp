// Inspects a library's file without loading it. No number in it is trusted: each offset is compared with the
// size of the file before it is read.
#include "plugins/plugin_library.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <fstream>

namespace roots::host {

namespace {

// Of the ELF format, in the 64-bit form.
constexpr std::string_view kMagic{
    "\x7f"
    "ELF"};
constexpr std::size_t kHeaderSize = 64;
constexpr std::size_t kSegmentSize = 56;  // of one row in the table of segments
constexpr std::uint64_t k64Bit = 2;
constexpr std::uint64_t kLittleEndian = 1;
constexpr std::uint64_t kSharedLibrary = 3;
constexpr std::uint64_t kLoadedSegment = 1;

// Numbers at fixed places of a piece of a file, lowest byte first.
template <std::size_t Size>
std::uint64_t numberAt(const std::array<unsigned char, Size> &bytes, std::size_t place, std::size_t length) {
  std::uint64_t number = 0;
  for (std::size_t index = 0; index < length; ++index)
    number |= std::uint64_t{bytes.at(place + index)} << (8 * index);
  return number;
}

class ElfFile {
 public:
  explicit ElfFile(const std::filesystem::path &file) : stream_(file, std::ios::binary) {
    std::error_code problem;
    size_ = std::filesystem::file_size(file, problem);
    if (problem || !readAt(0, header_)) return;
    is_elf_ = true;
    for (std::size_t index = 0; index < kMagic.size(); ++index)
      is_elf_ = is_elf_ && header_.at(index) == static_cast<unsigned char>(kMagic[index]);
  }

  [[nodiscard]] bool isElf() const { return is_elf_; }
  [[nodiscard]] bool hasKnownForm() const { return number(4, 1) == k64Bit && number(5, 1) == kLittleEndian; }
  [[nodiscard]] bool isSharedLibrary() const { return number(16, 2) == kSharedLibrary; }
  [[nodiscard]] std::uint64_t machine() const { return number(18, 2); }

  // Whether all content of its tables lies inside the file. The table of sections is the last thing that a
  // linker writes.
  [[nodiscard]] bool isComplete() {
    if (!holds(number(40, 8), number(58, 2) * number(60, 2))) return false;
    const std::uint64_t table = number(32, 8);
    const std::uint64_t row_size = number(54, 2);
    const std::uint64_t rows = number(56, 2);
    if (!holds(table, row_size * rows) || (rows > 0 && row_size < kSegmentSize)) return false;
    for (std::uint64_t row = 0; row < rows; ++row) {
      std::array<unsigned char, kSegmentSize> segment{};
      if (!readAt(table + row * row_size, segment)) return false;
      if (numberAt(segment, 0, 4) != kLoadedSegment) continue;
      if (!holds(numberAt(segment, 8, 8), numberAt(segment, 32, 8))) return false;
    }
    return true;
  }

 private:
  [[nodiscard]] std::uint64_t number(std::size_t place, std::size_t length) const {
    return numberAt(header_, place, length);
  }
  [[nodiscard]] bool holds(std::uint64_t place, std::uint64_t length) const {
    return place <= size_ && length <= size_ - place;
  }
  template <std::size_t Size>
  bool readAt(std::uint64_t place, std::array<unsigned char, Size> &bytes) {
    if (!holds(place, Size)) return false;
    stream_.clear();
    stream_.seekg(static_cast<std::streamoff>(place));
    stream_.read(reinterpret_cast<char *>(bytes.data()), Size);
    return static_cast<bool>(stream_);
  }

  std::ifstream stream_;
  std::uint64_t size_ = 0;
  std::array<unsigned char, kHeaderSize> header_{};
  bool is_elf_ = false;
};

std::string processorName(std::uint64_t machine) {
  switch (machine) {
    case 3:
      return "x86, 32 bits";
    case 21:
      return "PowerPC";
    case 22:
      return "IBM Z";
    case 40:
      return "ARM, 32 bits";
    case 62:
      return "x86-64";
    case 183:
      return "ARM, 64 bits";
    case 243:
      return "RISC-V";
    default:
      return "number " + std::to_string(machine);
  }
}

// Of this program; nullopt: unknown.
std::optional<std::uint64_t> ownMachine() {
  const ElfFile own("/proc/self/exe");
  return own.isElf() ? std::optional(own.machine()) : std::nullopt;
}

}  // namespace

std::string damagedLibraryProblem(const std::filesystem::path &library) {
  const std::string its_library = "Its library " + library.filename().string();
  ElfFile file(library);
  if (!file.isElf()) return its_library + " is no library of this system. Copy the plugin again.";
  const auto own = ownMachine();
  if (!file.hasKnownForm() || (own && file.machine() != *own)) {
    return its_library + " is built for another processor (" + processorName(file.machine()) + ")" +
           (own ? "; this computer has " + processorName(*own) : "") +
           ". Install the plugin's build for this computer.";
  }
  if (!file.isComplete()) return its_library + " is damaged or incomplete. Copy the plugin again.";
  if (!file.isSharedLibrary()) return its_library + " is no library of this system. Copy the plugin again.";
  return "";
}

bool mayRunFrom(const std::filesystem::path &file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return true;  // not checked here
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  void *mapped = ::mmap(nullptr, page, PROT_READ | PROT_EXEC, MAP_PRIVATE, descriptor, 0);
  const bool is_forbidden = mapped == MAP_FAILED && (errno == EPERM || errno == EACCES);
  if (mapped != MAP_FAILED) ::munmap(mapped, page);
  ::close(descriptor);
  return !is_forbidden;
}

}  // namespace roots::host
