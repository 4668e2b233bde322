#!/usr/bin/env python3
"""Lists what the site consists of, for the service worker that keeps it for use without a network, and says of everything that a page
or a worker loads what it has to be.

    site_files.py SITE

1. Scripts that fetch get the hashes of what they fetch: boot.js and status_boot.js between /*@hashes*/ and /*@end*/, and worker.js in
   its text '@integrity worker.wasm@'.
2. The pages get the hashes of the scripts and style sheets that they name: a browser runs none that was
   changed on its way. So whatever comes from a page is checked. A worker's own script is not, since a browser has no way to say what it
   must be; the service worker checks it, from the moment it is in charge.
3. SITE/files.json is written: {"version": ..., "release": "0.1.0", "build": ..., "files": {"app.wasm": SHA-256, ...}}; the version is a
   hash over all of them, the release is the project's own number, the build rises with every commit. The same object replaces
   whatever stands between /*@site*/ and /*@end*/ in SITE/service_worker.js, so that the worker's own bytes change whenever anything
   does, which is how a browser notices a new version.
"""
import base64
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORKER = "service_worker.js"
# What is fetched by a page's scripts.
FETCHED = {
    "boot.js": ("app.wasm", "fonts/*", "words*.txt", "sample/*", "templates/*"),
    "status_boot.js": ("status.wasm", "fonts/inter-400.ttf", "fonts/inter-600.ttf"),
}
NAMED = re.compile(r'(<script src|<link rel="stylesheet" href)="([^":]+)"(?: integrity="[^"]*")?')
HASHES = re.compile(r"/\*@hashes\*/.*?/\*@end\*/", re.DOTALL)
MODULE = re.compile(r"@integrity ([\w.]+)(?: sha256-[\w+/=]+)?@")
MARKED = re.compile(r"/\*@site\*/.*?/\*@end\*/", re.DOTALL)


def write_if_changed(path: pathlib.Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def integrity(path: pathlib.Path) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()


def replace_one(path: pathlib.Path, pattern: re.Pattern, change) -> None:
    text, count = pattern.subn(change, path.read_text(encoding="utf-8"))
    if count != 1:
        sys.exit(f"{path}: expected {pattern.pattern} once, found it {count} times")
    write_if_changed(path, text)


def tell_scripts(site: pathlib.Path) -> None:
    for script, patterns in FETCHED.items():
        if not (site / script).exists():
            continue
        files = sorted(path for pattern in patterns for path in site.glob(pattern) if path.is_file())
        hashes = json.dumps({path.relative_to(site).as_posix(): integrity(path) for path in files}, indent=1)
        replace_one(site / script, HASHES, lambda _, hashes=hashes: f"/*@hashes*/{hashes}/*@end*/")
    if (site / "worker.js").exists():
        replace_one(site / "worker.js", MODULE, lambda found: f"@integrity {found[1]} {integrity(site / found[1])}@")


def tell_page(page: pathlib.Path) -> None:
    def sealed(found) -> str:
        return f'{found[1]}="{found[2]}" integrity="{integrity(page.parent / found[2])}"'
    write_if_changed(page, NAMED.sub(sealed, page.read_text(encoding="utf-8")))


def release() -> str:
    cmake = ROOT / "CMakeLists.txt"
    return re.search(r"^project\(\w+ VERSION ([\d.]+)", cmake.read_text(encoding="utf-8"), re.MULTILINE)[1]


def build() -> int:
    """The newest commit's time in seconds since 1970: it rises, and every clone has the same, shallow ones too. Without git it is what
    SOURCE_DATE_EPOCH says, and 0 where that says nothing."""
    def git(*words: str) -> str:
        return subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=True).stdout.strip()
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return int(given)
    try:
        # Of this project, not of one in whose folder it was unpacked.
        return int(git("log", "-1", "--format=%ct")) if pathlib.Path(git("rev-parse", "--show-toplevel")).resolve() == ROOT else 0
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0


def main() -> int:
    site = pathlib.Path(sys.argv[1])
    tell_scripts(site)
    for page in site.glob("*.html"):
        tell_page(page)
    paths = sorted(path for path in site.rglob("*") if path.is_file() and path.name not in (WORKER, "files.json"))
    files = {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    version = hashlib.sha256(json.dumps(files).encode("utf-8")).hexdigest()[:16]
    listed = json.dumps({"version": version, "release": release(), "build": build(), "files": files}, indent=1)
    write_if_changed(site / "files.json", listed + "\n")
    if (site / WORKER).exists():
        replace_one(site / WORKER, MARKED, lambda _: f"/*@site*/{listed}/*@end*/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
