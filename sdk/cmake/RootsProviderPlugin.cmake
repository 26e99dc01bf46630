# roots_add_provider_plugin(TARGET SOURCES source... MANIFEST manifest.json [LINK library...])
#
# Builds a provider plugin as a host expects it: one library, named as the manifest says for this
# platform, that exports the entry and nothing else and has no undefined symbol, in
# ${PROJECT_BINARY_DIR}/plugins/ID together with its manifest; installed to plugins/ID, component plugin.
# The sources get ID and version of the manifest as ROOTS_PLUGIN_ID and ROOTS_PLUGIN_VERSION, so that each is
# defined once.

# roots_get_platform(VARIABLE): the name that a manifest uses for the system and processor of this build.
function(roots_get_platform variable)
  string(TOLOWER "${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}" platform)
  string(REPLACE "darwin-arm64" "macos-aarch64" platform "${platform}")
  string(REPLACE "darwin" "macos" platform "${platform}")
  string(REPLACE "amd64" "x86_64" platform "${platform}")
  set(${variable} "${platform}" PARENT_SCOPE)
endfunction()

function(roots_add_provider_plugin target)
  cmake_parse_arguments(PARSE_ARGV 1 plugin "" "MANIFEST" "SOURCES;LINK")
  if(NOT plugin_MANIFEST OR NOT plugin_SOURCES)
    message(FATAL_ERROR "roots_add_provider_plugin(${target} ...) needs SOURCES and MANIFEST.")
  endif()

  get_filename_component(manifest_file "${plugin_MANIFEST}" ABSOLUTE)
  file(READ "${manifest_file}" manifest)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${manifest_file}")
  string(JSON id GET "${manifest}" id)
  string(JSON version GET "${manifest}" version)
  roots_get_platform(platform)
  string(JSON library ERROR_VARIABLE problem GET "${manifest}" library "${platform}")
  if(problem)
    message(FATAL_ERROR "${plugin_MANIFEST} names no library for ${platform}.")
  endif()

  set(folder "${PROJECT_BINARY_DIR}/plugins/${id}")
  get_filename_component(suffix "${library}" LAST_EXT)
  string(REGEX REPLACE "\\${suffix}$" "" name "${library}")
  add_library(${target} MODULE ${plugin_SOURCES})
  target_link_libraries(${target} PRIVATE roots::provider-sdk ${plugin_LINK})
  target_compile_definitions(${target} PRIVATE ROOTS_PLUGIN_ID="${id}" ROOTS_PLUGIN_VERSION="${version}")
  set_target_properties(${target} PROPERTIES
    PREFIX "" OUTPUT_NAME "${name}" SUFFIX "${suffix}" LIBRARY_OUTPUT_DIRECTORY "${folder}"
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    set(exports "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/provider_exports.map")
    target_link_options(${target} PRIVATE "LINKER:--version-script=${exports}")
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${exports}")
    if(NOT ROOTS_SANITIZE)  # the functions of a sanitizer are found only when the program starts
      target_link_options(${target} PRIVATE LINKER:-z,defs)
    endif()
  endif()
  configure_file("${manifest_file}" "${folder}/manifest.json" COPYONLY)
  install(TARGETS ${target} LIBRARY DESTINATION plugins/${id} COMPONENT plugin)
  install(FILES "${manifest_file}" DESTINATION plugins/${id} COMPONENT plugin RENAME manifest.json)
endfunction()
