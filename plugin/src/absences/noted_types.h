// Unclassified types of absence that the user was notified of: once for each type, not once per sync.
// Persisted in the host's secret store, because a name may reveal health data. Owned by a connection.
#pragma once

#include <roots/provider.hpp>

#include <set>
#include <string>
#include <utility>

namespace roots::personio {

class NotedTypes {
 public:
  explicit NotedTypes(Host host) : host_(std::move(host)) {}

  // False: the user was notified before.
  [[nodiscard]] bool add(const std::string &type_name);
  void save();

 private:
  Host host_;
  bool were_loaded_ = false;
  std::set<std::string> names_;
};

}  // namespace roots::personio
