"""Every text that the program shows is in en.po and, complete, in cy.po; neither holds a text that is shown nowhere."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "scripts"))
import extract_messages  # noqa: E402


def check(tree) -> list:
    sources = {path: tree.text(path) for path in extract_messages.source_paths(tree.paths())}
    catalogues = {path: tree.text(path) for path in tree.under("assets/locale", ".po")}
    return extract_messages.problems(sources, catalogues)


HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Plural-Forms: nplurals={}; plural=0;\\n"\n\n'
EN, CY = HEADER.format("en", 2), HEADER.format("cy", 6)
SIX = "".join(f'msgstr[{form}] "{{n}} diwrnod"\n' for form in range(6))
BAD = [
    ({"src/ui/a.cpp": 'x(msg("Plan"));\n', "assets/locale/en.po": EN, "assets/locale/cy.po": CY}, "not in en.po: Plan"),
    ({"src/ui/a.cpp": 'x(msg("Plan"));\n', "assets/locale/en.po": EN + 'msgid "Plan"\nmsgstr ""\n',
      "assets/locale/cy.po": CY + 'msgid "Plan"\nmsgstr ""\n'}, "no Welsh for: Plan"),
    ({"src/ui/a.cpp": "int x;\n", "assets/locale/en.po": EN + 'msgid "Old"\nmsgstr ""\n', "assets/locale/cy.po": CY},
     "shown nowhere: Old"),
    ({"src/ui/a.cpp": 'f(msg("By {0}", d));\n', "assets/locale/en.po": EN + 'msgid "By {0}"\nmsgstr ""\n',
      "assets/locale/cy.po": CY + 'msgid "By {0}"\nmsgstr "Erbyn {1}"\n'}, "placeholders"),
    ({"src/ui/a.cpp": 'f(msgn("{n} day", "{n} days", 3));\n',
      "assets/locale/en.po": EN + 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] ""\nmsgstr[1] ""\n',
      "assets/locale/cy.po": CY + 'msgid "{n} day"\nmsgid_plural "{n} days"\n' + SIX.replace('5] "{n} diwrnod', '5] "')},
     "no Welsh for: {n} day"),
    ({"src/ui/a.cpp": 'f(locale.trc("verb", "Change"));\n', "assets/locale/en.po": EN + 'msgid "Change"\nmsgstr ""\n',
      "assets/locale/cy.po": CY}, "not in en.po: Change"),
    ({"src/ui/a.cpp": "f(msg(text));\n", "assets/locale/en.po": EN, "assets/locale/cy.po": CY}, "not a literal"),
    ({"src/ui/a.hpp": 'const char* n = N_("Plan");\n', "assets/locale/en.po": EN, "assets/locale/cy.po": CY}, "not in en.po: Plan"),
    ({"src/ui/a.cpp": "f(frame.tr(row.name));\n", "assets/locale/en.po": EN, "assets/locale/cy.po": CY}, "not a literal"),
    ({"src/ui/a.hpp": 'const char* n = N_("Plan");\n', "src/ui/b.cpp": '#include "ui/a.hpp"\nf(msg(row.name));\n',
      "assets/locale/en.po": EN, "assets/locale/cy.po": CY}, "src/ui/b.cpp:2: msg() holds something"),
    ({"assets/templates/a.txt": "name: Feature\n", "assets/locale/en.po": EN, "assets/locale/cy.po": CY}, "not in en.po: Feature"),
    ({"src/ui/a.cpp": "int x;\n"}, "there is no"),
]
GOOD = [
    {"assets/templates/a.txt": "name: Feature\n", "assets/locale/en.po": EN + 'msgctxt "template"\nmsgid "Feature"\nmsgstr ""\n',
     "assets/locale/cy.po": CY + 'msgctxt "template"\nmsgid "Feature"\nmsgstr "Ffilm nodwedd"\n'},
    {"src/ui/a.hpp": 'constexpr const char* N_(const char* text) { return text; }\nconst char* n = N_("Plan");\n',
     "src/ui/b.cpp": '#include "ui/a.hpp"\nf(frame.tr(row.name));\n',
     "assets/locale/en.po": EN + 'msgid "Plan"\nmsgstr ""\n', "assets/locale/cy.po": CY + 'msgid "Plan"\nmsgstr "Cynllun"\n'},
    {"src/ui/a.cpp": 'f(msgn("{n} " "day", "{n} days", n)); g(f.tr("Plan")); // msg("old")\n',
     "assets/locale/en.po": EN + 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] ""\nmsgstr[1] ""\n\n'
                                 'msgid "Plan"\nmsgstr ""\n',
     "assets/locale/cy.po": CY + 'msgid "{n} day"\nmsgid_plural "{n} days"\n' + SIX + '\nmsgid "Plan"\nmsgstr "Cynllun"\n'},
]
