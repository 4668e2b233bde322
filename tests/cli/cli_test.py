#!/usr/bin/env python3
"""Runs the built `entente`:  cli_test.py PROGRAM [SHARED_DATA]"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SHARED = sys.argv[1], pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "/nowhere")
PLAN = (
    "id,stage,name,owner,duration_days,predecessors,client,note\n"
    "1,Edit,Cut,Editor,3,,no,\n"
    "2,Edit,Picture lock,Producer,0,1FS,yes,\n"
    "3,Sound,Mix,Mixer,4,2FS+1d,no,\n"
)
BACKUP = pathlib.Path(__file__).resolve().parent.parent / "data" / "golden" / "workspace_backup_v1.entente"
ROW = {"id", "name", "early_start", "early_finish", "late_start", "late_finish", "total_float_minutes",
       "free_float_minutes", "critical"}


def run(*arguments, stdin=b"", **environment):
    return subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, timeout=120,
                          env={**os.environ, **environment}, start_new_session=True, check=False)


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, content):
        path = pathlib.Path(self.folder.name) / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def test_schedule_prints_json_of_the_stated_shape(self):
        done = run("schedule", self.file("plan.csv", PLAN), "--start", "2026-03-02", "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, b"")
        answer = json.loads(done.stdout)
        self.assertEqual(list(answer), ["project", "tasks", "warnings"])
        self.assertEqual(answer["project"], {"start": "2026-03-02T09:00", "finish": "2026-03-11T17:00", "working_minutes": 8 * 480})
        self.assertEqual(answer["warnings"], [])
        self.assertTrue(all(set(task) == ROW for task in answer["tasks"]))
        mix = answer["tasks"][2]
        self.assertEqual((mix["id"], mix["early_start"], mix["late_finish"], mix["critical"]),
                         ("3", "2026-03-06T09:00", "2026-03-11T17:00", True))

    def test_schedule_reads_networks_without_names_and_psplib_files(self):
        named_by_number = "jobnr,duration,successors\n1,0,2 3\n2,5,4\n3,7,5\n4,4,5\n5,0,\n"
        table = run("schedule", self.file("net.csv", named_by_number), "--start", "2026-03-02")
        self.assertEqual((table.returncode, table.stderr), (0, b""))
        answer = json.loads(table.stdout)
        self.assertEqual((answer["project"]["working_minutes"], answer["warnings"]), (9 * 480, []))
        self.assertEqual([task["id"] for task in answer["tasks"] if task["critical"]], ["1", "2", "4", "5"])
        patterson = run("schedule", self.file("net.rcp", "5 1\n4\n0 0 2 2 3\n5 4 1 4\n7 0 1 5\n4 1 1 5\n0 0 0\n"), "--start", "2026-03-02")
        self.assertEqual(patterson.returncode, 0, patterson.stderr)
        self.assertEqual(json.loads(patterson.stdout)["tasks"], answer["tasks"])
        cut_short = "*****\nPRECEDENCE RELATIONS:\n 1 1 1 2\n*****\nREQUESTS/DURATIONS:\n*****\n"
        broken = run("schedule", self.file("net.sm", cut_short))
        self.assertEqual((broken.returncode, broken.stdout), (1, b""))
        self.assertIn(b"network", broken.stderr)

    def test_cut_diff_prints_exactly_the_stated_members(self):
        before = ("TITLE: one\n001  AX V C 01:00:00:00 01:00:02:00 01:00:00:00 01:00:02:00\n* FROM CLIP NAME: a\n"
                  "002  AX V C 01:00:10:00 01:00:12:00 01:00:02:00 01:00:04:00\n* FROM CLIP NAME: b\n")
        after = before.replace("01:00:10:00 01:00:12:00 01:00:02:00 01:00:04:00", "01:00:10:00 01:00:11:15 01:00:02:00 01:00:03:15")
        first, second = self.file("before.edl", before), self.file("after.edl", after)
        done = run("cut-diff", first, second, "--rate", "25", "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        answer = json.loads(done.stdout)
        self.assertEqual(answer, {"events_before": 2, "events_after": 2, "frames_changed": 10, "warnings": [], "changes": [
            {"kind": "trimmed", "event": "002", "before": "01:00:02:00-01:00:04:00", "after": "01:00:02:00-01:00:03:15", "frames": 10}]})
        self.assertEqual(list(answer), ["events_before", "events_after", "frames_changed", "changes", "warnings"])
        same = json.loads(run("cut-diff", first, first).stdout)
        self.assertEqual((same["changes"], same["frames_changed"], len(same["warnings"])), ([], 0, 2))
        self.assertEqual(run("cut-diff", first).returncode, 2)
        self.assertEqual(run("cut-diff", first, second, "--rate", "7").returncode, 2)
        self.assertEqual(run("cut-diff", first, self.file("empty.edl", "")).returncode, 1)

    def test_standard_input_is_a_file_and_output_that_is_no_terminal_is_json(self):
        done = run("schedule", "-", "--start=2026-03-02", stdin=PLAN.encode())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(json.loads(done.stdout)["tasks"]), 3)

    def test_names_of_any_kind_survive_json(self):
        name = 'a "quoted" \\ name, tŷ 映画 \u200d'
        quoted = name.replace('"', '""')
        plan = self.file("plan.csv", f'id,name,days\n1,"{quoted}",1\n')
        self.assertEqual(json.loads(run("schedule", plan).stdout)["tasks"][0]["name"], name)

    def test_a_problem_in_the_file_is_1_and_wrong_usage_2(self):
        loop = self.file("loop.csv", "id,name,days,predecessors\n1,A,1,2\n2,B,1,1\n")
        done = run("schedule", loop)
        self.assertEqual(done.returncode, 1)
        self.assertIn("circle", json.loads(done.stdout)["warnings"][0])
        self.assertIn(b"circle", run("check", loop).stdout)
        self.assertEqual(run("check", loop).returncode, 1)
        for arguments in ((), ("schedule",), ("schedule", loop, "--format", "xml"), ("fly", loop), ("check", loop, "--start", "x")):
            done = run(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertEqual(done.stdout, b"")
            self.assertTrue(done.stderr.startswith(b"entente: "), done.stderr)

    def test_files_that_cannot_be_read(self):
        cases = [pathlib.Path(self.folder.name), pathlib.Path(self.folder.name) / "nowhere.csv", self.file("empty.csv", ""),
                 self.file("a.mpp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), self.file("big.csv", b"x" * 50_000_000),
                 self.file("laughs.xml", '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
                                         '<Project xmlns="http://schemas.microsoft.com/project"><Name>&b;</Name></Project>')]
        for path in cases:
            done = run("check", path)
            self.assertEqual(done.returncode, 1, path)
            self.assertEqual(done.stdout, b"", path)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
            self.assertNotIn(b"terminate", done.stderr)

    def test_help_and_version(self):
        self.assertIn(b"schedule FILE", run("--help").stdout)
        self.assertTrue(run("--version").stdout.startswith(b"entente "))

    def large_plan(self):
        rows = "".join(f"{i},Edit,Reel {i} of the picture,Editor,3,{i - 1 if i > 1 else ''},no,\n" for i in range(1, 2001))
        return self.file("large.csv", PLAN.splitlines()[0] + "\n" + rows)

    def test_output_that_cannot_be_written_is_no_success(self):
        large, secret = self.large_plan(), self.file("pass", "Cwm-glas 7 yn y bore\n")
        for arguments, least in ((("schedule", large, "--format", "json"), 1 << 16), (("convert", large, "--to", "mspdi"), 1 << 16),
                                 (("open", BACKUP, "--passphrase-file", secret, "--export", "json"), 1 << 12),
                                 (("--help",), 1), (("schedule", self.file("plan.csv", PLAN)), 1)):
            self.assertGreaterEqual(len(run(*arguments).stdout), least, arguments)
            with open("/dev/full", "wb") as full:
                done = subprocess.run([PROGRAM, *map(str, arguments)], stdout=full, stderr=subprocess.PIPE, check=False, timeout=120)
            self.assertEqual(done.returncode, 1, arguments)
            self.assertIn(b"could not be printed", done.stderr.splitlines()[-1])

    def test_a_reader_that_goes_away_is_no_success(self):
        # As a shell starts it, and as a program does that takes no signal of a broken pipe.
        for ignore in (False, True):
            with subprocess.Popen([PROGRAM, "schedule", str(self.large_plan()), "--format", "json"], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, restore_signals=not ignore) as done:
                done.stdout.close()
                self.assertNotEqual(done.wait(timeout=120), 0)

    def test_what_is_no_file_is_refused_at_once(self):
        pipe = pathlib.Path(self.folder.name) / "pipe"
        os.mkfifo(pipe)
        for arguments in (("open", pipe), ("open", BACKUP, "--passphrase-file", pipe), ("schedule", pipe), ("open", "/dev/zero")):
            done = run(*arguments)
            self.assertEqual((done.returncode, done.stdout), (1, b""), arguments)
            self.assertIn(b"a pipe or a device, not a file", done.stderr)
        words = "Cwm-glas 7 yn y bore\n"
        self.assertEqual(run("open", BACKUP, "--passphrase-file", "-", stdin=words.encode()).returncode, 0)

    def test_a_file_that_is_too_large_says_what_helps_with_that_file(self):
        cases = ((("schedule", "{}"), 33 << 20, b"rows and columns"), (("open", "{}"), (577 << 20), b"No backup is as large"),
                 (("open", BACKUP, "--passphrase-file", "{}"), 2 << 20, b"small text file"),
                 (("cut-diff", "{}", "{}"), 65 << 20, b"Export the timeline"))
        for arguments, size, says in cases:
            path = self.file("large", b"")
            os.truncate(path, size)
            done = run(*(path if one == "{}" else one for one in arguments))
            self.assertEqual((done.returncode, done.stdout), (1, b""), arguments)
            self.assertIn(says, done.stderr)
            if arguments[0] != "schedule":
                self.assertNotIn(b"rows and columns", done.stderr)

    def test_a_passphrase_file_in_the_encodings_of_windows(self):
        words = "Cwm-glas 7 yn y bore"
        for encoding in ("utf-8-sig", "utf-16"):
            done = run("open", BACKUP, "--passphrase-file", self.file("pass", (words + "\r\nmore").encode(encoding)))
            self.assertEqual((done.returncode, done.stderr), (0, b""), encoding)
        big = self.file("pass", b"\xfe\xff" + (words + "\r\n").encode("utf-16-be"))
        self.assertEqual(run("open", BACKUP, "--passphrase-file", big).returncode, 0)
        for bad in (words.encode("utf-16-le"), "c\u0175m".encode("utf-8")[:2] + b"\n", b"\xff\xfe\x41"):
            done = run("open", BACKUP, "--passphrase-file", self.file("pass", bad))
            self.assertEqual((done.returncode, done.stdout), (1, b""), bad)
            self.assertIn(b"not text in UTF-8", done.stderr)

    def test_a_file_that_is_no_backup_is_not_called_damaged(self):
        for content, says in ((b"", b"is empty"), (b"id,name\n1,Cut\n", b"not a backup"), (b"PK\x03\x04" + bytes(400), b"not a backup"),
                              (BACKUP.read_bytes()[:60], b"damaged")):
            done = run("open", self.file("x.entente", content))
            self.assertEqual((done.returncode, done.stdout), (1, b""), says)
            self.assertIn(says, done.stderr)

    def test_what_was_encrypted_is_written_for_its_owner_alone(self):
        secret, old = self.file("pass", "Cwm-glas 7 yn y bore\n"), os.umask(0o022)
        self.addCleanup(os.umask, old)
        for name in ("there", "new"):
            folder = pathlib.Path(self.folder.name) / name
            if name == "there":
                folder.mkdir(mode=0o755)
            done = run("open", BACKUP, "--passphrase-file", secret, "--export", "csv", "--out", folder)
            self.assertEqual(done.returncode, 0, done.stderr)
            files = list(folder.rglob("*"))
            self.assertGreater(len(files), 10)
            for path in files:
                self.assertEqual(path.stat().st_mode & 0o777, 0o700 if path.is_dir() else 0o600, path)
        self.assertEqual(folder.stat().st_mode & 0o777, 0o700)

    def test_status_needs_a_link_and_a_passphrase_where_there_is_one(self):
        self.assertEqual(run("status", "https://example.org/#nothing").returncode, 1)
        golden = pathlib.Path(__file__).resolve().parent.parent / "data" / "share"
        plain, secret = golden / "golden-1-feature.link", golden / "golden-1-passphrase.link"
        if not plain.exists() or not secret.exists():
            self.skipTest("no golden links")
        done = run("status", plain.read_text().strip())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Signed by", done.stdout.decode())
        self.assertEqual(run("status", "-", stdin=plain.read_bytes()).stdout, done.stdout)
        self.assertEqual(run("status", "https://house.example/status.html" + plain.read_text().strip()).stdout, done.stdout)
        refused = run("status", secret.read_text().strip())
        self.assertEqual(refused.returncode, 1)
        self.assertIn(b"passphrase", refused.stderr)
        wrong = run("status", secret.read_text().strip(), ENTENTE_PASSPHRASE="wrong")
        self.assertEqual((wrong.returncode, wrong.stdout), (1, b""))

    def test_a_backup_opens_and_is_written_out(self):
        backup = BACKUP
        secret = self.file("pass", "Cwm-glas 7 yn y bore\nnot this line\n")
        shown = run("open", backup, "--passphrase-file", secret)
        self.assertEqual((shown.returncode, shown.stderr), (0, b""))
        self.assertIn("It ends with entry 5", shown.stdout.decode())
        self.assertEqual(run("open", backup, ENTENTE_PASSPHRASE="Cwm-glas 7 yn y bore").stdout, shown.stdout)
        done = run("open", backup, "--passphrase-file", secret, "--export", "json")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        answer = json.loads(done.stdout)
        self.assertEqual((answer["format"], answer["version"], answer["sequence"]), ("entente-export", 1, 5))
        self.assertEqual([task["name"] for task in answer["projects"][0]["tasks"]][1:], ["Picture lock", "Sound", "Delivery"])
        self.assertIsNone(answer["house"]["signing_seed"])
        for kind, least in (("md", {"README.md", "record.md", "record.csv", "Test feature/plan.md", "Test feature/tables/links.csv",
                                     "Test feature/tables/calendars.csv", "house/roles.csv"}),
                            ("csv", {"README.md", "record.csv", "house/roles.csv", "Test feature/plan.csv",
                                     "Test feature/tables/tasks.csv"})):
            folder = pathlib.Path(self.folder.name) / "out" / kind
            done = run("open", backup, "--passphrase-file", secret, "--export", kind, "--out", folder)
            self.assertEqual((done.returncode, done.stderr), (0, b""), kind)
            files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
            self.assertLessEqual(least, files)
            self.assertEqual(folder.stat().st_mode & 0o077, 0)
            again = run("open", backup, "--passphrase-file", secret, "--export", kind, "--out", folder)
            self.assertEqual(again.returncode, 1)
            self.assertIn(b"not empty", again.stderr)
        with open(folder / "Test feature" / "tables" / "tasks.csv", encoding="utf-8-sig", newline="") as table:
            rows = list(csv.DictReader(table))
        self.assertEqual(rows[0]["name"], "'=1+1 <b>*T\u0177*</b> | cell")
        self.assertEqual([row["place"] for row in rows], ["1", "2", "3", "4"])

    def test_a_backup_that_does_not_open(self):
        backup = BACKUP
        damaged, newer = bytearray(backup.read_bytes()), bytearray(backup.read_bytes())
        damaged[-1] ^= 1
        newer[4] = 9
        for path, secret, says in ((backup, "wrong", b"passphrase does not open"), (backup, None, b"needs a passphrase"),
                                   (self.file("d.entente", bytes(damaged)), "Cwm-glas 7 yn y bore", b"damaged"),
                                   (self.file("n.entente", bytes(newer)), None, b"newer version"),
                                   (pathlib.Path(self.folder.name) / "none.entente", None, b"no such file"),
                                   (pathlib.Path(self.folder.name), None, b"folder, not a file")):
            done = run("open", path, **({"ENTENTE_PASSPHRASE": secret} if secret else {}))
            self.assertEqual((done.returncode, done.stdout), (1, b""), says)
            self.assertIn(says, done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_the_real_feature_schedule(self):
        feature = SHARED / "feature-post.csv"
        if not feature.exists():
            self.skipTest(f"{feature} is not here")
        answer = json.loads(run("schedule", feature, "--start", "2026-03-02").stdout)
        self.assertEqual(answer["project"], {"start": "2026-03-02T09:00", "finish": "2026-07-23T17:00", "working_minutes": 104 * 480})
        self.assertEqual(len(answer["tasks"]), 35)
        self.assertEqual(answer["warnings"], [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
