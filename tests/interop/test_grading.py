"""The examples of examples/grading, run as far as they can be without Gradescope, Classroom 50 and GitHub.

Runs in: release. They run `smtplab check`, which is looked at elsewhere.
"""
import csv
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import tempfile
import xml.etree.ElementTree
import zipfile

from peer import SMTPLAB, SOURCE, Case, main

EXAMPLES = pathlib.Path(SOURCE, "examples", "grading")
RIGHT = """import base64, socket, sys
server = socket.create_connection(("localhost", 25))
replies = server.makefile("rb")
def read(code):
    while True:
        line = replies.readline()
        if line[3:4] != b"-":
            if not line.startswith(code):
                sys.exit(1)
            return
def say(line, code):
    server.sendall(line.encode() + b"\\r\\n")
    read(code)
read(b"220")
say("HELO client.example", b"250")
say("MAIL FROM:<alice@course.example>", b"250")
say("RCPT TO:<bob@course.example>", b"250")
say("DATA", b"354")
say("From: alice@course.example\\r\\nTo: bob@course.example\\r\\nSubject: Lunch\\r\\nDate: Mon, 01 Jun 2026 12:00:00 +0000\\r\\n\\r\\nAt noon?\\r\\n.", b"250")
say("QUIT", b"221")
"""
NO_QUIT = RIGHT.replace('say("QUIT", b"221")\n', "")
NOTHING = "print('hello')\n"
LAB = "textbook-client"


class Folder(Case):
    def setUp(self):
        self.at = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.bin = self.at / "bin"
        self.bin.mkdir()
        (self.bin / "smtplab").symlink_to(SMTPLAB)

    def stand_in(self, name):
        """A program that does nothing but write down how it was called."""
        (self.bin / name).write_text(f'#!/bin/sh\necho {name} "$@" >> "{self.at}/called"\n', encoding="utf-8")
        (self.bin / name).chmod(0o755)

    def called(self):
        return (self.at / "called").read_text(encoding="utf-8").splitlines()

    def do(self, *command, status=0, **options):
        environment = os.environ | {"PATH": f"{self.bin}:{os.environ['PATH']}"} | options.pop("environment", {})
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, **options)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout

    def submission(self, folder, program):
        folder.mkdir(parents=True)
        (folder / "client.py").write_text(program, encoding="utf-8")
        return folder


