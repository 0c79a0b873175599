#!/usr/bin/env python3
"""from_clone.py [--tests]: from a fresh copy of the sources to the first 553, with one command; nothing built is reused. With
--tests also ./test.sh, from another fresh copy.

The packages are installed already: on a fresh Debian, fetching them comes on top. The compiler cache is not used.
"""
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

from measure import Figure, peer, print_table

FIRST_REPLY = 120, 200  # seconds, and seconds of CPU, from the sources to the first 553
ALL_TESTS = 900  # seconds
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


def from_nothing(command, awaited):
    """Runs it in a fresh copy of the sources. When the line that holds `awaited` came, and the CPU used at the end, in seconds."""
    with tempfile.TemporaryDirectory(prefix="smtplab-bench-") as folder:
        copy_sources(pathlib.Path(folder))
        began, used = time.monotonic(), cpu_of_children()
        with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              env=peer.clean_environment(CCACHE_DISABLE="1")) as program:
            came = next((time.monotonic() - began for line in program.stdout if awaited in line), None)
            program.stdout.read()
    if came is None or program.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: exit status {program.returncode}")
    return came, cpu_of_children() - used


def first_reply():
    came, cpu = from_nothing(COMMAND, b"553 ")
    allowed, allowed_cpu = FIRST_REPLY
    return Figure("sources to the first 553, packages there", f"< {allowed} s, {allowed_cpu} s of CPU",
                  f"{came:.0f} s; {cpu:.0f} s of CPU on {os.cpu_count()} cores", came < allowed and cpu < allowed_cpu)


def all_tests():
    came, cpu = from_nothing(["./test.sh"], b"Everything holds")
    return Figure("./test.sh from the sources, packages there", f"< {ALL_TESTS} s",
                  f"{came:.0f} s; {cpu:.0f} s of CPU on {os.cpu_count()} cores", came < ALL_TESTS)


def figures():
    yield first_reply()
    if "--tests" in sys.argv[1:]:
        yield all_tests()


if __name__ == "__main__":
    print_table(figures())
