"""JavaScript for the wasm modules lives in the library files of web/: none in C++, and nothing that needs eval."""
import re

from house.cpp import code_only, line_of

BANNED = {
    r"\bEM_ASM\w*": "EM_ASM",
    r"\bEM_JS\w*": "EM_JS",
    r"\bEM_ASYNC_JS\b": "EM_ASYNC_JS",
    r"\bEMSCRIPTEN_BINDINGS\b": "embind",
    r"\bemscripten_run_script\w*": "emscripten_run_script",
    r"\bemscripten_idb_\w+": "emscripten_idb_* (it acknowledges before the commit)",
}


def check(tree) -> list:
    problems = []
    for path in tree.cpp("src", "tests"):
        text = tree.text(path)
        code = code_only(text)
        for pattern, name in BANNED.items():
            problems += [f"{path}:{line_of(text, match.start())}: {name} is not used here"
                         for match in re.finditer(pattern, code)]
        if not path.startswith("src/platform/web/"):
            problems += [f"{path}:{line_of(text, match.start())}: only src/platform/web knows Emscripten"
                         for match in re.finditer(r"\bemscripten_\w+\s*\(|\bEMSCRIPTEN_\w+", code)]
    return problems


BAD = [
    ({"src/platform/web/a.cpp": "void f() { EM_ASM({ alert(1) }); }\n"}, "EM_ASM is not used"),
    ({"src/ui/a.cpp": "EM_JS(void, f, (), {});\n"}, "EM_JS is not used"),
    ({"src/platform/web/a.cpp": "EMSCRIPTEN_BINDINGS(x) {}\n"}, "embind"),
    ({"src/app/main_web.cpp": "int main() { emscripten_set_main_loop(f, 0, 1); }\n"}, "only src/platform/web"),
]
GOOD = [
    {"src/platform/web/a.cpp": '// EM_ASM is for others\nconst char* s = "EM_JS";\nvoid f() { emscripten_cancel_main_loop(); }\n'},
]
