# How all our code is compiled: the language, the warnings, the sanitizers.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-restrict)  # GCC 12 sees overlaps inside std::string that cannot be (GCC bug 105329)
  # Below -O2 it takes the empty std::optional for its value (GCC bug 80635). clang's analyzer looks for what is not initialized.
  add_compile_options(-Wno-maybe-uninitialized)
endif()

# For example "address,undefined".
set(SMTPLAB_SANITIZE "" CACHE STRING "Sanitizers to compile everything with")
if(SMTPLAB_SANITIZE)
  set(sanitize -fsanitize=${SMTPLAB_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_compile_options(${sanitize})
  add_link_options(${sanitize})
endif()

option(SMTPLAB_FUZZ "Build the fuzz targets with libFuzzer (clang only)" OFF)
if(SMTPLAB_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)  # so that the fuzzer sees which branches an input takes
endif()

# The options of what need not be fast, behind all others (smtplab_library in Targets.cmake).
set(SMTPLAB_AT_EASE "" CACHE STRING "Options for what is compiled AT_EASE")

option(SMTPLAB_UNITY "Compile each folder as one file" OFF)

# A convenience, never a requirement.
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()
