cmake_minimum_required(VERSION 3.25)
# cmake -DROOT=checkout -P tests/layering.cmake
# The permitted dependencies: they point in one direction, each third-party library has one wrapper, and sdk/ and
# plugin/ neither print nor end the process.

set(problems "")

# forbid(PLACE PATTERN WHY [EXCEPT regex]): no line of a source file below PLACE may match.
function(forbid place pattern why)
  cmake_parse_arguments(PARSE_ARGV 3 rule "" "EXCEPT" "")
  file(GLOB_RECURSE files "${ROOT}/${place}/*.h" "${ROOT}/${place}/*.hpp" "${ROOT}/${place}/*.c" "${ROOT}/${place}/*.cpp" "${ROOT}/${place}/*.js")
  foreach(file IN LISTS files)
    file(RELATIVE_PATH name "${ROOT}" "${file}")
    if(rule_EXCEPT AND name MATCHES "${rule_EXCEPT}")
      continue()
    endif()
    file(STRINGS "${file}" hits REGEX "${pattern}")
    foreach(hit IN LISTS hits)
      string(STRIP "${hit}" hit)
      set(problems "${problems}  ${name}: ${hit}\n    ${why}\n")
    endforeach()
  endforeach()
  set(problems "${problems}" PARENT_SCOPE)
endfunction()

set(anything_else "^ *#include *[<\"](plugin|host-stub|day|moco|view|state|sync|command|command_line|plugins|sandbox|http_server|personio|model|errors|replies|api|absences|support)[_/]")

forbid(sdk/include "^ *#include *<(Poco|rapidjson|boost|openssl|roots/kit)/" "the interface requires only the standard library")
forbid(sdk/include "^ *#include *\"" "headers of the interface are included as <roots/...>")
forbid(sdk/kit "${anything_else}" "the kit must not depend on the plugin or the host")
forbid(plugin "^ *#include *\"(day|moco|view|state|sync|command|plugins|sandbox|http_server)/" "the plugin and the host must not depend on each other")
forbid(host-stub "^ *#include *[<\"](.*personio_|(model|errors|replies|api|absences)/)" "the plugin and the host must not depend on each other" EXCEPT "^host-stub/sandbox/")
forbid(sdk "^ *#include *\"support/" "only tests include tests/support")
forbid(plugin "^ *#include *\"support/" "only tests include tests/support")
forbid(host-stub "^ *#include *\"support/" "only tests include tests/support")

forbid(sdk "^ *#include *<rapidjson/" "only sdk/kit/src/json_* includes RapidJSON" EXCEPT "^sdk/kit/src/json_")
forbid(plugin "^ *#include *<rapidjson/" "only sdk/kit/src/json_* includes RapidJSON")
forbid(host-stub "^ *#include *<rapidjson/" "only sdk/kit/src/json_* includes RapidJSON")
forbid(sdk "^ *#include *<(Poco|openssl)/" "only sdk/kit/src/poco_* includes Poco and OpenSSL, and wipe.cpp OpenSSL" EXCEPT "^sdk/kit/src/(poco_.*|wipe.cpp)")
forbid(plugin "^ *#include *<(Poco|openssl)/" "only sdk/kit/src/poco_* includes Poco and OpenSSL")
forbid(host-stub "^ *#include *<Poco/" "in the host, only http_server/ includes Poco" EXCEPT "^host-stub/http_server/")
forbid(host-stub "^ *#include *<boost/" "only host-stub/plugins/plugin_loader.cpp includes Boost.DLL" EXCEPT "^host-stub/plugins/plugin_loader.cpp$")
foreach(component sdk plugin host-stub)
  forbid(${component} "^ *#include *<CLI/" "only host-stub/command_line/parser.cpp includes CLI11" EXCEPT "^host-stub/command_line/parser.cpp$")
endforeach()
forbid(sdk "^ *#include *<boost/" "only the host includes Boost.DLL")
forbid(plugin "^ *#include *<boost/" "only the host includes Boost.DLL")

