# The three wasm modules and the folder that is served (build/web/site).
#
#   app     the program                     -> app.js, app.wasm
#   worker  key derivation, away from the    -> worker.js, worker.wasm
#           frame: a module of its own
#   status  the page behind a status link   -> status.js, status.wasm; no exceptions, as small as can be
#
# Each exists as soon as its src/app/main_*.cpp does. No module needs eval (-sDYNAMIC_EXECUTION=0).

file(MAKE_DIRECTORY ${ENTENTE_SITE})

set(web_debug $<CONFIG:Debug>)
set(common_link
    -sDYNAMIC_EXECUTION=0 -sALLOW_MEMORY_GROWTH=1 -sFILESYSTEM=0
    -sINCOMING_MODULE_JS_API=[arguments,canvas,locateFile,noInitialRun,onAbort,onRuntimeInitialized,print,printErr]
    -sERROR_ON_UNDEFINED_SYMBOLS=1 -sASSERTIONS=$<IF:${web_debug},1,0>
    $<IF:${web_debug},-g2,-Os>)  # what is hot is built at -O2; joined for size, it is no slower and 2 % smaller

# entente_web_module(NAME LIBRARY globs SOURCES files DEPS targets COMPILE flags LINK flags)
# The JavaScript libraries: web/library*.js for the app, but library_worker*.js and library_status*.js for those two.
function(entente_web_module name)
    cmake_parse_arguments(PARSE_ARGV 1 module "" "" "LIBRARY;SOURCES;DEPS;LINK;COMPILE")
    set(main ${CMAKE_SOURCE_DIR}/src/app/main_${name}.cpp)
    if(name STREQUAL "app")
        set(main ${CMAKE_SOURCE_DIR}/src/app/main_web.cpp)
    endif()
    if(NOT EXISTS ${main})
        return()
    endif()
    add_executable(${name} ${main} ${module_SOURCES})
    target_link_libraries(${name} PRIVATE entente_flags ${module_DEPS})
    target_compile_options(${name} PRIVATE ${module_COMPILE})
    target_link_options(${name} PRIVATE ${common_link} ${module_LINK})
    file(GLOB libraries CONFIGURE_DEPENDS ${module_LIBRARY})
    if(name STREQUAL "app")
        list(FILTER libraries EXCLUDE REGEX "/library_(worker|status)")
    endif()
    foreach(library IN LISTS libraries)
        target_link_options(${name} PRIVATE "SHELL:--js-library ${library}")
        set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${library})
    endforeach()
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${ENTENTE_SITE} SUFFIX .js)
    add_dependencies(${name} entente_generated)
    add_dependencies(entente_site ${name})
endfunction()

# The site: everything in web/ that is not a --js-library, the fonts, and the assets that the pages fetch.
file(GLOB_RECURSE web_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*)
list(FILTER web_files EXCLUDE REGEX "/web/(library|entente_library)[^/]*\\.js$")
file(GLOB_RECURSE asset_files CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/assets/sample/* ${CMAKE_SOURCE_DIR}/assets/templates/* ${CMAKE_SOURCE_DIR}/assets/web/*)
add_custom_target(entente_site ALL
    COMMAND ${ENTENTE_PYTHON} ${CMAKE_SOURCE_DIR}/scripts/site_files.py ${ENTENTE_SITE} VERBATIM)
add_dependencies(entente_site entente_fonts)
foreach(file IN LISTS web_files asset_files)
    file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${file})
    string(REGEX REPLACE "^(web|assets/web|assets)/" "" name ${name})
    add_custom_command(OUTPUT ${ENTENTE_SITE}/${name}
        COMMAND ${CMAKE_COMMAND} -E copy ${file} ${ENTENTE_SITE}/${name} DEPENDS ${file} VERBATIM)
    list(APPEND site_files ${ENTENTE_SITE}/${name})
endforeach()
add_custom_target(entente_site_files DEPENDS ${site_files})
add_dependencies(entente_site entente_site_files)

entente_web_module(app
    LIBRARY ${CMAKE_SOURCE_DIR}/web/library*.js ${CMAKE_SOURCE_DIR}/web/entente_library*.js
    DEPS entente_app entente_platform_web entente_exceptions
    LINK -sENVIRONMENT=web -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sINITIAL_MEMORY=33554432
         -sMAXIMUM_MEMORY=2147483648 -sTOTAL_STACK=1048576)

entente_web_module(worker
    LIBRARY ${CMAKE_SOURCE_DIR}/web/library_worker*.js
    DEPS entente_vault entente_core entente_base entente_exceptions
    COMPILE -msimd128
    LINK -sENVIRONMENT=worker -sMAXIMUM_MEMORY=2147483648)

# Only what reads a link: no vault, nothing of the core but its headers, and of the catalogue only its own texts.
file(GLOB_RECURSE status_sources CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/src/base/*.cpp ${CMAKE_SOURCE_DIR}/src/share/*.cpp ${CMAKE_SOURCE_DIR}/src/app/status/*.cpp)
list(FILTER status_sources EXCLUDE REGEX "/share/make_status")
list(APPEND status_sources ${CMAKE_SOURCE_DIR}/src/platform/web/status_dom.cpp)
set(status_catalogue ${CMAKE_BINARY_DIR}/generated/status/catalogue.cpp)
set(status_texts ${status_sources} ${CMAKE_SOURCE_DIR}/src/app/main_status.cpp)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated/status)
add_custom_command(OUTPUT ${status_catalogue}
    COMMAND ${ENTENTE_PYTHON} ${CMAKE_SOURCE_DIR}/scripts/compile_po.py ${status_catalogue}
        ${CMAKE_SOURCE_DIR}/assets/locale/en.po ${CMAKE_SOURCE_DIR}/assets/locale/cy.po --used-by ${status_texts}
    DEPENDS ${status_texts} ${CMAKE_SOURCE_DIR}/assets/locale/en.po ${CMAKE_SOURCE_DIR}/assets/locale/cy.po
        ${CMAKE_SOURCE_DIR}/scripts/compile_po.py ${CMAKE_SOURCE_DIR}/scripts/extract_messages.py
    COMMENT "Compiling the status page's catalogue" VERBATIM)
entente_web_module(status
    LIBRARY ${CMAKE_SOURCE_DIR}/web/library_status*.js
    SOURCES ${status_sources} ${status_catalogue}
    DEPS expected sodium zlib
    COMPILE -Oz -fno-exceptions -fno-rtti
    LINK -Oz -sENVIRONMENT=web -sMAXIMUM_MEMORY=536870912 -sMALLOC=emmalloc)
if(TARGET status)
    add_dependencies(status entente_generated)
endif()

include(WebPages)
