# The texts of the pages' own scripts, in Welsh: they are on the screen before the program has loaded.

set(page_scripts ${CMAKE_SOURCE_DIR}/web/first.js ${CMAKE_SOURCE_DIR}/web/keys.js ${CMAKE_SOURCE_DIR}/web/offline.js)
add_custom_command(OUTPUT ${ENTENTE_SITE}/strings.js
    COMMAND ${ENTENTE_PYTHON} ${scripts}/web_strings.py ${ENTENTE_SITE}/strings.js ${locale}/cy.po ${page_scripts}
    DEPENDS ${page_scripts} ${locale}/cy.po ${scripts}/web_strings.py ${scripts}/extract_messages.py
    COMMENT "Texts of the pages" VERBATIM)
add_custom_target(entente_page_strings DEPENDS ${ENTENTE_SITE}/strings.js)
add_dependencies(entente_site entente_page_strings)
