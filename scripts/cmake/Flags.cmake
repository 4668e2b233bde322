# Compile flags. `entente_flags` is for our own code (warnings are errors), `entente_third_party_flags` for others'.

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
# -O2 everywhere: -O3 is a third slower to compile and gained nothing measurable.
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")

add_library(entente_third_party_flags INTERFACE)
target_compile_options(entente_third_party_flags INTERFACE -w -ffunction-sections -fdata-sections)

add_library(entente_flags INTERFACE)
target_compile_options(entente_flags INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Werror> -ffunction-sections -fdata-sections)
target_include_directories(entente_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)

# GCC 12 warns of overlapping copies inside std::string itself (GCC bug 105651) and of a std::variant's other alternatives being
# used before they are set (GCC bug 105593); clang and the sanitizers still look.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(entente_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict -Wno-maybe-uninitialized>)
endif()

# What is not in a hot loop is built for size in the page: it is downloaded once and waits for a person's hand ever after. The
# scheduler, the risk kernel, the comparison of cuts, drawing, saving and the third-party code stay at -O2.
set(hot_plan "apply|backward|calendar|decisions|forward|network[^/]*|query[^/]*|rows|schedule[^/]*|structure|whole")
set(hot_ui "raster|frame_change|views/(bars|timeline|timeline_draw|timeline_rows)|widgets/[^dfo][^/]*|semantics")
set(hot_vault "envelope|machine_write")
set(hot_core "rules|plan/(${hot_plan})|risk/(kernel[^/]*|clock|compile|program)|cut/[ac][^/]*")  # align, compare
set(hot_web "[eimrw][^/]*")  # element, input, mirror, renderer, window; without a group, of which CMake takes only so many
set(ENTENTE_HOT_SOURCES
    "/src/(base/[blt][^/]*|vault/(${hot_vault})|platform/web/${hot_web}|core/(${hot_core})|ui/(${hot_ui}))(/|\\.cpp)")
# What includes cereal needs the names of types (see below), and so do the tests.
function(entente_with_types)
    if(EMSCRIPTEN AND ARGN)
        set_property(SOURCE ${ARGN} APPEND PROPERTY COMPILE_OPTIONS -frtti)
    endif()
endfunction()
function(entente_for_size)
    set(typed ${ARGN})
    list(FILTER typed INCLUDE REGEX "/src/codec/")
    entente_with_types(${typed})
    if(EMSCRIPTEN AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
        set(cold ${ARGN})
        list(FILTER cold EXCLUDE REGEX ${ENTENTE_HOT_SOURCES})
        # Emscripten adds -fno-inline-functions to -Oz: small functions are calls then, and every file carries three times as many.
        set_property(SOURCE ${cold} APPEND PROPERTY COMPILE_OPTIONS -Oz -finline-functions)
        # Fills and blends four pixels at a time. Every browser since 2023 has it, and the worker's runs need it too.
        set_property(SOURCE ${CMAKE_SOURCE_DIR}/src/ui/raster.cpp APPEND PROPERTY COMPILE_OPTIONS -msimd128)
    endif()
endfunction()

# Nothing asks for a type at run time but cereal (codec). The names of types, one for each lambda that is kept as a function, are a
# fortieth of the page.
if(EMSCRIPTEN)
    target_compile_options(entente_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)
endif()

# Exceptions are for codec (cereal throws) and the standard library; the status page is built without any.
add_library(entente_exceptions INTERFACE)
if(EMSCRIPTEN)
    target_compile_options(entente_exceptions INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fwasm-exceptions>)
    target_link_options(entente_exceptions INTERFACE -fwasm-exceptions)
else()
    add_link_options(-Wl,--gc-sections)
endif()

if(ENTENTE_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        add_compile_options(-fsanitize=fuzzer-no-link)  # the fuzzers see into every layer
    endif()
    add_link_options(-fsanitize=address,undefined)
endif()
