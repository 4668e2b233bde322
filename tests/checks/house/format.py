"""The look of files: UTF-8, LF, a last newline, no tabs, no blanks at line ends, 140 columns; headers say what they are."""

LONGEST = 140
TEXT = (".cpp", ".hpp", ".c", ".py", ".sh", ".js", ".mjs", ".cmake", ".css", ".html", ".vert", ".frag", ".glsl", ".md",
        ".txt", ".json", ".po")
WIDE = (".md", ".html", ".json", ".po", ".txt")  # prose and data may be wider


def problems_of(path: str, text: str) -> list:
    found = []
    if any("\udc80" <= char <= "\udcff" for char in text):
        found.append(f"{path}:1: not UTF-8")
    if text and not text.endswith("\n"):
        found.append(f"{path}:1: no newline at the end")
    for number, line in enumerate(text.split("\n"), 1):
        if "\r" in line:
            found.append(f"{path}:{number}: a carriage return")
        if "\t" in line:
            found.append(f"{path}:{number}: a tab")
        if line != line.rstrip():
            found.append(f"{path}:{number}: blanks at the end of the line")
        if len(line) > LONGEST and not path.endswith(WIDE):
            found.append(f"{path}:{number}: {len(line)} columns; {LONGEST} are allowed")
    return found


def header_problems(path: str, text: str) -> list:
    found = []
    lines = [line for line in text.split("\n") if line.strip()]
    if "#pragma once" not in lines:
        found.append(f"{path}:1: no #pragma once")
    first = next((line for line in lines if line != "#pragma once"), "")
    if not first.startswith("//"):
        found.append(f"{path}:1: a header opens with what it is for")
    return found


def check(tree) -> list:
    problems = []
    for path in tree.paths():
        if path.startswith(("tests/data/", "assets/sample/")) or not path.endswith(TEXT):
            continue
        problems += problems_of(path, tree.text(path))
        if path.startswith("src/") and path.endswith(".hpp"):
            problems += header_problems(path, tree.text(path))
    return problems


BAD = [
    ({"src/core/a.cpp": "int x; \n"}, "blanks at the end"),
    ({"src/core/a.cpp": "\tint x;\n"}, "a tab"),
    ({"src/core/a.cpp": "int x;"}, "no newline"),
    ({"src/core/a.cpp": "//" + "x" * 139 + "\n"}, "141 columns"),
    ({"src/core/a.hpp": "// What it is.\nint x;\n"}, "no #pragma once"),
    ({"src/core/a.hpp": "#pragma once\n#include <vector>\n"}, "opens with what it is for"),
    ({"web/a.js": "x\r\n"}, "a carriage return"),
]
GOOD = [{"src/core/a.hpp": "// What it is.\n#pragma once\n" + "//" + "x" * 138 + "\n"}]
