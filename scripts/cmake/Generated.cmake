# What is generated at build time, into generated/ of the build folder:
#   shaders.hpp    every file of shaders/ as a string constant
#   icons.hpp      one constant for each icon named in assets/icons/icons.txt
#   sample_data.hpp  every table of assets/sample as a string constant
#   template_data.hpp  every template of assets/templates as a string constant
#   catalogue.cpp  assets/locale/{en,cy}.po as sorted tables (interface: src/base/catalogue.hpp)
# and the cut-down fonts, into site/fonts.

find_program(ENTENTE_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(NOT ENTENTE_PYTHON)
    find_program(ENTENTE_PYTHON NAMES python3 REQUIRED)
endif()
set(generated ${CMAKE_BINARY_DIR}/generated)
set(scripts ${CMAKE_SOURCE_DIR}/scripts)
set(tabler ${ENTENTE_DEPS}/node_modules/@tabler/icons-webfont/dist)
set(icon_list ${CMAKE_SOURCE_DIR}/assets/icons/icons.txt)
file(MAKE_DIRECTORY ${generated})

file(GLOB shader_files CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/shaders/*.vert ${CMAKE_SOURCE_DIR}/shaders/*.frag ${CMAKE_SOURCE_DIR}/shaders/*.glsl)
add_custom_command(OUTPUT ${generated}/shaders.hpp
    COMMAND ${ENTENTE_PYTHON} ${scripts}/embed_shaders.py ${generated}/shaders.hpp ${shader_files}
    DEPENDS ${shader_files} ${scripts}/embed_shaders.py COMMENT "Embedding shaders" VERBATIM)

add_custom_command(OUTPUT ${generated}/icons.hpp
    COMMAND ${ENTENTE_PYTHON} ${scripts}/make_icons.py --list ${icon_list} --css ${tabler}/tabler-icons.css
        --header ${generated}/icons.hpp
    DEPENDS ${icon_list} ${scripts}/make_icons.py COMMENT "Naming icons" VERBATIM)

file(GLOB sample_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/sample/*.csv)
add_custom_command(OUTPUT ${generated}/sample_data.hpp
    COMMAND ${ENTENTE_PYTHON} ${scripts}/embed_text.py ${generated}/sample_data.hpp ${sample_files}
    DEPENDS ${sample_files} ${scripts}/embed_text.py COMMENT "Embedding the sample" VERBATIM)

file(GLOB template_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/templates/*.txt)
add_custom_command(OUTPUT ${generated}/template_data.hpp
    COMMAND ${ENTENTE_PYTHON} ${scripts}/embed_text.py ${generated}/template_data.hpp ${template_files}
    DEPENDS ${template_files} ${scripts}/embed_text.py COMMENT "Embedding the templates" VERBATIM)

set(generated_files ${generated}/shaders.hpp ${generated}/icons.hpp ${generated}/sample_data.hpp ${generated}/template_data.hpp)

set(ENTENTE_CATALOGUE_SOURCE "")
set(locale ${CMAKE_SOURCE_DIR}/assets/locale)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/base)
if(EXISTS ${CMAKE_SOURCE_DIR}/src/base/catalogue.hpp AND EXISTS ${locale}/en.po AND EXISTS ${locale}/cy.po)
    set(ENTENTE_CATALOGUE_SOURCE ${generated}/catalogue.cpp)
    add_custom_command(OUTPUT ${generated}/catalogue.cpp
        COMMAND ${ENTENTE_PYTHON} ${scripts}/compile_po.py ${generated}/catalogue.cpp ${locale}/en.po ${locale}/cy.po
        DEPENDS ${locale}/en.po ${locale}/cy.po ${scripts}/compile_po.py COMMENT "Compiling catalogues" VERBATIM)
    list(APPEND generated_files ${generated}/catalogue.cpp)
endif()
add_custom_target(entente_generated DEPENDS ${generated_files})

set(ENTENTE_SITE ${CMAKE_BINARY_DIR}/site)
set(fonts ${ENTENTE_SITE}/fonts)
set(inter ${ENTENTE_DEPS}/node_modules/@expo-google-fonts/inter)
add_custom_command(
    OUTPUT ${fonts}/inter-400.ttf ${fonts}/inter-500.ttf ${fonts}/inter-600.ttf ${fonts}/icons.ttf
    COMMAND ${ENTENTE_PYTHON} ${scripts}/make_fonts.py --inter ${inter} --out ${fonts}
    COMMAND ${ENTENTE_PYTHON} ${scripts}/make_icons.py --list ${icon_list} --css ${tabler}/tabler-icons.css
        --font ${tabler}/fonts/tabler-icons.ttf --subset ${fonts}/icons.ttf
    DEPENDS ${icon_list} ${scripts}/make_fonts.py ${scripts}/make_icons.py COMMENT "Cutting fonts" VERBATIM)
add_custom_target(entente_fonts
    DEPENDS ${fonts}/inter-400.ttf ${fonts}/inter-500.ttf ${fonts}/inter-600.ttf ${fonts}/icons.ttf)
