#!/usr/bin/env python3
"""Finds every text that the C++ sources and the pages' scripts show and compares them with assets/locale/{en,cy}.po.

    extract_messages.py            lists what differs; fails where anything does
    extract_messages.py --update   rewrites en.po from the sources, and adds what is new to cy.po, still empty

The marks: msg("text"), msgn("one", "many"), msgc("context", "text"), tr("text"), trc("context", "text"). They hold literals
only, so that no text is missed. A table of texts marks each with N_("text"); tr() of a variable is allowed only in a file that
holds such a table or includes the header of one. What the templates of assets/templates say has the context "template".
"""
import argparse
import pathlib
import re
import sys

import po

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARK = re.compile(r"(?<![\w])(msgn|msgc|msg|trc|tr|N_)\s*\(")
TABLE = re.compile(r'(?<![\w])N_\s*\(\s*"')
INCLUDE = re.compile(r'^\s*#include\s+"([^"]+)"', re.MULTILINE)
LITERAL = re.compile(r'\s*"((?:[^"\\\n]|\\.)*)"')
ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|([0-7]{1,3})|(.))")
SIMPLE = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "'": "'", "?": "?"}
PLACEHOLDER = re.compile(r"\{(?:\d|n)\}")
# Which arguments are texts: context, singular, plural.
SHAPES = {"msg": "s", "tr": "s", "msgn": "sp", "msgc": "cs", "trc": "cs", "N_": "s"}
# Where the marks themselves are defined, their texts are parameters.
MACHINERY = ("src/base/message.hpp", "src/base/locale.hpp", "src/base/locale.cpp", "src/ui/frame.hpp")
TABLE_MARK = re.compile(r"\bN_\s*\(\s*const\b")  # the definition of N_ itself


# Where texts stand: a folder, how its files end, and whether its subfolders are searched too.
PLACES = (("src/", (".cpp", ".hpp"), True), ("web/", (".js",), True), ("assets/templates/", (".txt",), False))


def source_paths(paths) -> list:
    """Those of the project's paths whose texts belong into the catalogues, sorted."""
    return sorted(path for path in paths for folder, endings, deep in PLACES
                  if path.startswith(folder) and path.endswith(endings) and (deep or "/" not in path[len(folder):]))


def blank_comments(text: str) -> str:
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|R"(\w*)\(.*?\)\1"', re.DOTALL)
    return pattern.sub(lambda match: match.group(0) if match.group(0)[0] in '"R'
                       else re.sub(r"[^\n]", " ", match.group(0)), text)


def unescape(body: str) -> str:
    def one(match):
        hexadecimal, unicode, octal, char = match.groups()
        if hexadecimal:
            return chr(int(hexadecimal, 16))
        if unicode:
            return chr(int(unicode, 16))
        return chr(int(octal, 8)) if octal else SIMPLE.get(char, char)
    return ESCAPE.sub(one, body)


def literal_at(text: str, at: int):
    """(value, end) of adjacent string literals, or (None, at)."""
    parts, end = [], at
    while match := LITERAL.match(text, end):
        parts.append(unescape(match.group(1)))
        end = match.end()
    return ("".join(parts), end) if parts else (None, at)


def messages_of(path: str, text: str, has_table: bool):
    """Yields (line, context, id, plural) of each mark, or a problem as text where it is not understood."""
    code = blank_comments(text)
    for match in MARK.finditer(code):
        if TABLE_MARK.match(code, match.start()):
            continue
        line = code.count("\n", 0, match.start()) + 1
        values, at = {"c": "", "s": "", "p": ""}, match.end()
        for position, part in enumerate(SHAPES[match.group(1)]):
            if position:
                comma = re.compile(r"\s*,").match(code, at)
                at = comma.end() if comma else at
            value, at = literal_at(code, at)
            if value is None:
                if path not in MACHINERY and not (has_table and match.group(1) == "tr"):
                    yield f"{path}:{line}: {match.group(1)}() holds something that is not a literal"
                values = None
                break
            values[part] = value
        if values:
            yield line, values["c"], values["s"], values["p"]


def template_texts(path: str, text: str):
    """Yields (line, context, id, plural) of what a template of assets/templates says; the format is told by core/templates."""
    for number, line in enumerate(text.split("\n"), 1):
        key, _, value = line.partition(":")
        found = [value] if key in ("name", "about", "kind", "stage") else []
        parts = line.split("|")
        if len(parts) == 7 and not line.startswith("#"):
            found += [parts[1], *parts[3].split(","), parts[6]]
        for one in found:
            if one.strip():
                yield number, "template", one.strip(), ""


def files_with_tables(sources: dict) -> set:
    """The files that hold a table of marked texts or include a header that does."""
    own = {path for path, text in sources.items() if TABLE.search(text)}
    headers = {path.removeprefix("src/") for path in own if path.endswith(".hpp")}
    return own | {path for path, text in sources.items() if headers & set(INCLUDE.findall(text))}


