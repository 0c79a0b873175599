# smtplab_library(<name> <folder> [AT_EASE] [PUBLIC <targets>...] [PRIVATE <targets>...])
#
# One static library from the .cpp files directly in <folder>, main.cpp excepted. PUBLIC: what its headers may include;
# PRIVATE: what only its .cpp files include. tests/architecture/dependencies.py holds the #include lines to the same rules.
#
# With SMTPLAB_UNITY the files of a folder are compiled as one: most of a file's time goes into the headers of the libraries,
# which are then read once a folder. So no two files of a folder may give the same name to things of their own.
#
# AT_EASE: people wait for what it does, not a program that sends a thousand messages a second; so it is optimized less, and
# compiled in half the time.
function(smtplab_library name folder)
  cmake_parse_arguments(PARSE_ARGV 2 arg "AT_EASE" "" "PUBLIC;PRIVATE")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(NOT sources)  # headers only
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/common")
    target_link_libraries(${name} INTERFACE ${arg_PUBLIC} ${arg_PRIVATE})
    return()
  endif()
  add_library(${name} STATIC ${sources})
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${SMTPLAB_UNITY} UNITY_BUILD_BATCH_SIZE 0)
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/common")
  target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  if(arg_AT_EASE)
    target_compile_options(${name} PRIVATE ${SMTPLAB_AT_EASE})
  endif()
endfunction()

# smtplab_program(<name> <folder> <targets>...)  <folder>/main.cpp as build/<name>.
function(smtplab_program name folder)
  if(NOT EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/main.cpp")
    message(STATUS "${name}: no ${folder}/main.cpp yet")
    return()
  endif()
  add_executable(${name} "${folder}/main.cpp")
  target_link_libraries(${name} PRIVATE ${ARGN} smtplab_protocols smtplab_judges)
  target_compile_options(${name} PRIVATE ${SMTPLAB_AT_EASE})
  target_compile_definitions(${name} PRIVATE SMTPLAB_VERSION="${PROJECT_VERSION}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
endfunction()
