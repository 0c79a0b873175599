"""A closed network, with and without bubblewrap, as root and as somebody else: what a program finds in it, that nothing of it is
seen outside, and that nothing outlives it.
"""
import ast
import contextlib
import functools
import os
import pathlib
import socket
import subprocess
import tempfile
import time
import uuid

from peer import BIN, Case, clean_environment, main, until

TOOL = str(BIN / "tests" / "closed_network")
PLACES = "127.1.1.1:25,127.1.1.1:465,127.1.2.1:25"
OVERLAYS = "/etc/hosts=127.1.1.1 smtp.163.com"
NOBODY = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]

LOOK = """
import os, socket
def ask(*where):
    try:
        with socket.create_connection(where, 5) as talk: return talk.makefile().readline()
    except OSError as error: return error.strerror
print([ask("smtp.163.com", 25), ask("127.1.1.1", 465), ask("127.1.2.1", 25), ask("127.1.1.1", 587), ask("192.0.2.1", 25)],
      open("/etc/hosts").read(), os.geteuid(), os.getcwd(), os.getpid() == int(os.readlink("/proc/self")), sep=";")
"""


def without_bubblewrap():
    """A folder for PATH that has what the tests run, and no bwrap."""
    folder = tempfile.TemporaryDirectory()
    os.chmod(folder.name, 0o755)
    for tool in ["sh", "sleep", "setsid", "env", "true", "python3"]:
        os.symlink(f"/usr/bin/{tool}", f"{folder.name}/{tool}")
    return folder


EMPTY = without_bubblewrap()
# Who runs it, and by which way it then goes.
SYSTEM = {"PATH": "/usr/bin:/bin"}
ROOT = [("bubblewrap proc", SYSTEM, []), ("ourselves proc", {"PATH": EMPTY.name}, [])]
ANYBODY = [("bubblewrap user proc", SYSTEM, NOBODY), ("ourselves user proc", {"PATH": EMPTY.name}, NOBODY)]
WAYS = ROOT + ANYBODY if os.geteuid() == 0 else [(way, changed, []) for way, changed, _ in ANYBODY]


