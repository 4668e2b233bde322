"""Functions fit on a screen (60 lines), files on a few (500). What is longer stands in tests/checks/length_ratchet.txt with
its length, and that figure may only go down."""
from house.cpp import functions

RATCHET = "tests/checks/length_ratchet.txt"
FUNCTION_LINES, FILE_LINES = 60, 500


def long_things(tree) -> dict:
    found = {}
    for path in tree.paths():
        if not path.endswith((".cpp", ".hpp", ".js", ".mjs", ".py", ".sh", ".css", ".cmake")):
            continue
        text = tree.text(path)
        lines = text.count("\n")
        if lines > FILE_LINES:
            found[path] = lines
        if path.endswith((".cpp", ".hpp")):
            for name, first, last in functions(text):
                length = last - first + 1
                key = f"{path}#{name}"
                if length > FUNCTION_LINES:
                    found[key] = max(found.get(key, 0), length)
    return found


def read_ratchet(tree) -> dict:
    if not tree.has(RATCHET):
        return {}
    rows = (line.split("#!")[0].strip() for line in tree.text(RATCHET).splitlines())
    return {row.rsplit(None, 1)[0]: int(row.rsplit(None, 1)[1]) for row in rows if row and not row.startswith("#")}


def check(tree) -> list:
    found, allowed = long_things(tree), read_ratchet(tree)
    problems = []
    for key, length in sorted(found.items()):
        limit = FUNCTION_LINES if "#" in key else FILE_LINES
        path, _, name = key.partition("#")
        what = f"{name}()" if name else "the file"
        if length > allowed.get(key, limit):
            problems.append(f"{path}:1: {what} has {length} lines; {allowed.get(key, limit)} are allowed")
    for key, length in sorted(allowed.items()):
        if found.get(key, 0) < length:
            now = found.get(key)
            problems.append(f"{RATCHET}:1: {key} is shorter now: " + (f"write {now}" if now else "take the line out"))
    return problems


def function(lines: int) -> str:
    return "namespace n {\nint f(int a,\n      int b) {\n" + "    a += b;\n" * (lines - 3) + "}\n}\n"


BAD = [
    ({"src/core/a.cpp": function(61)}, "f() has 61 lines; 60 are allowed"),
    ({"src/core/a.cpp": "int x;\n" * 501}, "the file has 501 lines"),
    ({"src/core/a.cpp": function(71), RATCHET: "src/core/a.cpp#f 70\n"}, "71 lines; 70 are allowed"),
    ({"src/core/a.cpp": function(69), RATCHET: "src/core/a.cpp#f 70\n"}, "write 69"),
    ({"src/core/a.cpp": function(9), RATCHET: "src/core/a.cpp#f 70\n"}, "take the line out"),
    ({"src/core/a.cpp": "struct S {\n    S() : a_{1}, b_(2) {\n" + "        run('{', \"}\");\n" * 70 + "    }\n};\n"},
     "72 lines"),
]
GOOD = [
    {"src/core/a.cpp": function(60)},
    {"src/core/a.cpp": function(70), RATCHET: "# why\nsrc/core/a.cpp#f 70\n"},
    {"src/core/a.cpp": "constexpr Row kRows[] = {\n" + "    {1, f(2)},\n" * 100 + "};\n"},
    {"src/core/a.cpp": "struct S {\n" + "    int f() { return 1'000; }\n" * 100 + "};\n"},
]
