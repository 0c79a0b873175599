#!/usr/bin/env python3
"""load.py [--rounds N] [--quick]: what a message costs the mock, beside what it costs Postfix's smtp-sink.

Both get the same load from Postfix's smtp-source, 20 sessions at once: 1 KB and 100 KB messages, a connection for each
message or lasting ones (-d), kept in memory or in files. The CPU of the server is read before and after.
"""
import argparse
import dataclasses
import statistics

from measure import Figure, Sink, cpu_parts, cpu_seconds, folder_in_memory, mock, postfix, print_table, spread

SESSIONS = 20


@dataclasses.dataclass(frozen=True)
class Load:
    octets: int
    lasting: bool
    stored: bool
    messages: int

    def name(self):
        size = "1 KB" if self.octets == 1024 else f"{self.octets // 1024} KB"
        return f"{size}, {'lasting connections' if self.lasting else 'a connection each'}{', in files' if self.stored else ''}"


LOADS = [Load(octets, lasting, stored, messages)
         for stored in (False, True)
         for octets, messages in ((1024, 20000), (102400, 2000))
         for lasting in (False, True)]


@dataclasses.dataclass
class Cost:
    """Of one message, in seconds of the server's CPU."""
    total: float
    user: float


def send(port, load):
    flags = ["-s", SESSIONS, "-l", load.octets, "-m", load.messages] + (["-d"] if load.lasting else [])
    source = postfix("smtp-source", *flags, f"127.0.0.1:{port}")
    if source.wait(300) != 0:
        raise AssertionError(f"smtp-source ended with {source.returncode}")


def cost(server, load):
    process = server.process.pid
    before, parts_before = cpu_seconds(process), cpu_parts(process)
    send(server.port, load)
    total = cpu_seconds(process) - before
    return Cost(total / load.messages, (cpu_parts(process)[0] - parts_before[0]) / load.messages)


def round_of(load):
    """(cost to the mock, cost to the sink), both with fresh processes."""
    costs = []
    for start in (mock, Sink):
        with folder_in_memory() as folder, start(store=folder if load.stored else None) as server:
            costs.append(cost(server, load))
    return costs


def figures(rounds, quick=False):
    for load in LOADS:
        if quick:
            load = dataclasses.replace(load, messages=load.messages // 10)
        pairs = [round_of(load) for _ in range(rounds)]
        ratios = [mine.total / theirs.total for mine, theirs in pairs]
        mine, theirs = (statistics.median(pair[side].total for pair in pairs) * 1e6 for side in (0, 1))
        user = statistics.median(pair[0].user for pair in pairs) * 1e6
        # The design asks for 1 KB messages; the others are told beside them.
        required = load.octets == 1024 and not load.stored
        yield Figure(f"CPU a message, mock / smtp-sink: {load.name()}", "< 1" if required else "",
                     f"{spread(ratios)}; {mine:.1f} us ({user:.1f} user) / {theirs:.1f} us",
                     statistics.median(ratios) < 1 if required else None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="how often each load is sent to each server")
    parser.add_argument("--quick", action="store_true", help="a tenth of the messages")
    given = parser.parse_args()
    print_table(figures(given.rounds, given.quick))


if __name__ == "__main__":
    main()
