"""`smtplab send` delivers to the mock what an email_config.json says, and tells truly how it went.

What arrives is read by Python's email package: another implementation of everything that common/mime writes.
"""
import email
import email.policy
import json
import os
import pathlib
import pty
import random
import re
import select
import signal
import socket
import subprocess
import tempfile
import threading

import peer
from neutral import Neutral, accounts
from peer import SMTPLAB, SOURCE, Case, Mock, clean_environment, main, run

SUBJECT = "第一次作业：用 C++ 写一个邮件客户端，包括附件、中文主题，以及一个长到必须折行的标题 — Grüße, 😀"
BODY = "Hello,\n\n你好！Grüße.\n.\n..two dots\nFrom here on\n" + "一行很长的文字" * 60 + "\n\nlast line"


def text_of(part):
    """A text without the line end that every message has at its end; in base64 its line ends are those of mail."""
    return part.get_content().replace("\r\n", "\n").removesuffix("\n")


def longest_line(octets):
    return max(map(len, octets.split(b"\r\n")))


class Scripted:
    """A server that says these replies, one for everything it hears, and then closes."""

    def __init__(self, *replies, at_end=lambda: None):
        self.replies = replies
        self.at_end = at_end  # called when a message is complete, before it is answered
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.heard = []
        self.thread = threading.Thread(target=self.serve)

    def __enter__(self):
        self.server.settimeout(peer.PATIENCE)
        self.thread.start()
        return self

    def __exit__(self, kind, value, trace):
        self.thread.join(peer.PATIENCE)
        self.server.close()

    def serve(self):
        connection, _ = self.server.accept()
        with connection, connection.makefile("rb") as lines:
            connection.settimeout(peer.PATIENCE)
            for reply in self.replies:
                connection.sendall(reply.encode() + b"\r\n")
                if reply.startswith("221"):
                    break
                self.heard.append(lines.readline())
                if not reply.startswith("354"):
                    continue
                while self.heard[-1] not in (b".\r\n", b""):
                    self.heard.append(lines.readline())
                self.at_end()


