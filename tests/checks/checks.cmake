# The checks of the house, each a test of its own; a module put into house/ is one more.
file(GLOB house CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/house/*.py)
foreach(module IN LISTS house)
    get_filename_component(name ${module} NAME_WE)
    if(NOT name MATCHES "^(__init__|tree|cpp)$")
        entente_add_test(check.${name} LABELS check
            COMMAND ${ENTENTE_PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/house.py ${name})
    endif()
endforeach()

# The build's own scripts.
set(here ${CMAKE_CURRENT_LIST_DIR})
entente_add_test(check.hosting LABELS check COMMAND ${ENTENTE_PYTHON} -B ${here}/hosting_test.py)
entente_add_test(check.reliability LABELS check COMMAND ${ENTENTE_PYTHON} -B ${here}/../reliability/report_test.py)
entente_add_test(check.scripts.po LABELS check COMMAND ${ENTENTE_PYTHON} -B ${here}/po_test.py)
entente_add_test(check.scripts.deps LABELS check COMMAND bash ${here}/deps_test.sh)
entente_add_test(check.scripts.serve LABELS check COMMAND ${ENTENTE_NODE} ${here}/serve_test.mjs)
if(ENTENTE_ALL_TESTS)
    entente_add_test(check.site LABELS check COMMAND ${ENTENTE_PYTHON} -B ${here}/site_test.py ${build}/web)
endif()
