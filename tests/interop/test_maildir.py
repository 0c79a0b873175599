"""Maildirs of the mock as other programs read them: Python's mailbox, and Dovecot's doveadm, which needs no server for that.

Runs in: release. What is read is files; whoever writes them is tested under the sanitizers.
"""
import mailbox
import os
import pathlib
import pwd
import shutil
import tempfile
import unittest

import mta
import peer

LETTERS = [b"Subject: one\r\n\r\nHello\r\n", b"Subject: two\r\n\r\nbare LF\nand a dot\r\n.\r\n",
           b"Subject: three\r\n\r\n" + b"x" * 70_000 + b"\r\n"]
STAND_IN = "mail"  # whom root runs it as: Dovecot reads nobody's mail as root


class Doveadm:
    """Dovecot's tool over one Maildir, without a configuration. Its copy may be run by anybody."""

    def __init__(self, folder, maildir):
        self.settings = {"env": peer.clean_environment(LD_LIBRARY_PATH=str(folder), USER=STAND_IN, HOME=str(folder))}
        account = pwd.getpwnam(STAND_IN) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        for pattern in ("dovecot-core/usr/lib/dovecot/libdovecot*.so.0", "*/usr/lib/*/lib*.so.*"):
            for library in mta.PEERS.glob(pattern):
                shutil.copyfile(library, folder / library.name)
        self.program = mta.copy_program(mta.find("dovecot-core/usr/bin/doveadm"), folder)
        if os.geteuid() == 0:
            self.settings |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            for path in (folder, *folder.rglob("*")):
                os.chown(path, account.pw_uid, account.pw_gid)
        named = {"mail_location": f"maildir:{maildir}", "mail_uid": account.pw_uid, "mail_gid": account.pw_gid,
                 "first_valid_uid": 1, "first_valid_gid": 1, "stats_writer_socket_path": "", "ssl": "no"}
        self.options = [part for name, value in named.items() for part in ("-o", f"{name}={value}")]

    def __call__(self, *arguments):
        return peer.run(self.program, "-O", *self.options, *arguments, **self.settings).stdout


class Maildirs(peer.Case):
    """A Maildir with the letters in it, in a folder that stays when the mock has gone."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="smtplab-maildir-")
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name)
        with peer.Mock("netease/first-mail", arguments=["--store", self.path / "store"], store=False) as mock:
            with mock.connect() as talk:
                talk.login()
                for letter in LETTERS:
                    talk.mail(peer.USER, [peer.USER], letter.replace(b"\r\n.", b"\r\n.."))
        self.maildir = self.path / "store" / peer.USER

    def test_python_reads_it(self):
        box = mailbox.Maildir(self.maildir, create=False)
        self.assertCountEqual([box.get_bytes(key) for key in box.keys()], LETTERS)
        self.assertEqual(box.list_folders(), ["&XfJT0ZAB-"])  # what 163 keeps of what was sent
        for key in box.keys():
            message = box[key]
            self.assertEqual((message.get_subdir(), message.get_flags()), ("new", ""))
            message.set_flags("S")
            message.set_subdir("cur")
            box[key] = message
        self.assertEqual(len(list((self.maildir / "cur").iterdir())), len(LETTERS))

    @unittest.skipUnless(list(mta.PEERS.glob("dovecot-core/usr/lib/dovecot/libdovecot.so.0.0.0")), "there is no Dovecot 2.3 here")
    def test_dovecot_reads_and_marks_it(self):
        doveadm = Doveadm(self.path, self.maildir)
        self.assertCountEqual(doveadm("mailbox", "list").decode().split(), ["INBOX", "已发送"])
        sizes = doveadm("-f", "flow", "fetch", "uid size.virtual hdr.subject", "mailbox", "INBOX").decode().splitlines()
        wanted = [len(letter.replace(b"bare LF\n", b"bare LF\r\n")) for letter in LETTERS]
        self.assertEqual(sizes, [f"uid={uid} size.virtual={size} hdr.subject={name}"
                                 for uid, size, name in zip((1, 2, 3), wanted, ("one", "two", "three"))])
        doveadm("flags", "add", "\\Seen \\Flagged", "mailbox", "INBOX", "uid", "2")
        doveadm("expunge", "mailbox", "INBOX", "uid", "1")
        left = sorted(file.name.partition(":")[2] for part in ("new", "cur") for file in (self.maildir / part).iterdir())
        self.assertEqual(left, ["", "2,FS"])


if __name__ == "__main__":
    peer.main()
