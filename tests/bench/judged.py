#!/usr/bin/env python3
"""judged.py [--rounds N] [--quick]: what a message costs the mock when it is watched, beside what it costs when nobody looks.

The same load in turn: nobody looks (--quiet); the events are written, and judged (--quiet --events /dev/null); it speaks, and
judges (into /dev/null). Messages of 1 KB from Postfix's smtp-source, a connection for each or lasting ones.
"""
import argparse
import dataclasses
import os
import statistics

from load import LOADS, cost
from measure import Figure, peer, print_table, spread

WAYS = {"nobody looks": ["--quiet"], "events": ["--quiet", "--events", os.devnull], "speaking": []}


def cost_of(way, load):
    with peer.Mock(events=False, store=False, quiet=False, arguments=WAYS[way]) as server:
        return cost(server, load).total


def figures(rounds, quick=False):
    for load in LOADS:
        if load.stored or load.octets != 1024:
            continue
        if quick:
            load = dataclasses.replace(load, messages=load.messages // 10)
        costs = [{way: cost_of(way, load) for way in WAYS} for _ in range(rounds)]
        for way in ["events", "speaking"]:
            ratios = [one[way] / one["nobody looks"] for one in costs]
            mine, theirs = (statistics.median(one[which] for one in costs) * 1e6 for which in (way, "nobody looks"))
            yield Figure(f"CPU a message, {way} / nobody looks: {load.name()}", "", f"{spread(ratios)}; {mine:.1f} us / {theirs:.1f} us")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="how often each load is sent in each way")
    parser.add_argument("--quick", action="store_true", help="a tenth of the messages")
    given = parser.parse_args()
    print_table(figures(given.rounds, given.quick))


if __name__ == "__main__":
    main()
