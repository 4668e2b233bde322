"""Runs what tries to break the vault's promises and puts their figures into one table. See README.md beside it."""
import argparse
import concurrent.futures
import fcntl
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(os.environ.get("ENTENTE_ROOT", Path(__file__).resolve().parents[2]))
BUILD = Path(os.environ.get("ENTENTE_BUILD", ROOT / "build"))
NATIVE = Path(os.environ.get("ENTENTE_NATIVE", BUILD / "native")) / "tests"
ASAN = Path(os.environ.get("ENTENTE_ASAN", BUILD / "native-asan")) / "tests"
WEB = Path(os.environ.get("ENTENTE_WEB", BUILD / "web")) / "tests"
SITE = Path(os.environ.get("ENTENTE_SITE", BUILD / "web" / "site"))
GROWN = BUILD / "reliability"  # what fuzzing found worth keeping, and what it broke with

# Promise, the job that tries it, the figure that says how often it was tried, the figure that says how often it was broken. Of a figure the
# first number counts, or those that the pattern marks. A promise whose job is not in the project has no row.
PROMISES = [
    ("a killed browser loses nothing acknowledged", "storage", r"kills of the browser: (\d+)",
     r"kills that lost acknowledged entries: (\d+)"),
    ("a crash at any point, two stores", "vault", r"crash schedules over two stores: (\d+)",
     r"crash schedules over two stores: \d+ \((\d+) lost"),
    ("files of the second store: power, failures", "second_store_files", r"of the second store's files: (\d+)",
     r"of the second store's files: \d+ \((\d+) lost"),
    ("an edit in one of several tabs", "vault", r"schedules of two to four tabs: (\d+)",
     r"schedules of two to four tabs: \d+ \((\d+) lost"),
    ("one tab whose stores fail and are damaged", "vault", r"schedules of one tab in trouble: (\d+)",
     r"schedules of one tab in trouble: \d+ \((\d+) lost"),
    ("a flipped bit is noticed and healed", "vault", r"bits flipped in two stores: (\d+)",
     r"bits flipped in two stores: \d+ \((\d+) not noticed, (\d+) opened wrongly, (\d+) not healed"),
    ("a destroyed store is recovered", "storage", r"stores of the browser destroyed: (\d+)", r"destroyed stores not recovered: (\d+)"),
    ("any storage call failing", "faults", r"faults at storage calls: (\d+)", r"faults at storage calls: \d+ \((\d+) lost"),
    ("any allocation failing", "faults", r"faults at allocations: (\d+)", r"faults at allocations: \d+ \((\d+) lost"),
    ("room running out is never called saved", "faults", r"quotas that ran out: (\d+)", r"quotas that ran out: \d+ \((\d+) lost"),
    ("the same in the real browser", "storage", r"quotas of the browser that ran out: (\d+)",
     r"quotas of the browser that ran out: \d+ \((\d+) falsely saved, (\d+) lost"),
    ("a full browser lets the work out", "quota", r"exports from a full browser: (\d+)",
     r"exports from a full browser: \d+ \((\d+) failed"),
    ("our reader agrees on every vector", "vectors", r"format vectors: (\d+)", r"format vectors: \d+ \((\d+) answered"),
    ("a second reader agrees on every vector", "second reader", r"vectors read by the second reader: (\d+)",
     r"vectors read by the second reader: \d+ \((\d+) answered"),
    ("no planted word is left after locking", "wipe", r"searched in the profile: (\d+) bytes",
     r"planted words found after the lock: (\d+)"),
]
# What, the job, the figure, the most it should be, and whether only the long run measures it.
SPEEDS = [
    ("one edit in both stores, 95 of 100, ms", "storage", r"one edit durable in both stores, ms, 95th of 100: ([\d.]+)", 50, False),
    ("opening 10,000 entries after the key, ms", "storage",
     r"opening a workspace of 10000 entries after the key, ms: ([\d.]+)", 1000, False),
    ("opening 100,000 entries after the key, ms", "storage",
     r"opening a workspace of 100000 entries after the key, ms: ([\d.]+)", 3000, True),
    ("saving holds up a frame for at most, ms", "storage", r"longest time that saving held up the page, ms: ([\d.]+)", 4, False),
    ("unlocking, ms", "tabs", r"unlocking, ms: ([\d.]+)", 1500, False),
]
IN_BROWSER = ("storage", "second_store", "tabs", "wipe", "quota")
# What a program reads while it runs, beside itself; scripts of the browser run the page, its server and the command line too.
READ_BY_ALL = tuple(sorted(path for path in (ROOT / "tests/data").glob("*") if path.name != "fuzz"))
READ_BY_SCRIPTS = (ROOT / "web", ROOT / "tests/browser/lib", ROOT / "tests/reader")
READ_BY_BROWSER = (ROOT / "scripts/serve.mjs", WEB.parent / "harness_storage", NATIVE.parent / "entente")
# A seed plays one schedule again; another browser, command line or page is another program.
ASKED = ("ENTENTE_SEED", "ENTENTE_CHROMIUM", "ENTENTE_CLI", "ENTENTE_HARNESS_STORAGE")
# Those that take the longest begin first, so that no processor waits for the last of them.
SLOW = ("fuzz csv", "fuzz vault", "fuzz import", "second_store_files", "vault", "fuzz edl", "fuzz mspdi", "fuzz share", "fuzz guess")
PARSERS, REPLAYED = "no input breaks a parser", "the kept inputs in wasm32 too"


