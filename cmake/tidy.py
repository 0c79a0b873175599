#!/usr/bin/env python3
"""tidy.py FOLDER: runs clang-tidy over our sources, as the compile_commands.json in FOLDER builds them.

clang-tidy looks at everything that a file includes, and that is most of its work. So the files of a library are written one behind
the other into FOLDER/units and read as one: a third of the time. (Its analyzer follows the paths of the main file only, so
including them, as the build does, would not do.) That every file includes what it uses: tests/architecture/includes.py.

What was found clean is not looked at again until it, a header of ours that it includes, its compile command or .clang-tidy
changes: FOLDER/clean keeps one empty file for each such state. Prints the findings; exit status 1 if any.
"""

import concurrent.futures
import dataclasses
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import time

TIDY = "clang-tidy-14"
ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE_ROOTS = [ROOT, ROOT / "common"]
OURS = [ROOT / folder for folder in ("common", "mockserver", "client")]
INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)

@dataclasses.dataclass
class Look:
    """Files of ours that are read as one, and the command that finds faults in them."""

    what: str
    unit: pathlib.Path
    command: list
    files: list
    state: str = ""  # a name for everything its answer depends on

    def write_unit(self):
        self.unit.write_bytes(b"".join(file.read_bytes() for file in self.files))

    def in_files(self, told: str) -> str:
        """What was told of the unit, in terms of the files that it was made of."""

        def place(match: re.Match) -> str:
            line = int(match.group(1))
            for file in self.files:
                lines = file.read_bytes().count(b"\n")
                if line <= lines:
                    return f"{file}:{line}:"
                line -= lines
            return match.group()

        return re.sub(re.escape(str(self.unit)) + r":(\d+):", place, told)


def reached(sources: list) -> list:
    """The files and every file of ours that they include, at any depth, sorted."""
    seen = set()
    waiting = list(sources)
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        for name in INCLUDE.findall(path.read_bytes()):
            waiting += [root / name.decode() for root in INCLUDE_ROOTS if (root / name.decode()).exists()]
    return sorted(seen)


def state_of(look: Look, version: bytes) -> str:
    state = hashlib.sha256(version + shlex.join(look.command).encode() + (ROOT / ".clang-tidy").read_bytes())
    for path in reached(look.files):
        state.update(path.read_bytes() + b"\0")
    return state.hexdigest()


def sources_of(unit: pathlib.Path) -> list:
    """The sources of ours that are compiled as this file: itself, or what it includes when CMake made it of several."""
    files = [pathlib.Path(name.decode()) for name in INCLUDE.findall(unit.read_bytes())] if unit.suffix == ".cxx" else [unit]
    return [file for file in files if any(ours in file.parents for ours in OURS)]


def looks_at(folder: pathlib.Path) -> list:
    """The longest first, so that no core is left with one at the end."""
    looks = []
    seen = set()  # a fuzz target compiles some of a library's files once more
    for entry in json.loads((folder / "compile_commands.json").read_text(encoding="utf-8")):
        files = [file for file in sources_of(pathlib.Path(entry["file"])) if file not in seen]
        seen.update(files)
        if not files:
            continue
        name = str(files[0].parent.relative_to(ROOT))
        what = f"{name}, {len(files)} files" if len(files) > 1 else str(files[0].relative_to(ROOT))
        unit = folder / "units" / (what.replace("/", "_").removesuffix(".cpp") + ".cpp")
        words = shlex.split(entry["command"])
        compiler = words[1:words.index("-o")]
        command = [TIDY, "--quiet", "--config-file", str(ROOT / ".clang-tidy"), str(unit), "--", *compiler]
        looks.append(Look(what, unit, command, files))
    return sorted(looks, key=lambda look: -sum(file.stat().st_size for file in look.files))


def main() -> int:
    folder = pathlib.Path(sys.argv[1]).resolve()
    clean = folder / "clean"
    clean.mkdir(exist_ok=True)
    (folder / "units").mkdir(exist_ok=True)
    version = subprocess.run([TIDY, "--version"], check=True, capture_output=True).stdout
    looks = looks_at(folder)
    for look in looks:
        look.state = state_of(look, version)
    waiting = [look for look in looks if not (clean / look.state).exists()]
    print(f"  {len(looks)} looks at {len({file for look in looks for file in look.files})} files, {len(waiting)} to take", flush=True)

    def take(look: Look):
        start = time.monotonic()
        look.write_unit()
        result = subprocess.run(look.command, cwd=folder, capture_output=True, text=True)
        if result.returncode == 0:
            (clean / look.state).touch()
        return look, result, time.monotonic() - start

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for look, result, seconds in pool.map(take, waiting):
            print(f"  {look.what} {seconds:.1f} s", flush=True)
            if result.returncode != 0:
                failed += 1
                print(look.in_files(result.stdout + result.stderr))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
