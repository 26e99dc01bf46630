cmake_minimum_required(VERSION 3.25)
# cmake -DROOT=checkout -P tests/layering.cmake
#
# Who may name whom. Dependencies point one way, each third-party library stands behind one door, and
# sdk/ and plugin/ neither print nor end the process.

set(problems "")

# forbid(PLACE PATTERN WHY [EXCEPT regex]): no line of a source file below PLACE may match.
function(forbid place pattern why)
  cmake_parse_arguments(PARSE_ARGV 3 rule "" "EXCEPT" "")
  file(GLOB_RECURSE files "${ROOT}/${place}/*.h" "${ROOT}/${place}/*.hpp" "${ROOT}/${place}/*.c" "${ROOT}/${place}/*.cpp")
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

set(anything_else "^ *#include *[<\"](plugin|host-stub|day|moco|view|sync|command|plugins|sandbox|http_server|personio|support)[_/]")

forbid(sdk/include "^ *#include *<(Poco|rapidjson|boost|openssl|roots/kit)/" "the contract needs the standard library only")
forbid(sdk/include "^ *#include *\"" "the contract includes by <roots/...>")
forbid(sdk/kit "${anything_else}" "the kit knows neither plugin nor host")
forbid(plugin "^ *#include *\"(day|moco|view|sync|command|plugins|sandbox|http_server)/" "plugin and host never see each other")
forbid(host-stub "^ *#include *[<\"].*personio_" "plugin and host never see each other" EXCEPT "^host-stub/sandbox/")
forbid(sdk "^ *#include *\"support/" "nothing depends on the tests")
forbid(plugin "^ *#include *\"support/" "nothing depends on the tests")
forbid(host-stub "^ *#include *\"support/" "nothing depends on the tests")

forbid(sdk "^ *#include *<rapidjson/" "RapidJSON's door is sdk/kit/src/json_*" EXCEPT "^sdk/kit/src/json_")
forbid(plugin "^ *#include *<rapidjson/" "RapidJSON's door is sdk/kit/src/json_*")
forbid(host-stub "^ *#include *<rapidjson/" "RapidJSON's door is sdk/kit/src/json_*")
forbid(sdk "^ *#include *<(Poco|openssl)/" "Poco's door is sdk/kit/src/poco_*, OpenSSL wipes in wipe.cpp" EXCEPT "^sdk/kit/src/(poco_.*|wipe.cpp)")
forbid(plugin "^ *#include *<(Poco|openssl)/" "Poco's door is sdk/kit/src/poco_*")
forbid(host-stub "^ *#include *<Poco/" "Poco's door in the host is http_server/" EXCEPT "^host-stub/http_server/")
forbid(host-stub "^ *#include *<boost/" "Boost.DLL's door is plugins/plugin_loader.cpp" EXCEPT "^host-stub/plugins/plugin_loader.cpp$")
forbid(sdk "^ *#include *<boost/" "Boost.DLL belongs to the host")
forbid(plugin "^ *#include *<boost/" "Boost.DLL belongs to the host")

set(loud "std::cout|std::cerr|[^a-z_]printf\\(|[^a-z_]abort\\(|[^a-z_:]exit\\(")
forbid(sdk/include "${loud}" "sdk and plugin neither print nor end the process")
forbid(sdk/kit "${loud}" "sdk and plugin neither print nor end the process")
forbid(plugin "${loud}" "sdk and plugin neither print nor end the process")

# Inside the host the arrows follow the data: facts know nothing of views, views nothing of files.
forbid(host-stub/day "^ *#include *\"(moco|view|sync|command|plugins|sandbox|http_server)/" "day/ is pure")
forbid(host-stub/view "^ *#include *\"(moco|sync|command|plugins|sandbox|http_server)/" "view/ is pure")
forbid(host-stub/moco "^ *#include *\"(view|sync|command|plugins|sandbox|http_server)/" "moco/ knows day/ only")
forbid(host-stub/plugins "^ *#include *\"(day|moco|view|sync|command|sandbox|http_server)/" "plugins/ knows the sdk only")
forbid(host-stub/plugins "^ *#include *\"(isolation|check)/" "plugins/ knows the sdk only")
forbid(host-stub/isolation "^ *#include *\"(day|moco|view|sync|command|sandbox|http_server|check)/" "isolation/ knows plugins/ only")
forbid(host-stub/check "^ *#include *\"(day|moco|view|sync|command|sandbox|isolation)/" "the checker is no host: it knows plugins/ and a server")
forbid(host-stub/page "^ *#include *\"(day|moco|view|sync|command|plugins|sandbox|isolation|check)/" "the page runs commands through a function; it knows a server only")
forbid(host-stub/sync "^ *#include *\"(view|command|sandbox|http_server)/" "sync/ knows no view")
forbid(host-stub/sandbox "^ *#include *\"(day|moco|view|sync|command|plugins)/" "the sandbox stands for other people's services")

if(problems)
  message(FATAL_ERROR "These lines cross the walls of the house:\n${problems}")
endif()
