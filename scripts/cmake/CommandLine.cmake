# The native command line `entente`.
if(EXISTS ${CMAKE_SOURCE_DIR}/src/app/main_cli.cpp)
    add_executable(entente ${CMAKE_SOURCE_DIR}/src/app/main_cli.cpp)
    target_link_libraries(entente PRIVATE entente_app entente_platform_memory entente_exceptions)
    add_dependencies(entente entente_generated)
endif()
