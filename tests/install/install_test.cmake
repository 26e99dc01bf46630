cmake_minimum_required(VERSION 3.25)
# Installs the project to a scratch prefix, builds the C example, the template and another C++ provider against
# it as a stranger would, and looks at what a plugin exports.
file(REMOVE_RECURSE ${SCRATCH})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

foreach(file bin/roots-host-stub bin/roots-plugin-check plugins/roots.personio/manifest.json plugins/roots.personio/libroots-personio.so
    include/roots/provider_abi.h include/roots/kit/http.h lib/cmake/roots-provider-sdk/roots-provider-sdk-config.cmake)
  if(NOT EXISTS ${SCRATCH}/prefix/${file})
    message(FATAL_ERROR "The installation lacks ${file}.")
  endif()
endforeach()

# Examples and broken plugins are part of the build, not of the installation.
file(GLOB installed RELATIVE ${SCRATCH}/prefix/plugins ${SCRATCH}/prefix/plugins/*)
if(NOT installed STREQUAL "roots.personio")
  message(FATAL_ERROR "The installation has other plugins than Personio's: ${installed}")
endif()

set(flags "")
if(SANITIZE)
  set(flags -DCMAKE_CXX_FLAGS=-fsanitize=${SANITIZE} -DROOTS_SANITIZE=${SANITIZE})
endif()
# What an author starts from is installed with the SDK.
file(COPY ${SCRATCH}/prefix/share/roots-provider-sdk/ DESTINATION ${SCRATCH}/sources/sdk)
file(COPY ${SOURCE}/tests/install/foreign DESTINATION ${SCRATCH}/sources/tests/install)
foreach(project sdk/example sdk/template tests/install/foreign)
  set(build ${SCRATCH}/${project})
  execute_process(COMMAND ${CMAKE_COMMAND} -S ${SCRATCH}/sources/${project} -B ${build} -G Ninja -DCMAKE_PREFIX_PATH=${SCRATCH}/prefix
    -DCMAKE_CXX_COMPILER=${COMPILER} ${flags} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${CMAKE_COMMAND} --build ${build} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endforeach()

# The template's own tests, every check of the installed roots-plugin-check among them.
execute_process(COMMAND ${CMAKE_CTEST_COMMAND} --test-dir ${SCRATCH}/sdk/template --no-tests=error --output-on-failure
  OUTPUT_VARIABLE said RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "The template does not pass in a folder of its own:\n${said}")
endif()

foreach(library ${SCRATCH}/sdk/example/plugins/example.minimal/minimal_provider.so
    ${SCRATCH}/sdk/template/plugins/example.larkspur/liblarkspur.so
    ${SCRATCH}/tests/install/foreign/plugins/example.foreign/libforeign.so
    ${SCRATCH}/prefix/plugins/roots.personio/libroots-personio.so)
  execute_process(COMMAND nm -D --defined-only ${library} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
  string(STRIP "${symbols}" symbols)
  if(NOT symbols MATCHES "^[0-9a-f]+ T roots_provider_entry_v1$")
    message(FATAL_ERROR "${library} exports other than the entry:\n${symbols}")
  endif()
endforeach()

# The stranger's plugin is found, tried and enabled by the installed host.
file(COPY ${SCRATCH}/tests/install/foreign/plugins/example.foreign ${SCRATCH}/sdk/example/plugins/example.minimal
  DESTINATION ${SCRATCH}/prefix/plugins)
foreach(id example.foreign example.minimal)
  foreach(command "plugins;enable;${id}" "connect;${id}")
    execute_process(COMMAND ${SCRATCH}/prefix/bin/roots-host-stub --home ${SCRATCH}/home --today 2026-05-01 ${command}
      OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
endforeach()
execute_process(COMMAND ${SCRATCH}/prefix/bin/roots-host-stub --home ${SCRATCH}/home explain 2026-05-01
  OUTPUT_VARIABLE day COMMAND_ERROR_IS_FATAL ANY)
if(NOT day MATCHES "8:00 planned − 8:00 public holiday")
  message(FATAL_ERROR "The installed host does not show the example's holiday: ${day}")
endif()
