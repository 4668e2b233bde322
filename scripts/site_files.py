#!/usr/bin/env python3
"""Lists what the site consists of, for the service worker that keeps it for use without a network.

    site_files.py SITE

First the scripts and style sheets that the pages name get their integrity hashes: a browser runs none that was changed on its way.
Then SITE/files.json is written: {"version": ..., "release": "0.1.0", "files": {"app.wasm": SHA-256, ...}}; the version is a hash over
all of them, the release is the project's own number. The same object replaces whatever stands between /*@site*/ and /*@end*/ in
SITE/service_worker.js, so that the worker's own bytes change whenever anything does, which is how a browser notices a new version.
"""
import base64
import hashlib
import json
import pathlib
import re
import sys

WORKER = "service_worker.js"
NAMED = re.compile(r'(<script src|<link rel="stylesheet" href)="([^":]+)"(?: integrity="[^"]*")?')
MARKED = re.compile(r"/\*@site\*/.*?/\*@end\*/", re.DOTALL)


def write_if_changed(path: pathlib.Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def with_integrity(page: pathlib.Path) -> None:
    def sealed(found) -> str:
        digest = hashlib.sha256((page.parent / found[2]).read_bytes()).digest()
        return f'{found[1]}="{found[2]}" integrity="sha256-{base64.b64encode(digest).decode()}"'
    write_if_changed(page, NAMED.sub(sealed, page.read_text(encoding="utf-8")))


def release() -> str:
    cmake = pathlib.Path(__file__).resolve().parent.parent / "CMakeLists.txt"
    return re.search(r"^project\(\w+ VERSION ([\d.]+)", cmake.read_text(encoding="utf-8"), re.MULTILINE)[1]


def main() -> int:
    site = pathlib.Path(sys.argv[1])
    for page in site.glob("*.html"):
        with_integrity(page)
    paths = sorted(path for path in site.rglob("*") if path.is_file() and path.name not in (WORKER, "files.json"))
    files = {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    version = hashlib.sha256(json.dumps(files).encode("utf-8")).hexdigest()[:16]
    listed = json.dumps({"version": version, "release": release(), "files": files}, indent=1)
    write_if_changed(site / "files.json", listed + "\n")
    worker = site / WORKER
    if worker.exists():
        text, count = MARKED.subn(lambda _: f"/*@site*/{listed}/*@end*/", worker.read_text(encoding="utf-8"))
        if count != 1:
            print(f"{worker}: expected one /*@site*/ ... /*@end*/, found {count}", file=sys.stderr)
            return 1
        write_if_changed(worker, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
