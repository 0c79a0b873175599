#!/usr/bin/env python3
"""documents.py BUILD SOURCE VERSION OUTPUT: lays out what is installed beside the programs: OUTPUT/man and OUTPUT/doc.

The pages of the programs are what they say about themselves, that of the scenario language is its README.
"""

import gzip
import pathlib
import re
import shutil
import subprocess
import sys

import markdown_page

PROGRAMS = ["smtplab", "smtplab-mock"]
LANGUAGES = {"en": "man", "zh": "man/zh_CN"}
PAGES = ["README.md", "README.zh.md", "scenarios/README.md"]


def write_page(path: pathlib.Path, text: str) -> None:
    """Compressed, the same octets every time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def said(program: pathlib.Path, *arguments: str) -> str:
    return subprocess.run([program, *arguments], check=True, capture_output=True).stdout.decode()


def write_examples(folder: pathlib.Path, build: pathlib.Path, language: str) -> None:
    folder.mkdir(parents=True)
    (folder / "email_config.json").write_text(said(build / "smtplab", "send", "--example"), encoding="utf-8")
    for block in re.findall(r"^```toml\n(# (\S+\.toml)\n.*?)^```$", language, re.MULTILINE | re.DOTALL):
        (folder / block[1]).write_text(block[0], encoding="utf-8")


def main() -> None:
    build, source = (pathlib.Path(argument) for argument in sys.argv[1:3])
    version, output = sys.argv[3], pathlib.Path(sys.argv[4])
    shutil.rmtree(output, ignore_errors=True)
    for program in PROGRAMS:
        for language, folder in LANGUAGES.items():
            write_page(output / folder / "man1" / f"{program}.1.gz", said(build / program, "--manual", "--lang", language))
    language = (source / "scenarios" / "README.md").read_text(encoding="utf-8")
    page = markdown_page.man_page("smtplab-scenario", 5, "the language of smtplab's scenario files", f"smtplab {version}", language)
    write_page(output / "man" / "man5" / "smtplab-scenario.5.gz", page)
    for name in PAGES:
        (output / "doc" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / name, output / "doc" / name)
    write_examples(output / "doc" / "examples", build, language)


if __name__ == "__main__":
    main()
