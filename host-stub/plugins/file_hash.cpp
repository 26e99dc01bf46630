#include "plugins/plugin_loader.h"

#include <roots/kit/hex.h>

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>

namespace roots::host {

Result<std::string> fileHash(const std::filesystem::path &file) {
  const Error unreadable = makeError(
      Status::internal, "The file " + file.filename().string() + " cannot be read. Check its permissions.");
  std::ifstream stream(file, std::ios::binary);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (!stream || !digest || EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) != 1) return unreadable;
  std::array<char, 65536> buffer{};
  while (stream.read(buffer.data(), buffer.size()) || stream.gcount() > 0)
    EVP_DigestUpdate(digest.get(), buffer.data(), static_cast<std::size_t>(stream.gcount()));
  if (stream.bad()) return unreadable;
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned length = 0;
  EVP_DigestFinal_ex(digest.get(), bytes.data(), &length);
  return kit::hexText(std::span(bytes).first(length));
}

}  // namespace roots::host
