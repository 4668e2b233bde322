"""Runs what tries to break the vault's promises and puts their figures into one table. See README.md beside it."""
import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ENTENTE_BUILD", ROOT / "build"))
NATIVE = Path(os.environ.get("ENTENTE_NATIVE", BUILD / "native")) / "tests"
ASAN = BUILD / "native-asan" / "tests"
SITE = Path(os.environ.get("ENTENTE_SITE", BUILD / "web" / "site"))

# Promise, the figure that says how often it was tried, the figure that says how often it was broken. Of a figure the first number counts,
# or the one that the pattern marks.
PROMISES = [
    ("a killed browser loses nothing acknowledged", r"kills of the browser: (\d+)", r"kills that lost acknowledged entries: (\d+)"),
    ("a crash at any point, two stores", r"crash schedules over two stores: (\d+)", r"crash schedules over two stores: \d+ \((\d+) lost"),
    ("an edit in one of several tabs", r"schedules of two to four tabs: (\d+)", r"schedules of two to four tabs: \d+ \((\d+) lost"),
    ("a flipped bit is noticed and healed", r"bits flipped in two stores: (\d+)",
     r"bits flipped in two stores: \d+ \((\d+) not noticed, (\d+) opened wrongly, (\d+) not healed"),
    ("a destroyed store is recovered", r"stores of the browser destroyed: (\d+)", r"destroyed stores not recovered: (\d+)"),
    ("any storage call failing", r"faults at storage calls: (\d+)", r"faults at storage calls: \d+ \((\d+) lost"),
    ("any allocation failing", r"faults at allocations: (\d+)", r"faults at allocations: \d+ \((\d+) lost"),
    ("room running out is never called saved", r"quotas that ran out: (\d+)", r"quotas that ran out: \d+ \((\d+) lost"),
    ("a second reader agrees on every vector", r"vectors read by the second reader: (\d+)",
     r"vectors read by the second reader: \d+ \((\d+) answered"),
    ("no planted word is left after locking", r"searched in the profile: (\d+) bytes", r"planted words found after the lock: (\d+)"),
]
# What, the figure, and the most it may be.
SPEEDS = [
    ("one edit in both stores, 95 of 100, ms", r"one edit durable in both stores, ms, 95th of 100: ([\d.]+)", 50),
    ("opening 10,000 entries after the key, ms", r"opening a workspace of 10000 entries after the key, ms: ([\d.]+)", 1000),
    ("opening 100,000 entries after the key, ms", r"opening a workspace of 100000 entries after the key, ms: ([\d.]+)", 3000),
    ("saving holds up a frame for at most, ms", r"longest time that saving held up the page, ms: ([\d.]+)", 4),
    ("unlocking, ms", r"unlocking, ms: ([\d.]+)", 1500),
]


def jobs(long, browser):
    """Name, command, environment; only what is built."""
    much = {
        "ENTENTE_SCHEDULES": "1000000" if long else "3000",
        "ENTENTE_TAB_SCHEDULES": "100000" if long else "1000",
        "ENTENTE_KILLS": "150" if long else "20",
        "ENTENTE_DESTROYED": "20",
        "ENTENTE_LONG": "1" if long else "0",
    }
    wanted = [("vault", [NATIVE / "entente_test_vault"]), ("faults", [NATIVE / "entente_test_faults"])]
    if browser:
        for name in ("storage", "second_store", "tabs", "wipe"):
            wanted.append((name, ["node", ROOT / "tests/browser" / f"{name}.test.mjs"]))
    reader = ROOT / "tests/reader/run.mjs"
    if reader.exists():
        wanted.append(("second reader", ["node", reader, ROOT]))
    runs = 2_000_000 if long else 20_000
    for fuzzer in sorted(ASAN.glob("entente_fuzz_*")):
        if fuzzer.is_file() and os.access(fuzzer, os.X_OK):
            name = fuzzer.name.removeprefix("entente_fuzz_")
            corpus = ROOT / "tests/data/fuzz" / name
            grown = BUILD / "reliability" / name
            grown.mkdir(parents=True, exist_ok=True)
            options = [f"-runs={runs}", "-seed=1", "-max_len=65536", "-rss_limit_mb=4096", "-timeout=10", grown]
            wanted.append((f"fuzz {name}", [fuzzer, *options, *([corpus] if corpus.exists() else [])]))
    for name, command in wanted:
        if not Path(command[1] if command[0] == "node" else command[0]).exists():
            print(f"left out: {name} is not built or not there", flush=True)
            continue
        yield name, [str(part) for part in command], much


def run(name, command, more):
    began = time.monotonic()
    print(f"{name} ...", end=" ", flush=True)
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "ENTENTE_ROOT": str(ROOT), "ENTENTE_SITE": str(SITE), **more},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    skipped = done.returncode == 77
    print(f"{'skipped' if skipped else 'FAILED' if done.returncode else 'passed'} in {time.monotonic() - began:.0f} s", flush=True)
    if done.returncode and not skipped:
        print("\n".join(done.stdout.splitlines()[-20:]), flush=True)
    return done.returncode if not skipped else 0, done.stdout


def numbers(pattern, text):
    found = re.search(pattern, text)
    return sum(float(one) for one in found.groups()) if found else None


def table(text, fuzzed):
    rows = []
    for promise, tried, lost in PROMISES:
        count, broken = numbers(tried, text), numbers(lost, text)
        rows.append({"promise": promise, "tried": None if count is None else int(count), "lost": None if broken is None else int(broken)})
    rows.append({"promise": "no input breaks a parser", "tried": sum(fuzzed.values()) if fuzzed else None,
                 "lost": sum(runs == 0 for runs in fuzzed.values()) if fuzzed else None})
    speeds = [{"what": what, "figure": numbers(pattern, text), "most": most} for what, pattern, most in SPEEDS]
    return rows, speeds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--no-browser", action="store_true")
    chosen = parser.parse_args()
    text, failed, fuzzed = "", [], {}
    for name, command, more in jobs(chosen.long, not chosen.no_browser):
        status, said = run(name, command, more)
        if status:
            failed.append(name)
        if name.startswith("fuzz "):
            count = re.search(r"Done (\d+) runs", said)
            fuzzed[name] = int(count.group(1)) if count and not status else 0
        text += said
    rows, speeds = table(text, fuzzed)
    print(f"\n{'promise':<46}{'tried':>10}  lost or missed")
    for row in rows:
        tried = "not run" if row["tried"] is None else f"{row['tried']:,}"
        print(f"{row['promise']:<46}{tried:>10}  {'' if row['lost'] is None else row['lost']}")
    print()
    for speed in speeds:
        figure = "not run" if speed["figure"] is None else f"{speed['figure']:g}"
        print(f"{speed['what']:<46}{figure:>10}  (at most {speed['most']})")
    broken = [row["promise"] for row in rows if row["lost"]]
    answer = {"long": chosen.long, "promises": rows, "speeds": speeds, "failed": failed, "fuzzed": fuzzed}
    BUILD.mkdir(exist_ok=True)
    (BUILD / "reliability.json").write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")
    for one in failed + broken:
        print(f"BROKEN: {one}")
    sys.exit(1 if failed or broken else 0)


if __name__ == "__main__":
    main()
