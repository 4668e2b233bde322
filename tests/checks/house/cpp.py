"""A scanner of C++ that is good enough for rules of style: it blanks out comments and literals, and finds functions."""
import dataclasses
import re

TYPE_HEAD = re.compile(r"^\s*(?:template\s*<.*>\s*)?(?:typedef\s+)?(?:class|struct|union|enum)\b", re.DOTALL)
RAW = re.compile(r'R"([^()\\ ]{0,16})\(')


def code_only(text: str, keep_strings: bool = False) -> str:
    """The same text, same length and lines, with comments (and literals, unless kept) replaced by blanks."""
    out, at, end = list(text), 0, len(text)

    def blank(first: int, last: int) -> None:
        for index in range(first, last):
            if out[index] != "\n":
                out[index] = " "

    while at < end:
        two = text[at:at + 2]
        if two == "//":
            stop = text.find("\n", at)
            stop = end if stop < 0 else stop
            blank(at, stop)
        elif two == "/*":
            stop = text.find("*/", at + 2)
            stop = end if stop < 0 else stop + 2
            blank(at, stop)
        elif two == 'R"' and (at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_")) and RAW.match(text, at):
            close = ")" + RAW.match(text, at).group(1) + '"'
            stop = text.find(close, at)
            stop = end if stop < 0 else stop + len(close)
            if not keep_strings:
                blank(at, stop)
        elif text[at] in "\"'" and not (text[at] == "'" and at and text[at - 1].isalnum() and text[at + 1:at + 2].isalnum()):
            stop = at + 1
            while stop < end and text[stop] not in (text[at], "\n"):
                stop += 2 if text[stop] == "\\" else 1
            stop = min(stop + 1, end)
            if not keep_strings:
                blank(at + 1, stop - 1)
        else:
            stop = at + 1
        at = stop
    return "".join(out)


def without_directives(code: str) -> str:
    """Blanks preprocessor lines, continued ones too: their braces need not balance."""
    lines, continued = code.split("\n"), False
    for index, line in enumerate(lines):
        if continued or line.lstrip().startswith("#"):
            continued = line.rstrip().endswith("\\")
            lines[index] = " " * len(line)
        else:
            continued = False
    return "\n".join(lines)


def line_of(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def without_parentheses(text: str) -> str:
    depth, out = 0, []
    for char in text:
        depth += char == "("
        if depth == 0:
            out.append(char)
        depth -= char == ")"
        depth = max(depth, 0)
    return "".join(out)


@dataclasses.dataclass
class Block:
    kind: str  # namespace, type, function, block (inside a function), value (an initializer)
    head: str
    start: int  # where the head begins
    open: int  # where the brace stands
    close: int = -1


def kind_of(head: str, inside: str) -> str:
    if re.search(r"\bnamespace\b", head) or re.match(r'^\s*extern\s*"', head):
        return "namespace"
    if TYPE_HEAD.match(head) and "(" not in head.split(":")[0].replace("alignas(", ""):
        return "type"
    if inside in ("function", "block"):
        return "block"
    bare = re.sub(r"\boperator\s*[=<>!+\-*/|&^]+", "operator", without_parentheses(head))
    if inside == "value" or "=" in bare or "(" not in head:
        return "value"
    return "function"


def blocks(text: str) -> list:
    """Every pair of braces, in the order in which they close."""
    code = without_directives(code_only(text))
    found, stack, statement, round_depth = [], [], 0, 0
    for at, char in enumerate(code):
        if char == "(":
            round_depth += 1
        elif char == ")":
            round_depth = max(0, round_depth - 1)
        elif char == "{":
            head = code[statement:at]
            inside = stack[-1].kind if stack else "namespace"
            start = statement + len(head) - len(head.lstrip())
            stack.append(Block(kind_of(head, inside), head, start, at))
            stack[-1].round_depth = round_depth
            statement, round_depth = at + 1, 0
        elif char == "}" and stack:
            block = stack.pop()
            block.close = at
            found.append(block)
            statement, round_depth = at + 1, block.round_depth
        elif char == ";" and round_depth == 0:
            statement = at + 1
        elif char == ":" and re.search(r"\b(public|private|protected)\s*$", code[statement:at]):
            statement = at + 1
    return found


def function_name(head: str) -> str:
    test = re.match(r"\s*(TEST_CASE|SUBCASE|TEST_SUITE|SCENARIO)\b", head)
    if test:
        return test.group(1)
    match = re.search(r"([\w:~]+|operator\s*[^\s(]+)\s*\(", head)
    return re.sub(r"\s+", "", match.group(1)) if match else "?"


def functions(text: str) -> list:
    """(name, first line, last line) of every function, from its head to its closing brace."""
    return [(function_name(block.head), line_of(text, block.start), line_of(text, block.close))
            for block in blocks(text) if block.kind == "function"]
