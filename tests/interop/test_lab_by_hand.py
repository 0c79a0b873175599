"""`smtplab lab`: tasks are ticked while somebody talks to the mock by hand, and a record can be said again.

Runs in: release. What is fulfilled and what is recorded is looked at in tests/labs/hand under the sanitizers.
"""
import itertools
import json
import pathlib
import re
import signal
import socket
import subprocess
import tempfile

from peer import SMTPLAB, USAGE, Case, main, run
from tmux import Terminal

MESSAGE = ["DATA", "From: alice@course.example\r\nTo: bob@course.example\r\nSubject: Lunch\r\n\r\nAt noon?\r\n."]
LETTER = ["HELO alice.example", "MAIL FROM:<alice@course.example>", "RCPT TO:<bob@course.example>", *MESSAGE, "QUIT"]


class Seat:
    """Somebody beside `smtplab lab`: reads what it tells, types, and talks to its server."""

    def __init__(self, folder, *options):
        self.lab = subprocess.Popen([SMTPLAB, "lab", *options], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.told = ""
        self.port = int(self.until(r"telnet 127\.0\.0\.1 (\d+)")[1])

    def until(self, pattern):
        """Reads until the pattern stands in what was told since the last one."""
        said = ""
        while True:
            found = re.search(pattern, said)
            if found:
                return found
            line = self.lab.stdout.readline()
            assert line, f"{pattern} never came:\n{self.told}"
            said += line
            self.told += line

    def type(self, line):
        self.lab.stdin.write(line + "\n")
        self.lab.stdin.flush()

    def say(self, *lines):
        with socket.create_connection(("127.0.0.1", self.port)) as server, server.makefile("rb") as replies:
            replies.readline()
            for line in lines:
                server.sendall(line.encode() + b"\r\n")
                while replies.readline()[3:4] == b"-":
                    pass

    def end(self):
        rest = self.lab.communicate()[0]
        self.told += rest
        return self.lab.returncode


class ByHand(Case):
    def setUp(self):
        self.at = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_a_letter_fulfils_the_lab_and_the_record_is_true(self):
        seat = Seat(self.at, "by-hand")
        seat.type("h")
        seat.until("Hint 1: ")
        seat.say(*LETTER)
        self.assertEqual(seat.end(), 0, seat.told)
        for number in range(1, 5):
            self.assertIn(f"✓ {number} of 4: ", seat.told)
        self.assertIn("All tasks are fulfilled.", seat.told)
        file = self.at / "by-hand.record.json"
        record = json.loads(file.read_text(encoding="utf-8"))
        self.assertEqual((record["lab"], record["scenario"], record["tasks"][0]["hints"]), ("by-hand", "any/course", 1))
        self.assertIn("does not show who typed it", record["says"])
        again = run(SMTPLAB, "lab", "--replay", file, status=0).stdout.decode()
        self.assertIn("✓ 4 of 4: ", again)
        self.assertIn("It is as the record says.", again)

    def test_a_record_that_was_changed_is_found_out(self):
        seat = Seat(self.at, "provoke-errors", "--record", "mine.json")
        seat.say("HELLO alice", "DATA")
        seat.until("✓ 4 of 9")
        seat.type("q")
        self.assertEqual(seat.end(), 1)
        file = self.at / "mine.json"
        true = json.loads(file.read_text(encoding="utf-8"))
        self.assertEqual([task["name"] for task in true["tasks"] if task["done"] is not None], ["c500", "c503"])
        run(SMTPLAB, "lab", "--replay", file, status=0)
        for change, said in [(lambda record: record["tasks"][-1].update(done=12), "the record says that this is fulfilled"),
                             (lambda record: record["tasks"][0].update(done=None), "the record says that this is not fulfilled"),
                             (lambda record: [event.update(text="550 no␍␊") for event in record["events"] if event["kind"] == "server"], "reply 1 was 550 in the record, and is 220 now")]:
            record = json.loads(json.dumps(true))
            change(record)
            file.write_text(json.dumps(record), encoding="utf-8")
            self.assertIn(said, run(SMTPLAB, "lab", "--replay", file, status=1).stdout.decode())

    def test_after_a_mistake_another_connection_begins_again(self):
        seat = Seat(self.at, "by-hand", "--lang", "zh")
        seat.say("HLEO alice", "HELO alice.example")
        seat.until("这条连接上已经不行了")
        seat.type("p")
        seat.until("任务 2/4")
        seat.say(*LETTER)
        self.assertEqual(seat.end(), 0, seat.told)
        run(SMTPLAB, "lab", "--replay", self.at / "by-hand.record.json", status=0)

    def test_a_question_among_the_tasks_is_answered_beside_the_server(self):
        seat = Seat(self.at, "find-the-server")
        seat.type("course.example")
        seat.until("That is not the mail server to be tried first.")
        seat.type("MAIL.course.example.")
        seat.until("✓ 1 of 4: Which host")
        seat.say(*LETTER[:3], "DATA", MESSAGE[1].replace("Subject:", "Date: Sat, 28 Nov 2026 09:30:00 +0800\r\nSubject:"), "QUIT")
        self.assertEqual(seat.end(), 0, seat.told)
        file = self.at / "find-the-server.record.json"
        record = json.loads(file.read_text(encoding="utf-8"))
        self.assertEqual([one["answer"] for one in record["answers"]], ["course.example", "MAIL.course.example."])
        self.assertIn("It is as the record says.", run(SMTPLAB, "lab", "--replay", file, status=0).stdout.decode())
        record["answers"].pop()
        file.write_text(json.dumps(record), encoding="utf-8")
        self.assertIn("the record says that this is fulfilled", run(SMTPLAB, "lab", "--replay", file, status=1).stdout.decode())

    def test_a_signal_ends_it_with_its_record(self):
        seat = Seat(self.at, "by-hand")
        seat.say("HELO alice.example")
        seat.until("closed by the client")
        seat.lab.send_signal(signal.SIGTERM)
        self.assertEqual(seat.end(), 1)
        self.assertTrue((self.at / "by-hand.record.json").is_file())

    def test_what_is_wrong_is_said(self):
        (self.at / "none.json").write_text("{}", encoding="utf-8")
        for options, said in [(["textbook-client"], "is none that is done by hand"), (["no-such-lab"], "no-such-lab"), (["--replay", self.at / "none.json"], "it is no record of a lab"),
                              (["--replay", self.at / "nowhere.json"], "cannot be read")]:
            self.assertIn(said, run(SMTPLAB, "lab", *options, status=USAGE).stderr.decode())


class Questions(Case):
    LAB = """
kind = "answer"
musts = ["line", "cause"]
title = { en = "What is wrong?", zh = "哪里错了？" }
task = { en = "C: MAIL FROM alice", zh = "C: MAIL FROM alice" }
[[file]]
name = "given.txt"
text = "given"
[[check]]
name = "line"
kind = "must"
title = { en = "Which line?", zh = "第几行？" }
answer = ["1"]
why = { en = "No, not there.", zh = "不在那里。" }
lesson = "any/course"
[[check.hint]]
en = "There is one line."
zh = "只有一行。"
[[check]]
name = "cause"
kind = "must"
title = { en = "Which mistake?", zh = "什么错误？" }
answer = ["no-colon"]
why = { en = "No.", zh = "不是。" }
lesson = "any/course"
[[check.hint]]
en = "Behind FROM."
zh = "FROM 后面。"
"""

    def setUp(self):
        self.at = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.at / "mine.toml").write_text(self.LAB, encoding="utf-8")

    def ask(self, typed, status, *options):
        return run(SMTPLAB, "lab", "mine.toml", *options, given=typed.encode(), status=status, cwd=self.at).stdout.decode()

    def test_answers_are_looked_at_and_recorded(self):
        said = self.ask("7\nh\n1\nno-colon\n", 0)
        for words in ("No, not there.", "Hint 1: There is one line.", "✓ 1 of 2: Which line?", "✓ 2 of 2: Which mistake?"):
            self.assertIn(words, said)
        self.assertEqual((self.at / "given.txt").read_text(encoding="utf-8"), "given")
        file = self.at / "mine.record.json"
        record = json.loads(file.read_text(encoding="utf-8"))
        self.assertEqual([one["answer"] for one in record["answers"]], ["7", "1", "no-colon"])
        self.assertEqual([task["hints"] for task in record["tasks"]], [1, 0])
        self.assertIn("It is as the record says.", run(SMTPLAB, "lab", "--replay", file, status=0, cwd=self.at).stdout.decode())
        record["answers"].pop()
        file.write_text(json.dumps(record), encoding="utf-8")
        self.assertIn("the record says that this is fulfilled", run(SMTPLAB, "lab", "--replay", file, status=1, cwd=self.at).stdout.decode())

    def test_what_lies_there_is_not_overwritten_and_the_end_is_the_end(self):
        (self.at / "given.txt").write_text("mine", encoding="utf-8")
        said = self.ask("p\nno-colon\nq\n", 1, "--lang", "zh")
        self.assertIn("✓ 2/2：什么错误？", said)
        self.assertIn("▶ 1 第几行？", said)
        self.assertEqual((self.at / "given.txt").read_text(encoding="utf-8"), "mine")


