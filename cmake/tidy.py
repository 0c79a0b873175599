#!/usr/bin/env python3
"""tidy.py FOLDER: runs clang-tidy over our sources, as the compile_commands.json in FOLDER builds them.

A file that was found clean is not looked at again until it, a header of ours that it includes, its compile command or
.clang-tidy changes: FOLDER/clean keeps one empty file for each such state. Prints the findings; exit status 1 if any.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time

TIDY = "clang-tidy-14"
ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE_ROOTS = [ROOT, ROOT / "common"]
OURS = [ROOT / folder for folder in ("common", "mockserver", "client")]
INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def reached(source: pathlib.Path) -> list:
    """The file and every file of ours that it includes, at any depth, sorted."""
    seen = set()
    waiting = [source]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        for name in INCLUDE.findall(path.read_bytes()):
            waiting += [root / name.decode() for root in INCLUDE_ROOTS if (root / name.decode()).exists()]
    return sorted(seen)


def state_of(source: pathlib.Path, command: str, version: bytes) -> str:
    """A name for everything clang-tidy's answer depends on."""
    state = hashlib.sha256(version + command.encode() + (ROOT / ".clang-tidy").read_bytes())
    for path in reached(source):
        state.update(path.read_bytes() + b"\0")
    return state.hexdigest()


def main() -> int:
    folder = pathlib.Path(sys.argv[1])
    clean = folder / "clean"
    clean.mkdir(exist_ok=True)
    version = subprocess.run([TIDY, "--version"], check=True, capture_output=True).stdout
    commands = json.loads((folder / "compile_commands.json").read_text(encoding="utf-8"))
    states = {}
    for entry in commands:
        source = pathlib.Path(entry["file"])
        if any(ours in source.parents for ours in OURS):
            states[source] = state_of(source, entry["command"], version)
    waiting = [source for source, state in states.items() if not (clean / state).exists()]
    print(f"  {len(states)} files, {len(waiting)} to look at", flush=True)

    def tidy(source: pathlib.Path):
        start = time.monotonic()
        result = subprocess.run([TIDY, "--quiet", "-p", str(folder), str(source)], capture_output=True, text=True)
        if result.returncode == 0:
            (clean / states[source]).touch()
        return source, result, time.monotonic() - start

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for source, result, seconds in pool.map(tidy, waiting):
            print(f"  {source.relative_to(ROOT)} {seconds:.1f} s", flush=True)
            if result.returncode != 0:
                failed += 1
                print(result.stdout + result.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
