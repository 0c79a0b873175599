#!/usr/bin/env python3
"""from_clone.py: from a fresh copy of the sources to the first 553, with one command; nothing built is reused.

The packages are installed already: on a fresh Debian, fetching them comes on top.
"""
import os
import pathlib
import resource
import shutil
import subprocess
import tempfile
import time

from measure import Figure, peer, print_table

ALLOWED = 180  # seconds
COMMAND = ["./run.sh", "step", "netease/auth-required", "--auto"]


def copy_sources(target):
    listed = peer.run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=peer.SOURCE).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (peer.SOURCE / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(peer.SOURCE / name, target / name)


def cpu_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def figures():
    with tempfile.TemporaryDirectory(prefix="smtplab-bench-") as folder:
        copy_sources(pathlib.Path(folder))
        began, used = time.monotonic(), cpu_of_children()
        with subprocess.Popen(COMMAND, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              env=peer.clean_environment(CCACHE_DISABLE="1")) as program:
            came = next((time.monotonic() - began for line in program.stdout if b"553 " in line), None)
            program.stdout.read()
    if came is None:
        raise AssertionError(f"{' '.join(COMMAND)}: no 553, exit status {program.returncode}")
    cost = f"{cpu_of_children() - used:.0f} s of CPU on {os.cpu_count()} cores"
    yield Figure("sources to the first 553, packages there", f"< {ALLOWED} s", f"{came:.0f} s, one command; {cost}",
                 came < ALLOWED)


if __name__ == "__main__":
    print_table(figures())