class OnTheScreen(Case):
    def test_tasks_stand_beside_the_dialogue_and_are_ticked(self):
        for (columns, rows), language in itertools.product([(80, 24), (140, 40)], ["en", "zh"]):
            with self.subTest(columns=columns, language=language), Terminal(columns, rows) as terminal:
                terminal.smtplab("lab", "by-hand", "--lang", language)
                terminal.await_text("The assignment|题目 ─")
                terminal.press("x")
                terminal.await_text(r"(Task|任务) 1/4 .*····")
                terminal.press("h")
                terminal.await_text(r"(Hint|提示) 1  HELO")
                terminal.type("helo alice.example")  # small letters, the first of which is a key
                terminal.await_text("C▸ helo alice.example")
                self.assertNotRegex(terminal.text(), "(Hint|提示) 2")
                terminal.press("Enter")
                terminal.await_text(r"(Task|任务) 2/4 .*✓···")
                for line in LETTER[1:3] + ["DATA"]:
                    terminal.type(":" + line)
                    terminal.press("Enter")
                    terminal.await_text(f"C {line}")
                terminal.await_text(r"(Task|任务) 3/4 .*✓✓··")
                terminal.press("z")
                terminal.await_gone("C DATA")
                terminal.await_text(r"(Task|任务) 3/4 .*✓✓··")
                terminal.press("q")
                terminal.await_text("[qQ]")
                terminal.press("q")
                terminal.await_prompt()
                terminal.await_text("✓ 2 .*\n▶ 3 ")
                terminal.await_text("(as proposed: 0; typed or edited: |原样发出：0；自己输入或修改：)[1-9]")
                record = terminal.work / "by-hand.record.json"
                self.assertRegex(run(SMTPLAB, "lab", "--replay", record, status=0).stdout.decode(), "(edited: |修改：)[1-9]")

    def test_a_question_is_asked_before_the_screen(self):
        with Terminal(80, 24) as terminal:
            terminal.smtplab("lab", "find-the-server")
            terminal.await_text("Task 1 of 4: Which host")
            terminal.type("mail.course.example")
            terminal.press("Enter")
            terminal.await_text("The assignment ─")
            terminal.press("x")
            terminal.await_text(r"Task 2/4 .*✓···")
            terminal.press("q")
            terminal.await_text("[qQ]")
            terminal.press("q")
            terminal.await_text("✓ 1 .*\n▶ 2 ")

    def test_the_record_tells_what_was_proposed_from_what_was_typed(self):
        with Terminal(80, 24) as terminal:
            terminal.smtplab("lab", "by-hand")
            terminal.await_text("The assignment")
            terminal.press("x")
            terminal.await_text("C▸ EHLO")
            terminal.press("Enter")
            terminal.await_text("✓ 1 of 4")
            terminal.type(":MAIL FROM:<alice@course.example>")
            terminal.press("Enter")
            terminal.await_text("C MAIL FROM")
            terminal.press("q")
            terminal.await_text("[qQ]")
            terminal.press("q")
            terminal.await_prompt()
            record = json.loads((terminal.work / "by-hand.record.json").read_text(encoding="utf-8"))
            self.assertEqual([event.get("origin") for event in record["events"] if event["kind"] == "client"], ["proposed", "typed"])
            self.assertEqual({event.get("origin") for event in record["events"] if event["kind"] != "client"}, {None})


if __name__ == "__main__":
    main()
