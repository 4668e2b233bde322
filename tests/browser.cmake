# tests/browser/NAME.test.mjs, each a test of its own in real Chromium. NAME.slow.test.mjs takes minutes.
file(GLOB browser_tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/browser/*.test.mjs)
foreach(test IN LISTS browser_tests)
    get_filename_component(name ${test} NAME)
    string(REGEX REPLACE "(\\.slow)?\\.test\\.mjs$" "" name ${name})
    set(labels browser)
    if(test MATCHES "\\.slow\\.test\\.mjs$")
        list(APPEND labels slow)
    endif()
    entente_add_test(browser.${name} SERIAL LABELS ${labels} TIMEOUT 600 COMMAND ${ENTENTE_NODE} ${test})
    set_tests_properties(browser.${name} PROPERTIES ENVIRONMENT
        "ENTENTE_ROOT=${CMAKE_SOURCE_DIR};ENTENTE_SITE=${build}/web/site;ENTENTE_SHARED_DATA=${ENTENTE_SHARED_DATA}")
endforeach()
