#!/usr/bin/env python3
"""idle.py [--connections N]: resident memory of an idle session. Of SMTP each has said EHLO and then waits; of IMAP each has
opened INBOX and waits in IDLE."""
import argparse
import contextlib
import resource
import socket

from measure import Figure, mock, peer, print_table, resident_kib

from neutral import SCENARIO, accounts

CONNECTIONS = 10_000
LIMIT = 4.0  # KiB


def open_session(port, stack):
    client = stack.enter_context(socket.create_connection(("127.0.0.1", port), peer.PATIENCE))
    stream = client.makefile("rb")
    expect(stream, b"220")
    client.sendall(b"EHLO client.example\r\n")
    expect(stream, b"250")
    stream.detach().close()
    return client


def expect(stream, code):
    line = stream.readline()
    while line[:4] == code + b"-":
        line = stream.readline()
    if line[:4] != code + b" ":
        raise AssertionError(f"{code} was expected, not {line!r}")


def open_idle(port, alice, stack):
    client = stack.enter_context(socket.create_connection(("127.0.0.1", port), peer.PATIENCE))
    stream = client.makefile("rb")
    for line, end in ((None, b"* OK"), (f'a LOGIN "{alice.user}" "{alice.password}"', b"a OK"), ("b SELECT INBOX", b"b OK"), ("c IDLE", b"+ ")):
        if line:
            client.sendall(line.encode() + b"\r\n")
        while not stream.readline().startswith(end):
            pass
    stream.detach().close()
    return client


def idle_figures(connections):
    """Each of them then hears of a delivery."""
    alice = accounts()[0]
    with mock(SCENARIO, arguments=("--imap", "0")) as server, contextlib.ExitStack() as stack:
        open_idle(server.ports["imap"], alice, stack)
        before = resident_kib(server.process.pid)
        clients = [open_idle(server.ports["imap"], alice, stack) for _ in range(connections)]
        kib = (resident_kib(server.process.pid) - before) / connections
        with server.connect() as talk:
            talk.login(alice.user, alice.password)
            talk.mail(alice.user, [alice.user], b"Subject: x\r\n\r\n")
        heard = sum(b"1 EXISTS" in client.recv(512) for client in clients)
        after = (resident_kib(server.process.pid) - before) / connections
    yield Figure("sessions in IDLE that hear of a delivery", f"{connections:,}", f"{heard:,}", heard == connections)
    yield Figure("resident memory of one", f"< {LIMIT:g} KiB", f"{kib:.2f} KiB; {after:.2f} behind the delivery", max(kib, after) < LIMIT)


def figures(connections):
    peer.raise_descriptor_limit()
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 100
    wanted, connections = connections, min(connections, allowed)
    yield from idle_figures(connections)
    with mock() as server, contextlib.ExitStack() as stack:
        open_session(server.port, stack)  # so that what is made once is not counted
        before = resident_kib(server.process.pid)
        clients = [open_session(server.port, stack) for _ in range(connections)]
        kib = (resident_kib(server.process.pid) - before) / connections
        for client in clients:
            client.sendall(b"NOOP\r\n")
        held = sum(client.recv(512)[:4] == b"250 " for client in clients)
        after = (resident_kib(server.process.pid) - before) / connections
    yield Figure("idle sessions held", f"{wanted:,}", f"{held:,}", held >= wanted)
    yield Figure("resident memory of an idle session", f"< {LIMIT:g} KiB", f"{kib:.2f} KiB; {after:.2f} after a NOOP in each",
                 max(kib, after) < LIMIT)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    print_table(figures(parser.parse_args().connections))


if __name__ == "__main__":
    main()
