#!/usr/bin/env python3
"""Lists what the site consists of, for the service worker that keeps it for use without a network.

    site_files.py SITE

Writes SITE/files.json: {"version": ..., "files": {"app.wasm": SHA-256, ...}}; the version is a hash over all of them. The
same object replaces whatever stands between /*@site*/ and /*@end*/ in SITE/service_worker.js, so that the worker's own bytes
change whenever anything does, which is how a browser notices a new version.
"""
import hashlib
import json
import pathlib
import re
import sys

WORKER = "service_worker.js"
MARKED = re.compile(r"/\*@site\*/.*?/\*@end\*/", re.DOTALL)


def write_if_changed(path: pathlib.Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def main() -> int:
    site = pathlib.Path(sys.argv[1])
    paths = sorted(path for path in site.rglob("*") if path.is_file() and path.name not in (WORKER, "files.json"))
    files = {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    version = hashlib.sha256(json.dumps(files).encode("utf-8")).hexdigest()[:16]
    listed = json.dumps({"version": version, "files": files}, indent=1)
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
