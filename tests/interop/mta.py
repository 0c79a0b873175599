"""Mail servers of other people on loopback: what mta_postfix.py and mta_exim.py share.

The programs are those that cmake/peers.sh unpacked into build/peers; nothing is installed and nothing of the system's own
configuration is read. Everything a server writes is in a temporary folder that is gone with it.

Both servers know the same people: ALICE and BOB of DOMAIN, who log in with PASSWORD, and GRETA, whose mail is put off with 450.
Nobody relays without having logged in, REFUSED may not send, and a message may have MESSAGE_LIMIT octets.
"""
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile

import peer

DOMAIN = "real.example"
HOST = "mx." + DOMAIN  # the name the server greets with; its certificate is for this, for localhost and for 127.0.0.1
ALICE, BOB, GRETA = (f"{name}@{DOMAIN}" for name in ("alice", "bob", "greta"))
UMLAUT = f"bücher@{DOMAIN}"
MAILBOXES = (ALICE, BOB, GRETA, UMLAUT, f"postmaster@{DOMAIN}")
REFUSED = "spammer@bulk.example"
PASSWORD = "correct horse"
MESSAGE_LIMIT = 2_000_000

PEERS = peer.SOURCE / "build" / "peers"


class NotFetched(Exception):
    """cmake/peers.sh was not run."""


def find(pattern):
    """The one file or folder below build/peers that fits."""
    found = sorted(PEERS.glob(pattern))
    if not found:
        raise NotFetched(f"there is no {PEERS}/{pattern}; test.sh fetches it: bash -c '. cmake/packages.sh; . cmake/peers.sh; "
                         "fetch_peers'")
    return found[0]


def libraries():
    """The folders with libraries that came with the servers, as LD_LIBRARY_PATH has them."""
    folders = {library.parent for library in PEERS.glob("*/usr/lib/*/lib*.so*")}
    return ":".join(map(str, sorted(folders | set(PEERS.glob("*/usr/lib/postfix")))))


def free_ports(number):
    """So many ports nobody listens on, from below those the system gives to clients: nobody else gets them by chance."""
    found = []
    while len(found) < number:
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in found:
            found.append(port)
    return found


def make_certificate(folder):
    """An authority and a certificate of it for the server: ca.pem, server.pem, server.key. Both say what their keys are for and
    name each other's, as RFC 5280 §4.2.1 wants it: from 3.13 on Python insists."""
    def openssl(*arguments):
        peer.run("openssl", *arguments, cwd=folder)
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc")
    openssl("req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Authority of the test",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    openssl("req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", f"/CN={HOST}")
    (folder / "extensions").write_text(
        f"subjectAltName=DNS:{HOST},DNS:localhost,IP:127.0.0.1\nkeyUsage=critical,digitalSignature\n"
        "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "extensions", "-out", "server.pem")


class Mta:
    """A running server; use it in a with statement. `port` speaks SMTP with STARTTLS, `tls_port` TLS from the start, `ca` is
    the file with the authority to trust. Leaving it ends every process of it and removes its folder."""

    FOLDER = {"prefix": "smtplab-mta-"}
    GREETING = b"220"

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory(**self.FOLDER)
        self.path = pathlib.Path(self.temporary.name)
        self.path.chmod(0o755)
        self.mail = self.path / "mail"
        self.mail.mkdir()
        self.ca = self.path / "ca.pem"
        self.port, self.tls_port = free_ports(2)
        self.process = None
        try:
            make_certificate(self.path)
            self.start()
            peer.until(self.answers, lambda: f"a server on port {self.port}; its log:\n{self.log()}")
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.close()

    def run(self, command, **settings):
        """Starts the server's first process, which leads a process group of its own."""
        with open(self.path / "stdout", "wb") as output:
            self.process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, start_new_session=True,
                                            stdout=output, stderr=subprocess.STDOUT, **settings)

    def answers(self):
        """Whether both ports are open and the first one greets; fails at once when the server has ended."""
        if self.process.poll() is not None:
            raise AssertionError(f"{self.process.args[0]} ended with {self.process.returncode}:\n{self.log()}")
        for port in (self.tls_port, self.port):
            with socket.socket() as probe:
                probe.settimeout(peer.PATIENCE)
                if probe.connect_ex(("127.0.0.1", port)) != 0:
                    return False
                if port == self.port and not probe.recv(4).startswith(self.GREETING):
                    raise AssertionError(f"no greeting; the server's log:\n{self.log()}")
        return True

    def log(self):
        """What the server wrote, for the message of a failure."""
        files = [self.path / "stdout", self.path / "log"] + sorted((self.path / "log.d").glob("*"))
        return "".join(file.read_text(errors="replace") for file in files if file.is_file())

    def messages(self, address):
        """What has been delivered to an address, as octets."""
        return [file.read_bytes() for file in sorted((self.mail / address / "new").glob("*"))]

    def await_message(self, address, part):
        """The message that contains these octets, as soon as it is in the mailbox."""
        def look():
            return next((message for message in self.messages(address) if part in message), None)
        return peer.until(look, lambda: f"{part!r} in the mailbox of {address}; the server's log:\n{self.log()}")

    def close(self):
        if self.process is not None:
            self.end_group()
        self.temporary.cleanup()

    def end_group(self):
        """Ends the first process, and whatever of its group is left then."""
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(peer.PATIENCE)
        finally:
            for ask, patience in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
                try:
                    peer.until(self.group_is_gone, "the end of the server's processes", patience)
                    return
                except peer.NeverCame:
                    os.killpg(self.process.pid, ask)

    def group_is_gone(self):
        self.process.poll()
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return True
        return False


def copy_program(source, folder):
    """A copy that anybody may run, whoever may enter the folders above the original."""
    target = folder / source.name
    shutil.copyfile(source, target)
    target.chmod(0o755)
    return target
