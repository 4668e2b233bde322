#!/usr/bin/env bash
# Installs the tools that deps.lock takes from apt, where they are missing. Needs Debian 12 and root or sudo.
#   scripts/tools.sh [USE...]    only tools of these uses (tool, test); all by default
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

present() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

# Node may come from elsewhere and then carries npm with it: what counts is that the command is there.
satisfied() {
    case $1 in
        nodejs) command -v node >/dev/null ;;
        npm) command -v npm >/dev/null ;;
        *) present "$1" ;;
    esac
}

main() {
    local wanted=${*:-tool test} missing=() record from use package
    while IFS='|' read -r _ _ from _ _ _ use; do
        case $from in apt\ *) ;; *) continue ;; esac
        case " $wanted " in *" $use "*) ;; *) continue ;; esac
        package=${from#apt }
        satisfied "$package" || missing+=("$package")
    done < <(lock_records)
    [ ${#missing[@]} -gt 0 ] || return 0

    command -v apt-get >/dev/null || die "these packages are missing and there is no apt-get: ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "to install ${missing[*]}, run this as root or install sudo"
        as_root=(sudo)
    fi
    say "Installing from Debian: ${missing[*]}"
    local log; log=$(mktemp)
    if ! { "${as_root[@]}" apt-get -q update &&
           "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
               apt-get -q install -y --no-install-recommends "${missing[@]}"; } </dev/null >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        die "apt-get could not install: ${missing[*]} (whole log: $log)"
    fi
    rm -f "$log"
}

main "$@"
