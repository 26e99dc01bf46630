# Programs and libraries that only some tests need, each with the name of its Debian package. Without them, these tests
# are left out.
set(missing_packages "")
# roots_find_tool(VARIABLE DEBIAN-PACKAGE PROGRAM...)
macro(roots_find_tool variable debian_package)
  find_program(${variable} NAMES ${ARGN})
  if(NOT ${variable})
    list(APPEND missing_packages ${debian_package})
  endif()
endmacro()

roots_find_tool(GXX g++ g++)
roots_find_tool(CLANG clang clang)
roots_find_tool(CLANGXX clang clang++)
roots_find_tool(MINGW_C g++-mingw-w64-x86-64-posix x86_64-w64-mingw32-gcc-posix x86_64-w64-mingw32-gcc)
roots_find_tool(MINGW_CXX g++-mingw-w64-x86-64-posix x86_64-w64-mingw32-g++-posix x86_64-w64-mingw32-g++)
roots_find_tool(DOXYGEN doxygen doxygen)
roots_find_package(libbenchmark-dev benchmark)
roots_find_package(libsimdjson-dev simdjson)

# Clang can be installed without its standard library.
set(HAS_LIBCXX FALSE)
if(CLANGXX)
  execute_process(COMMAND ${CLANGXX} -stdlib=libc++ -fsyntax-only -x c++ -include string /dev/null
    RESULT_VARIABLE problem OUTPUT_QUIET ERROR_QUIET)
  if(problem EQUAL 0)
    set(HAS_LIBCXX TRUE)
  else()
    list(APPEND missing_packages libc++-dev libc++abi-dev)
  endif()
endif()

if(missing_packages)
  list(REMOVE_DUPLICATES missing_packages)
  list(JOIN missing_packages " " missing_packages)
  message(STATUS "Some tests are left out. To include them, install ${missing_packages} (names of Debian packages).")
endif()
