#!/usr/bin/env python3
"""screen.py [--rounds N]: from the start of the program to its first frame, and from a key to the frame that answers it.

The program runs in a pseudo-terminal of 80x24. A frame has come when its last octet has: nothing follows it for a while.
"""
import argparse
import fcntl
import os
import pty
import select
import statistics
import struct
import tempfile
import termios
import time

from measure import Figure, peer, print_table

COLUMNS, ROWS = 80, 24
QUIET = 0.03  # seconds without another octet: the frame is whole
FIRST_FRAME, KEY = 0.050, 0.005  # seconds allowed


class Screen:
    """The program on a terminal of its own; use it in a with statement."""

    def __init__(self, *arguments):
        self.folder = tempfile.TemporaryDirectory(prefix="smtplab-bench-")
        environment = peer.clean_environment(TERM="xterm-256color", HOME=self.folder.name, XDG_STATE_HOME=self.folder.name)
        self.began = time.monotonic()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(peer.SMTPLAB, [peer.SMTPLAB, *arguments], environment)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.terminal)  # hangs up
        os.waitpid(self.process, 0)
        self.folder.cleanup()

    def frame(self, marks=()):
        """Reads a frame; gives the time its last octet came. It must hold these texts, and may come in several pieces."""
        seen, last = b"", None
        deadline = time.monotonic() + peer.PATIENCE
        while last is None or not all(mark in seen for mark in marks) or select.select([self.terminal], [], [], QUIET)[0]:
            if not select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"no frame with {marks}: {seen!r}")
            seen += os.read(self.terminal, 65536)
            last = time.monotonic()
        return last

    def key(self, octets, marks=()):
        """Seconds from a key to the end of its frame."""
        pressed = time.monotonic()
        os.write(self.terminal, octets)
        return self.frame(marks) - pressed


def first_frames(rounds, *arguments, marks):
    times = []
    for _ in range(rounds):
        with Screen(*arguments) as screen:
            times.append(screen.frame(marks) - screen.began)
    return times


def keys(rounds):
    """Times of keys that only move the view, and of keys that send a line and show the reply of the mock."""
    moves, sends = [], []
    for _ in range(rounds):
        with Screen("step", "any/accept-all") as screen:
            screen.frame([b"220"])
            for code in (b"250", b"250"):  # EHLO, MAIL
                sends.append(screen.key(b"\r", [code]))
                moves += [screen.key(b"w"), screen.key(b"w"), screen.key(b"?"), screen.key(b"?")]
    return moves, sends


def in_milliseconds(times):
    ordered = sorted(times)
    return f"{statistics.median(times) * 1e3:.1f} ms (95 of 100 within {ordered[len(ordered) * 95 // 100] * 1e3:.1f})"


def figures(rounds):
    def figure(name, times, allowed):
        return Figure(name, f"< {allowed * 1e3:g} ms", in_milliseconds(times), statistics.median(times) < allowed)
    yield figure("start to first frame: the picker", first_frames(rounds, marks=[b"Choose"]), FIRST_FRAME)
    yield figure("start to first frame: a lesson, greeting shown",
                 first_frames(rounds, "step", "netease/auth-required", marks=[b"220"]), FIRST_FRAME)
    moves, sends = keys(rounds)
    yield figure("key to frame: another view", moves, KEY)
    yield figure("key to frame: a line sent, its reply shown", sends, KEY)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    print_table(figures(parser.parse_args().rounds))


if __name__ == "__main__":
    main()
