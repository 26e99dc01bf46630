// Types of absence that nobody could classify and that the user was told of: once for each, not once a sync.
// Kept through the host, because a name may tell about somebody's health. Owned by a connection.
#pragma once

#include <roots/provider.hpp>

#include <set>
#include <string>
#include <utility>

namespace roots::personio {

class NotedTypes {
 public:
  explicit NotedTypes(Host host) : host_(std::move(host)) {}

  // False: the user was told of it before.
  [[nodiscard]] bool add(const std::string &type_name);
  void keep();

 private:
  Host host_;
  bool were_loaded_ = false;
  std::set<std::string> names_;
};

}  // namespace roots::personio
