// Replies of an invented Personio, small enough to read in a test. One employee: Erika Beispiel, 4711.
#pragma once

#include <roots/kit/http.h>
#include "support/folders.h"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace roots::personio::tests {

inline const std::string kEmail = "Erika.Beispiel@example.com";

// A whole reply from tests/fixtures/personio.
inline std::string fixture(const std::string &name) {
  std::ifstream file(test::sourceFolder() + "/tests/fixtures/personio/" + name);
  if (!file) throw std::runtime_error("no fixture " + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string joined(const std::vector<std::string> &parts) {
  std::string text;
  for (const std::string &part : parts) text += (text.empty() ? "" : ",") + part;
  return text;
}

// '...' instead of "...", so that JSON stays readable inside C++.
inline std::string json(std::string text) {
  for (char &character : text)
    if (character == '\'') character = '"';
  return text;
}

inline std::string list(const std::vector<std::string> &rows) {
  return json("{'success':true,'data':[" + joined(rows) + "]}");
}

inline std::string listWithCounts(const std::vector<std::string> &rows, int total, int current_page,
                                  int pages) {
  return json("{'success':true,'metadata':{'total_elements':" + std::to_string(total) +
              ",'current_page':" + std::to_string(current_page) + ",'total_pages':" + std::to_string(pages) +
              "},'data':[" + joined(rows) + "]}");
}

// With counts that fit: one page with all rows.
inline std::string completeList(const std::vector<std::string> &rows) {
  return listWithCounts(rows, static_cast<int>(rows.size()), 1, rows.empty() ? 0 : 1);
}

inline std::string failure(int code) {
  return json("{'success':false,'error':{'code':" + std::to_string(code) +
              ",'message':'Es ist ein Problem aufgetreten '}}");
}

inline std::string token(const std::string &text = "papi-token-1", int expires_in = 86400,
                         const std::string &scope = "") {
  const std::string told = scope.empty() ? "" : ",'scope':'" + scope + "'";
  return json("{'access_token':'" + text +
              "','token_type':'Bearer','expires_in':" + std::to_string(expires_in) + told + "}");
}

inline std::string tokenV1(const std::string &text = "papi-token-1") {
  return json("{'success':true,'data':{'token':'" + text + "'}}");
}

inline const std::string kWrongClient =
    R"({"error":"invalid_client","error_description":"Client authentication failed","_meta":null})";
inline const std::string kNoSuchEndpoint =
    R"({"errors":[{"title":"Not Found","type":"#apinot_found","_meta":{}}]})";

inline std::string attribute(const std::string &key, const std::string &value) {
  return "'" + key + "':{'label':'?','value':" + value + ",'type':'standard','universal_id':'" + key + "'}";
}

inline const std::string kFullTime =
    "{'type':'WorkSchedule','attributes':{'id':1,'name':'Vollzeit','valid_from':null,'monday':'08:00',"
    "'tuesday':'08:00','wednesday':'08:00','thursday':'08:00','friday':'08:00','saturday':'00:00','sunday':"
    "'00:00'}}";

// A row of GET /v1/company/employees with just these attributes.
inline std::string employeeWith(const std::vector<std::string> &attributes) {
  return "{'type':'Employee','attributes':{" + joined(attributes) + "}}";
}

inline std::string employee(const std::string &id, const std::string &email, const std::string &schedule) {
  return employeeWith({attribute("id", id), attribute("email", "'" + email + "'"),
                       attribute("first_name", "'Erika'"), attribute("last_name", "'Beispiel'"),
                       attribute("status", "'active'"), attribute("weekly_working_hours", "'40'"),
                       attribute("hire_date", "'2019-04-01T00:00:00+02:00'"),
                       attribute("termination_date", "null"), attribute("work_schedule", schedule)});
}

inline std::string erika() { return employee("4711", kEmail, kFullTime); }

inline const std::string kOwner =
    "'employee':{'type':'Employee','attributes':{'id':{'label':'ID','value':4711}}}";
inline const std::string kVacationType =
    "'time_off_type':{'type':'TimeOffType','attributes':{'id':301,'name':'Urlaub','category':'paid_vacation'}"
    "}";

// A row of GET /v1/company/time-offs. more: members that follow, beginning with a comma.
inline std::string timeOff(const std::string &id, const std::string &first, const std::string &last,
                           const std::string &more = "") {
  const std::string end = last.empty() ? "null" : "'" + last + "T00:00:00+0200'";
  return "{'type':'TimeOffPeriod','attributes':{'id':" + id + ",'status':'approved','start_date':'" + first +
         "T00:00:00+0200','end_date':" + end + "," + kVacationType + "," + kOwner + more + "}}";
}

inline std::string timeOffWithStatus(const std::string &id, const std::string &status) {
  return "{'type':'TimeOffPeriod','attributes':{'id':" + id + ",'status':'" + status +
         "','start_date':'2026-07-06T00:00:00+0200','end_date':'2026-07-06T00:00:00+0200'," + kVacationType +
         "," + kOwner + "}}";
}

// A row of GET /v1/company/absence-periods. rest: what follows the type, e.g. the breakdowns.
inline std::string absencePeriod(const std::string &id, const std::string &rest) {
  return "{'type':'AbsencePeriod','attributes':{'id':'" + id +
         "','measurement_unit':'hour','status':'approved'," + kOwner +
         ",'absence_type':{'type':'AbsenceType','attributes':{'id':'7c-302','name':'Ausgleich',"
         "'time_off_type_id':302}}," +
         rest + "}}";
}

inline std::string breakdowns(const std::vector<std::pair<std::string, int>> &parts) {
  std::vector<std::string> rows;
  for (const auto &[date, minutes] : parts)
    rows.push_back("{'date':'" + date + "','effective_duration':" + std::to_string(minutes) + "}");
  return "'breakdowns':[" + joined(rows) + "]";
}

inline std::string timeOffType(const std::string &id, const std::string &name, const std::string &category,
                               const std::string &unit) {
  const std::string quoted = category.empty() ? "null" : "'" + category + "'";
  return "{'type':'TimeOffType','attributes':{'id':" + id + ",'id_v2':'7c-" + id + "','name':'" + name +
         "','category':" + quoted + ",'unit':'" + unit + "'}}";
}

// ---- API v2 ----

inline std::string listV2(const std::vector<std::string> &rows, const std::string &next = "") {
  const std::string links = next.empty() ? "" : "'next':{'href':'" + next + "'}";
  return json("{'_data':[" + joined(rows) + "],'_meta':{'links':{" + links + "}}}");
}

// "2026-07-06" is midnight, "2026-07-02T14:00" that time. half: "", "FIRST_HALF", "SECOND_HALF".
inline std::string momentV2(const std::string &when, const std::string &half = "") {
  const std::string clock = when.size() == 10 ? when + "T00:00:00" : when + ":00";
  return "{'date_time':'" + clock + "','type':" + (half.empty() ? "null" : "'" + half + "'") + "}";
}

// A row of GET /v2/absence-periods of a type counted in days (7c-301) or another. end: "null" for none.
inline std::string periodV2(const std::string &id, const std::string &start, const std::string &end,
                            const std::string &type = "7c-301", const std::string &status = "APPROVED",
                            const std::string &person = "4711") {
  return "{'id':'" + id + "','person':{'id':'" + person + "'},'absence_type':{'id':'" + type +
         "'},'starts_from':" + start + ",'ends_at':" + end + ",'approval':{'status':'" + status + "'}}";
}

// The row with the time of its last change.
inline std::string updatedAt(const std::string &time, std::string row) {
  row.pop_back();
  return row + ",'updated_at':'" + time + "'}";
}

inline std::string breakdownV2(const std::string &date, const std::string &unit, const std::string &value) {
  return "{'date':'" + date + "','effective_duration':{'unit':'" + unit + "','value':" + value + "}}";
}

inline std::string typesV2() {
  return listV2({"{'id':'7c-301','name':'Urlaub','category':'PAID_VACATION','unit':'DAY'}",
                 "{'id':'7c-302','name':'Ausgleich','category':'OTHER','unit':'HOUR'}",
                 "{'id':'7c-303','name':'Krank','category':'SICK_LEAVE','unit':'DAY'}"});
}

}  // namespace roots::personio::tests
