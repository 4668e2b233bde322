#!/usr/bin/env bash
# Tries to break what the vault promises and prints one table: promise, tried, lost or missed. Writes build/reliability.json.
#   tests/reliability/run.sh [--long] [--no-browser] [--resume] [--only NAME...]
# Quick by default, for every day: minutes. --long, before a release: hours. It uses what is built: build/native, build/web, and
# build/native-asan for the fuzzers (scripts/test.sh builds all three). --resume goes on with a run that was ended: a program that passed,
# and is still the same, is not run again.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/env.sh"
exec "$ENTENTE_PYTHON" -B "$ENTENTE_ROOT/tests/reliability/report.py" "$@"
