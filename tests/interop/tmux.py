"""A real terminal for the tests of the screen: a tmux server of its own with one shell in it, driven by keys, read as text."""
import itertools
import os
import pathlib
import re
import signal
import subprocess
import tempfile

from peer import PATIENCE, SMTPLAB, clean_environment, until

PROMPT = "ready$ "
_numbers = itertools.count(1)


def is_alive(process):
    """Whether a process still does something; one that only waits to be buried does not."""
    try:
        return pathlib.Path("/proc", str(process), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Terminal:
    """A shell in a window of this size. Use it in a with statement; leaving it ends the tmux server and all in it."""

    def __init__(self, columns=80, rows=24, language="en"):
        self.folder = tempfile.TemporaryDirectory(prefix="smtplab-screen-")
        self.processes = []
        self.path = pathlib.Path(self.folder.name)
        self.work = self.path / "work"
        self.work.mkdir()
        self.server = f"smtplab-{os.getpid()}-{next(_numbers)}"
        # HOME too: what the program remembers about done lessons shall not leave the test.
        environment = clean_environment(PS1=PROMPT, HOME=str(self.path), XDG_STATE_HOME=str(self.path / "state"),
                                        TMUX_TMPDIR=str(self.path), LANG="zh_CN.UTF-8" if language == "zh" else "C.UTF-8",
                                        LC_CTYPE="C.UTF-8", SHELL="/bin/bash", HISTFILE="/dev/null")
        environment.pop("TMUX", None)
        environment.pop("NO_COLOR", None)
        self.environment = environment
        try:
            self.tmux("start-server", ";", "set", "-g", "status", "off", ";", "new-session", "-d", "-x", columns, "-y", rows,
                      "-c", self.work, "bash", "--norc", "--noprofile", "-i")
            self.processes = self.format("#{pid} #{pane_pid}").split()
            self.await_prompt()
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.close()

    def close(self):
        subprocess.run(["tmux", "-L", self.server, "kill-server"], env=self.environment, capture_output=True, check=False)
        # Its socket lies in the folder, and the shell may still be at work in it.
        until(lambda: not any(map(is_alive, self.processes)), "the end of tmux")
        self.folder.cleanup()

    def tmux(self, *command):
        done = subprocess.run(["tmux", "-u", "-L", self.server, "-f", "/dev/null", *map(str, command)], env=self.environment,
                              capture_output=True, text=True, timeout=PATIENCE, check=False)
        if done.returncode != 0:
            raise AssertionError(f"tmux {command}: {done.stderr}")
        return done.stdout

    def screen(self):
        """What is visible, line by line."""
        return self.tmux("capture-pane", "-p").split("\n")[:-1]

    def text(self):
        return "\n".join(self.screen())

    def await_text(self, pattern):
        """Waits until the regular expression is found on the screen (lines are joined by \\n); returns the match."""
        return until(lambda: re.search(pattern, self.text(), re.M), lambda: f"{pattern!r} on\n{self.text()}")

    def await_gone(self, pattern):
        until(lambda: not re.search(pattern, self.text(), re.M), lambda: f"{pattern!r} still on\n{self.text()}")

    def press(self, *keys):
        """Keys as tmux names them: Enter, C-c, Escape, or one character."""
        for key in keys:
            self.tmux("send-keys", key)

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def paste(self, text):
        """As a terminal pastes it into a program that has asked for the marks around it."""
        self.tmux("set-buffer", text)
        self.tmux("paste-buffer", "-p")

    def resize(self, columns, rows):
        """The programs inside have the new size when it returns: tmux shows it at once, and tells them a moment later."""
        self.tmux("resize-window", "-x", columns, "-y", rows)
        tty = self.format("#{pane_tty}")
        size = ["stty", "-F", tty, "size"]
        until(lambda: subprocess.run(size, check=True, capture_output=True, text=True).stdout.split() == [str(rows), str(columns)],
              "the terminal in its new size")

    def await_prompt(self):
        """Waits until the shell is back: its prompt is the last thing on the screen."""
        until(lambda: self.text().rstrip("\n").split("\n")[-1] == PROMPT.rstrip(), lambda: f"the prompt of the shell on\n{self.text()}")

    def shell(self, command):
        """Runs it in the shell, on an empty screen, and returns what it printed."""
        end = f"end{next(_numbers)}"
        self.type(f"clear; {command}; echo {end[:3]}''{end[3:]}\n")  # not on the screen as long as it is only typed
        shown = self.await_text(rf"(?s)\A(.*)^{end}$")[1]
        self.await_prompt()
        return shown.strip("\n")

    def format(self, text):
        return self.tmux("display-message", "-p", text).strip()

    def on_alternate_screen(self):
        return self.format("#{alternate_on}") == "1"

    def cursor(self):
        """Column and row, and whether it can be seen."""
        column, row, seen = self.format("#{cursor_x} #{cursor_y} #{cursor_flag}").split()
        return int(column), int(row), seen == "1"

    def smtplab(self, *arguments):
        """Starts it; its first frame is awaited by the caller."""
        self.type(" ".join([SMTPLAB, *arguments]) + "\n")

    def program(self):
        """The process id of what runs in the shell, None when nothing does."""
        shell = self.format("#{pane_pid}")
        children = pathlib.Path(f"/proc/{shell}/task/{shell}/children").read_text().split()
        return int(children[0]) if children else None

    def kill(self, number=signal.SIGTERM):
        os.kill(self.program(), number)
