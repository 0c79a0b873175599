"""SIGKILL while mail comes by SMTP and IMAP and is moved and removed: what was answered OK is so, and UIDs mean what they meant.

Several clients work at once; at a moment that the seed chooses the server is killed and started again with the same store.
"""
import pathlib
import random
import re
import signal
import tempfile
import threading

import imap_wire
import peer
from neutral import SCENARIO, accounts

SEEDS = range(4)
MOVED, REMOVED = 120, 120  # messages that lie in the folders from which they are taken
END = b"the end\r\n"


def message(name):
    return b"Subject: %s\r\n\r\n%s\r\n%s" % (name.encode(), b"y" * (10 if len(name) % 2 else 60_000), END)


class Worker(threading.Thread):
    """Does one thing after the other until the server is gone; `done` has what was answered OK."""

    def __init__(self, box, count):
        super().__init__()
        self.box, self.count, self.done, self.failure = box, count, [], None

    def run(self):
        try:
            for one in self.work():
                self.done.append(one)
                self.count.release()
        except (OSError, imap_wire.Mismatch, AssertionError) as error:
            self.failure = error  # the server is dead
        finally:
            self.count.release()


class Sends(Worker):
    def work(self):
        with peer.Talk(self.box.mock.port) as talk:
            talk.login(self.box.alice.user, self.box.alice.password)
            for number in range(100_000):
                talk.mail(self.box.alice.user, [self.box.alice.user], message(f"sent {number}"))
                yield f"sent {number}", None


class Appends(Worker):
    def work(self):
        wire = self.box.connect()
        for number in range(100_000):
            yield f"appended {number}", self.box.append(wire, "Sent", f"appended {number}")


class Moves(Worker):
    def work(self):
        wire = self.box.connect()
        wire.ask("a SELECT Work")
        for uid, name in self.box.told["Work"].items():
            wire.ask(f"b UID MOVE {uid} Archive")
            copied = next(line for line in wire.lines if b"COPYUID" in line)
            yield name, int(re.search(rb"COPYUID \d+ \d+ (\d+)", copied)[1])


class Removes(Worker):
    def work(self):
        wire = self.box.connect()
        wire.ask("a SELECT Trash")
        for uid, name in self.box.told["Trash"].items():
            wire.ask(f"b UID STORE {uid} +FLAGS.SILENT (\\Deleted)")
            wire.ask(f"c UID EXPUNGE {uid}")
            yield name, uid


class Box:
    """The mailbox, and what a client was told of it before anything bad happened."""

    def __init__(self, folder):
        self.folder, self.alice, self.told, self.validity, self.wires = folder, accounts()[0], {}, {}, []
        self.start()

    def start(self):
        self.mock = peer.Mock(SCENARIO, arguments=("--imap", "0", "--store", self.folder), events=False, store=False)

    def connect(self):
        wire = imap_wire.Wire(self.mock.ports["imap"], self.alice.user, self.alice.password)
        self.wires.append(wire)
        wire.log_in()
        return wire

    @staticmethod
    def append(wire, folder, name):
        octets = message(name)
        wire.send(b"a APPEND %s {%d+}\r\n%s\r\n" % (folder.encode(), len(octets), octets))
        answer = wire.read("a")
        if b"APPENDUID" not in answer:
            raise imap_wire.Mismatch(answer)
        return int(re.search(rb"APPENDUID \d+ (\d+)", answer)[1])

    def fill(self):
        wire = self.connect()
        for folder in ("Work", "Archive"):
            wire.ask(f"a CREATE {folder}")
        for folder, count in (("Work", MOVED), ("Trash", REMOVED)):
            self.told[folder] = {self.append(wire, folder, f"{folder} {number}"): f"{folder} {number}" for number in range(count)}
        for folder in ("INBOX", "Sent", "Work", "Archive", "Trash"):
            self.validity[folder] = self.contents(wire, folder)[0]

    @staticmethod
    def contents(wire, folder):
        """UIDVALIDITY, UIDNEXT and the names of the messages by their UIDs; all of them are whole."""
        wire.ask(f"a SELECT {folder}")
        validity, following = (int(re.search(word + rb" (\d+)", b"\n".join(wire.lines))[1]) for word in (b"UIDVALIDITY", b"UIDNEXT"))
        wire.ask("b UID FETCH 1:* BODY.PEEK[]")
        found = {}
        for line in wire.lines:
            if b" FETCH (" in line:
                if not line.endswith(END + b")"):
                    raise AssertionError(f"not whole: {line[:100]!r}")
                found[int(re.search(rb"UID (\d+)", line)[1])] = re.search(rb"Subject: (.*)\r", line)[1].decode()
        return validity, following, found

    def close(self):
        for wire in self.wires:
            wire.close()
        self.mock.close()

    def kill(self):
        self.mock.process.send_signal(signal.SIGKILL)
        self.mock.process.wait()


class Killed(peer.Case):
    def work_and_die(self, box, chance):
        count = threading.Semaphore(0)
        workers = [kind(box, count) for kind in (Sends, Appends, Moves, Removes)]
        for worker in workers:
            worker.start()
        for _ in range(chance.randrange(5, 200)):
            count.acquire()
        threading.Event().wait(chance.random() * 0.003)  # a moment of its own, not one that answers choose
        box.kill()
        for worker in workers:
            worker.join()
        return [worker.done for worker in workers]

    def check(self, box, sent, appended, moved, removed):
        wire = box.connect()
        found = {}
        for folder, validity in box.validity.items():
            now, following, found[folder] = box.contents(wire, folder)
            self.assertEqual(now, validity, folder)
            self.assertGreater(following, max(found[folder], default=0))
        self.assertEqual({name for name, _ in sent} - set(found["INBOX"].values()), set())
        for name, uid in appended:
            self.assertEqual(found["Sent"].get(uid), name)
        self.assertLessEqual(len(found["Sent"]), len(appended) + 1)
        for name, uid in moved:
            self.assertEqual(found["Archive"].get(uid), name)
        # The move that was cut off may have left one message in both.
        work, archive = set(found["Work"].values()), set(found["Archive"].values())
        self.assertEqual(work | archive, set(box.told["Work"].values()))
        self.assertLessEqual(len(work & archive), 1)
        self.assertEqual(work & {name for name, _ in moved}, set())
        for folder in ("Work", "Trash"):
            self.assertLessEqual(found[folder].items(), box.told[folder].items())
        gone = set(box.told["Trash"]) - set(found["Trash"])
        self.assertLessEqual({uid for _, uid in removed}, gone)
        self.assertLessEqual(len(gone), len(removed) + 1)
        for folder in found:
            uid = box.append(wire, folder, "new")
            self.assertGreater(uid, max([*found[folder], *box.told.get(folder, ()), 0]))

    def test_what_was_answered_is_there(self):
        done = 0
        for seed in SEEDS:
            with self.subTest(seed=seed), tempfile.TemporaryDirectory(prefix="smtplab-killed-") as folder:
                chance = random.Random(seed)
                box = Box(pathlib.Path(folder))
                try:
                    box.fill()
                    work = self.work_and_die(box, chance)
                    done += sum(map(len, work))
                finally:
                    box.close()
                box.start()
                try:
                    self.check(box, *work)
                    box.mock.stop()
                finally:
                    box.close()
        self.assertGreater(done, 100)


if __name__ == "__main__":
    peer.main()
