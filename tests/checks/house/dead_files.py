"""Every header is included, every shader and icon drawn, every script named by something."""
import re

SCRIPT_FOLDERS = ("scripts/", "tests/checks/")


def words_in(tree, paths) -> str:
    return "\n".join(tree.text(path) for path in paths)


def constant(prefix: str, name: str) -> str:
    return prefix + "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", name) if word)


def dead_headers(tree) -> list:
    code = words_in(tree, tree.cpp("src", "tests")) + words_in(tree, tree.under("scripts", ".cmake"))
    return [f"{path}:1: no file includes it" for path in tree.under("src", ".hpp") if f'{path[len("src/"):]}"' not in code]


def dead_shaders(tree) -> list:
    code = words_in(tree, tree.cpp("src", "tests"))
    shaders = tree.under("shaders")
    included = words_in(tree, shaders)
    return [f"{path}:1: nothing draws with it" for path in shaders
            if constant("k", path.split("/")[-1]) not in code and f'#include "{path.split("/")[-1]}"' not in included]


def dead_icons(tree) -> list:
    path = "assets/icons/icons.txt"
    if not tree.has(path):
        return []
    code = words_in(tree, tree.cpp("src"))
    lines = enumerate((line.split("#")[0].strip() for line in tree.text(path).split("\n")), 1)
    return [f"{path}:{number}: nothing shows the icon {name}" for number, name in lines
            if name and not re.search(rf"\b{constant('kIcon', name)}\b", code)]


def dead_scripts(tree) -> list:
    everything = {path: tree.text(path) for path in tree.paths()}
    problems = []
    for path in tree.paths():
        if not path.startswith(SCRIPT_FOLDERS) or path.startswith("tests/checks/house/"):
            continue
        name = path.split("/")[-1]
        names = {name, name.rsplit(".", 1)[0]} if name.endswith(".cmake") else {name}
        if name == "po.py":
            names.add("import po")
        if not any(word in text for other, text in everything.items() if other != path for word in names):
            problems.append(f"{path}:1: nothing names it")
    return problems


def check(tree) -> list:
    return dead_headers(tree) + dead_shaders(tree) + dead_icons(tree) + dead_scripts(tree)


BAD = [
    ({"src/core/a.hpp": "int x;\n", "src/core/a.cpp": '#include "core/b.hpp"\n'}, "src/core/a.hpp:1: no file includes it"),
    ({"shaders/bars.vert": "void main() {}\n"}, "nothing draws with it"),
    ({"assets/icons/icons.txt": "# list\nsun\n"}, "icons.txt:2: nothing shows the icon sun"),
    ({"scripts/forgotten.sh": "true\n"}, "nothing names it"),
]
GOOD = [
    {"src/core/a.hpp": "int x;\n",
     "src/core/a.cpp": '#include "core/a.hpp"\nauto s = kBarsVert; auto i = kIconArrowBackUp;\n',
     "shaders/bars.vert": '#include "common.glsl"\n', "shaders/common.glsl": "//\n",
     "assets/icons/icons.txt": "arrow-back-up\n",
     "scripts/used.sh": "true\n", "README.md": "Run scripts/used.sh\n"},
]
