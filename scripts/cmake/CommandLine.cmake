# The native command line `entente`: no interface, so nothing of ui or ImGui is compiled for it.
if(EXISTS ${CMAKE_SOURCE_DIR}/src/app/main_cli.cpp)
    add_executable(entente ${CMAKE_SOURCE_DIR}/src/app/main_cli.cpp)
    target_link_libraries(entente PRIVATE entente_cli entente_exceptions)
    add_dependencies(entente entente_generated)
endif()
