"""Includes follow tests/checks/include_table.txt: which layer may see which, and which outside library."""
import pathlib
import re

from house.cpp import code_only, line_of

TABLE = pathlib.Path(__file__).resolve().parent.parent / "include_table.txt"
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">\n]+)[">]', re.MULTILINE)
STANDARD = set("""
algorithm any array bit bitset cassert cctype cerrno cfloat charconv chrono cinttypes climits clocale cmath compare complex
concepts condition_variable csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cwchar cwctype deque
exception filesystem forward_list fstream functional future initializer_list iomanip ios iosfwd iostream istream iterator
limits list locale map memory memory_resource mutex new numbers numeric optional ostream queue random ratio regex set
shared_mutex span sstream stack stdexcept streambuf string string_view system_error thread tuple type_traits typeindex
typeinfo unordered_map unordered_set utility valarray variant vector version
""".split()) | {"assert.h", "stddef.h", "stdint.h", "string.h"}
# Intrinsics of the one hot kernel.
ANYWHERE = {"wasm_simd128.h"}


def read_table(text: str):
    layers, libraries = {}, {}
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if line:
            name, names = line.split(":", 1)
            (libraries if name.startswith("<") else layers)[name.strip()] = names.split()
    return layers, libraries


def layer_of(path: str, layers: dict) -> str:
    inner = path[len("src/"):]
    fitting = [layer for layer in layers if inner == layer or inner.startswith(layer + "/")]
    return max(fitting, key=len) if fitting else ""


def may_include(name: str, allowed: list, libraries: dict) -> bool:
    for item in allowed:
        if item.startswith("<"):
            if any(name == head or (head.endswith("/") and name.startswith(head)) for head in libraries[item]):
                return True
        elif name == item or name.startswith(item + "/"):
            return True
    return name in STANDARD or name in ANYWHERE


def check(tree) -> list:
    layers, libraries = read_table(TABLE.read_text(encoding="utf-8"))
    problems = []
    for path in tree.cpp("src"):
        layer = layer_of(path, layers)
        text = tree.text(path)
        if not layer:
            problems.append(f"{path}:1: in no layer of the include table")
            continue
        code = code_only(text, keep_strings=True)
        for match in INCLUDE.finditer(code):
            name = match.group(2)
            where = f"{path}:{line_of(text, match.start())}"
            if not may_include(name, layers[layer], libraries):
                problems.append(f"{where}: {layer} may not include {name}")
            elif match.group(1) == '"' and not tree.is_sample and "/" in name and not tree.has(f"src/{name}"):
                problems.append(f"{where}: {name} is not under src")
    return problems


BAD = [
    ({"src/core/plan/task.hpp": '#include "ui/theme.hpp"\n'}, "core may not include ui/theme.hpp"),
    ({"src/core/a.cpp": "#include <emscripten.h>\n"}, "core may not include emscripten.h"),
    ({"src/app/main_web.cpp": "#include <emscripten/html5.h>\n"}, "app may not include emscripten/html5.h"),
    ({"src/vault/a.cpp": '#include "platform/memory/storage.hpp"\n'}, "vault may not include platform/memory"),
    ({"src/base/a.hpp": "#  include <imgui.h>\n"}, "base may not include imgui.h"),
    ({"src/report/a.hpp": "#include <sys/time.h>\n"}, "report may not include sys/time.h"),
    ({"src/nowhere/a.hpp": "#include <vector>\n"}, "in no layer"),
]
GOOD = [
    {"src/vault/a.cpp": '#include <sodium.h>\n#include <vector>\n#include "platform/ports.hpp"\n'},
    {"src/core/a.cpp": '// #include <imgui.h>\n#include "core/model.hpp"\n'},
    {"src/platform/web/a.cpp": "#include <emscripten/html5.h>\n#include <GLES3/gl3.h>\n"},
]
