#!/usr/bin/env python3
"""figures.py [--quick]: every figure the design asks for, in one table; exit status 1 when one is not met.

--quick: fewer rounds and no build from scratch. run.sh builds first and then runs this.
"""
import argparse
import sys

import core
import from_clone
import handshakes
import idle
import judged
import killed
import load
import mailbox_imap
import screen
from measure import print_table


def all_figures(quick):
    if not quick:
        yield from from_clone.figures()
    yield from screen.figures(5 if quick else 20)
    yield from load.figures(3 if quick else 7, quick)
    yield from judged.figures(3 if quick else 7, quick)
    yield from handshakes.figures(2 if quick else 5)
    yield from idle.figures(idle.CONNECTIONS)
    yield from mailbox_imap.figures(20_000 if quick else mailbox_imap.MESSAGES, 3 if quick else mailbox_imap.ROUNDS)
    yield from core.figures()
    yield from killed.figures(5 if quick else 20)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    figures = []
    for figure in all_figures(parser.parse_args().quick):
        print(f"  {figure.name}: {figure.measured}", file=sys.stderr, flush=True)
        figures.append(figure)
    print_table(figures)
    return 1 if any(figure.met is False for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
