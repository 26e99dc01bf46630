// The data endpoints of the sandbox's Personio, and their common parts: the request with its scenario,
// paging, and error replies. Split from personio_server.cpp by subject.
#pragma once

#include "sandbox/service.h"

#include <optional>
#include <string>
#include <vector>

namespace roots::sandbox {

inline const std::string kPersonio = "personio";

// The input of each reply of the data endpoints.
struct Asked {
  Scenario &scenario;
  RequestLog &log;
  const std::string &endpoint;
  const ServerRequest &request;

  [[nodiscard]] Personio &personio() const { return scenario.personio; }
  void recordProblem(const std::string &what) const { log.recordProblem(kPersonio, endpoint, what); }
};

struct Page {
  std::size_t limit = 0;
  std::size_t offset = 0;
};

[[nodiscard]] ServerReply failure(int status, int code, const std::string &message);
[[nodiscard]] ServerReply tooMany(const Asked &asked);
[[nodiscard]] ServerReply unknownEmployee();

// nullopt: a parameter is not a number, or out of bounds.
[[nodiscard]] std::optional<Page> pageOf(const Asked &asked, std::size_t usual, std::size_t most);
[[nodiscard]] std::string metadata(std::size_t total, std::size_t current, std::size_t pages);
[[nodiscard]] ServerReply dataReply(std::string_view data);  // {"success":true,"data":...}
[[nodiscard]] ServerReply listReply(const std::string &meta, const Page &page,
                                    const std::vector<std::string> &rows);
// Rows of a list whose offset is a page number, counted from 1; 0 means 1.
[[nodiscard]] ServerReply pagedByNumber(const Page &page, const std::vector<std::string> &rows,
                                        bool repeat_row);

// {"type":...,"attributes":{...}}
[[nodiscard]] std::string resourceJson(std::string_view type, std::string_view attributes);
// {"label","value","type","universal_id"}; the value is JSON.
[[nodiscard]] std::string attributeJson(const std::string &key, const std::string &value, const char *type);
[[nodiscard]] const Employee *employeeById(const Asked &asked, const std::string &id);  // nullptr: none
[[nodiscard]] const TimeOffType *typeById(const Asked &asked, std::int64_t id);         // nullptr: none
[[nodiscard]] std::string typeUuid(std::int64_t id);
[[nodiscard]] std::string timeOffUuid(std::int64_t id);

struct ClientSecret {
  std::string client_id;
  std::string client_secret;
};
// The token for these credentials, the same while it is valid; nullopt: they are wrong.
[[nodiscard]] std::string formValue(const Asked &asked, const std::string &name);  // of a form body
[[nodiscard]] std::optional<std::string> tokenFor(const Asked &asked, const ClientSecret &secret);
// The credentials behind the request's token; nullptr: there are none.
[[nodiscard]] const Credentials *credentialsOf(const Asked &asked);

// personio_employees.cpp
[[nodiscard]] ServerReply employees(const Asked &asked, const Credentials &credentials);
[[nodiscard]] ServerReply employee(const Asked &asked, const Credentials &credentials, const std::string &id);
[[nodiscard]] ServerReply attributeList(const Credentials &credentials);

// personio_absences.cpp
[[nodiscard]] ServerReply timeOffs(const Asked &asked);
[[nodiscard]] ServerReply absencePeriods(const Asked &asked);
[[nodiscard]] ServerReply timeOffTypes(const Asked &asked);
[[nodiscard]] ServerReply balance(const Asked &asked, const std::string &employee_id);

// personio_v2.cpp: everything below /v2
[[nodiscard]] ServerReply personioV2Reply(const Asked &asked);

// personio_v2_absences.cpp
struct RowsV2 {
  std::vector<std::string> rows;
  std::size_t most_per_page = 100;
};
// The rows that pass the filters of the query. nullopt: 400
[[nodiscard]] std::optional<RowsV2> periodsV2(const Asked &asked,
                                              const std::vector<std::pair<std::string, std::string>> &query);
[[nodiscard]] std::optional<RowsV2> breakdownsV2(const Asked &asked, const std::string &id);  // nullopt: 404
[[nodiscard]] RowsV2 typesV2(const Asked &asked);
// {"_data":[...],"_meta":{"links":{...}}}
[[nodiscard]] std::string listJsonV2(const std::vector<std::string> &rows, std::string_view links);

}  // namespace roots::sandbox
