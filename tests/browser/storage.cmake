# The harness of storage.test.mjs: the vault on the browser's storage, nothing else, in <build>/harness_storage.
set(storage_harness ${CMAKE_BINARY_DIR}/harness_storage)
set(storage_libraries ${CMAKE_SOURCE_DIR}/web/library_storage.js ${CMAKE_SOURCE_DIR}/web/library_opfs.js)
add_executable(entente_harness_storage harness/main_storage.cpp)
target_include_directories(entente_harness_storage PRIVATE ${CMAKE_SOURCE_DIR})
target_link_libraries(entente_harness_storage PRIVATE
    entente_flags entente_platform_web entente_platform_memory entente_vault entente_exceptions)
target_link_options(entente_harness_storage PRIVATE ${common_link} -sENVIRONMENT=web -sMAXIMUM_MEMORY=2147483648
    -sTOTAL_STACK=1048576)
foreach(library IN LISTS storage_libraries)
    target_link_options(entente_harness_storage PRIVATE "SHELL:--js-library ${library}")
endforeach()
set_target_properties(entente_harness_storage PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${storage_harness} OUTPUT_NAME storage SUFFIX .js LINK_DEPENDS "${storage_libraries}")
add_custom_command(TARGET entente_harness_storage POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/harness/storage.html ${storage_harness}/index.html
    COMMAND ${CMAKE_COMMAND} -E copy
        ${CMAKE_CURRENT_SOURCE_DIR}/harness/address.js ${CMAKE_SOURCE_DIR}/web/store_opfs.js ${storage_harness})
