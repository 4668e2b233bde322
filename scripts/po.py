"""Reads gettext PO files. Strict: whatever it does not understand is an error with its line."""
import dataclasses
import pathlib
import re

ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
FIELD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d)\])?\s+(".*")$')


class PoError(Exception):
    pass


@dataclasses.dataclass
class Entry:
    line: int
    context: str = ""
    id: str = ""
    plural: str = ""
    forms: dict = dataclasses.field(default_factory=dict)  # form number -> text
    fuzzy: bool = False

    @property
    def key(self) -> str:
        return f"{self.context}\x04{self.id}" if self.context else self.id


def unquote(text: str, where: str) -> str:
    body, out, at = text[1:-1], [], 0
    while at < len(body):
        char = body[at]
        if char == '"':
            raise PoError(f"{where}: a quotation mark inside a string must be written \\\"")
        if char == "\\":
            at += 1
            if at == len(body) or body[at] not in ESCAPES:
                raise PoError(f"{where}: unknown escape")
            char = ESCAPES[body[at]]
        out.append(char)
        at += 1
    return "".join(out)


class Reader:
    """Collects one entry at a time: its fields must come in the order msgctxt, msgid, msgid_plural, msgstr."""

    def __init__(self, path: str):
        self.path, self.entries, self.entry = path, [], None
        self.seen, self.last, self.fuzzy = set(), None, False

    def finish(self) -> None:
        if self.entry is None:
            return
        where = f"{self.path}:{self.entry.line}"
        if not self.entry.forms or "id" not in self.seen:
            raise PoError(f"{where}: an entry needs msgid and msgstr")
        if sorted(self.entry.forms) != list(range(len(self.entry.forms))):
            raise PoError(f"{where}: msgstr[n] must count from 0 without a gap")
        self.entries.append(self.entry)
        self.entry, self.last = None, None

    def field(self, name: str, index: str, text: str, number: int) -> None:
        where = f"{self.path}:{number}"
        if name == "msgctxt" or (name == "msgid" and self.last != ("context", None)):
            self.finish()
            self.entry, self.seen = Entry(number, fuzzy=self.fuzzy), set()
            self.fuzzy = False
        if self.entry is None:
            raise PoError(f"{where}: {name} outside an entry")
        if name == "msgstr":
            if "id" not in self.seen or (index is None) != ("plural" not in self.seen):
                raise PoError(f"{where}: msgstr and msgid_plural do not fit together")
            form = int(index or 0)
            if form in self.entry.forms:
                raise PoError(f"{where}: msgstr[{form}] twice")
            self.entry.forms[form] = text
            self.last = ("forms", form)
            return
        attribute = {"msgctxt": "context", "msgid": "id", "msgid_plural": "plural"}[name]
        early = name == "msgid_plural" and "id" not in self.seen
        if index is not None or attribute in self.seen or self.entry.forms or early:
            raise PoError(f"{where}: {name} out of order")
        self.seen.add(attribute)
        setattr(self.entry, attribute, text)
        self.last = (attribute, None)

    def continuation(self, text: str, where: str) -> None:
        if self.entry is None or self.last is None:
            raise PoError(f"{where}: a string that belongs to nothing")
        attribute, form = self.last
        if form is None:
            setattr(self.entry, attribute, getattr(self.entry, attribute) + text)
        else:
            self.entry.forms[form] += text

    def line(self, number: int, line: str) -> None:
        where = f"{self.path}:{number}"
        if not line or line.startswith("#"):
            if self.entry is not None and self.entry.forms:
                self.finish()
            if line.startswith("#,") and "fuzzy" in line:
                self.fuzzy = True
            return
        match = FIELD.match(line)
        if match:
            self.field(match.group(1), match.group(2), unquote(match.group(3), where), number)
        elif line.startswith('"') and line.endswith('"') and len(line) > 1:
            self.continuation(unquote(line, where), where)
        else:
            raise PoError(f"{where}: not understood: {line}")


def parse(name: str, text: str) -> list:
    """All entries, the header (empty msgid) first; `name` is for error messages."""
    reader = Reader(name)
    for number, line in enumerate(text.splitlines(), 1):
        reader.line(number, line.strip())
    reader.finish()
    seen = {}
    for entry in reader.entries:
        if entry.key in seen:
            raise PoError(f"{name}:{entry.line}: the same message as in line {seen[entry.key]}")
        seen[entry.key] = entry.line
    if not reader.entries or reader.entries[0].id:
        raise PoError(f"{name}:1: the header entry (msgid \"\") must come first")
    return reader.entries


def read(path) -> list:
    try:
        text = pathlib.Path(path).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise PoError(f"{path}:1: not UTF-8: {error}") from error
    return parse(str(path), text)


def quote(text: str) -> str:
    for char, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(char, escape)
    return f'"{text}"'


def plural_count(entries: list) -> int:
    match = re.search(r"^Plural-Forms:\s*nplurals=(\d)", entries[0].forms[0], re.MULTILINE)
    if not match:
        raise PoError("the header has no Plural-Forms: nplurals=N")
    return int(match.group(1))