class Sender(Case):
    """A folder with a configuration, and what `smtplab send` makes of it."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="smtplab-send-")))
        self.transcript = self.folder / "dialogue.jsonl"

    def configure(self, **keys):
        (self.folder / "email_config.json").write_text(json.dumps(keys, ensure_ascii=False), encoding="utf-8")

    def send(self, *arguments, status=0, **settings):
        done = run(SMTPLAB, "send", "--transcript", self.transcript, *arguments, status=status, cwd=self.folder,
                   env=clean_environment(**settings), timeout=3 * peer.PATIENCE)
        return done.stdout.decode() + done.stderr.decode()


class ToTheNeutralServer(Sender):
    @classmethod
    def setUpClass(cls):
        cls.account = accounts()[0]
        cls.other = accounts()[1]

    def setUp(self):
        super().setUp()
        self.mock = self.enterContext(Neutral())

    def configure(self, **keys):
        super().configure(**{"sender": self.account.user, "receiver": self.other.user, "subject": "hi", "body": "text\n",
                             "smtp_server": "127.0.0.1", "smtp_port": self.mock.port, "security": "starttls",
                             "password": self.account.password, "ca": str(self.mock.ca)} | keys)

    def received(self):
        octets, envelope = self.mock.only_message(self.other.user)
        self.assertNotIn(b"\n", octets.replace(b"\r\n", b""))
        return email.message_from_bytes(octets, policy=email.policy.default), envelope

    def test_in_clear_with_starttls_and_with_tls(self):
        ways = {"none": self.mock.port, "starttls": self.mock.port, "tls": self.mock.tls_port}
        for security, port in ways.items():
            with self.subTest(security=security):
                self.configure(security=security, smtp_port=port)
                said = self.send()
                self.assertIn("AUTH SCRAM-SHA-256", said)
                self.assertIn("S: 235", said)
                self.assertIn("Accepted for " + self.other.user, said)
                self.assertEqual("C: STARTTLS\n" in said, security == "starttls")
        self.assertEqual(len(self.mock.messages(self.other.user)), 3)

    def test_subject_body_and_names_arrive_as_they_were_written(self):
        self.configure(sender=f"爱丽丝 <{self.account.user}>", receiver=f"\"Müller, Jörg\" <{self.other.user}>", subject=SUBJECT, body=BODY)
        self.send()
        message, envelope = self.received()
        self.assertEqual(message["Subject"], SUBJECT)
        self.assertEqual(message["From"].addresses[0].display_name, "爱丽丝")
        self.assertEqual(message["To"].addresses[0].display_name, "Müller, Jörg")
        self.assertEqual(message["To"].addresses[0].addr_spec, self.other.user)
        self.assertEqual(text_of(message), BODY)
        self.assertEqual(message.defects, [])
        self.assertTrue(message["Message-ID"].startswith("<"))
        self.assertIsNotNone(message["Date"].datetime)
        octets, _ = self.mock.only_message(self.other.user)
        self.assertLessEqual(longest_line(octets), 78)
        self.assertTrue(octets.isascii())

    def test_attachments_of_5_megabytes_arrive_octet_for_octet(self):
        chance = random.Random(3)
        files = {"照片 1.png": chance.randbytes(5 << 20), "data.bin": bytes(range(256)) * 3, "empty.txt": b"",
                 "notes.txt": "ein Wort: Grüße\n".encode(), "gbk.txt": "你好".encode("gbk"), "a \"quoted\" name; x=1.pdf": b"%PDF",
                 "很长的文件名" * 12 + ".docx": b"PK"}
        for name, octets in files.items():
            (self.folder / name).write_bytes(octets)
        self.configure(body=BODY, attachments=list(files))
        said = self.send()
        self.assertLess(len(said.splitlines()), 600)  # the picture is shortened on the screen …
        self.assertIn("lines left out here", said)
        self.assertGreater(self.transcript.stat().st_size, 5 << 20)  # … and whole in the transcript
        message, _ = self.received()
        self.assertEqual(message.get_content_type(), "multipart/mixed")
        parts = list(message.iter_attachments())
        self.assertEqual([part.get_filename() for part in parts], list(files))
        for part, octets in zip(parts, files.values()):
            self.assertEqual(part.get_payload(decode=True), octets, part.get_filename())
        self.assertEqual([part.get_content_type() for part in parts],
                         ["image/png", "application/octet-stream", "text/plain", "text/plain", "application/octet-stream",
                          "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"])
        self.assertEqual(text_of(message.get_body(("plain",))), BODY)
        self.assertEqual([defect for part in message.walk() for defect in part.defects], [])

    def test_several_recipients_and_addresses_in_utf_8(self):
        self.configure(receiver=["用户@例子.example", f"{self.other.user}, Carol <carol@nowhere.example>"])
        said = self.send()
        self.assertIn("SMTPUTF8", said)
        _, envelope = self.received()
        self.assertIn("用户@例子.example", json.dumps(envelope, ensure_ascii=False))
        self.assertEqual(said.count("C: RCPT TO:"), 3)

    def test_a_wrong_password_is_told_as_such_and_never_shown(self):
        self.configure(password="a-guess-that-is-wrong")
        said = self.send(status=1)
        self.assertIn("Refused at stage: auth", said)
        self.assertIn("535", said)
        self.assertIn("C: QUIT", said)
        self.assertNotIn("C: MAIL", said)
        self.assertNotIn("a-guess", said + self.transcript.read_text())

    def test_the_environment_overrides_the_password_of_the_file(self):
        self.configure(password="wrong")
        self.send(SMTPLAB_PASSWORD=self.account.password)
        self.received()

    def test_certificates_are_judged(self):
        for security, port in ("starttls", self.mock.port), ("tls", self.mock.tls_port):
            with self.subTest(security=security):
                self.configure(security=security, smtp_port=port, ca="")
                said = self.send(status=3)
                self.assertIn("not trusted", said)
                self.assertNotIn("C: AUTH", said)
                self.send("--insecure")
                self.send("--ca", self.mock.ca)

    def test_ports_that_speak_otherwise_are_explained(self):
        self.configure(security="tls")
        said = self.send(status=3)
        self.assertIn("does not speak TLS from the start", said)
        self.configure(security="none", smtp_port=self.mock.tls_port)
        said = self.send("--patience", "2", status=3)
        self.assertIn("does not greet", said)
        self.assertEqual(self.mock.messages(self.other.user), [])

    def test_in_chinese(self):
        self.configure(password="wrong")
        said = self.send("--lang", "zh", status=1)
        self.assertIn("没有送达。被拒绝的阶段：auth", said)
        self.assertIn("先自报家门", said)


class ToOtherServers(Sender):
    def configure(self, **keys):
        super().configure(**{"sender": peer.USER, "receiver": peer.OTHER_USER, "subject": "hi", "body": "text\n",
                             "smtp_server": "127.0.0.1", "security": "none"} | keys)

    def test_the_password_does_not_go_out_in_clear_without_being_told_to(self):
        with Mock("netease/first-mail") as mock:
            self.configure(smtp_port=mock.port, password=peer.PASSWORD, security=None)
            said = self.send(status=3)
            self.assertIn("does not speak TLS from the start", said)
            self.assertIn("Ended at stage: tls", said)
            self.assertIn('"security": "none"', said)
            self.assertNotIn("C: ", said)
            self.assertIn('"security": "none"', self.send("--lang", "zh", status=3))
            self.assertEqual(mock.messages(peer.OTHER_USER), [])
            self.configure(smtp_port=mock.port, password=peer.PASSWORD)
            said = self.send()
            self.assertRegex(said, r"! Warning: the password goes out unencrypted now[^$]*C: AUTH PLAIN \*{8}")
            mock.only_message(peer.OTHER_USER)

    def test_without_login(self):
        with Mock("any/accept-all") as mock:
            self.configure(smtp_port=mock.port, password="")
            said = self.send()
            self.assertNotIn("C: AUTH", said)
            self.assertEqual(len(mock.messages("other")), 1)

    def test_starttls_that_is_not_offered_and_a_login_that_is_not_offered(self):
        with Mock("any/accept-all") as mock:
            self.configure(smtp_port=mock.port, password="", security="starttls")
            self.assertIn("stage: starttls", self.send(status=3))
            self.configure(smtp_port=mock.port, password="x", security="none")
            self.assertIn("stage: auth", self.send(status=1))
            self.assertEqual(mock.messages("other"), [])

    def test_passwords_are_masked_unless_they_are_asked_for(self):
        with Mock("netease/first-mail") as mock:
            self.configure(smtp_port=mock.port, security="none", password=peer.PASSWORD)
            secrets = [peer.PASSWORD, peer.b64(f"\0{peer.USER}\0{peer.PASSWORD}").decode()]
            for arguments, is_shown in ((), False), (("--show-secrets",), True):
                said = self.send(*arguments)
                for text in said, self.transcript.read_text():
                    with self.subTest(arguments=arguments):
                        self.assertEqual(any(secret in text for secret in secrets), is_shown)

    def test_a_provider_s_own_words_are_explained(self):
        with Mock("netease/wrong-password") as mock:
            self.configure(smtp_port=mock.port, password="account-password", security="none")
            said = self.send(status=1)
            self.assertIn("Refused at stage: auth", said)
            self.assertIn("163 gives this one text for every cause", said)

    def test_a_refusal_at_each_stage_is_named_and_ends_with_quit(self):
        ways = ["220 hi", "250 hi", "250 ok", "250 ok", "354 go on"]
        rows = [("greeting", 0, "554 no"), ("ehlo", 1, "450 no"), ("mail", 2, "553 no"), ("rcpt", 3, "550 no"), ("data", 4, "451 no"),
                ("message", 5, "554 spam")]
        for stage, number, refusal in rows:
            with self.subTest(stage), Scripted(*ways[:number], refusal, "221 bye") as server:
                self.configure(smtp_port=server.port, password="")
                said = self.send(status=1)
                self.assertIn(f"Refused at stage: {stage}\n", said)
                self.assertIn(f"S: {refusal}\n", said)
                self.assertIn("C: QUIT\n", said)

    def test_no_server_there(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            self.configure(smtp_port=closed.getsockname()[1], password="x")
            said = self.send(status=3)
        self.assertIn("no program listens on this port", said)
        self.assertIn("Ended at stage: connect", said)

    def test_a_server_that_hangs_up_behind_the_final_dot_leaves_a_doubt(self):
        with Scripted("220 hi", "250 hi", "250 ok", "250 ok", "354 go on") as server:
            self.configure(smtp_port=server.port, password="")
            said = self.send(status=3)
        self.assertEqual(server.heard[-1], b".\r\n")
        self.assertIn("Ended at stage: message", said)
        self.assertIn("it may have been delivered or not", said)

    def test_some_recipients_only(self):
        replies = ["220 hi", "250 hi", "250 ok", "250 ok", "550 5.1.1 no such user", "354 go on", "250 ok", "221 bye"]
        with Scripted(*replies) as server:
            self.configure(smtp_port=server.port, password="", receiver="a@x.example, b@x.example")
            said = self.send(status=1)
        self.assertIn("Accepted for some only: a@x.example\n", said)
        self.assertIn("b@x.example refused: 550 5.1.1 no such user", said)

    def test_nobody_accepted_means_no_data(self):
        with Scripted("220 hi", "250 hi", "250 ok", "550 no", "550 no", "221 bye") as server:
            self.configure(smtp_port=server.port, password="", receiver="a@x.example, b@x.example")
            said = self.send(status=1)
        self.assertEqual(server.heard[-1], b"QUIT\r\n")
        self.assertIn("nobody to send the message to", said)

    def test_an_old_server_is_spoken_to_with_helo(self):
        with Scripted("220 hi", "502 what", "250 hi", "250 ok", "250 ok", "354 go on", "250 ok", "221 bye") as server:
            self.configure(smtp_port=server.port, password="")
            self.assertIn("C: HELO", self.send())

    def test_what_is_no_reply_ends_it(self):
        with Scripted("220 hi", "nonsense", "221 bye") as server:
            self.configure(smtp_port=server.port, password="")
            self.assertIn("Ended at stage: ehlo", self.send(status=3))

    def test_the_first_cause_counts_whatever_breaks_behind_it(self):
        for replies, status, said in ((["220 hi", "250 hi", "553 not yours"], 1, "Refused at stage: mail"),
                                      (["220 hi", "250 hi", "250 ok", "250 ok", "354 go on", "250 taken"], 0, "Accepted for")):
            with self.subTest(said), Scripted(*replies) as server:
                self.configure(smtp_port=server.port, password="")
                self.assertIn(said, self.send(status=status))

    def test_half_a_greeting_and_no_reply_are_the_network_s_failure(self):
        for greeting, stage in ((b"220-hi\r\n22", "greeting"), (b"220 hi\r\n", "ehlo")):
            with self.subTest(stage), socket.create_server(("127.0.0.1", 0)) as server:
                server.settimeout(peer.PATIENCE)
                self.configure(smtp_port=server.getsockname()[1], password="")
                sender = subprocess.Popen([SMTPLAB, "send"], cwd=self.folder, env=clean_environment(), stdout=subprocess.PIPE)
                try:
                    connection, _ = server.accept()
                    with connection:
                        connection.sendall(greeting)
                        connection.shutdown(socket.SHUT_WR)
                        said, _ = sender.communicate(timeout=peer.PATIENCE)
                finally:
                    sender.kill()
                    sender.wait()
                self.assertEqual(sender.returncode, 3)
                self.assertIn(f"Ended at stage: {stage}", said.decode())

    def test_the_name_of_the_client_is_its_own_unless_it_is_said(self):
        rows = [({}, (), None), ({"ehlo": "me.example"}, (), "me.example"), ({"ehlo": "me.example"}, ("--ehlo", "[192.0.2.7]"), "[192.0.2.7]")]
        for keys, options, name in rows:
            with self.subTest(name), Scripted("220 hi", "250 hi", "250 ok", "250 ok", "354 go on", "250 ok", "221 bye") as server:
                self.configure(smtp_port=server.port, password="", **keys)
                self.send(*options)
            said = server.heard[0].decode().split()
            self.assertEqual(said[0], "EHLO")
            self.assertNotEqual(said[1], "client.example")
            self.assertIn(name, (None, said[1]))

    def test_a_transcript_that_cannot_be_written_is_told_before_anything_is_said(self):
        with Mock("any/accept-all") as mock:
            self.configure(smtp_port=mock.port, password="")
            done = run(SMTPLAB, "send", "--transcript", "/nonexistent/t", status=2, cwd=self.folder, env=clean_environment())
            self.assertIn("/nonexistent/t", done.stderr.decode())
            self.assertEqual(mock.messages("other"), [])

    def test_a_transcript_is_there_however_the_program_ends(self):
        for number in signal.SIGINT, signal.SIGTERM, signal.SIGKILL:
            with self.subTest(number), socket.create_server(("127.0.0.1", 0)) as server:
                server.settimeout(peer.PATIENCE)
                self.configure(smtp_port=server.getsockname()[1], password="")
                sender = subprocess.Popen([SMTPLAB, "send", "--transcript", self.transcript], cwd=self.folder, env=clean_environment(),
                                          stdout=subprocess.DEVNULL)
                try:
                    connection, _ = server.accept()
                    with connection, connection.makefile("rb") as lines:
                        connection.settimeout(peer.PATIENCE)
                        connection.sendall(b"220 hi\r\n")
                        self.assertTrue(lines.readline().startswith(b"EHLO"))
                        sender.send_signal(number)
                        sender.wait(peer.PATIENCE)
                finally:
                    sender.kill()
                    sender.wait()
                events = [json.loads(line) for line in self.transcript.read_text().splitlines()]
                self.assertEqual([event["kind"] for event in events], ["connected", "server", "client"])

    def test_a_large_attachment_is_never_in_memory_as_a_whole(self):
        used = []
        sender = None

        def look():  # at the most memory that it has had until now, in KiB
            used.append(int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{sender.pid}/status").read_text()).group(1)))

        for size in 1000, 40 << 20:
            (self.folder / "picture.bin").write_bytes(bytes(range(256)) * (size // 256))
            with Scripted("220 hi", "250 hi", "250 ok", "250 ok", "354 go on", "250 ok", "221 bye", at_end=look) as server:
                self.configure(smtp_port=server.port, password="", attachments="picture.bin")
                settings = clean_environment(ASAN_OPTIONS="quarantine_size_mb=1:detect_leaks=0")
                sender = subprocess.Popen([SMTPLAB, "send", "--transcript", self.transcript], cwd=self.folder, env=settings,
                                          stdout=subprocess.DEVNULL)
                self.assertEqual(sender.wait(3 * peer.PATIENCE), 0)
            self.assertGreater(sum(map(len, server.heard)), size)
            self.assertGreater(self.transcript.stat().st_size, size)
        self.assertLess(used[1] - used[0], 8 << 10)


class TheConfiguration(Sender):
    def test_what_is_wrong_with_it_ends_with_2_and_a_place(self):
        good = {"sender": "a@x.example", "receiver": "b@x.example", "subject": "hi", "body": "text", "smtp_server": "x.example",
                "password": "x"}
        rows = [("unknown key", json.dumps(good | {"subjet": "x"}), "did you mean 'subject'?"),
                ("missing", json.dumps({key: value for key, value in good.items() if key != "body"}), "the key 'body' is missing"),
                ("type", json.dumps(good | {"smtp_port": "25"}), "without quotation marks"),
                ("comment", "{ // mine\n}", "email_config.json:1:3: JSON has no comments"),
                ("GBK", "{\"subject\": \"你好\"}", "is not UTF-8"),
                ("an attachment that is not there", json.dumps(good | {"attachments": ["none.pdf"]}), "none.pdf"),
                ("an authority that is not there", json.dumps(good | {"ca": "none.pem"}), "none.pem"),
                ("a subject of two lines", json.dumps(good | {"subject": "a\nBcc: c@x.example"}), "line end"),
                ("no password, no terminal", json.dumps({key: value for key, value in good.items() if key != "password"}),
                 "SMTPLAB_PASSWORD")]
        for name, text, part in rows:
            with self.subTest(name):
                (self.folder / "email_config.json").write_bytes(text.encode("gbk" if name == "GBK" else "utf-8"))
                self.assertIn(part, self.send(status=2))

    def test_no_file(self):
        self.assertIn("--example", self.send(status=2))
        self.assertIn("elsewhere.json", self.send("--config", "elsewhere.json", status=2))

    def test_a_byte_order_mark_and_the_keys_of_imap_do_no_harm(self):
        with Mock("any/accept-all") as mock:
            text = json.dumps({"sender": "a@x.example", "receiver": "b@x.example", "subject": "你好", "body": "x", "password": "",
                               "smtp_server": f"127.0.0.1:{mock.port}", "security": "none", "imap_url": "imap.x.example", "imap_port": 993}, ensure_ascii=False)
            (self.folder / "email_config.json").write_bytes(b"\xef\xbb\xbf" + text.encode())
            self.send()
            self.assertEqual(len(mock.messages("other")), 1)

    def test_the_example_only_lacks_the_password_of_somebody(self):
        example = run(SMTPLAB, "send", "--example").stdout
        keys = json.loads(example)
        self.assertEqual(keys["security"], "tls")
        with Mock("any/accept-all") as mock:
            keys |= {"smtp_server": "127.0.0.1", "smtp_port": mock.port, "security": "none", "password": ""}
            (self.folder / "email_config.json").write_text(json.dumps(keys))
            self.send()
            message = email.message_from_bytes(mock.messages("other")[0], policy=email.policy.default)
            self.assertEqual(message["Subject"], keys["subject"])

    def test_the_configuration_of_the_readme_works(self):
        for readme in "README.md", "README.zh.md":
            block = re.search(r"```json\n(.*?)```", (SOURCE / readme).read_text(encoding="utf-8"), re.DOTALL).group(1)
            with self.subTest(readme), Mock("netease/first-mail") as mock:
                (self.folder / "email_config.json").write_text(block.replace("2525", str(mock.port)), encoding="utf-8")
                self.send()
                mock.only_message(peer.OTHER_USER)


class ThePrompt(Sender):
    def test_a_password_is_asked_for_and_not_shown(self):
        with Mock("netease/first-mail") as mock:
            self.configure(sender=peer.USER, receiver=peer.OTHER_USER, subject="hi", body="x", smtp_server=f"127.0.0.1:{mock.port}",
                           security="none")
            for keys, status in (peer.PASSWORD + "x\x7f\r", 0), ("nonsense\x15" + peer.PASSWORD + "\n", 0), ("abc\x03", 2):
                with self.subTest(keys=keys):
                    said, ended = self.typed(keys)
                    self.assertEqual(ended, status, said)
                    self.assertNotIn(peer.PASSWORD, said)
                    self.assertNotIn("abc", said.split("alice@163.com: ", 1)[1])
            self.assertEqual(len(mock.messages(peer.OTHER_USER)), 2)

    def typed(self, keys):
        """What a terminal shows when these keys are typed at the question, and the exit status."""
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.folder)
            os.execve(SMTPLAB, [SMTPLAB, "send"], clean_environment(TERM="dumb"))
        shown = b""
        asked = False
        while True:
            if not select.select([terminal], [], [], peer.PATIENCE)[0]:
                raise AssertionError(f"nothing more came behind {shown!r}")
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                break
            if not asked and b"alice@163.com: " in shown:
                asked = True
                os.write(terminal, keys.encode())
        os.close(terminal)
        return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


if __name__ == "__main__":
    main()
