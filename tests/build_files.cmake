cmake_minimum_required(VERSION 3.25)
# cmake -DROOT=checkout -P tests/build_files.cmake
#
# Every source file is listed in a CMakeLists.txt (a forgotten test would not run), no CMakeLists.txt searches for
# files, the folders of an installation come from GNUInstallDirs, and names of helper functions are unique among the
# tests of one program.

set(problems "")
file(GLOB_RECURSE build_files RELATIVE "${ROOT}" "${ROOT}/host-stub/CMakeLists.txt" "${ROOT}/plugin/CMakeLists.txt"
  "${ROOT}/sdk/CMakeLists.txt" "${ROOT}/tests/CMakeLists.txt")
list(APPEND build_files CMakeLists.txt)

set(listed "")
foreach(build_file IN LISTS build_files)
  file(READ "${ROOT}/${build_file}" text)
  string(REGEX REPLACE "#[^\n]*" "" text "${text}")
  string(REGEX REPLACE "set_source_files_properties\\([^)]*\\)" "" text "${text}")  # does not build a file
  if(text MATCHES "file\\(GLOB")
    string(APPEND problems "  ${build_file}: list the files instead of searching for them with file(GLOB)\n")
  endif()
  if(text MATCHES "DESTINATION \"?(bin|lib|include|share)[/\" )\n]")
    string(APPEND problems "  ${build_file}: install to CMAKE_INSTALL_...DIR instead of \"${CMAKE_MATCH_1}\"\n")
  endif()
  cmake_path(GET build_file PARENT_PATH folder)
  string(REPLACE "\${CMAKE_CURRENT_SOURCE_DIR}/" "" text "${text}")
  string(REGEX MATCHALL "[a-zA-Z0-9_./\${}-]+\\.(cpp|css|c|html|js|svg)" names "${text}")
  foreach(name IN LISTS names)
    if(NOT name MATCHES "^\\\${PROJECT_SOURCE_DIR}/(.*)")
      set(name "${folder}/${name}")
    else()
      set(name "${CMAKE_MATCH_1}")
    endif()
    cmake_path(NORMAL_PATH name)
    list(APPEND listed "${name}")
  endforeach()
endforeach()

# The tests of one program are compiled as one unit. Two helpers of one name would be overloads, and a call could reach
# the wrong one without a message.
function(find_repeated_names build_file text)
  cmake_path(GET build_file PARENT_PATH folder)
  string(REGEX MATCHALL "roots_tests\\([^)]*\\)" programs "${text}")
  foreach(program IN LISTS programs)
    string(REGEX MATCHALL "[a-z0-9_]+\\.cpp" files "${program}")
    set(seen "")
    foreach(file IN LISTS files)
      if(NOT EXISTS "${ROOT}/${folder}/${file}")  # of tests/support
        continue()
      endif()
      # Definitions begin at the start of a line, and the name is the word before the first parenthesis.
      file(STRINGS "${ROOT}/${folder}/${file}" lines REGEX "^[A-Za-z][^(;=]*[ *&][A-Za-z0-9_]+\\(")
      set(names "")
      foreach(line IN LISTS lines)
        string(REGEX REPLACE "^[^(]*[ *&]([A-Za-z0-9_]+)\\(.*" "\\1" name "${line}")
        if(name MATCHES "^[A-Za-z0-9_]+$" AND NOT line MATCHES "^(return|using|template|friend|[^(]*operator)")
          list(APPEND names ${name})
        endif()
      endforeach()
      list(REMOVE_DUPLICATES names)
      foreach(name IN LISTS names)
        if(name IN_LIST seen)
          set(problems "${problems}  ${folder}/${file}: another test of this program defines a function ${name}(), too\n")
        endif()
      endforeach()
      list(APPEND seen ${names})
    endforeach()
  endforeach()
  set(problems "${problems}" PARENT_SCOPE)
endfunction()

foreach(build_file IN LISTS build_files)
  file(READ "${ROOT}/${build_file}" text)
  find_repeated_names("${build_file}" "${text}")
endforeach()

set(patterns "")
foreach(component host-stub plugin sdk tests)
  list(APPEND patterns "${ROOT}/${component}/*.cpp" "${ROOT}/${component}/*.c")
endforeach()
file(GLOB_RECURSE sources RELATIVE "${ROOT}" ${patterns} "${ROOT}/host-stub/page/assets/*")
foreach(source IN LISTS sources)
  if(NOT source MATCHES "/node_modules/" AND NOT source IN_LIST listed)
    string(APPEND problems "  ${source}: no CMakeLists.txt lists this file\n")
  endif()
endforeach()

if(problems)
  message(FATAL_ERROR "The build files have these problems:\n${problems}")
endif()
