#!/usr/bin/env bash
# Builds every configuration and runs every test there is, closing with ctest's summary.
#   scripts/test.sh [--quick] [CTEST OPTIONS...]
# --quick leaves out the sanitizer build and the tests labelled slow. What follows is handed to ctest: -R vault, say.
# Lines that tests print as `figure: ...` are collected above the summary, and what failed once more below them.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

quick=no
case ${1:-} in
    --quick) quick=yes; shift ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
esac

# Passes ctest's report through, but holds back the summary until the figures have been shown.
with_figures() {
    awk -v log_file="$1" '
        /^[0-9]+% tests passed, / { held = 1 }
        !held { print; fflush(); next }
        { summary = summary $0 "\n" }
        END {
            while ((getline line < log_file) > 0) {
                if (match(line, /^[0-9]+\/[0-9]+ Testing: /)) { name = substr(line, RLENGTH + 1); said = last = ""; kept = wanted = 0 }
                if (line ~ /^<end of output>/) { wanted = 0; said = said "  at last: " last "\n" }
                if (line ~ /^FAIL |ERROR|[Ee]rror: |[Ff]ailed:/) wanted = 8
                if (wanted-- > 0 && kept++ < 60) said = said "  " line "\n"
                last = line
                if (line ~ /^Test [A-Z].*\.$/ && line !~ /Passed|Skipped/) failures = failures "\nFailed, " name ":\n" said
                if (sub(/^figure: /, "", line)) {
                    if (!any++) print "\nFigures:"
                    printf "  %-28s %s\n", name, line
                }
            }
            printf "%s\n%s", failures, summary
        }'
}

cd "$ENTENTE_ROOT"
SECONDS=0
scripts/tools.sh
scripts/deps.sh
say "Building the native command line and tests"
ENTENTE_CONFIGURE=-DENTENTE_ALL_TESTS=ON build native
say "Building the page and the wasm tests ($SECONDS s so far)"
build web
selection=()
if [ "$quick" = yes ]; then
    selection=(-LE '^(asan|slow)$')
else
    say "Building the tests with sanitizers ($SECONDS s so far)"
    build native-asan
fi
say "Testing ($SECONDS s so far)"
status=0
ctest --test-dir build/native --output-on-failure --no-tests=error -j 2 "${selection[@]}" "$@" </dev/null \
    | with_figures build/native/Testing/Temporary/LastTest.log || status=$?
exit "$status"
