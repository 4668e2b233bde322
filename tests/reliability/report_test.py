"""The report itself: it is green only when everything ran, said its figures, and broke nothing.   report_test.py"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

REPORT = pathlib.Path(__file__).resolve().parent / "report.py"
# What the programs of a small project say when all is well.
GOOD = {
    "native/tests/entente_test_vault": "figure: crash schedules over two stores: 3000 (0 lost; more)\n"
        "figure: schedules of two to four tabs: 1000 (0 lost; more)\n"
        "figure: schedules of one tab in trouble: 1000 (0 lost; more)\n"
        "figure: bits flipped in two stores: 29600 (0 not noticed, 0 opened wrongly, 0 not healed)\n",
    "native/tests/entente_test_faults": "figure: faults at storage calls: 296 (0 lost)\nfigure: faults at allocations: 2256 (0 lost)\n"
        "figure: quotas that ran out: 231 (0 lost or falsely saved)\n",
    "native/tests/entente_test_vectors": "figure: format vectors: 525 (0 answered otherwise; 5 damaged)\n",
    "native-asan/tests/entente_fuzz_json": "Done 20000 runs in 2 second(s)\n",
}


class Report(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        for name in ("tests/vault", "tests/faults", "tests/vectors", "tests/fuzz", "tests/data/fuzz/json", "tests/browser", "site"):
            (self.root / name).mkdir(parents=True)
        (self.root / "tests/fuzz/json_fuzz.cpp").write_text("")
        (self.root / "tests/browser/storage.test.mjs").write_text(
            "for (const one of ['kills of the browser: 20', 'kills that lost acknowledged entries: 0',"
            "'stores of the browser destroyed: 4',"
            "'destroyed stores not recovered: 0', 'quotas of the browser that ran out: 8 (0 falsely saved, 0 lost)',"
            " 'one edit durable in both stores, ms, 95th of 100: 51.5', 'opening a workspace of 10000 entries after the key, ms: 90',"
            " 'longest time that saving held up the page, ms: 1.5']) console.log('figure: ' + one);")
        self.say = dict(GOOD)
        self.script("build/web/tests/entente_replay_json.js", "console.log('figure: replayed: 9');")

    def tearDown(self):
        self.folder.cleanup()

    def script(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def report(self, *options, status=0):
        for name, text in self.say.items():
            (self.root / "build" / name).unlink(missing_ok=True)
            if text is not None:
                self.script(f"build/{name}", f"#!/bin/sh\necho \"$@\" >\"$0.asked\"\ncat <<'END'\n{text}END\nexit {status}\n")
        own = {name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_")}
        own.update({"ENTENTE_SEED": own.pop(name) for name in ["SEED_OF_TEST"] if name in own})
        done = subprocess.run([sys.executable, "-B", REPORT, *options], capture_output=True, text=True, check=False,
                              env={**own, "ENTENTE_ROOT": str(self.root), "ENTENTE_SITE": str(self.root / "site")})
        return done.returncode, done.stdout + done.stderr, json.loads((self.root / "build/reliability.json").read_text())

    def test_all_is_well(self):
        status, text, answer = self.report()
        self.assertEqual(status, 0, text)
        self.assertEqual((answer["failed"], answer["broken"], answer["missing"]), ([], [], []))
        # A figure over its limit is marked, and no more than that.
        self.assertIn("51.5  (at most 50)   OVER THE LIMIT", text)
        asked = (self.root / "build/native-asan/tests/entente_fuzz_json.asked").read_text()
        self.assertIn(f"-artifact_prefix={self.root}/build/reliability/ ", asked)

    def test_what_is_not_built_is_not_green(self):
        for name in GOOD:
            self.say = {**GOOD, name: None}
            status, text, answer = self.report()
            self.assertEqual(status, 2, text)
            self.assertTrue(answer["missing"], name)
            self.assertEqual(self.report("--allow-missing")[0], 0)
        self.say = dict.fromkeys(GOOD)
        self.assertEqual(self.report("--no-browser")[0], 2)

    def test_a_fuzzer_that_is_written_and_not_built_is_missed(self):
        (self.root / "tests/fuzz/new_fuzz.cpp").write_text("")
        status, text, answer = self.report()
        self.assertEqual(status, 2)
        self.assertIn("fuzz new", answer["missing"])
        self.assertIn("replay new", answer["missing"])
        self.assertIn("1 of 2 programs", text)

    def test_the_browser_can_be_left_out(self):
        status, text, answer = self.report("--no-browser")
        self.assertEqual(status, 0, text)
        self.assertNotIn("killed browser", text)

    def test_a_program_that_cannot_run_here_is_not_green(self):
        self.script("tests/browser/storage.test.mjs", "process.exit(77);")
        status, text, answer = self.report()
        self.assertEqual(status, 2, text)
        self.assertIn("storage", answer["missing"])

    def test_a_run_is_gone_on_with(self):
        self.report()
        status, text, answer = self.report("--resume")
        self.assertEqual((status, text.count("answered before")), (0, 6), text)
        self.assertEqual(answer["missing"], [])
        # Another program, another amount: run again. What did not pass is never kept.
        self.say["native/tests/entente_test_faults"] += "more\n"
        self.assertEqual(self.report("--resume")[1].count("answered before"), 5)
        self.assertEqual(self.report("--resume", "--long")[1].count("answered before"), 0)
        # So is what was one schedule, played again by its seed.
        self.say = dict(GOOD)
        self.report("--resume")
        os.environ["SEED_OF_TEST"] = "1"
        self.assertEqual(self.report("--resume")[1].count("answered before"), 1)
        del os.environ["SEED_OF_TEST"]
        # So is what reads something else than it did: a corpus only its parser does.
        self.say = dict(GOOD)
        (self.root / "tests/data/golden").mkdir()
        for changed, same in (("tests/data/fuzz/json/new", 4), ("tests/data/golden/new", 2),
                              ("build/web/tests/entente_replay_json.wasm", 5),
                              ("build/web/harness_storage/index.js", 5), ("build/native/entente", 5)):
            self.report("--resume")
            self.script(changed, "new")
            self.assertEqual(self.report("--resume")[1].count("answered before"), same, changed)
        self.script("tests/browser/storage.test.mjs", "process.exit(1);")
        for _ in range(2):
            self.assertIn("storage ... FAILED", self.report("--resume")[1])

    def test_what_fails_when_it_is_asked_again_has_not_passed(self):
        story = self.root / "tests/browser/storage.test.mjs"
        story.write_text("import {existsSync} from 'node:fs'; if (existsSync('fails')) process.exit(1);" + story.read_text())
        self.report()
        self.assertIn("storage ... answered before", self.report("--resume")[1])
        (self.root / "fails").write_text("")
        self.report()
        self.assertIn("storage ... FAILED", self.report("--resume")[1])

    def test_a_part_is_no_report(self):
        self.report()
        whole = (self.root / "build/reliability.json").read_text()
        status, text, answer = self.report("--only", "vault", "replay json")
        self.assertEqual((status, "no input breaks" in text, "a crash at any point" in text), (0, False, True), text)
        self.assertEqual((self.root / "build/reliability.json").read_text(), whole)
        status, text, answer = self.report("--only", "vualt")
        self.assertNotEqual(status, 0)
        self.assertIn("no program is called vualt", text)

    def test_what_is_broken_is_red(self):
        for name, text in (("native/tests/entente_test_vectors", "figure: format vectors: 525 (1 answered otherwise; 5 damaged)\n"),
                           ("native/tests/entente_test_vectors", "figure: format vectors: 525\n"),
                           ("native-asan/tests/entente_fuzz_json", "no figure\n")):
            self.say = {**GOOD, name: text}
            status, said, answer = self.report("--allow-missing")
            self.assertEqual(status, 1, said)
            self.assertEqual(len(answer["broken"]), 1)
        self.say = dict(GOOD)
        self.script("build/web/tests/entente_replay_json.js", "process.exit(1);")
        status, said, answer = self.report()
        self.assertEqual((status, answer["failed"]), (1, ["replay json"]), said)
        for status in (3, 77):
            self.assertIn("fuzz json", self.report(status=status)[2]["failed"])


if __name__ == "__main__":
    unittest.main()
