#!/usr/bin/env python3
"""handshakes.py [--rounds N]: what a TLS handshake costs the mock, beside what it costs `openssl s_server`.

Both have a P-256 key and speak TLS 1.2 with the same cipher; `openssl s_time -new` shakes hands and leaves.
"""
import argparse
import re
import statistics
import subprocess
import tempfile

from measure import Figure, cpu_seconds, listens, mock, mta, peer, print_table, spread

CIPHER = "ECDHE-ECDSA-AES128-GCM-SHA256"
SECONDS = 2


class SServer:
    """openssl s_server, which prints nothing; use it in a with statement."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="smtplab-bench-")
        files = ("-keyout", "key.pem", "-out", "certificate.pem", "-days", "2", "-subj", "/CN=localhost")
        peer.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", *files,
                 cwd=self.folder.name)
        self.port = mta.free_ports(1)[0]
        command = ["openssl", "s_server", "-quiet", "-accept", f"127.0.0.1:{self.port}", "-key", "key.pem", "-cert",
                   "certificate.pem"]
        self.process = subprocess.Popen(command, cwd=self.folder.name, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        peer.until(lambda: listens(self.port), "openssl s_server")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()
        self.folder.cleanup()


def shake_hands(server, port):
    """(CPU of the server for one handshake in seconds, handshakes in a second of it)."""
    before = cpu_seconds(server.process.pid)
    said = peer.run("openssl", "s_time", "-new", "-connect", f"127.0.0.1:{port}", "-time", str(SECONDS), "-tls1_2", "-cipher",
                    CIPHER, timeout=60).stdout.decode()
    done = re.search(r"^(\d+) connections in \d+ real seconds", said, re.MULTILINE)
    if not done or int(done[1]) == 0:
        raise AssertionError(f"no handshakes: {said}")
    return (cpu_seconds(server.process.pid) - before) / int(done[1])


def figures(rounds):
    pairs = []
    for _ in range(rounds):
        with mock("any/submission", arguments=["--smtps", "0"]) as server:
            mine = shake_hands(server, server.ports["smtps"])
        with SServer() as server:
            pairs.append((mine, shake_hands(server, server.port)))
    mine, theirs = (statistics.median(pair[side] for pair in pairs) * 1e6 for side in (0, 1))
    yield Figure("CPU a TLS handshake, mock / openssl s_server", "",
                 f"{spread([a / b for a, b in pairs])}; {mine:.0f} us / {theirs:.0f} us, {1e6 / mine:.0f} a second of CPU")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    print_table(figures(parser.parse_args().rounds))


if __name__ == "__main__":
    main()
