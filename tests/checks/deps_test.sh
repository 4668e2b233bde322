#!/usr/bin/env bash
# scripts/deps.sh in a project of its own, with an `npm` that hands out what it is told to: a right archive is unpacked once,
# a wrong one stops everything with both hashes, and the second run asks nobody.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder"/{project/scripts,bin,package}
cp "$root"/scripts/{env,deps}.sh "$folder/project/scripts/"
fail() { echo "deps_test: $*" >&2; exit 1; }

echo '{}' > "$folder/package/package.json"
tar -czf "$folder/thing-1.tgz" -C "$folder" package
sum=$(sha256sum "$folder/thing-1.tgz" | cut -d' ' -f1)
cat > "$folder/bin/npm" <<END
#!/bin/sh
echo asked >> "$folder/asked"
[ -n "\${NO_NETWORK:-}" ] || cp "$folder/thing-1.tgz" .
END
chmod +x "$folder/bin/npm"
export PATH="$folder/bin:$PATH"
lock() {
    printf '%s\n' 'name: thing' 'version: 1' 'from: npm thing' 'file: thing-1.tgz' "sha256: $1" 'licence: MIT' 'use: test' \
        'why: test' > "$folder/project/deps.lock"
}
deps() { bash "$folder/project/scripts/deps.sh" >"$folder/out" 2>&1; }
unpacked="$folder/project/build/deps/node_modules/thing/package.json"

lock "$(printf '0%.0s' {1..64})"
deps && fail "a wrong archive was accepted"
said() { grep -q "$1" "$folder/out" || fail "expected '$1', got: $(cat "$folder/out")"; }
said "thing: thing-1.tgz is not the archive"
said "expected SHA-256 0000"
said "got      SHA-256 $sum"
[ ! -e "$unpacked" ] || fail "a wrong archive was unpacked"

lock "$sum"
deps || fail "the right archive was refused: $(cat "$folder/out")"
[ -f "$unpacked" ] || fail "nothing was unpacked"
count=$(wc -l < "$folder/asked")
NO_NETWORK=1 deps || fail "the second run failed"
[ "$(wc -l < "$folder/asked")" = "$count" ] || fail "the second run asked the registry again"

printf 'damaged' > "$folder/project/build/downloads/thing-1.tgz"
rm -r "$(dirname "$unpacked")"
NO_NETWORK=1 deps && fail "a damaged archive without network was accepted"
said "could not be fetched"
echo "deps_test: passed"
