#!/usr/bin/env bash
# Builds Entente and serves it on this machine.
#   scripts/run.sh [--port N] [--no-open] [--build-only]
# On a bare Debian 12 it first installs what is missing (as root or with sudo) and fetches the pinned sources.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

usage() { sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }

port=8080 open=yes build_only=no
while [ $# -gt 0 ]; do
    case $1 in
        --port)
            [[ ${2:-} =~ ^[1-9][0-9]{0,4}$ ]] && [ "$2" -le 65535 ] || die "--port needs a number from 1 to 65535"
            port=$2; shift ;;
        --no-open) open=no ;;
        --build-only) build_only=yes ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; die "not understood: $1" ;;
    esac
    shift
done

# Opens the page once the server answers, where there is a desktop to open it on.
open_page() {
    [ "$open" = yes ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v xdg-open >/dev/null || return 0
    (
        for _ in $(seq 50); do
            if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
                exec xdg-open "http://127.0.0.1:$port/" >/dev/null 2>&1
            fi
            sleep 0.1
        done
    ) &
}

cd "$ENTENTE_ROOT"
scripts/tools.sh tool
scripts/deps.sh
say "Building the command line (build/native/entente)"
build native entente
say "Building the page (build/web/site)"
build web entente_site
say "Ready: build/web/site"
[ "$build_only" = no ] || exit 0
open_page
exec node scripts/serve.mjs --port "$port"
