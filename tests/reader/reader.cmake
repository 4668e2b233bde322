# A reader of our formats that has nothing of ours: it opens backups and links, and agrees with the index of the vectors. Of the program
# it gets only what that says of the same backup, to compare.
set(program)
if(TARGET entente)
    set(program $<TARGET_FILE:entente>)
endif()
entente_add_test(reader.second LABELS native
    COMMAND ${ENTENTE_NODE} ${CMAKE_CURRENT_LIST_DIR}/run.mjs ${CMAKE_SOURCE_DIR} ${program})
