"""The built site: the fonts hold the characters that English and Welsh need with figures of one width, the icons are the
listed ones, and no module needs eval.   site_test.py BUILD_FOLDER"""
import base64
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from fontTools.ttLib import TTFont

BUILD = pathlib.Path(sys.argv.pop())
SITE = BUILD / "site"
ROOT = pathlib.Path(__file__).resolve().parents[2]
NEEDED = ("ABCXYZabcxyz0123456789 .,:;!?'\"()[]{}/\\&%+-=<>@#*_|~^`\u00a0£€$¥©·×÷±½°"
          "âêîôûŵŷÂÊÎÔÛŴŶáéíóúẃýàèìòùẁỳäëïöüẅÿñçßøåæœšžłőąę–—‘’“”…•→←↑↓−≤≥●■▲◆✓")


class Fonts(unittest.TestCase):
    def test_inter(self):
        for weight in ("400", "500", "600"):
            font = TTFont(SITE / "fonts" / f"inter-{weight}.ttf")
            characters = font.getBestCmap()
            self.assertEqual([char for char in NEEDED if ord(char) not in characters], [], weight)
            self.assertEqual(len({font["hmtx"][characters[ord(figure)]][0] for figure in "0123456789"}), 1, weight)

    def test_icons(self):
        lines = (ROOT / "assets/icons/icons.txt").read_text("utf-8").splitlines()
        names = [line.split("#")[0].strip() for line in lines if line.split("#")[0].strip()]
        header = (BUILD / "generated/icons.hpp").read_text("utf-8")
        constants = re.findall(r'kIcon\w+ = "((?:\\x[0-9a-f]{2})+)"', header)
        characters = {ord(bytes.fromhex(text.replace("\\x", "")).decode("utf-8")) for text in constants}
        self.assertEqual(len(constants), len(names))
        self.assertEqual(set(TTFont(SITE / "fonts/icons.ttf").getBestCmap()), characters)


class OfflineList(unittest.TestCase):
    def test_it_names_every_file_as_it_is(self):
        listed = json.loads((SITE / "files.json").read_text("utf-8"))["files"]
        found = {path.relative_to(SITE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                 for path in SITE.rglob("*") if path.is_file() and path.name not in ("files.json", "service_worker.js")}
        self.assertEqual(listed, found)

    def test_what_the_pages_load_has_its_hash(self):
        for page in SITE.glob("*.html"):
            text = page.read_text("utf-8")
            names = re.findall(r'<script src="([^"]+)"|<link rel="stylesheet" href="([^"]+)"', text)
            self.assertGreater(len(names), 1, page.name)
            self.assertEqual(len(re.findall(r"<script\b", text)), sum(1 for script, _ in names if script), page.name)
            for script, sheet in names:
                name = script or sheet
                digest = base64.b64encode(hashlib.sha256((SITE / name).read_bytes()).digest()).decode()
                self.assertIn(f'"{name}" integrity="sha256-{digest}"', text)

    def test_the_service_worker_changes_with_it(self):
        version = json.loads((SITE / "files.json").read_text("utf-8"))["version"]
        self.assertIn(version, (SITE / "service_worker.js").read_text("utf-8"))


def integrity(name):
    return "sha256-" + base64.b64encode(hashlib.sha256((SITE / name).read_bytes()).digest()).decode()


class Fetched(unittest.TestCase):
    """What no page names, but its scripts fetch: they know what it has to be."""

    def table(self, script):
        return json.loads(re.search(r"/\*@hashes\*/(.*?)/\*@end\*/", (SITE / script).read_text("utf-8"), re.DOTALL)[1])

    def test_the_program(self):
        table = self.table("boot.js")
        self.assertEqual(table, {name: integrity(name) for name in table})
        wanted = [path.relative_to(SITE).as_posix() for folder in ("fonts", "sample", "templates") for path in (SITE / folder).iterdir()]
        self.assertEqual(sorted(table), sorted([*wanted, "app.wasm", "words.txt", "words_cy.txt"]))

    def test_the_status_page(self):
        table = self.table("status_boot.js")
        self.assertEqual(table, {name: integrity(name) for name in ("fonts/inter-400.ttf", "fonts/inter-600.ttf", "status.wasm")})

    def test_the_worker(self):
        self.assertIn(f"@integrity worker.wasm {integrity('worker.wasm')}@", (SITE / "worker.js").read_text("utf-8"))


class BuildNumber(unittest.TestCase):
    def made(self, folder, **more):
        """The numbers of a site that is made by the script in `folder`."""
        site = folder / "site"
        site.mkdir(exist_ok=True)
        shutil.copy(ROOT / "web/service_worker.js", site)
        quiet = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH" and not name.startswith("GIT_")}
        subprocess.run([sys.executable, "-B", folder / "scripts/site_files.py", site], env={**quiet, **more}, check=True)
        listed = json.loads((site / "files.json").read_text("utf-8"))
        self.assertIn(f'"build": {listed["build"]},', (site / "service_worker.js").read_text("utf-8"))
        return listed["build"]

    def test_it_is_the_time_of_the_newest_commit_and_rises(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name) / "project"
            (folder / "scripts").mkdir(parents=True)
            shutil.copy(ROOT / "scripts/site_files.py", folder / "scripts")
            shutil.copy(ROOT / "CMakeLists.txt", folder)
            self.assertEqual(self.made(folder), 0)
            self.assertEqual(self.made(folder, SOURCE_DATE_EPOCH="1700000000"), 1700000000)

            def git(*words, date="1700000001 +0000"):
                subprocess.run(["git", "-C", folder.parent, *words], check=True, capture_output=True,
                               env={**os.environ, "GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": date,
                                    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull})
            who = ("-c", "user.name=n", "-c", "user.email=n@example.org")
            git("init", "-q")
            git(*who, "commit", "-q", "--allow-empty", "-m", "of another project")
            self.assertEqual(self.made(folder), 0)
            git("init", "-q", "project")
            git("-C", "project", *who, "commit", "-q", "--allow-empty", "-m", "one")
            self.assertEqual(self.made(folder), 1700000001)
            git("-C", "project", *who, "commit", "-q", "--allow-empty", "-m", "two", date="1700000009 +0000")
            self.assertEqual(self.made(folder), 1700000009)


class Modules(unittest.TestCase):
    LIMITS = {"app": 900_000, "status": 200_000}

    def test_they_are_there_and_need_no_eval(self):
        for name in ("app", "worker", "status"):
            self.assertEqual((SITE / f"{name}.wasm").read_bytes()[:4], b"\0asm")
            self.assertNotRegex((SITE / f"{name}.js").read_text("utf-8"), r"\beval\s*\(|new Function\b")

    def test_sizes(self):
        for name, limit in self.LIMITS.items():
            files = [SITE / f"{name}.wasm", SITE / f"{name}.js"]
            size = sum(len(subprocess.run(["brotli", "-q", "11", "-c", file], capture_output=True, check=True).stdout)
                       for file in files)
            print(f"figure: {name}.wasm + {name}.js, brotli -q 11: {size} bytes (limit {limit})", flush=True)
            self.assertLessEqual(size, limit, name)


if __name__ == "__main__":
    unittest.main()
