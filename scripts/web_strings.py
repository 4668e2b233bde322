#!/usr/bin/env python3
"""Writes the texts of the page itself (web/*.js), which the program's own catalogue cannot serve: they are on the screen
before the program has loaded.

    web_strings.py OUT.js cy.po SCRIPT.js...
"""
import json
import pathlib
import sys

import extract_messages
import po


def main() -> int:
    out, catalogue, *scripts = map(pathlib.Path, sys.argv[1:])
    found, problems = extract_messages.collect({str(path): path.read_text("utf-8") for path in scripts})
    try:
        welsh = {entry.key: entry.forms.get(0, "") for entry in po.read(catalogue) if not entry.fuzzy}
    except po.PoError as error:
        problems.append(str(error))
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    strings = {key: welsh[key] for key in sorted(found) if welsh.get(key)}
    out.write_text("'use strict';\nwindow.entente.strings = "
                   + json.dumps({"cy": strings}, ensure_ascii=False, indent=0, separators=(",", ":")) + ";\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
