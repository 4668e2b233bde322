"""deps.lock names everything that comes from outside, completely, and nothing that is not used."""
import re

FIELDS = ["name", "version", "from", "file", "sha256", "licence", "use", "why"]
TOOL_FIELDS = [field for field in FIELDS if field not in ("file", "sha256")]
ORIGIN = re.compile(r"^(?:source [a-z]+ [a-z0-9.+-]+|deb [a-z]+ [a-z0-9.+-]+|npm (?:@[\w.-]+/)?[\w.-]+|apt [a-z0-9.+-]+)$")
USERS = ("CMakeLists.txt", ".cmake", ".sh", ".mjs", ".py", ".js")


def paragraphs(text: str) -> list:
    """(line, {field: value}) of each paragraph that is not only a comment."""
    found, fields, start = [], {}, 0
    for number, line in enumerate(text.split("\n") + [""], 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if fields:
                found.append((start, fields))
            fields = {}
            continue
        start = start if fields else number
        name, separator, value = line.partition(": ")
        fields[name if separator else line] = value.strip()
    return found


def used(tree, name: str) -> bool:
    return any(name in tree.text(path) for path in tree.paths()
               if path.endswith(USERS) and not path.endswith("house/lock_file.py"))


def check(tree) -> list:
    if not tree.has("deps.lock"):
        return ["deps.lock:1: there is none"]
    problems, names = [], set()
    for line, fields in paragraphs(tree.text("deps.lock")):
        where = f"deps.lock:{line}: {fields.get('name', '?')}"
        is_tool = fields.get("from", "").startswith("apt ")
        wanted = TOOL_FIELDS if is_tool else FIELDS
        problems += [f"{where}: no {field}" for field in wanted if not fields.get(field)]
        problems += [f"{where}: unknown field {field}" for field in fields if field not in wanted]
        if not ORIGIN.match(fields.get("from", "")):
            problems.append(f"{where}: comes from an unknown kind of place: {fields.get('from')}")
        if not is_tool and not re.fullmatch(r"[0-9a-f]{64}", fields.get("sha256", "")):
            problems.append(f"{where}: sha256 is not 64 hexadecimal digits")
        if fields.get("use") not in ("ship", "test", "tool"):
            problems.append(f"{where}: use is not ship, test or tool")
        if fields.get("name") in names:
            problems.append(f"{where}: named twice")
        if not is_tool and not tree.is_sample and not used(tree, fields.get("name", "")):
            problems.append(f"{where}: nothing uses it")
        names.add(fields.get("name"))
    return problems if names else ["deps.lock:1: names nothing"]


ENTRY = ("name: a\nversion: 1\nfrom: npm a\nfile: a-1.tgz\nsha256: " + "0" * 64
         + "\nlicence: MIT\nuse: ship\nwhy: reasons\n")
BAD = [
    ({"deps.lock": ENTRY.replace("why: reasons\n", "")}, "no why"),
    ({"deps.lock": ENTRY.replace("0" * 64, "0" * 63)}, "64 hexadecimal"),
    ({"deps.lock": ENTRY + "\n" + ENTRY}, "named twice"),
    ({"deps.lock": ENTRY.replace("npm a", "somewhere")}, "unknown kind of place"),
    ({"deps.lock": ENTRY.replace("licence: MIT\n", "")}, "no licence"),
    ({"deps.lock": ""}, "names nothing"),
    ({"README.md": ""}, "there is none"),
]
GOOD = [{"deps.lock": "# words\n\n" + ENTRY}]
