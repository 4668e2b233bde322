"""base, core, codec, vault, share, exchange and report know no clock, no randomness, no files, no environment, and hold
money in whole minor units. Whatever they need of these comes in as a value or through a port."""
import re

from house.cpp import code_only, line_of

LAYERS = ["src/base", "src/core", "src/codec", "src/vault", "src/share", "src/exchange", "src/report"]
BANNED = {
    r"\b(?:system|steady|high_resolution|utc|file)_clock\b": "a clock",
    r"(?<![\w.>:])(?:std\s*::\s*)?time\s*\(\s*(?:nullptr|NULL|0|&\w+)\s*\)|\bstd\s*::\s*clock\b": "a clock",
    r"\b(?:gettimeofday|clock_gettime|timespec_get|localtime(?:_r)?|mktime)\b": "a clock or time zone of the machine",
    r"(?<![\w.>])(?:std\s*::\s*)?s?rand\s*\(": "randomness",
    r"\b(?:random_device|default_random_engine|mt19937(?:_64)?|minstd_rand0?)\b": "randomness",
    r"\brandombytes\w*": "randomness",
    r"\bcrypto_(?!\w*_seed_)\w*_(?:keypair|keygen)\b": "a key from libsodium's own randomness (use the seeded form)",
    r"\b(?:getentropy|getrandom|arc4random\w*)\b": "randomness",
    r"\b[io]?fstream\b|\bfopen\s*\(|\bstd\s*::\s*filesystem\b": "files",
    r"(?<![\w.>])(?:std\s*::\s*)?getenv\s*\(": "the environment",
    r"\bstd\s*::\s*(?:jthread|thread|mutex|atomic)\b": "threads",
    r"\bstd\s*::\s*c(?:out|err|in)\b|(?<!\w)f?printf\s*\(": "the terminal",
}
FLOAT = re.compile(r"\b(?:float|double|long\s+double)\b")
MONEY_NAME = re.compile(r"(?i)(?:price|cost|fee|money|amount|budget|_minor|rate(?:_|s?\b)|value_minor)")
MONEY_FILE = re.compile(r"(?i)/(?:money|price|cost|rate)")


def check(tree) -> list:
    problems = []
    for path in tree.cpp(*LAYERS):
        text = tree.text(path)
        code = code_only(text)
        for pattern, what in BANNED.items():
            problems += [f"{path}:{line_of(text, match.start())}: {what} in a pure layer: {match.group(0).strip()}"
                         for match in re.finditer(pattern, code)]
        for number, line in enumerate(code.split("\n"), 1):
            if FLOAT.search(line) and (MONEY_FILE.search(path) or MONEY_NAME.search(line)):
                problems.append(f"{path}:{number}: money in floating point: {line.strip()}")
    return problems


BAD = [
    ({"src/core/a.cpp": "auto t = std::chrono::system_clock::now();\n"}, "a clock"),
    ({"src/core/a.cpp": "long t = time(nullptr);\n"}, "a clock"),
    ({"src/vault/a.cpp": "void f(char* p) { randombytes_buf(p, 1); }\n"}, "randomness"),
    ({"src/share/a.cpp": "int x = rand() % 6;\n"}, "randomness"),
    ({"src/share/a.cpp": "void f() { crypto_sign_keypair(a, b); }\n"}, "the seeded form"),
    ({"src/report/a.cpp": "double price = 1.5;\n"}, "money in floating point"),
    ({"src/base/money.cpp": "float half(float x);\n"}, "money in floating point"),
    ({"src/exchange/a.cpp": "std::ifstream in(name);\n"}, "files"),
]
GOOD = [
    {"src/core/a.cpp": "// system_clock is outside\nint working_time(int); int x = working_time(3); double part = 0.5;\n"},
    {"src/core/a.hpp": "struct Entry { HybridTime time() const; };\n"},
    {"src/share/a.cpp": "void f() { crypto_sign_seed_keypair(a, b, seed); }\n"},
    {"src/app/main_cli.cpp": "auto t = std::chrono::system_clock::now();\n"},
    {"src/base/time.hpp": "std::string time(LocalMinute at) const;\nx = locale.time(0);\n"},
]
