#!/usr/bin/env python3
"""idle.py [--connections N]: resident memory of an idle session. Each has said EHLO and then waits."""
import argparse
import contextlib
import resource
import socket

from measure import Figure, mock, peer, print_table, resident_kib

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


def figures(connections):
    peer.raise_descriptor_limit()
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 100
    wanted, connections = connections, min(connections, allowed)
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
