#!/usr/bin/env python3
"""embed.py OUTPUT FILE...: writes the C++ source behind scenarios/embedded.h.

FILEs are paths relative to the current folder; they become EmbeddedFile::path as they are given.
"""

import sys

HEAD = """// Written by cmake/embed.py from the files in scenarios/.
#include "scenarios/embedded.h"

#include <array>

// A file may be longer than the 65536 characters that every compiler has to take: ours take more.
#pragma GCC diagnostic ignored "-Woverlength-strings"

namespace scenarios {
namespace {

constexpr std::array<EmbeddedFile, %d> kFiles{{
"""
TAIL = """}};

}  // namespace

std::span<const EmbeddedFile> embedded_files() { return kFiles; }

}  // namespace scenarios
"""


def literal(octets: bytes) -> str:
    """A C++ string literal of exactly these octets. Octal escapes end after three digits; hexadecimal ones do not."""
    plain = set(range(0x20, 0x7F)) - set(b'"\\?')
    return '"' + "".join(chr(b) if b in plain else "\\%03o" % b for b in octets) + '"'


def entry(path: str) -> str:
    with open(path, "rb") as file:
        octets = file.read()
    lines = octets.splitlines(keepends=True) or [b""]
    text = "\n     ".join(literal(line) for line in lines)
    return "    {%s,\n     {%s, %d}},\n" % (literal(path.encode()), text, len(octets))


def main() -> None:
    output, *paths = sys.argv[1:]
    source = HEAD % len(paths) + "".join(entry(path) for path in sorted(paths)) + TAIL
    with open(output, "w", encoding="ascii", newline="\n") as file:
        file.write(source)


if __name__ == "__main__":
    main()
