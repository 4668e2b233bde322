#!/usr/bin/env python3
"""The checks of the house.

    house.py NAME [--root FOLDER]     one check: first its own samples, then the whole tree
    house.py --list                   their names

A check is a module house/NAME.py with
    check(tree)  -> problems, each "path:line: what is wrong"
    BAD          -> samples, each ({path: text}, a part of the problem it must report)
    GOOD         -> samples, each {path: text}, in which nothing may be reported
so that no check can pass by finding nothing to look at.
"""
import argparse
import importlib
import pathlib
import sys

from house.tree import Tree

HERE = pathlib.Path(__file__).resolve().parent
SUPPORT = {"__init__", "tree", "cpp"}


def names() -> list:
    return sorted(path.stem for path in (HERE / "house").glob("*.py") if path.stem not in SUPPORT)


def self_test(module) -> list:
    problems = []
    if not module.BAD:
        problems.append("the check has no bad sample")
    for files, expected in module.BAD:
        found = module.check(Tree(files=files))
        if not any(expected in problem for problem in found):
            problems.append(f"a bad sample was not caught: expected '{expected}', got {found}")
    for files in module.GOOD:
        found = module.check(Tree(files=files))
        if found:
            problems.append(f"a good sample was refused: {found}")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("name", nargs="?")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--root", type=pathlib.Path, default=HERE.parent.parent)
    arguments = parser.parse_args()
    if arguments.list:
        print("\n".join(names()))
        return 0
    module = importlib.import_module(f"house.{arguments.name}")
    broken = self_test(module)
    if broken:
        print("\n".join(f"self-test: {problem}" for problem in broken))
        return 1
    problems = module.check(Tree(root=arguments.root))
    print("\n".join(problems) if problems else f"{arguments.name}: nothing found")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