class Job:
    """One program: `source` is what it is made of or written in, `needs` what has to be built, `reads` what it reads while it runs."""

    def __init__(self, name, source, needs, command, reads=READ_BY_ALL):
        self.name, self.source, self.needs, self.reads = name, source, needs, reads
        self.command = [str(part) for part in command]


def all_jobs(long):
    jobs = [Job(name, ROOT / "tests" / name, NATIVE / f"entente_test_{name}", [NATIVE / f"entente_test_{name}"])
            for name in ("vault", "faults", "vectors")]
    scripts = [("second_store_files", False), *((name, True) for name in IN_BROWSER)]
    for name, page in scripts:
        script = ROOT / "tests/browser" / f"{name}.test.mjs"
        reads = (*READ_BY_ALL, *READ_BY_SCRIPTS, *(READ_BY_BROWSER if page else ()))
        jobs.append(Job(name, script, SITE if page else script, ["node", script], reads))
    reader = ROOT / "tests/reader/run.mjs"
    jobs.append(Job("second reader", reader, reader, ["node", reader, ROOT], (*READ_BY_ALL, *READ_BY_SCRIPTS)))
    runs = 2_000_000 if long else 20_000
    for source in sorted((ROOT / "tests/fuzz").glob("*_fuzz.cpp")):
        name = source.name.removesuffix("_fuzz.cpp")
        corpus, words = ROOT / "tests/data/fuzz" / name, ROOT / "tests/fuzz" / f"{name}.dict"
        fuzzer, replay = ASAN / f"entente_fuzz_{name}", WEB / f"entente_replay_{name}.js"
        # Without -entropic=0 its book-keeping about the corpus takes a third of the time.
        options = [f"-runs={runs}", "-seed=1", "-entropic=0", "-max_len=65536", "-rss_limit_mb=4096", "-timeout=10",
                   f"-artifact_prefix={GROWN}/", *([f"-dict={words}"] if words.exists() else [])]
        jobs.append(Job(f"fuzz {name}", source, fuzzer, [fuzzer, *options, GROWN / name, *([corpus] if corpus.exists() else [])],
                        (corpus, words)))
        jobs.append(Job(f"replay {name}", source, replay, ["node", "--no-experimental-fetch", replay, corpus], (corpus,)))
    jobs.sort(key=lambda job: SLOW.index(job.name) if job.name in SLOW else len(SLOW))
    return [job for job in jobs if job.source.exists()]