def collect(sources: dict):
    """(found, problems): found maps each key to (context, id, plural, the places where it stands)."""
    found, problems, tables = {}, [], files_with_tables(sources)
    for path in sorted(sources):
        marked = template_texts(path, sources[path]) if path.startswith("assets/templates/") else \
            messages_of(path, sources[path], path in tables)
        for item in marked:
            if isinstance(item, str):
                problems.append(item)
                continue
            line, context, text, plural = item
            key = f"{context}\x04{text}" if context else text
            entry = found.setdefault(key, (context, text, plural, []))
            if plural and entry[2] and entry[2] != plural:
                problems.append(f"{path}:{line}: two plurals for one text: {text}")
            if plural and not entry[2]:
                found[key] = entry = (context, text, plural, entry[3])
            entry[3].append(f"{path}:{line}")
    return found, problems


def forms_fit(entry, id_text: str, plural: str) -> bool:
    """A translation names each placeholder of the English; {n} may be left out where a form says it in words."""
    wanted = set(PLACEHOLDER.findall(id_text)) | set(PLACEHOLDER.findall(plural))
    return all(set(PLACEHOLDER.findall(form)) | {"{n}"} == wanted | {"{n}"} for form in entry.forms.values())


def compare_welsh(found: dict, entries: list, path: str) -> list:
    by_key, problems = {entry.key: entry for entry in entries[1:]}, []
    count = po.plural_count(entries)
    for key, (_, text, plural, places) in sorted(found.items()):
        entry = by_key.get(key)
        needed = count if plural else 1
        if entry is None or entry.fuzzy or len(entry.forms) != needed or not all(entry.forms.values()):
            problems.append(f"{places[0]}: no Welsh for: {text}")
        elif not forms_fit(entry, text, plural):
            problems.append(f"{path}:{entry.line}: the placeholders differ from the English: {text}")
    problems += [f"{path}:{entry.line}: shown nowhere: {entry.id}" for entry in entries[1:] if entry.key not in found]
    return problems


def compare_english(found: dict, entries: list, path: str) -> list:
    by_key, problems = {entry.key: entry for entry in entries[1:]}, []
    for key, (_, text, plural, places) in sorted(found.items()):
        if key not in by_key:
            problems.append(f"{places[0]}: not in en.po: {text}")
        elif by_key[key].plural != plural:
            problems.append(f"{path}:{by_key[key].line}: the plural differs from the source's: {text}")
    problems += [f"{path}:{entry.line}: shown nowhere: {entry.id}" for entry in entries[1:] if entry.key not in found]
    return problems


def problems(sources: dict, catalogues: dict) -> list:
    """What is wrong, each as "path:line: what"; sources and catalogues map paths to texts."""
    found, result = collect(sources)
    for name, compare in (("assets/locale/en.po", compare_english), ("assets/locale/cy.po", compare_welsh)):
        if name not in catalogues:
            result.append(f"{name}:1: there is no such catalogue")
            continue
        try:
            result += compare(found, po.parse(name, catalogues[name]), name)
        except po.PoError as error:
            result.append(str(error))
    return result


def write_entry(context: str, text: str, plural: str, places: list, forms: list) -> str:
    lines = [f"#: {path}" for path in sorted({place.rsplit(":", 1)[0] for place in places})]
    lines += [f"msgctxt {po.quote(context)}"] if context else []
    lines += [f"msgid {po.quote(text)}"]
    if plural:
        lines += [f"msgid_plural {po.quote(plural)}"]
        lines += [f"msgstr[{number}] {po.quote(form)}" for number, form in enumerate(forms)]
    else:
        lines += [f"msgstr {po.quote(forms[0])}"]
    return "\n".join(lines) + "\n"


def update(found: dict, path: pathlib.Path) -> None:
    entries = po.read(path)
    old = {entry.key: entry for entry in entries[1:]}
    count = po.plural_count(entries)
    header = path.read_text(encoding="utf-8").split("\n\n", 1)[0] + "\n"
    parts = [header]
    for key in sorted(found, key=lambda key: (key.split("\x04")[-1], key)):
        context, text, plural, places = found[key]
        forms = [""] * (count if plural else 1)
        if key in old and len(old[key].forms) == len(forms):
            forms = [old[key].forms[number] for number in range(len(forms))]
        parts.append(write_entry(context, text, plural, places, forms))
    path.write_text("\n".join(parts), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    files = [path.relative_to(ROOT).as_posix() for folder, _, _ in PLACES for path in (ROOT / folder).rglob("*.*")]
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in source_paths(files)}
    locale = ROOT / "assets/locale"
    if arguments.update:
        found, _ = collect(sources)
        update(found, locale / "en.po")
        update(found, locale / "cy.po")
    catalogues = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in locale.glob("*.po")}
    wrong = problems(sources, catalogues)
    print("\n".join(wrong) if wrong else "every text is in both catalogues")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
