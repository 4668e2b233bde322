# The native command line `entente`: no interface, so nothing of ui or ImGui is compiled for it.
entente_layer(cli SOURCES app/cli DEPS entente_codec entente_vault entente_share entente_exchange entente_report)
if(EXISTS ${CMAKE_SOURCE_DIR}/src/app/main_cli.cpp)
    add_executable(entente ${CMAKE_SOURCE_DIR}/src/app/main_cli.cpp)
    target_link_libraries(entente PRIVATE entente_cli entente_exceptions)
    add_dependencies(entente entente_generated)
endif()