def mark_of(job, more):
    """What the answer depends on: the program as it is built, what it is asked, what it reads, and how often."""
    asked = {name: value for name, value in os.environ.items() if name in ASKED and not job.name.startswith("fuzz ")}
    mark = hashlib.sha256(repr((job.command, sorted({**asked, **more}.items()))).encode())
    for path in (job.needs, job.needs.with_suffix(".wasm"), job.source, *job.reads):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                mark.update(f"{file}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return mark.hexdigest()


class Answers:
    """What the programs answered, kept so that a long run can be ended and gone on with. Runs side by side may share it."""

    def __init__(self, resume):
        self.path = GROWN / "answers.json"
        self.known = self.kept() if resume else {}

    def kept(self):
        return json.loads(self.path.read_text()) if self.path.exists() else {}

    def keep(self, mark, answer):
        """No answer: the one that is there counts no more."""
        GROWN.mkdir(parents=True, exist_ok=True)
        with (GROWN / "answers.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            kept = self.kept()
            kept.pop(mark, None)
            whole = self.path.with_suffix(".new")
            whole.write_text(json.dumps({**kept, mark: answer} if answer else kept))
            os.replace(whole, self.path)

    def of(self, job, more):
        mark = mark_of(job, more)
        if mark in self.known:
            print(f"{job.name} ... answered before", flush=True)
            return self.known[mark]
        self.keep(mark, None)
        answer = run(job, more)
        if answer[0] and mark_of(job, more) == mark:  # not where it was built anew meanwhile
            self.keep(mark, answer)
        return answer


def run(job, more):
    """Whether it passed: True, False, or None where it says that it cannot run here; and what it said."""
    if job.name.startswith("fuzz "):
        (GROWN / job.name.removeprefix("fuzz ")).mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    # Where memory was taken is told by its last few calls: to keep them all takes time at each of them.
    done = subprocess.run(job.command, cwd=ROOT, env={"ASAN_OPTIONS": "malloc_context_size=4", **os.environ, "ENTENTE_ROOT": str(ROOT),
                                                      "ENTENTE_SITE": str(SITE), **more},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    # 77 says that a program cannot run here; of a fuzzer, that it found something.
    passed = None if done.returncode == 77 and not job.name.startswith("fuzz ") else done.returncode == 0
    outcome = "skipped" if passed is None else "passed" if passed else "FAILED"
    print("\n".join([f"{job.name} ... {outcome} in {time.monotonic() - began:.0f} s",
                     *(done.stdout.splitlines()[-20:] if passed is False else [])]), flush=True)
    return passed, done.stdout


def run_all(jobs, more, answers):
    """What run() answers, by name. The browser has the machine to itself, since it is timed; the rest share its processors."""
    found = {job.name: answers.of(job, more) for job in jobs if job.name in IN_BROWSER}
    rest = [job for job in jobs if job.name not in IN_BROWSER]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found.update(zip([job.name for job in rest], pool.map(lambda job: answers.of(job, more), rest)))
    return found


def numbers(pattern, text):
    found = re.search(pattern, text)
    return int(sum(float(one) for one in found.groups())) if found else None


def promise_rows(wanted, passed, said, only):
    """`wanted`: the names of all jobs of this run; `passed` and `said`: of those that ran; `only`: no others were asked for."""
    rows = []
    for promise, job, tried, lost in PROMISES:
        if job in wanted:
            text = said.get(job, "")
            rows.append({"promise": promise, "tried": numbers(tried, text), "lost": numbers(lost, text)})
    for promise, kind, count in ((PARSERS, "fuzz ", r"Done (\d+) runs"), (REPLAYED, "replay ", r"replayed: (\d+)")):
        names = [name for name in wanted if name.startswith(kind)]
        if only and not names:
            continue
        ran = [name for name in names if passed.get(name) is not None]
        counts = {name: numbers(count, said[name]) or 0 for name in ran}
        broken = sum(1 for name in ran if not passed[name] or not counts[name])
        rows.append({"promise": promise, "tried": sum(counts.values()) if ran else None, "lost": broken if ran else None,
                     "of": f"{len(ran)} of {len(names)} programs"})
    return rows


def speed_rows(long, wanted, said):
    rows = []
    for what, job, pattern, most, only_long in SPEEDS:
        if job in wanted and (long or not only_long):
            found = re.search(pattern, said.get(job, ""))
            rows.append({"what": what, "figure": float(found.group(1)) if found else None, "most": most})
    return rows


def show(rows, speeds):
    print(f"\n{'promise':<46}{'tried':>12}  lost or missed")
    for row in rows:
        tried = "not run" if row["tried"] is None else f"{row['tried']:,}"
        lost = "" if row["tried"] is None else "NOT SAID" if row["lost"] is None else row["lost"]
        print(f"{row['promise']:<46}{tried:>12}  {lost}{'   ' + row['of'] if 'of' in row else ''}")
    print()
    for row in speeds:
        figure = "not run" if row["figure"] is None else f"{row['figure']:g}"
        over = "   OVER THE LIMIT" if row["figure"] is not None and row["figure"] > row["most"] else ""
        print(f"{row['what']:<46}{figure:>12}  (at most {row['most']}){over}")
    if any(row["figure"] is not None and row["figure"] > row["most"] for row in speeds):
        print("A figure over its limit does not fail the run: a machine that does other work passes it too. Measure it again alone.")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--no-browser", action="store_true", help="leaves out what needs the browser, and its rows")
    parser.add_argument("--allow-missing", action="store_true", help="what is not built, or cannot run here, does not fail the run")
    parser.add_argument("--resume", action="store_true", help="what passed before, with the same programs and amounts, is not run again")
    parser.add_argument("--only", nargs="+", metavar="NAME",
                        help="these programs alone: storage, vault, 'fuzz csv'; their rows are printed, no report is written")
    chosen = parser.parse_args()
    more = {
        "ENTENTE_SCHEDULES": "1000000" if chosen.long else "3000",
        "ENTENTE_TAB_SCHEDULES": "100000" if chosen.long else "1000",
        "ENTENTE_FILE_SCHEDULES": "300000" if chosen.long else "3000",
        "ENTENTE_KILLS": "150" if chosen.long else "20",
        "ENTENTE_DESTROYED": "20",
        "ENTENTE_LONG": "1" if chosen.long else "0",
    }
    jobs = [job for job in all_jobs(chosen.long) if not (chosen.no_browser and job.name in IN_BROWSER)]
    if unknown := set(chosen.only or []) - {job.name for job in jobs}:
        parser.error("no program is called " + ", ".join(sorted(unknown)))
    jobs = [job for job in jobs if not chosen.only or job.name in chosen.only]
    missing = [job.name for job in jobs if not job.needs.exists()]
    for job in jobs:
        if job.name in missing:
            print(f"not built: {job.name} ({job.needs})", flush=True)
    found = run_all([job for job in jobs if job.name not in missing], more, Answers(chosen.resume))
    passed = {name: answer[0] for name, answer in found.items()}
    said = {name: answer[1] for name, answer in found.items()}
    missing += [name for name, good in passed.items() if good is None]
    wanted = [job.name for job in jobs]
    rows, speeds = promise_rows(wanted, passed, said, chosen.only), speed_rows(chosen.long, wanted, said)
    show(rows, speeds)
    failed = [name for name, good in passed.items() if good is False]
    broken = [row["promise"] for row in rows if row["tried"] is not None and row["lost"] != 0]
    missing += [row["promise"] for row in rows if row["tried"] is None] + [row["what"] for row in speeds if row["figure"] is None]
    answer = {"long": chosen.long, "promises": rows, "speeds": speeds, "failed": failed, "broken": broken, "missing": missing}
    if not chosen.only:  # a part is no report
        BUILD.mkdir(parents=True, exist_ok=True)
        (BUILD / "reliability.json").write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")
    for one in failed + broken:
        print(f"BROKEN: {one}")
    for one in missing:
        print(f"NOT RUN: {one}")
    sys.exit(1 if failed or broken else 2 if missing and not chosen.allow_missing else 0)


if __name__ == "__main__":
    main()
