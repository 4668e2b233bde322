# The pinned sources under build/deps (scripts/deps.sh put them there) as targets. Their headers are system headers.

set(ENTENTE_DEPS ${CMAKE_SOURCE_DIR}/build/deps CACHE PATH "Where scripts/deps.sh unpacked the dependencies")
if(NOT EXISTS ${ENTENTE_DEPS}/imgui/imgui.h)
    message(FATAL_ERROR "The dependencies are not in ${ENTENTE_DEPS}: run scripts/deps.sh first")
endif()

function(entente_headers name folder)
    add_library(${name} INTERFACE)
    target_include_directories(${name} SYSTEM INTERFACE ${ENTENTE_DEPS}/${folder})
endfunction()

function(entente_third_party name)
    add_library(${name} STATIC ${ARGN})
    target_link_libraries(${name} PRIVATE entente_third_party_flags)
endfunction()

entente_headers(expected tl-expected/usr/include)
entente_headers(cereal cereal/include)
entente_headers(rapidjson rapidjson/usr/include)
entente_headers(doctest doctest)
target_include_directories(doctest SYSTEM INTERFACE ${ENTENTE_DEPS}/doctest/doctest)

# pugixml without iostreams, XPath and exceptions: a bounded reader of one kind of file.
entente_third_party(pugixml ${ENTENTE_DEPS}/pugixml/src/pugixml.cpp)
target_include_directories(pugixml SYSTEM PUBLIC ${ENTENTE_DEPS}/pugixml/src)
target_compile_definitions(pugixml PUBLIC PUGIXML_NO_STL PUGIXML_NO_XPATH PUGIXML_NO_EXCEPTIONS)
target_link_libraries(pugixml PRIVATE entente_exceptions)

set(zlib_folder ${ENTENTE_DEPS}/zlib)
entente_third_party(zlib
    ${zlib_folder}/adler32.c ${zlib_folder}/crc32.c ${zlib_folder}/deflate.c ${zlib_folder}/inffast.c
    ${zlib_folder}/inflate.c ${zlib_folder}/inftrees.c ${zlib_folder}/trees.c ${zlib_folder}/zutil.c)
target_include_directories(zlib SYSTEM PUBLIC ${zlib_folder})
# Its tables for checksums are computed when they are first needed: they are noise, which no compression makes smaller.
target_compile_definitions(zlib PRIVATE HAVE_UNISTD_H=1 DYNAMIC_CRC_TABLE=1)
if(ENTENTE_SANITIZE AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # What packs reads nothing from outside. How it chooses tells a fuzzer nothing, and watching that took most of the time.
    set_source_files_properties(${zlib_folder}/deflate.c ${zlib_folder}/trees.c
        PROPERTIES COMPILE_OPTIONS "-O2;-fno-sanitize=undefined;-fno-sanitize=fuzzer-no-link")
endif()

# libsodium's portable C, the same for native and wasm; its random source is ours (see the file).
file(GLOB_RECURSE sodium_sources ${ENTENTE_DEPS}/libsodium/src/libsodium/*.c)
list(FILTER sodium_sources EXCLUDE REGEX "/randombytes/(sysrandom|internal)/")
entente_third_party(sodium ${sodium_sources} ${CMAKE_SOURCE_DIR}/scripts/glue/sodium_entropy.c)
set(sodium_include ${ENTENTE_DEPS}/libsodium/src/libsodium/include)
set(VERSION 1.0.18)
set(SODIUM_LIBRARY_VERSION_MAJOR 10)
set(SODIUM_LIBRARY_VERSION_MINOR 3)
file(READ ${sodium_include}/sodium/version.h.in version_template)
string(REPLACE "\"export.h\"" "\"sodium/export.h\"" version_template "${version_template}")
string(CONFIGURE "${version_template}" version_text @ONLY)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/sodium/sodium/version.h CONTENT "${version_text}" @ONLY)
target_include_directories(sodium SYSTEM PUBLIC ${sodium_include} ${CMAKE_BINARY_DIR}/sodium)
target_include_directories(sodium PRIVATE ${sodium_include}/sodium ${CMAKE_BINARY_DIR}/sodium/sodium)
target_compile_definitions(sodium PUBLIC SODIUM_STATIC=1 PRIVATE CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1)
set_source_files_properties(${ENTENTE_DEPS}/libsodium/src/libsodium/randombytes/randombytes.c
    PROPERTIES COMPILE_OPTIONS -U__EMSCRIPTEN__)
# The optimizer matters here more than anywhere: a key derivation is a second of work.
target_compile_options(sodium PRIVATE $<$<CONFIG:Release>:-O3>)
if(ENTENTE_SANITIZE)
    # Its branches tell a fuzzer nothing, and watching them took most of the time. Its memory is watched.
    target_compile_options(sodium PRIVATE -O2 -fno-sanitize=undefined)
    if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        target_compile_options(sodium PRIVATE -fno-sanitize=fuzzer-no-link)
    endif()
endif()

set(imgui_folder ${ENTENTE_DEPS}/imgui)
entente_third_party(imgui
    ${imgui_folder}/imgui.cpp ${imgui_folder}/imgui_draw.cpp ${imgui_folder}/imgui_tables.cpp
    ${imgui_folder}/imgui_widgets.cpp)
target_include_directories(imgui SYSTEM PUBLIC ${imgui_folder})
target_include_directories(imgui PRIVATE ${CMAKE_SOURCE_DIR}/src)
target_compile_definitions(imgui PUBLIC IMGUI_USER_CONFIG="ui/theme/imconfig.hpp")
target_link_libraries(imgui PRIVATE entente_exceptions)

# In the page what runs once (a file is read, a link is signed) is built for size, as in our own layers (Flags.cmake).
if(EMSCRIPTEN AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    set_source_files_properties(${ENTENTE_DEPS}/pugixml/src/pugixml.cpp ${imgui_folder}/imgui_tables.cpp
        ${imgui_folder}/imgui_widgets.cpp ${ENTENTE_DEPS}/libsodium/src/libsodium/crypto_core/ed25519/ref10/ed25519_ref10.c
        PROPERTIES COMPILE_OPTIONS "-Oz;-finline-functions")
endif()
