#!/usr/bin/env bash
# Runs every fuzzer for long, with AddressSanitizer and UndefinedBehaviorSanitizer, from a seed of its own each time.
#   scripts/fuzz_long.sh                   2,000,000 executions of each
#   scripts/fuzz_long.sh 100000 [NAME...]  so many, of those named alone
#   scripts/fuzz_long.sh 30m [NAME...]     so many minutes each
# Prints a table, and stops with 1 where anything was found; the input that did it is then in build/fuzz_long/NAME. What was new stays in
# build/fuzz_long/NAME/corpus: what is worth keeping goes, small, into tests/data/fuzz/NAME, where every test run replays it.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

readonly root=$ENTENTE_ROOT
readonly build=$ENTENTE_BUILD/native-asan
amount=${1:-2000000}
[ $# -eq 0 ] || shift
case $amount in
    *[!0-9]*m | m | *[!0-9m]* | '') die "how many executions (2000000) or minutes (30m)?" ;;
    *m) limit=(-max_total_time=$((${amount%m} * 60))) ;;
    *) limit=(-runs="$amount") ;;
esac

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
    for source in "$root"/tests/fuzz/*_fuzz.cpp; do name=${source##*/}; names+=("${name%_fuzz.cpp}"); done
fi
[ -f "$build/build.ninja" ] || cmake --preset native-asan -S "$root" -B "$build" >/dev/null
if ! ninja -C "$build" "${names[@]/#/entente_fuzz_}" >"$build/fuzz_build.log" 2>&1; then
    tail -n 20 "$build/fuzz_build.log" >&2
    die "the fuzzers do not build"
fi

found=0
printf '%-14s %12s %10s %8s  %s\n' parser executions a_second corpus result
for name in "${names[@]}"; do
    folder=$ENTENTE_BUILD/fuzz_long/$name
    mkdir -p "$folder/corpus"
    seeds=()
    [ ! -d "$root/tests/data/fuzz/$name" ] || seeds=("$root/tests/data/fuzz/$name")
    words=()
    [ ! -f "$root/tests/fuzz/$name.dict" ] || words=(-dict="$root/tests/fuzz/$name.dict")
    result=clean
    (cd "$folder" && "$build/tests/entente_fuzz_$name" "${limit[@]}" "${words[@]}" -seed="$(date +%s)" -entropic=0 -max_len=65536 \
        -rss_limit_mb=4096 -timeout=10 \
        -print_final_stats=1 corpus "${seeds[@]}") >"$folder/log" 2>&1 || { result="FOUND, see $folder/log"; found=1; }
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/log")
    speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$folder/log")
    printf '%-14s %12s %10s %8s  %s\n' "$name" "${executions:-?}" "${speed:-?}" "$(find "$folder/corpus" -type f | wc -l)" "$result"
done
exit $found
