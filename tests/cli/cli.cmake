# The command line as it is built, run as a person runs it: exit codes, standard input, what it prints where.
if(TARGET entente)
    entente_add_test(cli.entente LABELS native
        COMMAND ${ENTENTE_PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/cli_test.py $<TARGET_FILE:entente> ${ENTENTE_SHARED_DATA})
endif()

# Our ZIP files are read by a program that is not ours.
if(TARGET entente_test_exchange)
    entente_add_test(cli.zip LABELS native
        COMMAND ${ENTENTE_PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/../exchange/zip_reader_test.py $<TARGET_FILE:entente_test_exchange>)
endif()
