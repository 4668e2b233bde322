"""Words that have no place in a finished program: notes of unfinished work, places on somebody's machine, download hosts."""
import re

# Written in two parts where this file would otherwise be caught by itself.
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK|WI" r"P)\b"
                        r"|(?i:\blorem " r"ipsum\b|\bnot yet " r"implemented\b)")
PLACES = re.compile(r"(?<![\w.$}])/(?:work|home|root|Users)/\w")
HOSTS = re.compile(r"(?i)\b(?:registry\.[a-z]|deb\.deb" r"ian|[a-z0-9-]+\.npm" r"js\.)")


def check(tree) -> list:
    problems = []
    for path in tree.paths():
        if path.startswith("tests/data/"):
            continue
        for number, line in enumerate(tree.text(path).split("\n"), 1):
            for pattern, what in ((UNFINISHED, "unfinished work"), (PLACES, "a place on one machine"),
                                  (HOSTS, "a download host")):
                match = pattern.search(line)
                if match:
                    problems.append(f"{path}:{number}: {what}: {match.group(0)}")
    return problems


BAD = [
    ({"src/core/a.cpp": "// TO" "DO: later\n"}, "unfinished work"),
    ({"README.md": "See /ho" "me/someone/file\n"}, "a place on one machine"),
    ({"deps.lock": "https://registry." "example.org/x\n"}, "a download host"),
]
GOOD = [{"README.md": "Todo lists, the network/home/page, src/work/x, hacksaw.\n"}]
