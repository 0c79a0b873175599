#!/usr/bin/env python3
"""Classroom 50 runs this in the checkout of a submission, and reads result.json and release-body.md."""
import pathlib
import shutil
import subprocess
import sys

LAB = "textbook-client"  # or str(HERE / "mine.toml")
PROGRAM = ["python3", "client.py"]

HERE = pathlib.Path(__file__).resolve().parent
RESULT = pathlib.Path("result.json")
BODY = pathlib.Path("release-body.md")

if shutil.which("smtplab") is None:
    subprocess.run(["sudo", "apt-get", "install", "-y", str(HERE / "smtplab.deb")], check=True)
for left in (RESULT, BODY):  # a student may have handed in one
    left.unlink(missing_ok=True)
subprocess.run(["smtplab", "check", LAB, "--report", f"text,classroom50={RESULT},markdown={BODY},html=report.html", "--", *PROGRAM], stdin=subprocess.DEVNULL, check=False)
sys.exit(0 if RESULT.is_file() else 1)  # whatever the marks: another status says that grading itself went wrong
