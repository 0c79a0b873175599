#!/usr/bin/env python3
"""mailbox_imap.py [--messages N] [--rounds N]: a large mailbox over IMAP, beside Dovecot on the very same Maildir.

Each round is a connection to either server, in turn; both have done the same once before, so that their indices are there.
"""
import argparse
import os
import pathlib
import re
import socket
import statistics

from measure import Figure, cpu_seconds, folder_in_memory, mock, peer, print_table, spread

import dovecot  # found by measure
from neutral import SCENARIO, accounts

MESSAGES = 100_000
ROUNDS = 5
COMMANDS = ("SELECT INBOX", "SEARCH ALL", "FETCH 1:* (FLAGS UID)", "FETCH 1:* ENVELOPE")
WANTED = {"SELECT INBOX", "FETCH 1:* ENVELOPE"}  # less than Dovecot's
MOST_GROWN = 64  # MiB that all of that may cost the mock


def letter(number):
    return (f"Date: Mon, 1 Jan 2024 12:00:00 +0800\nFrom: Alice Liddell <alice@example.org>\n"
            f"To: Bob <bob@example.com>, \"Carol (home)\" <carol@example.net>\nSubject: =?utf-8?B?5L2g5aW9?= number {number}\n"
            f"Message-ID: <{number}@example.org>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nHello\n").encode()


def fill(folder, messages):
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True)
    for number in range(1, messages + 1):
        (folder / "cur" / f"{1_700_000_000 + number}.M{number}P1.bench:2,S").write_bytes(letter(number))


class Client:
    """Reads answers and throws them away."""

    def __init__(self, port, user, password):
        self.socket = socket.create_connection(("127.0.0.1", port), peer.PATIENCE)
        self.socket.settimeout(600)
        self.socket.recv(4096)
        self.ask(f'l LOGIN "{user}" "{password}"')

    def ask(self, line):
        """Octets of the answer."""
        tag = b"\r\n" + line.split(" ")[0].encode() + b" "
        self.socket.sendall(line.encode() + b"\r\n")
        size, tail = 0, b"\r\n"
        while not (tail.endswith(b"\r\n") and tag in tail):
            piece = self.socket.recv(1 << 20)
            if not piece:
                raise AssertionError(f"closed behind {line}")
            size += len(piece)
            tail = (tail + piece)[-4000:]  # an answer to LOGIN may be long
        if tag + b"OK" not in tail:
            raise AssertionError(f"{tail!r} to {line}")
        return size

    def close(self):
        self.socket.close()


def reader_of(master):
    """The process of Dovecot's that serves the one connection."""
    def find():
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                parent = re.search(r"PPid:\s+(\d+)", (folder / "status").read_text())[1]
                if (folder / "comm").read_text() == "imap\n" and int(parent) == master:
                    return int(folder.name)
            except OSError:
                continue
        return None
    return peer.until(find, "Dovecot's imap")


def seconds(port, user, password, process):
    """CPU of each command; process() says whose, once somebody has logged in."""
    client = Client(port, user, password)
    served = process()
    taken = []
    for number, command in enumerate(COMMANDS):
        before = cpu_seconds(served)
        client.ask(f"a{number} {command}")
        taken.append(cpu_seconds(served) - before)
    client.close()
    return taken


def peak_kib(process):
    return int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path("/proc", str(process), "status").read_text())[1])


def figures(messages, rounds):
    alice = accounts(SCENARIO)[0]
    with folder_in_memory() as name, dovecot.Dovecot() as other:
        inbox = pathlib.Path(name) / alice.user
        fill(inbox, messages)
        if os.geteuid() == 0:
            os.chmod(name, 0o755)
            for path in (inbox, *inbox.iterdir()):
                os.chown(path, other.account.pw_uid, other.account.pw_gid)
        (other.mail / "bench").symlink_to(inbox)
        with mock(SCENARIO, store=name, arguments=("--imap", "0")) as ours:
            servers = ((ours.ports["imap"], alice.user, alice.password, lambda: ours.process.pid),
                       (other.imap_port, "bench", dovecot.PASSWORD, lambda: reader_of(other.process.pid)))
            start = peak_kib(ours.process.pid)
            for server in servers:
                seconds(*server)
            taken = [[seconds(*server) for server in servers] for _ in range(rounds)]
            grown = (peak_kib(ours.process.pid) - start) / 1024
    for number, command in enumerate(COMMANDS):
        ratios = [mine[number] / theirs[number] for mine, theirs in taken]
        mine, theirs = (statistics.median(one[which][number] for one in taken) for which in (0, 1))
        yield Figure(f"{messages:,} messages, {command}, mock / Dovecot", "< 1" if command in WANTED else "",
                     f"{spread(ratios)}; {mine * 1000:.0f} ms / {theirs * 1000:.0f} ms",
                     statistics.median(ratios) < 1 if command in WANTED else None)
    yield Figure("memory that this costs the mock at most", f"< {MOST_GROWN} MiB", f"{grown:.1f} MiB", grown < MOST_GROWN)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=MESSAGES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    print_table(figures(given.messages, given.rounds))


if __name__ == "__main__":
    main()
