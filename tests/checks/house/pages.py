"""The pages obey the content security policy: no script or style inline, nothing from another origin, and no call that
turns text into code or markup."""
import re
from html.parser import HTMLParser

URLS = ("src", "href", "action", "data", "poster", "srcset")
CALLS = re.compile(r"\b(?:eval\s*\(|new\s+Function\b|document\.write|(?:inner|outer)HTML\b|insertAdjacentHTML"
                   r"|setAttribute\(\s*['\"]style['\"]|javascript:)")


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.problems, self.in_script = path, [], False

    def report(self, what):
        self.problems.append(f"{self.path}:{self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "style":
            self.report("a <style> element")
        if tag == "base":
            self.report("a <base> element")
        self.in_script = tag == "script"
        for name, value in attributes:
            if name == "style":
                self.report("a style attribute")
            if name.startswith("on"):
                self.report(f"an {name} attribute")
            if name in URLS and re.match(r"\s*(?:[a-z][a-z0-9+.-]*:)?//|\s*javascript:", value or "", re.IGNORECASE):
                self.report(f"something from another origin: {value}")
        if tag == "html" and not values.get("lang"):
            self.report("<html> without lang")

    def handle_endtag(self, tag):
        self.in_script = False

    def handle_data(self, data):
        if self.in_script and data.strip():
            self.report("an inline script")


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", lambda match: re.sub(r"[^\n]", " ", match.group(0)), text, flags=re.DOTALL)


def check(tree) -> list:
    problems = []
    for path in tree.under("web", ".html"):
        page = Page(path)
        page.feed(tree.text(path))
        problems += page.problems
    for path in tree.under("web", ".js", ".mjs"):
        text = without_comments(tree.text(path))
        problems += [f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match.group(0).strip()} is not allowed"
                     for match in CALLS.finditer(text)]
    for path in tree.under("web", ".css"):
        text = without_comments(tree.text(path))
        problems += [f"{path}:{text.count(chr(10), 0, match.start()) + 1}: something from another origin"
                     for match in re.finditer(r"url\(\s*['\"]?(?:[a-z]+:)?//|@import", text)]
    return problems


BAD = [
    ({"web/a.html": "<html lang=en><script>run()</script>"}, "an inline script"),
    ({"web/a.html": "<html lang=en><p style='color:red'>"}, "a style attribute"),
    ({"web/a.html": "<html lang=en><button onclick='x()'>"}, "an onclick attribute"),
    ({"web/a.html": "<html lang=en><style>p{}</style>"}, "a <style> element"),
    ({"web/a.html": "<html lang=en><link href='//elsewhere.example/x.css'>"}, "another origin"),
    ({"web/a.html": "<html><p>"}, "without lang"),
    ({"web/a.js": "node.innerHTML = text;\n"}, "innerHTML is not allowed"),
    ({"web/a.js": "x = new Function('a');\n"}, "new Function"),
    ({"web/a.css": "@import 'x.css';\n"}, "another origin"),
]
GOOD = [
    {"web/a.html": "<!doctype html><html lang=en><script src=app.js></script><a href='#plan'>Plan</a></html>",
     "web/a.js": "// no innerHTML\nnode.textContent = text; node.style.width = '1px';\n"},
]
