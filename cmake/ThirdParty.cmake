# The libraries we stand on, as targets. Imported targets bring their headers in as system headers: our warnings do not
# reach into them. cmake/packages.sh names the Debian package of each.
find_package(PkgConfig REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(doctest REQUIRED)
pkg_check_modules(libuv REQUIRED IMPORTED_TARGET libuv)
pkg_check_modules(ncursesw REQUIRED IMPORTED_TARGET ncursesw)
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET gmime-3.0)
pkg_check_modules(ldns REQUIRED IMPORTED_TARGET ldns)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)

# Header-only: Debian's shared library of it knows only the interface that throws.
find_path(TOMLPLUSPLUS_INCLUDE toml++/toml.h REQUIRED)
add_library(tomlplusplus INTERFACE)
target_include_directories(tomlplusplus SYSTEM INTERFACE "${TOMLPLUSPLUS_INCLUDE}")

# mbedTLS 2.28 ships no pkg-config files on Debian, and 3.x not everywhere: its names are the same in both.
find_path(MBEDTLS_INCLUDE mbedtls/ssl.h REQUIRED)
add_library(mbedtls INTERFACE)
add_library(mbedcrypto INTERFACE)  # the hashes alone
target_include_directories(mbedcrypto SYSTEM INTERFACE "${MBEDTLS_INCLUDE}")
foreach(part mbedtls mbedx509 mbedcrypto)
  find_library(MBEDTLS_LIBRARY_${part} ${part} REQUIRED)
endforeach()
target_link_libraries(mbedcrypto INTERFACE "${MBEDTLS_LIBRARY_mbedcrypto}")
target_link_libraries(mbedtls INTERFACE "${MBEDTLS_LIBRARY_mbedtls}" "${MBEDTLS_LIBRARY_mbedx509}" mbedcrypto)
