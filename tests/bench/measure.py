"""What all measurements share: the two servers, the CPU and memory of a process, and how a row of figures is kept.

Servers are compared in turn (A B A B …) under the same load, so that a machine that is busy with something else is busy for
both. The time that counts is the CPU the server used, not the time that passed.
"""
import dataclasses
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "interop"))

import mta  # pylint: disable=wrong-import-position
import peer  # pylint: disable=wrong-import-position

TICKS = os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass
class Figure:
    """A row of the table. `met`: None where nothing is required."""
    name: str
    required: str
    measured: str
    met: bool | None = None


def print_table(figures):
    rows = [("figure", "required", "measured", "met")]
    rows += [(f.name, f.required, f.measured, {True: "yes", False: "NO", None: "-"}[f.met]) for f in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip(), flush=True)


def spread(values, form="{:.2f}"):
    """"0.71 (0.69-0.74)": the median, the least and the most."""
    return f"{form.format(statistics.median(values))} ({form.format(min(values))}-{form.format(max(values))})"


def cpu_seconds(process):
    """CPU time of a running process, all its threads, in user mode and in the kernel. Nanoseconds where the kernel tells."""
    tasks = pathlib.Path("/proc", str(process), "task")
    try:
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9
    except OSError:
        return sum(cpu_parts(process))


def cpu_parts(process):
    """The same as (user, kernel), in steps of 10 ms."""
    fields = pathlib.Path("/proc", str(process), "stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) / TICKS, int(fields[12]) / TICKS


def resident_kib(process):
    for line in pathlib.Path("/proc", str(process), "status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError("no VmRSS")


def listens(port):
    """Whether some process listens on this port of loopback; without connecting to it."""
    wanted = f":{port:04X}"
    for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(wanted) and fields[3] == "0A":
            return True
    return False


def postfix(program, *arguments, **more):
    """Starts one of Postfix's test programs, as cmake/peers.sh unpacked it."""
    environment = peer.clean_environment(LD_LIBRARY_PATH=mta.libraries())
    return subprocess.Popen([str(mta.find(f"postfix/usr/sbin/{program}")), *map(str, arguments)], env=environment,
                            stdin=subprocess.DEVNULL, **more)


class Sink:
    """Postfix's smtp-sink; use it in a with statement. With `store` it dumps each message into a file of its own there."""

    def __init__(self, store=None):
        self.port = mta.free_ports(1)[0]
        account = ["-u", "root"] if os.getuid() == 0 else []
        dump = ["-d", f"{store}/"] if store else []
        self.process = postfix("smtp-sink", *account, *dump, f"127.0.0.1:{self.port}", 1000)
        try:
            peer.until(lambda: listens(self.port) or self.process.poll() is not None, "smtp-sink")
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def mock(*scenario, store=None, arguments=()):
    """The mock as it is meant to run under load: no events."""
    more = ["--store", store] if store else []
    return peer.Mock(*scenario or ["any/accept-all"], events=False, store=False, arguments=[*more, *arguments])


def folder_in_memory():
    """A temporary folder, in memory where there is a place for that: disks differ more than servers do."""
    shared = pathlib.Path("/dev/shm")
    return tempfile.TemporaryDirectory(prefix="smtplab-bench-", dir=shared if os.access(shared, os.W_OK) else None)
