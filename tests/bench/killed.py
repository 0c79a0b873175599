#!/usr/bin/env python3
"""killed.py [--rounds N]: kills the mock in the middle of its work and looks for every message it has answered 250 for.

Several clients send messages of different sizes, each with its own number in it; at a random moment the server gets SIGKILL.
"""
import argparse
import os
import pathlib
import random
import re
import signal
import tempfile
import threading

from measure import Figure, mock, peer, print_table

CLIENTS = 8
END = b"the end\r\n"


def message(number):
    return b"Subject: %d\r\n\r\n" % number + b"x" * 70 + b"\r\n" + b"y" * random.choice([0, 500, 60_000]) + b"\r\n" + END


class Client(threading.Thread):
    """Sends until the server is gone."""

    def __init__(self, port, numbers, count):
        super().__init__()
        self.port, self.numbers, self.count = port, numbers, count
        self.answered = []

    def run(self):
        try:
            with peer.Talk(self.port) as talk:
                talk.ask(b"EHLO client.example", 250)
                while True:
                    number = next(self.numbers)
                    talk.mail("alice@client.example", ["bob@example.org"], message(number))
                    self.answered.append(number)
                    self.count.release()
        except (OSError, AssertionError):
            pass  # the server is dead


class Numbers:
    """1, 2, 3 … for several threads."""

    def __init__(self):
        self.last, self.lock = 0, threading.Lock()

    def __next__(self):
        with self.lock:
            self.last += 1
            return self.last


def kill_one():
    """(messages answered, those of them that are not there, files that are not whole)."""
    with tempfile.TemporaryDirectory(prefix="smtplab-bench-") as folder:
        numbers, count = Numbers(), threading.Semaphore(0)
        with mock(store=folder) as server:
            clients = [Client(server.port, numbers, count) for _ in range(CLIENTS)]
            for client in clients:
                client.start()
            for _ in range(random.randrange(1, 400)):
                count.acquire()
            threading.Event().wait(random.random() * 0.003)  # a moment of its own, not one that answers choose
            os.kill(server.process.pid, signal.SIGKILL)
            for client in clients:
                client.join()
            server.process.wait()
            server.stop = lambda: None  # it has not ended in order, and was not meant to
        answered = {number for client in clients for number in client.answered}
        stored = [file.read_bytes() for file in pathlib.Path(folder, "other", "new").glob("*")]
        whole = [octets for octets in stored if octets.endswith(END)]
        there = {int(re.match(rb"Subject: (\d+)", octets)[1]) for octets in whole}
        return len(answered), len(answered - there), len(stored) - len(whole)


def figures(rounds):
    results = [kill_one() for _ in range(rounds)]
    answered, missing, broken = map(sum, zip(*results))
    yield Figure("kill -9 with --store", "every 250 is there", f"{rounds} kills, {answered:,} answered 250: {missing} missing, "
                 f"{broken} not whole", answered > 0 and missing == 0 and broken == 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    print_table(figures(parser.parse_args().rounds))


if __name__ == "__main__":
    main()
