"""No state hidden inside functions: `static` there is allowed for constexpr tables only."""
import re

from house.cpp import blocks, code_only, line_of, without_directives

STATIC = re.compile(r"\b(?:static|thread_local)\b(?!\s+(?:inline\s+)?constexpr\b)")


def innermost(found: list, at: int):
    around = [block for block in found if block.open < at < block.close]
    return max(around, key=lambda block: block.open) if around else None


def check(tree) -> list:
    problems = []
    for path in tree.cpp("src"):
        text = tree.text(path)
        found = None
        for match in STATIC.finditer(without_directives(code_only(text))):
            found = blocks(text) if found is None else found
            block = innermost(found, match.start())
            if block and block.kind in ("function", "block"):
                problems.append(f"{path}:{line_of(text, match.start())}: a static inside a function")
    return problems


BAD = [
    ({"src/ui/a.cpp": "namespace entente {\nvoid draw(const Frame& f) {\n    static int count = 0;\n}\n}\n"},
     "a.cpp:3: a static"),
    ({"src/ui/a.cpp": "int f() { if (x) { static bool once = true; } return 1; }\n"}, "a static"),
    ({"src/core/a.cpp": "void g() { auto l = [&] { thread_local int n; }; }\n"}, "a static"),
]
GOOD = [
    {"src/ui/a.cpp": "static int helper() { return static_cast<int>(1.0); }\nstruct S { static S make(); };\n"
                     "void draw() { static constexpr int kRow = 3; }\n"},
]
