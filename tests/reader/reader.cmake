# A reader of our formats that has nothing of ours: it opens backups and links, and agrees with the index of the vectors.
entente_add_test(reader.second LABELS native COMMAND ${ENTENTE_NODE} ${CMAKE_CURRENT_LIST_DIR}/run.mjs ${CMAKE_SOURCE_DIR})
