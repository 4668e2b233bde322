#!/usr/bin/env bash
# Fetches what deps.lock names, compares every archive with its SHA-256, and unpacks it into build/deps.
#   scripts/deps.sh [NAME...]    all by default
# What is already unpacked from the right archive is left alone, so the second run is quick and needs no network.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

readonly downloads="$ENTENTE_BUILD/downloads"
readonly apt_state="$ENTENTE_BUILD/apt"
apt_options=()

hash_of() { sha256sum "$1" | cut -d' ' -f1; }

# mirror: the address and key file of the machine's own Debian archive, from either format of apt's source lists.
mirror() {
    local files=(/etc/apt/sources.list /etc/apt/sources.list.d/*.list) f
    for f in /etc/apt/sources.list.d/*.sources; do
        [ -f "$f" ] || continue
        awk -v RS= -F'\n' '
            {
                uri = ""; key = "-"; deb = 0; main = 0; suites = ""
                for (i = 1; i <= NF; i++) {
                    if ($i ~ /^URIs:/) { split($i, w, /[ \t]+/); uri = w[2] }
                    if ($i ~ /^Types:.*deb/) deb = 1
                    if ($i ~ /^Components:.*main/) main = 1
                    if ($i ~ /^Suites:/) suites = $i
                    if ($i ~ /^Signed-By:[ \t]*\//) { split($i, w, /[ \t]+/); key = w[2] }
                }
                if (deb && main && uri ~ /\/debian\/?$/ && suites !~ /security/) { print uri, key; exit }
            }' "$f"
    done
    for f in "${files[@]}"; do
        [ -f "$f" ] || continue
        sed -nE 's/^deb[ \t]+(\[[^]]*\][ \t]+)?([^ \t]+\/debian\/?)[ \t].*main.*/\2 -/p' "$f"
    done
}

# A source list of our own, with its own state: the machine's apt is not touched.
prepare_apt() {
    [ ${#apt_options[@]} -eq 0 ] || return 0
    local uri key suites
    read -r uri key < <(mirror | head -n 1) || true
    [ -n "${uri:-}" ] || die "no Debian archive found in apt's source lists: the sources cannot be fetched"
    [ "$key" != - ] || key=/usr/share/keyrings/debian-archive-keyring.gpg
    mkdir -p "$apt_state"/{lists/partial,cache/archives/partial,parts}
    lock_records | cut -d'|' -f3 | awk -v uri="$uri" -v key="$key" '
        $1 == "source" && index(suites["deb-src"] " ", " " $2 " ") == 0 { suites["deb-src"] = suites["deb-src"] " " $2 }
        $1 == "deb" { suites["deb"] = suites["deb"] " " $2 }
        END {
            for (type in suites)
                printf "Types: %s\nURIs: %s\nSuites:%s\nComponents: main\nSigned-By: %s\n\n", type, uri, suites[type], key
        }' > "$apt_state/parts/entente.sources"
    apt_options=(-q -o "Dir::State::Lists=$apt_state/lists" -o Dir::Etc::SourceList=/dev/null
        -o "Dir::Etc::SourceParts=$apt_state/parts" -o "Dir::Cache=$apt_state/cache"
        -o "APT::Sandbox::User=$(id -un)" -o Acquire::Retries=3 -o APT::Get::List-Cleanup=false)
    say "Reading the list of Debian's sources"
    if ! apt-get "${apt_options[@]}" update >"$apt_state/log" 2>&1; then
        tail -n 20 "$apt_state/log" >&2
        die "apt-get update failed"
    fi
}

# fetch_* leave the archive in the current folder; whether it is the right one is decided by its hash alone, so a
# missing Debian packaging part beside a good upstream archive is no error.
fetch_source() { apt-get "${apt_options[@]}" source --download-only --only-source "$2/$1" || true; }
fetch_deb() { apt-get "${apt_options[@]}" download "$2/$1" || true; }
fetch_npm() { npm pack --silent --ignore-scripts "$1@$2" || true; }

fetch() {
    local name=$1 version=$2 from=$3 file=$4 sum=$5 folder log
    local archive="$downloads/$file"
    if [ -f "$archive" ] && [ "$(hash_of "$archive")" = "$sum" ]; then return 0; fi
    case $from in source\ * | deb\ *) prepare_apt ;; esac
    say "Fetching $name $version"
    folder=$(mktemp -d "$downloads/part.XXXXXX"); log="$folder/log"
    (
        cd "$folder"
        # shellcheck disable=SC2086  # the fields of `from` are words
        set -- $from
        case $1 in
            source) fetch_source "$2" "$3" ;;
            deb) fetch_deb "$2" "$3" ;;
            npm) fetch_npm "$2" "$version" ;;
            *) die "deps.lock: $name comes from an unknown place: $from" ;;
        esac
    ) >"$log" 2>&1 </dev/null || true
    if [ ! -f "$folder/$file" ]; then
        tail -n 20 "$log" >&2
        die "$name: $file could not be fetched (from: $from)"
    fi
    mv "$folder/$file" "$archive.new"
    rm -rf "$folder"
    local got; got=$(hash_of "$archive.new")
    if [ "$got" != "$sum" ]; then
        mv "$archive.new" "$archive.rejected"
        die "$name: $file is not the archive that deps.lock names
  expected SHA-256 $sum
  got      SHA-256 $got
  The file was kept as $archive.rejected and nothing was unpacked."
    fi
    mv "$archive.new" "$archive"
}

unpack() {
    local name=$1 from=$2 archive="$downloads/$3" sum=$4 target=$5
    local fresh="$target.new"
    rm -rf "$fresh"; mkdir -p "$fresh"
    case $from in
        deb\ *) dpkg-deb -x "$archive" "$fresh" ;;
        *) tar -xf "$archive" -C "$fresh" --strip-components=1 --no-same-owner ;;
    esac
    printf '%s\n' "$sum" > "$fresh/.entente-sha256"
    rm -rf "$target"; mv "$fresh" "$target"
}

main() {
    mkdir -p "$downloads" "$ENTENTE_DEPS/node_modules"
    exec 9>"$ENTENTE_DEPS/.lock"; flock 9
    local only=" $* " name version from file sum target
    while IFS='|' read -r name version from file sum _ _ <&3; do
        case $from in apt\ *) continue ;; esac
        [ "$only" = "  " ] || case $only in *" $name "*) ;; *) continue ;; esac
        target="$ENTENTE_DEPS/$name"
        case $from in npm\ *) target="$ENTENTE_DEPS/node_modules/$name"; mkdir -p "$(dirname "$target")" ;; esac
        [ "$(cat "$target/.entente-sha256" 2>/dev/null || true)" = "$sum" ] && continue
        fetch "$name" "$version" "$from" "$file" "$sum"
        unpack "$name" "$from" "$file" "$sum" "$target"
    done 3< <(lock_records)
}

main "$@"
