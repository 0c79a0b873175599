"""Programs of other people that fetch mail over POP3 and over IMAP alike, and what they have to store."""
import os
import pty
import select
import subprocess

import mta
import peer


def is_stored(case, letters, stored):
    """`case` fails unless these are the letters: stored with LF, and perhaps with header fields of the program's own before
    theirs."""
    case.assertEqual(len(stored), len(letters))
    texts = [one.replace(b"\r\n", b"\n") for one in stored]
    for letter in letters:
        head, body = letter.replace(b"\r\n", b"\n").split(b"\n\n", 1)
        subject = head[head.index(b"Subject:"):].split(b"\n")[0]
        found = next(text for text in texts if subject + b"\n" in text)
        case.assertEqual(found.split(b"\n\n", 1)[1].rstrip(b"\n"), body.rstrip(b"\n"))


def fetchmail(folder, account, protocol, port, tls, box):
    """Fetches all into the Maildir `box`, which it makes; tls: the words of fetchmailrc. Gives the octets of each message."""
    for part in ("new", "cur", "tmp"):
        (box / part).mkdir(parents=True)
    store = folder / "store.sh"
    store.write_text(f"#!/bin/sh\nf={box}/tmp/$$\ncat >$f && mv $f {box}/new/$$\n")
    store.chmod(0o755)
    settings = folder / "fetchmailrc"
    settings.write_text(f"set invisible\npoll localhost proto {protocol} port {port} user \"{account.user}\" "
                        f"password \"{account.password}\" {tls} fetchall mda \"{store}\"\n")
    settings.chmod(0o600)
    peer.run(mta.find("fetchmail/usr/bin/fetchmail"), "--nosyslog", "--nodetach", "-f", settings, "--pidfile", folder / "pid",
             "-i", folder / "ids", env=peer.clean_environment(LD_LIBRARY_PATH=mta.libraries(), FETCHMAILHOME=str(folder)))
    return [file.read_bytes() for file in (box / "new").iterdir()]


def mutt(settings, folder):
    """Runs it on a terminal of its own, which it insists on, until it ends."""
    main, terminal = pty.openpty()
    process = subprocess.Popen(
        [str(mta.find("mutt/usr/bin/mutt")), "-n", "-F", str(settings), "-f", folder], stdin=terminal, stdout=terminal,
        stderr=terminal, start_new_session=True,
        env=peer.clean_environment(LD_LIBRARY_PATH=mta.libraries(), TERM="xterm", LINES="24", COLUMNS="80"))
    os.close(terminal)
    seen = bytearray()

    def has_ended():
        try:
            while select.select([main], [], [], 0)[0]:
                seen.extend(os.read(main, 65536))
        except OSError:  # the other end was closed
            pass
        return process.poll() is not None

    try:
        peer.until(has_ended, lambda: f"the end of mutt, which shows {bytes(seen)!r}")
    finally:
        if process.poll() is None:
            process.kill()
        os.close(main)
    if process.wait() != 0:
        raise AssertionError(seen.decode(errors="replace"))
