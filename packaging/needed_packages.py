#!/usr/bin/env python3
"""needed_packages.py PROGRAM...: the packages that hold the shared libraries of these programs, as a Depends field wants them.

As dpkg-shlibdeps without the symbols files: each library that a program names as needed is looked up on this system, and its
package says in its shlibs file what to depend on (Debian Policy 8.6). Wants objdump, ldd and dpkg-query.
"""

import pathlib
import re
import subprocess
import sys


def said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def needed(program: str) -> dict:
    """The path of each library that the program itself names."""
    names = re.findall(r"^\s+NEEDED\s+(\S+)", said("objdump", "-p", program), re.MULTILINE)
    paths = dict(re.findall(r"^\s*(\S+) => (/\S+)", said("ldd", program), re.MULTILINE))
    missing = [name for name in names if name not in paths]
    if missing:
        sys.exit(f"{program}: not found: {', '.join(missing)}")
    return {name: paths[name] for name in names}


def package_of(path: str) -> str:
    """"libuv1:amd64". Where /lib is a link to /usr/lib, a package may name its file by either."""
    found = [path, str(pathlib.Path(path).resolve())]
    for one in list(found):
        found.append(one.removeprefix("/usr") if one.startswith("/usr/") else "/usr" + one)
    for one in found:
        owner = subprocess.run(["dpkg-query", "-S", one], capture_output=True, text=True, check=False)
        if owner.returncode == 0:
            return owner.stdout.splitlines()[0].rpartition(": ")[0].split(",")[0]
    sys.exit(f"{path}: no package has this file")


def dependency(name: str, package: str) -> str:
    """"libuv1 (>= 1.4.2)": what the package says about this library; the bare package where it says nothing."""
    plain = re.fullmatch(r"(.+)\.so\.(.+)", name) or re.fullmatch(r"(.+)-([0-9.]+)\.so", name)
    shlibs = subprocess.run(["dpkg-query", "--control-show", package, "shlibs"], capture_output=True, text=True, check=False).stdout
    for line in shlibs.splitlines():
        words = line.split(maxsplit=2)
        if plain and len(words) == 3 and words[:2] == list(plain.groups()):
            return words[2]
    return package.split(":")[0]


def main() -> None:
    libraries = {name: path for program in sys.argv[1:] for name, path in needed(program).items()}
    print(", ".join(sorted({dependency(name, package_of(path)) for name, path in libraries.items()})))


if __name__ == "__main__":
    main()
