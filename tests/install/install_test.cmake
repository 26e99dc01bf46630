cmake_minimum_required(VERSION 3.25)
# Installs the project to a scratch prefix, builds the C example, the template and another C++ provider against
# it as an external project does, and checks the exports of a plugin.
file(REMOVE_RECURSE ${SCRATCH})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

foreach(file bin/roots-host-stub bin/roots-plugin-check bin/roots-sandbox share/bash-completion/completions/roots-host-stub
    share/roots-host-stub/schema/common.schema.json share/roots-host-stub/schema/timeline.schema.json
    share/zsh/site-functions/_roots-host-stub share/fish/vendor_completions.d/roots-host-stub.fish plugins/roots.personio/manifest.json plugins/roots.personio/libroots-personio.so
    include/roots/provider_abi.h include/roots/kit/http.h lib/cmake/roots-provider-sdk/roots-provider-sdk-config.cmake
    share/pkgconfig/roots-provider-sdk.pc)
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
# The example and the template are installed with the SDK.
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

# The same example without CMake, by what pkg-config says.
find_program(PKG_CONFIG pkg-config REQUIRED)
execute_process(COMMAND ${CMAKE_COMMAND} -E env PKG_CONFIG_PATH=${SCRATCH}/prefix/share/pkgconfig
  ${PKG_CONFIG} --cflags "roots-provider-sdk >= 1.0" OUTPUT_VARIABLE told COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(pkg_config_flags UNIX_COMMAND "${told}")
execute_process(COMMAND ${C_COMPILER} -std=c11 -fPIC -shared -fvisibility=hidden ${pkg_config_flags}
  -DROOTS_PLUGIN_ID="example.minimal" -DROOTS_PLUGIN_VERSION="1.0.0" ${SCRATCH}/sources/sdk/example/minimal_provider.c
  -o ${SCRATCH}/minimal_provider.so COMMAND_ERROR_IS_FATAL ANY)

foreach(library ${SCRATCH}/minimal_provider.so ${SCRATCH}/sdk/example/plugins/example.minimal/minimal_provider.so
    ${SCRATCH}/sdk/template/plugins/example.larkspur/liblarkspur.so
    ${SCRATCH}/tests/install/foreign/plugins/example.foreign/libforeign.so
    ${SCRATCH}/prefix/plugins/roots.personio/libroots-personio.so)
  execute_process(COMMAND nm -D --defined-only ${library} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
  string(STRIP "${symbols}" symbols)
  if(NOT symbols MATCHES "^[0-9a-f]+ T roots_provider_entry_v1$")
    message(FATAL_ERROR "${library} exports other than the entry:\n${symbols}")
  endif()
endforeach()

# The installed host finds, tries, and enables the external plugin.
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