class Class(Folder):
    def test_without_smtplab_nothing_is_begun(self):
        self.submission(self.at / "submissions" / "alice", RIGHT)
        done = subprocess.run(["make", "-f", EXAMPLES / "class" / "Makefile", "SMTPLAB=nosuch"], cwd=self.at, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("there is no nosuch: install the package", done.stderr)
        self.assertFalse((self.at / "marks").exists())

    def test_a_class_is_marked_and_its_table_told(self):
        for name, program in [("alice", RIGHT), ("bob smith", NO_QUIT), ("张三, 李四", NOTHING)]:
            self.submission(self.at / "submissions" / name, program)
        renamed = self.submission(self.at / "submissions" / "=dora", NOTHING)
        (renamed / "mail.py").write_text(RIGHT, encoding="utf-8")
        (self.at / "programs.txt").write_text("=dora=python3 mail.py\n", encoding="utf-8")
        make = ["make", "-f", EXAMPLES / "class" / "Makefile"]
        said = self.do(*make, cwd=self.at)
        with (self.at / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = {row["name"]: row for row in csv.DictReader(file)}
        self.assertEqual(set(rows), {"alice", "bob smith", "张三, 李四", "'=dora"})
        self.assertEqual(rows["bob smith"]["first"], json.loads((self.at / "marks" / "bob smith.json").read_text(encoding="utf-8"))["first"])
        self.assertEqual(rows["张三, 李四"]["verdict"], "fail")
        for name in ("alice", "'=dora"):
            self.assertEqual(rows[name]["points"], rows[name]["of"])
        self.assertLess(int(rows["bob smith"]["points"]), int(rows["bob smith"]["of"]))
        self.assertIn("4 submissions:", said)
        self.assertTrue((self.at / "marks" / "alice.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>"))
        # What is marked is not marked again, what has no report is said.
        (self.at / "marks" / "bob smith.json").write_text("", encoding="utf-8")
        self.submission(self.at / "submissions" / "eve", NOTHING)
        shutil.rmtree(self.at / "bin")
        again = self.do(*make, "SMTPLAB=false", cwd=self.at)
        self.assertEqual(sorted(re.findall("^not marked: (.*), see .*$", again, re.MULTILINE)), ["bob smith", "eve"])
        self.assertNotRegex(again, "(?m)^marked: ")
        self.assertRegex(again, r"(?m)^eve +no report .*marks/eve\.log$")


class Twice(Folder):
    def test_the_same_program_has_the_same_reports_to_the_octet(self):
        submission = self.submission(self.at / "submission", NO_QUIT)
        forms = ["text", "json", "junit", "tap", "markdown", "html", "gradescope"]
        runs = []
        for number in ("1", "2"):
            files = {form: self.at / (form + number) for form in forms}
            self.do(SMTPLAB, "check", LAB, "--report", ",".join(f"{form}={file}" for form, file in files.items()), "--", "python3", "client.py", status=1, cwd=submission)
            runs.append({form: self.without_times(file.read_text(encoding="utf-8")) for form, file in files.items()})
        for form in forms:
            self.assertEqual(runs[0][form], runs[1][form], form)

    @staticmethod
    def without_times(text):
        return re.sub(r'("(?:time|took|execution_time)": |\btime="|<time>)[0-9.e-]+', r"\1", text)


class Gradescope(Folder):
    def test_the_zip_marks_a_submission(self):
        source = self.at / "source"
        with zipfile.ZipFile(self.at / "autograder.zip", "w") as archive:
            for name in ("setup.sh", "run_autograder"):
                archive.write(EXAMPLES / "gradescope" / name, name)
        with zipfile.ZipFile(self.at / "autograder.zip") as archive:
            for entry in archive.infolist():
                self.assertTrue(entry.external_attr >> 16 & stat.S_IXUSR, entry.filename)
                (source / archive.extract(entry, source)).chmod(0o755)
        self.stand_in("apt-get")
        self.do(source / "setup.sh")
        self.assertIn("smtplab_", self.called()[-1])
        self.submission(self.at / "submission", NO_QUIT)
        (self.at / "results").mkdir()
        said = self.do(source / "run_autograder", environment={"AUTOGRADER": str(self.at)}, cwd=self.at)
        results = json.loads((self.at / "results" / "results.json").read_text(encoding="utf-8"))
        self.assertEqual(results["score"], sum(test.get("score", 0) for test in results["tests"]))
        self.assertEqual([test["status"] for test in results["tests"] if test["extra_data"]["name"] == "quit"], ["failed"])
        self.assertIn("quit", said)


class Classroom50(Folder):
    def test_the_autograder_leaves_a_result(self):
        checkout = self.submission(self.at / "checkout", RIGHT)
        (checkout / "result.json").write_text('{"score": 100}', encoding="utf-8")
        self.do(EXAMPLES / "classroom50" / "autograder.py", cwd=checkout, environment={
            "CLASSROOM": "cs", "ASSIGNMENT": "smtp", "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d", "OWNER": "alice",
            "COMMIT_URL": "https://example.org/c", "RELEASE_URL": "https://example.org/r", "REVIEW_URL": ""})
        result = json.loads((checkout / "result.json").read_text(encoding="utf-8"))
        self.assertEqual((result["classroom"], result["owner"], result["review"]), ("cs", "alice", "https://example.org/c"))
        self.assertEqual(result["datetime"], "2026-06-01T14:32:05Z")
        self.assertEqual(result["score"], result["max-score"])
        self.assertTrue((checkout / "release-body.md").read_text(encoding="utf-8").startswith("## "))
        self.assertTrue((checkout / "report.html").is_file())

    def test_without_a_result_grading_has_failed(self):
        checkout = self.submission(self.at / "checkout", RIGHT)
        (checkout / "result.json").write_text('{"score": 100}', encoding="utf-8")
        (self.bin / "smtplab").unlink()
        self.stand_in("smtplab")
        self.do(EXAMPLES / "classroom50" / "autograder.py", cwd=checkout, status=1)
        self.assertFalse((checkout / "result.json").exists())


class GitHub(Folder):
    def test_the_steps_of_the_workflow(self):
        text = (EXAMPLES / "github" / "smtplab.yml").read_text(encoding="utf-8")
        settings = dict(re.findall(r"^  ([A-Z]+): (.*?)(?: #.*)?$", text, re.MULTILINE))
        steps = [line or block for block, line in re.findall(r"^ +run: (?:\|\n((?:          .*\n)+)|(.+)\n)", text, re.MULTILINE)]
        self.assertEqual(len(steps), 3)
        for name in ("curl", "sudo"):
            self.stand_in(name)
        checkout = self.submission(self.at / "checkout", RIGHT)
        summary = self.at / "summary.md"
        for step in steps:
            self.do("bash", "-e", "-c", step, cwd=checkout, environment=settings | {"RUNNER_TEMP": str(self.at), "GITHUB_STEP_SUMMARY": str(summary)})
        self.assertEqual(self.called()[0], f"curl -fsSL -o {self.at}/smtplab.deb {settings['PACKAGE']}")
        self.assertTrue(summary.read_text(encoding="utf-8").startswith("## "))
        self.assertEqual(xml.etree.ElementTree.parse(self.at / "report.xml").getroot().get("failures"), "0")
        self.assertTrue((self.at / "report.html").is_file())


if __name__ == "__main__":
    main()
