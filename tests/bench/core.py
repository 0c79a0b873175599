#!/usr/bin/env python3
"""core.py: the figures of the core, from the Google Benchmark program. `build/tests/bench/bench` itself prints all of them."""
import json
import re

from measure import Figure, peer, print_table

BENCH = peer.BIN / "tests" / "bench" / "bench"
REQUIRED = 0.6
MAIL_LINE = 76  # octets: what base64 and quoted-printable write, and people


def medians(pattern, field):
    """name -> this figure of the benchmark, the median of some repetitions."""
    said = peer.run(BENCH, f"--benchmark_filter={pattern}", "--benchmark_format=json", "--benchmark_repetitions=5",
                    "--benchmark_report_aggregates_only=true", "--benchmark_min_time=0.1", timeout=600).stdout
    return {row["run_name"]: row[field] for row in json.loads(said)["benchmarks"] if row["aggregate_name"] == "median"}


def octets_text(octets):
    return {1_000: "1 KB", 100_000: "100 KB", 10_000_000: "10 MB"}[octets]


def figures():
    for name, speed in medians("^data_reader/", "speed").items():
        octets, line, dots = map(int, re.match(r"data_reader/octets:(\d+)/line:(\d+)/dots:(\d)", name).groups())
        required = line <= MAIL_LINE
        yield Figure(f"receiving {octets_text(octets)}, lines of {line}{', dots' if dots else ''} / memchr walk",
                     f"> {REQUIRED}" if required else "", f"{speed:.2f}", speed > REQUIRED if required else None)
    for took in medians("^maildir_list/messages:10000/", "real_time").values():
        yield Figure("listing 10,000 messages of a Maildir", "< 50 ms", f"{took:.0f} ms", took < 50)
    for speed in medians("^imap_structure/", "speed").values():
        yield Figure("ENVELOPE and BODYSTRUCTURE of a message, GMime's reading / ours", "> 1", f"{speed:.1f}", speed > 1)
    for took in medians("^imap_envelopes/messages:100000/", "real_time").values():
        yield Figure("ENVELOPE of 100,000 messages from the notes", "< 500 ms", f"{took:.0f} ms", took < 500)


if __name__ == "__main__":
    print_table(figures())
