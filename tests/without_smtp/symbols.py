#!/usr/bin/env python3
"""Tells whether a program has symbols of C++ namespaces.

usage: symbols.py NM PROGRAM [--has NAMESPACE]... [--lacks NAMESPACE]...    Exit status 1 when it is otherwise.
"""

import argparse
import re
import subprocess
import sys

parser = argparse.ArgumentParser()
parser.add_argument("nm")
parser.add_argument("program")
parser.add_argument("--has", action="append", default=[])
parser.add_argument("--lacks", action="append", default=[])
wanted = parser.parse_args()
names = subprocess.run([wanted.nm, "-C", wanted.program], stdout=subprocess.PIPE, check=True, text=True).stdout


def symbols_of(namespace):
    return [line for line in names.splitlines() if re.search(rf"(?<![A-Za-z0-9_]){namespace}::", line)]


wrong = [f"nothing of {one}::" for one in wanted.has if not symbols_of(one)]
for one in wanted.lacks:
    wrong += symbols_of(one)[:5]
for line in wrong:
    print(line)
sys.exit(bool(wrong))