# Inside the plugin, each folder includes only earlier ones: model, errors, replies, api, absences, src itself.
set(of_plugin "^ *#include *\"")
forbid(plugin/src/model "${of_plugin}((errors|replies|api|absences)/|[^/\"]*\")" "model/ includes no other folder of the plugin")
forbid(plugin/src/errors "${of_plugin}((replies|api|absences)/|[^/\"]*\")" "errors/ includes only model/")
forbid(plugin/src/replies "${of_plugin}((api|absences)/|[^/\"]*\")" "replies/ includes only model/ and errors/")
forbid(plugin/src/api "${of_plugin}(absences/|[^/\"]*\")" "api/ includes neither absences/ nor the provider")
forbid(plugin/src/absences "${of_plugin}[^/\"]*\"" "absences/ does not include the provider")
forbid(plugin/src/replies "roots/kit/http\\.h|Http(Reply|Request)|http_status" "replies/ reads bodies; api/ handles HTTP statuses")

foreach(component sdk plugin host-stub)
  forbid(${component} "(^|[^A-Za-z_])Error *{ *[^ }]" "make an error with makeError(), and name its other members")
endforeach()

set(output_or_exit "std::cout|std::cerr|[^a-z_]printf\\(|[^a-z_]abort\\(|[^a-z_:]exit\\(")
forbid(sdk/include "${output_or_exit}" "sdk and plugin must neither print nor end the process")
forbid(sdk/kit "${output_or_exit}" "sdk and plugin must neither print nor end the process")
forbid(plugin "${output_or_exit}" "sdk and plugin must neither print nor end the process")

# External text is written only through host-stub/text: on the terminal by a console, in the page as text.
set(direct_output "std::cout|std::cerr|[^a-z_]printf\\(|[^a-z_]puts\\(")
forbid(host-stub "${direct_output}" "write text with host-stub/text/output.h" EXCEPT "^host-stub/(main|command/console|command/secret_prompt|isolation/.*|check/main|keyring/main|sandbox/main).cpp$")
forbid(host-stub/page/assets "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser" "set text as text, with elements.js")

# Inside the host, dependencies follow the data: day/ does not include view/, and view/ no files.
forbid(host-stub/day "^ *#include *\"(moco|view|state|sync|command|plugins|sandbox|http_server)/" "day/ is pure")
forbid(host-stub/view "^ *#include *\"(moco|state|sync|command|plugins|sandbox|http_server)/" "view/ is pure")
forbid(host-stub/command "JsonWriter" "view/ writes the output, as text and as JSON")
forbid(host-stub/text "^ *#include *\"(day|moco|view|state|sync|command|plugins|sandbox|http_server|isolation|check|page)/" "text/ includes no other folder of the host")
forbid(host-stub/command_line "^ *#include *\"(day|moco|view|state|sync|command|plugins|sandbox|http_server|isolation|check|page|text)/" "command_line/ serves all programs and includes no other folder")
forbid(host-stub/moco "^ *#include *\"(view|state|sync|command|plugins|sandbox|http_server)/" "moco/ includes only day/")
forbid(host-stub/plugins "^ *#include *\"(day|moco|view|state|sync|command|sandbox|http_server)/" "plugins/ includes only the SDK")
forbid(host-stub/plugins "^ *#include *\"(isolation|check)/" "plugins/ includes only the SDK")
forbid(host-stub/isolation "^ *#include *\"(day|moco|view|state|sync|command|sandbox|http_server|check)/" "isolation/ includes only plugins/")
forbid(host-stub/check "^ *#include *\"(day|moco|view|state|sync|command|sandbox|isolation)/" "check/ includes only plugins/ and a server")
forbid(host-stub/page "^ *#include *\"(day|moco|view|state|sync|command|plugins|sandbox|isolation|check)/" "page/ includes only a server; it runs commands through a function")
forbid(host-stub/state "^ *#include *\"(moco|view|sync|command|sandbox|http_server|isolation|check|page)/" "state/ must not depend on services or views")
forbid(host-stub/sync "^ *#include *\"(view|command|sandbox|http_server|isolation|check|page)/" "sync/ must not depend on views or commands")
forbid(host-stub/sandbox "^ *#include *\"(day|moco|view|state|sync|command|plugins|isolation|check|page)/" "sandbox/ replaces external services and must not depend on the host")
forbid(host-stub "^ *#include *\"sandbox/" "the sandbox is a program of its own: start roots-sandbox" EXCEPT "^host-stub/sandbox/")

if(problems)
  message(FATAL_ERROR "These lines violate layering:\n${problems}")
endif()
