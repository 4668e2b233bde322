"""Every shell, Python and JavaScript file parses."""
import ast
import pathlib
import subprocess
import tempfile


def parse_with(command: list, suffix: str, text: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "file" + suffix)
        file.write_text(text, encoding="utf-8", errors="surrogateescape")
        result = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
        return "" if result.returncode == 0 else (result.stderr.strip().splitlines() or ["does not parse"])[-1]


def check(tree) -> list:
    problems = []
    for path in tree.paths():
        text = tree.text(path)
        fault = ""
        if path.endswith(".sh") or path == ".ci/run":
            fault = parse_with(["bash", "-n"], ".sh", text)
        elif path.endswith(".mjs"):
            fault = parse_with(["node", "--check"], ".mjs", text)
        elif path.endswith(".js"):
            module = "\nexport " in text or "\nimport " in text
            fault = parse_with(["node", "--check"], ".mjs" if module else ".js", text)
        elif path.endswith(".py"):
            try:
                ast.parse(text)
            except SyntaxError as error:
                fault = str(error)
        if fault:
            problems.append(f"{path}:1: {fault}")
    return problems


BAD = [
    ({"scripts/a.sh": "if true; then\n"}, "a.sh"),
    ({"scripts/a.py": "def f(:\n"}, "a.py"),
    ({"web/a.js": "function ( {\n"}, "a.js"),
    ({"web/a.mjs": "import x from;\n"}, "a.mjs"),
]
GOOD = [{"scripts/a.sh": "true\n", "scripts/a.py": "x = 1\n", "web/a.js": "let x = 1;\n",
         "web/a.mjs": "export const x = 1;\n"}]
