#!/usr/bin/env python3
"""table.py SUBMISSIONS MARKS CSV: a table of all submissions from their JSON reports, and what the class stumbled over."""
import collections
import csv
import json
import pathlib
import shutil
import sys
import unicodedata

HEAD = ["name", "verdict", "points", "of", "first", "sentence"]


def row(name: str, report: pathlib.Path) -> list:
    try:
        sheet = json.loads(report.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [name, "no report", "", "", "", f"see {report.with_suffix('.log')}"]
    marked = sheet["verdict"] != "not-judged"
    return [name, sheet["verdict"], sheet["points"] if marked else "", sheet["of"], sheet["first"], sheet["sentence"] if marked else sheet.get("unjudged", "")]


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def printed(rows: list) -> str:
    rows = [[str(cell).replace("\n", " ") for cell in one] for one in rows]
    widths = [max(columns(one[i]) for one in rows) for i in range(len(HEAD))]
    return "\n".join("  ".join(cell + " " * (width - columns(cell)) for cell, width in zip(one, widths)).rstrip() for one in rows)


def cut(line: str) -> str:
    """To the width of a terminal; the whole sentence stands in the reports."""
    if not sys.stdout.isatty():
        return line
    most = shutil.get_terminal_size().columns
    if columns(line) > most:
        while columns(line) >= most:
            line = line[:-1]
        line += "…"
    return line


def cell(value) -> str:
    """A spreadsheet must not take what a program has said for a formula."""
    return f"'{value}" if str(value)[:1] in ("=", "+", "-", "@") else str(value)


def main() -> int:
    submissions, marks, sheet = map(pathlib.Path, sys.argv[1:4])
    names = sorted(one.name for one in submissions.iterdir() if one.is_dir())
    rows = [row(name, marks / f"{name}.json") for name in names]
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:  # as spreadsheets want it
        csv.writer(file).writerows([[cell(one) for one in cells] for cells in [HEAD, *rows]])
    print("\n".join(cut(line) for line in printed([HEAD, *rows]).split("\n")))
    causes = collections.Counter(one[4] for one in rows if one[4])
    print(f"\n{len(rows)} submissions: " + ", ".join(f"{count} {verdict}" for verdict, count in sorted(collections.Counter(one[1] for one in rows).items())))
    for cause, count in causes.most_common():
        print(f"{count:4} × {cause}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