class Tool:
    """One run of it, with a mark in its environment by which everything that it starts is known."""

    def __init__(self, command, changed, rights, places=PLACES, overlays=OVERLAYS, before=()):
        self.mark = f"CLOSED_NETWORK={uuid.uuid4()}"
        # What starts it is found along the PATH of the tests; env then sets that of the tool.
        settings = [f"{name}={value}" for name, value in changed.items()]
        words = [*before, *(["/usr/bin/" + rights[0], *rights[1:]] if rights else []), "/usr/bin/env", *settings, TOOL, places, overlays, "--", *command]
        name, value = self.mark.split("=")
        self.process = subprocess.Popen(words, env=clean_environment(**{name: value}), cwd="/", stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def finish(self):
        self.out, self.said = self.process.communicate(timeout=60)
        self.said = self.said.splitlines()
        return self

    def left(self):
        """The processes with its mark that there are."""
        found = []
        for folder in pathlib.Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                if int(folder.name) != os.getpid() and self.mark.encode() in (folder / "environ").read_bytes().split(b"\0"):
                    found.append((folder / "cmdline").read_bytes())
        return found


def by_each_way(test):
    @functools.wraps(test)
    def tests(self):
        for way, changed, rights in WAYS:
            with self.subTest(way=way):
                test(self, way, changed, rights)
    return tests


class ClosedNetwork(Case):
    @by_each_way
    def test_a_program_finds_its_provider_and_nothing_else(self, way, changed, rights):
        tool = Tool(["python3", "-c", LOOK], changed, rights).finish()
        answers, hosts, user, folder, numbers_agree = tool.out.strip().split(";")
        self.assertEqual(ast.literal_eval(answers),
                         ["220 127.1.1.1 25\n", "220 127.1.1.1 465\n", "220 127.1.2.1 25\n", "Connection refused",
                          "Connection refused"])
        self.assertEqual(hosts, "127.1.1.1 smtp.163.com\n")
        self.assertEqual(user, str(65534 if rights else os.geteuid()))
        self.assertEqual((folder, numbers_agree), ("/", "True"))
        self.assertIn(f"open {way}", tool.said)
        self.assertEqual(tool.said[-2:], ["exited 0", "ended"])

    @by_each_way
    def test_outside_nothing_has_changed(self, way, changed, rights):
        def host():
            return (pathlib.Path("/proc/self/mountinfo").read_text(), pathlib.Path("/etc/hosts").read_bytes(),
                    sorted(os.listdir("/etc")), os.path.exists("/tmp/overlay"))

        before = host()
        tool = Tool(["sh", "-c", "echo 1 > /etc/hosts; true"], changed, rights)
        tool.finish()
        self.assertEqual(host(), before)
        self.assertEqual(tool.left(), [])

    @by_each_way
    def test_nothing_leaves_it(self, way, changed, rights):
        with socket.create_server(("127.0.0.1", 0)) as outside, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
            datagrams.bind(("127.0.0.1", 0))
            ports = outside.getsockname()[1], datagrams.getsockname()[1]
            program = ("import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'out', ('127.0.0.1', %d))\n"
                       "try: socket.create_connection(('127.0.0.1', %d))\nexcept OSError as error: print(error.strerror)" % ports[::-1])
            self.assertEqual(Tool(["python3", "-c", program], changed, rights).finish().out, "Connection refused\n")
            outside.settimeout(0)
            datagrams.settimeout(0)
            self.assertRaises(BlockingIOError, outside.accept)
            self.assertRaises(BlockingIOError, datagrams.recv, 10)

    @by_each_way
    def test_what_the_program_started_ends_with_it(self, way, changed, rights):
        families = ["setsid sleep 600 & sleep 600 & exit 3", "trap '' TERM HUP INT; setsid sh -c 'sleep 600 & sleep 600' & exit 3"]
        for family in families:
            tool = Tool(["sh", "-c", family], changed, rights).finish()
            self.assertEqual(tool.said[-2:], ["exited 3", "ended"])
            self.assertEqual(tool.left(), [])

    @by_each_way
    def test_killed_at_any_instant_it_leaves_nothing(self, way, changed, rights):
        """Early and late: behind each word that it says, and so many milliseconds after its start."""
        family = ["sh", "-c", "setsid sleep 600 & echo begun >&2; sleep 600"]
        mounts = pathlib.Path("/proc/self/mountinfo").read_text()
        for word in ["open", "started", "begun"]:
            tool = Tool(family, changed, rights)
            until(lambda: tool.process.stderr.readline().startswith(word), word)
            tool.process.kill()
            until(lambda: not tool.left(), lambda: f"killed after {word}: {tool.left()}")
            tool.finish()
        for instant in range(0, 30, 2):
            tool = Tool(family, changed, rights)
            began = time.monotonic()
            while time.monotonic() < began + instant / 1000:
                continue
            tool.process.kill()
            until(lambda: not tool.left(), lambda: f"killed after {instant} ms: {tool.left()}")
            tool.finish()
        self.assertEqual(pathlib.Path("/proc/self/mountinfo").read_text(), mounts)

    @by_each_way
    def test_a_program_that_forks_without_end(self, way, changed, rights):
        """It comes to an end by itself here, in case nothing else stops it. Root's own limit binds root nowhere."""
        forks = ("import os, time\nfor count in range(1500):\n  try:\n    if os.fork() == 0: time.sleep(600)\n"
                 "  except OSError: break\nprint(count)")
        tool = Tool(["python3", "-c", forks if rights else forks.replace("1500", "100")], changed, rights).finish()
        self.assertLess(int(tool.out), 1100)
        self.assertEqual(tool.said[-2:], ["exited 0", "ended"])
        self.assertEqual(tool.left(), [])

    @by_each_way
    def test_it_stops_and_goes_on(self, way, changed, rights):
        tool = Tool(["sh", "-c", "kill -STOP $$; exit 5"], changed, rights).finish()
        self.assertEqual(tool.said[-3:], ["stopped", "exited 5", "ended"])

    @by_each_way
    def test_what_cannot_be_started(self, way, changed, rights):
        tool = Tool(["/no/such/program"], changed, rights).finish()
        self.assertEqual(tool.said[-2:], ["not-started 2", "ended"])

    @by_each_way
    def test_what_the_program_may_do_is_what_it_may_outside(self, way, changed, rights):
        """The right to listen on 25 is not handed on, nor any other that the way in has needed."""
        rights_of = ["python3", "-c", "print([line.split()[1] for line in open('/proc/self/status') if line.startswith(('CapEff', 'CapAmb'))])"]
        if "user" in way:
            self.assertEqual(Tool(rights_of, changed, rights).finish().out, f"{['0' * 16] * 2}\n")

    def test_where_namespaces_are_forbidden_every_way_says_so(self):
        if os.geteuid() != 0:
            self.skipTest("only root can forbid them")
        forbid = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", 'echo 0 > /proc/sys/user/max_net_namespaces; exec "$@"', "sh"]
        for _, changed, _ in ROOT:
            tool = Tool(["true"], changed, [], before=forbid).finish()
            self.assertTrue(tool.said, tool.out)
            self.assertTrue(all(line.startswith("refused ") for line in tool.said), tool.said)
            self.assertIn("refused the system gives no namespaces: No space left on device", tool.said)
            self.assertEqual(tool.left(), [])

    def test_where_proc_is_partly_hidden_the_old_one_serves(self):
        """As in a container, which may not mount another one."""
        if os.geteuid() != 0:
            self.skipTest("only root can hide it")
        # What was mounted outside a user namespace cannot be taken away in it (mount_namespaces(7)): therefore two.
        own = ["unshare", "--user", "--map-root-user", "--mount"]
        hide = [*own, "sh", "-c", 'mount -t tmpfs none /proc/tty && exec "$@"', "sh", *own]
        for (_, changed, _), way in zip(ROOT, ["open bubblewrap", "open ourselves proc"]):
            tool = Tool(["python3", "-c", LOOK], changed, [], before=hide).finish()
            self.assertIn("220 127.1.1.1 25", tool.out)
            self.assertIn(way, tool.said)


if __name__ == "__main__":
    main()
