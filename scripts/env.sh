# Sourced by every shell script here, and by hand before a build: `. scripts/env.sh`.
# Sets what the packaged tools need and leaves the system's own folders untouched.

ENTENTE_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export ENTENTE_ROOT
export ENTENTE_BUILD="$ENTENTE_ROOT/build"
export ENTENTE_DEPS="$ENTENTE_BUILD/deps"

# Debian's Emscripten finds acorn only where Debian's Node would look for it.
export NODE_PATH="/usr/share/nodejs${NODE_PATH:+:$NODE_PATH}"
# Debian's Python has fontTools; another Python earlier on the path may not.
if [ -x /usr/bin/python3 ]; then export ENTENTE_PYTHON=/usr/bin/python3; else export ENTENTE_PYTHON=python3; fi

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
die() { printf 'entente: %s\n' "$*" >&2; exit 1; }

# lock_records: one line per dependency of deps.lock: name|version|from|file|sha256|licence|use
lock_records() {
    awk -v RS= -F'\n' '
        {
            delete f
            for (i = 1; i <= NF; i++) {
                if ($i ~ /^#/) continue
                at = index($i, ": ")
                if (at) f[substr($i, 1, at - 1)] = substr($i, at + 2)
            }
            if (f["name"] != "")
                print f["name"] "|" f["version"] "|" f["from"] "|" f["file"] "|" f["sha256"] "|" f["licence"] "|" f["use"]
        }' "$ENTENTE_ROOT/deps.lock"
}

# build PRESET [TARGET...]: configures once and builds; the log is shown only where something went wrong.
# ENTENTE_CONFIGURE holds further options for the configuration.
build() {
    local preset=$1; shift
    local log="$ENTENTE_BUILD/$preset.log" targets=()
    [ $# -eq 0 ] || targets=(--target "$@")
    mkdir -p "$ENTENTE_BUILD"
    # shellcheck disable=SC2086  # several options
    if ! { cmake --preset "$preset" ${ENTENTE_CONFIGURE:-} && cmake --build --preset "$preset" "${targets[@]}"; } \
            </dev/null >"$log" 2>&1; then
        grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking)' "$log" | tail -n 60 >&2
        die "building '$preset' failed (whole log: $log)"
    fi
}
