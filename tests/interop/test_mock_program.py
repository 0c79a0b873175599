"""The program smtplab-mock: its options, exit statuses, signals, files, and what is left after kill -9.

Runs in: both. What people run is the release build.
"""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import threading

from peer import (MOCK, OTHER_USER, PASSWORD, PATIENCE, SOURCE, USER, Case, Mock, Talk, b64, clean_environment, main, run, until)

DONE, USAGE, NETWORK = 0, 2, 3

BROKEN = """extends = "netease"
subject = "basics"
title.en = "broken"
title.zh = "坏的"
summary.en = "A rule has a misspelt key."
summary.zh = "有一条规则的键拼错了。"
[[rule]]
on = "MAIL"
repply = "250 ok"
"""


class Usage(Case):
    def test_help_names_every_option_and_the_exit_statuses(self):
        said = run(MOCK, "--help").stdout.decode()
        for option in ("--smtp", "--smtps", "--ca-out", "--bind", "--store", "--events", "--ports-file", "--once", "--seed", "--help", "--version"):
            self.assertIn(option, said)
        self.assertRegex(said, r"Exit status: 0 done, 2 usage or configuration, 3 network")

    def test_version(self):
        said = run(MOCK, "--version").stdout.decode()
        self.assertRegex(said, r"^smtplab-mock \d+\.\d+\.\d+ \(libuv \d+\.\d+\.\d+, [Mm]bed TLS \d+\.\d+\.\d+ with(out)? TLS 1\.3\)\n$")

    def complaint(self, *arguments, status):
        done = run(MOCK, *arguments, status=status)
        self.assertEqual(done.stdout, b"", "complaints go to standard error")
        return done.stderr.decode()

    def test_an_unknown_scenario_and_what_was_meant(self):
        said = self.complaint("netease/first-mial", "--smtp", "0", status=USAGE)
        self.assertIn("unknown scenario 'netease/first-mial'", said)
        self.assertIn("did you mean 'netease/first-mail'?", said)

    def test_a_broken_scenario_file_is_named_with_line_and_column(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "broken.toml")
            file.write_text(BROKEN)
            said = self.complaint(file, "--smtp", "0", status=USAGE)
            self.assertIn(f"{file}:9:1: unknown key 'repply' in [[rule]]\nrepply = \"250 ok\"\n^\n", said)
            self.assertIn("did you mean 'reply'?", said)
            file.write_text("title = \n")
            self.assertIn(f"{file}:1:", self.complaint(file, "--smtp", "0", status=USAGE))
            file.write_bytes(b"\xff\xfe\0broken\x1b[31m")
            said = self.complaint(file, "--smtp", "0", status=USAGE)
            self.assertIn(f"{file}:1:", said)
            self.assertNotIn("\x1b", said)

    def test_bad_options(self):
        for arguments in (["--nonsense"], ["--smtp", "70000"], ["--smtp", "x"], ["--store"], ["any/accept-all", "any/accept-all", "--smtp", "0"],
                          ["any/accept-all", "netease/first-mail", "--smtp", "65535"],
                          ["any/accept-all", "netease/first-mail", "--smtp", "0", "--smtps", "65535"]):
            with self.subTest(arguments):
                self.assertTrue(self.complaint(*arguments, status=USAGE))

    def test_files_that_cannot_be_written(self):
        for option in ("--events", "--store", "--ports-file", "--ca-out"):
            with self.subTest(option):
                self.assertIn("/proc/self/nowhere/x", run(MOCK, "--smtp", "0", option, "/proc/self/nowhere/x", status=USAGE).stderr.decode())

    def test_a_port_in_use(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            said = self.complaint("--smtp", port, status=NETWORK)
            self.assertRegex(said, rf"127\.0\.0\.1 port {port}: .*in use")

    def test_an_address_that_is_not_ours(self):
        self.assertIn("192.0.2.1", self.complaint("--smtp", "0", "--bind", "192.0.2.1", status=NETWORK))


class Running(Case):
    def test_the_ports_file_is_whole_when_it_is_there(self):
        # Looked at as often as possible while the server starts: it is never there in part.
        for _ in range(5):
            with Mock("any/accept-all", "netease/first-mail", "qq/authorization-code") as mock:
                ports = mock.ports
                self.assertEqual(ports["smtp"], ports["scenarios"]["any/accept-all"]["smtp"])
                self.assertEqual(len({scenario["smtp"] for scenario in ports["scenarios"].values()}), 3)
                for name, greeting in (("any/accept-all", b"220 mock.example"), ("netease/first-mail", b"220 163.com"),
                                       ("qq/authorization-code", b"220 ")):
                    with Talk(ports["scenarios"][name]["smtp"]) as talk:
                        self.assertTrue(talk.greeting.startswith(greeting))
                self.assertEqual(list(mock.path.glob("ports.json*")), [mock.ports_file], "nothing temporary is left")

    def test_an_old_ports_file_is_not_taken_for_the_new_one(self):
        with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as taken:
            file = pathlib.Path(folder, "ports.json")
            file.write_text('{"smtp": 1}\n')
            run(MOCK, "--smtp", taken.getsockname()[1], "--ports-file", file, status=NETWORK)
            self.assertFalse(file.exists())

    def test_it_listens_on_loopback_only(self):
        with Mock() as mock:
            entry = [line.split() for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]]
            bound = [local for _, local, _, state, *_ in entry if state == "0A" and int(local.split(":")[1], 16) == mock.port]
            self.assertEqual([local.split(":")[0] for local in bound], ["0100007F"])

    def test_once_serves_one_connection_and_ends(self):
        with Mock(arguments=["--once"]) as mock:
            with mock.connect() as talk:
                with self.assertRaises(ConnectionRefusedError):
                    until(lambda: Talk(mock.port), "a refusal")
                talk.ask(b"EHLO client.example", 250)
                talk.mail("a@example.org", ["b@example.org"], b"once\r\n")
                talk.quit()
            self.assertEqual(mock.process.wait(PATIENCE), DONE)
            self.assertEqual(mock.messages("other"), [b"once\r\n"])

    def test_events_on_standard_output(self):
        with tempfile.TemporaryDirectory() as folder:
            ports = pathlib.Path(folder, "ports.json")
            process = subprocess.Popen([MOCK, "--smtp", "0", "--events", "-", "--ports-file", ports, "--once"], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, env=clean_environment())
            until(ports.exists, "the ports file")
            with Talk(json.loads(ports.read_text())["smtp"]) as talk:
                talk.quit()
            said, complaints = process.communicate(timeout=PATIENCE)
            self.assertEqual(process.returncode, DONE)
            events = [json.loads(line) for line in said.splitlines()]  # nothing but events is there
            self.assertEqual([event["kind"] for event in events], ["connected", "server", "client", "server", "closed"])
            self.assertEqual([event["number"] for event in events], [1, 2, 3, 4, 5])
            self.assertIn(b"listens on 127.0.0.1 port", complaints)

    def test_passwords_are_masked_in_the_events_unless_they_are_asked_for(self):
        secrets = [PASSWORD, b64(PASSWORD).decode(), b64(f"\0{USER}\0{PASSWORD}").decode(), "wrong-secret", b64("wrong-secret").decode()]
        for arguments, shown in ((), False), (["--show-secrets"], True):
            with self.subTest(arguments), Mock("netease/first-mail", arguments=arguments) as mock:
                with mock.connect() as talk:
                    talk.login(password="wrong-secret", code=535)
                    talk.ask(b"AUTH PLAIN " + b64(f"\0{USER}\0{PASSWORD}"), 235)
                with mock.connect() as talk:
                    talk.ask(b"EHLO client.example", 250)
                    talk.ask(b"AUTH PLAIN", 334)
                    talk.ask(b64(f"\0{USER}\0{PASSWORD}"), 235)
                with mock.connect() as talk:
                    talk.ask(b"EHLO client.example", 250)
                    talk.ask(b"AUTH LOGIN", 334)
                    talk.ask(b64(USER), 334)
                    talk.send(b64(PASSWORD))  # half a line, and away
                mock.await_event("the last one leaves", kind="closed", connection=3)
                text = mock.events_file.read_text()
                found = [secret for secret in secrets if secret in text]
                self.assertEqual(found, secrets if shown else [])
                self.assertEqual("********" in text, not shown)
                self.assertIn(USER, text, "who logs in is no secret")

    def test_hostile_octets_are_escaped_in_the_events(self):
        with Mock() as mock:
            with mock.connect() as talk:
                talk.ask(b"EHLO \x1b[31mred\x07\x9b\xff.example")
            mock.await_event("the line", input="ehlo", kind="client")
            text = mock.events_file.read_bytes()
            self.assertIsNone(re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", text))
            text.decode()  # and it is UTF-8

    def test_signals_end_it_in_order(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number), Mock() as mock:
                with mock.connect() as idle, mock.connect() as busy:
                    busy.ask(b"EHLO client.example", 250)
                    busy.ask(b"MAIL FROM:<a@example.org>", 250)
                    os.kill(mock.process.pid, number)
                    for talk in (idle, busy):
                        self.assertRegex(talk.reply(421), rb"^421 mock\.example Service closing transmission channel\r\n$")
                        talk.must_close()
                    with self.assertRaises(ConnectionRefusedError):
                        Talk(mock.port)
                self.assertEqual(mock.process.wait(PATIENCE), DONE)
                self.assertEqual([event["code"] for event in mock.events() if event.get("code") == 421], [421, 421])

    def test_a_client_that_stays_does_not_hold_up_the_end(self):
        with Mock() as mock, mock.connect() as talk:
            os.kill(mock.process.pid, signal.SIGTERM)
            talk.reply(421)
            self.assertEqual(mock.process.wait(PATIENCE), DONE, "although this client never closes")

    def test_hostile_recipients_stay_inside_the_store(self):
        hostile = ['"../../escape"@example.org', '"/etc/passwd"@example.org', '"a/../../b"@163.com', "..@example.org", '"\\\\"@example.org',
                   "." * 3 + "@163.com", "a" * 64 + "@" + "b" * 60 + ".example", '"' + "x/" * 30 + '"@example.org', "other@163.com"]
        with Mock("any/accept-all", arguments=[]) as mock, mock.connect() as talk:
            talk.ask(b"EHLO client.example", 250)
            taken = 0
            for recipient in hostile:
                talk.ask(b"MAIL FROM:<a@example.org>", 250)
                if talk.ask(b"RCPT TO:<" + recipient.encode() + b">").startswith(b"250"):
                    talk.ask(b"DATA", 354)
                    talk.ask(b"hostile\r\n.", 250)
                    taken += 1
                else:
                    talk.ask(b"RSET", 250)
            self.assertGreaterEqual(taken, 6, "most of these are well-formed and have to be taken")
            self.assertEqual([path.name for path in mock.store.iterdir()], ["other"])
            self.assertEqual(len(mock.messages("other")), taken)
            self.assertEqual({path.name for path in mock.path.iterdir()}, {"store", "events.jsonl", "ports.json", "stderr"})

    def test_accounts_with_hostile_names_get_a_folder_inside_the_store(self):
        scenario = BROKEN.split("[[rule]]")[0] + "".join(f'[[account]]\nuser = {json.dumps(user)}\npassword = "x"\n'
                                                         for user in ("../up@163.com", "/abs@163.com", "other"))
        with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
            file.write(scenario)
            file.flush()
            with Mock(file.name) as mock, mock.connect() as talk:
                talk.login("../up@163.com", "x")
                for recipient in ("../up@163.com", "/abs@163.com"):
                    talk.ask(b'MAIL FROM:<"../up"@163.com>')
                    talk.ask(f"RCPT TO:<{recipient}>".encode())
                    talk.ask(b"RSET", 250)
                for path in mock.path.rglob("*"):
                    self.assertTrue(path.resolve().is_relative_to(mock.path))

    def test_a_message_that_cannot_be_stored_is_refused_for_now(self):
        with Mock() as mock, mock.connect() as talk:
            mock.store.rmdir()
            mock.store.write_text("in the way")
            talk.ask(b"EHLO client.example", 250)
            talk.ask(b"MAIL FROM:<a@example.org>", 250)
            talk.ask(b"RCPT TO:<b@example.org>", 250)
            talk.ask(b"DATA", 354)
            talk.ask(b"text\r\n.", 451)
            talk.ask(b"NOOP", 250)

    def test_the_same_seed_gives_the_same_session_ids(self):
        def id_of(seed):
            with Mock("netease/first-mail", arguments=["--seed", seed]) as mock, mock.connect() as talk:
                talk.ask(b"HELO client.example", 250)
                return re.search(rb"smtp11,(\S+) \d+", talk.ask(b"MAIL FROM:<a@163.com>", 553))[1]
        self.assertEqual(id_of(7), id_of(7))
        self.assertNotEqual(id_of(7), id_of(8))

    def test_scenarios_from_a_folder_instead_of_the_built_in_ones(self):
        with Mock("netease/first-mail", arguments=["--scenarios", SOURCE / "scenarios"]) as mock, mock.connect() as talk:
            self.assertIn(b"Coremail", talk.greeting)


class Killed(Case):
    def test_every_message_that_was_answered_250_is_there(self):
        for wanted in (10, 60, 200):
            with self.subTest(wanted), Mock("netease/first-mail", events=False) as mock:
                acknowledged, lock, enough = [], threading.Lock(), threading.Event()

                def send(who, mock=mock, acknowledged=acknowledged, lock=lock, enough=enough, wanted=wanted):
                    number = 0
                    try:
                        with mock.connect() as talk:
                            talk.login()
                            while True:
                                text = b"To: x\r\n\r\nclient %d message %d\r\n" % (who, number) + b"line\r\n" * 100
                                talk.mail(USER, [OTHER_USER], text)
                                number += 1
                                with lock:
                                    acknowledged.append(text)
                                    if len(acknowledged) >= wanted:
                                        enough.set()
                    except (OSError, AssertionError):
                        pass  # killed

                threads = [threading.Thread(target=send, args=(who,)) for who in range(8)]
                for thread in threads:
                    thread.start()
                self.assertTrue(enough.wait(PATIENCE))
                mock.process.kill()
                mock.process.wait()
                for thread in threads:
                    thread.join()
                stored = mock.messages(OTHER_USER)
                self.assertGreaterEqual(len(acknowledged), wanted)
                self.assertEqual(set(acknowledged) - set(stored), set(), "acknowledged and lost")
                for message in stored:
                    self.assertTrue(message.endswith(b"line\r\n" * 100), "half a message is in new")
                names = {path.name for path in (mock.store / OTHER_USER / "new").iterdir()}
                noted = {path.name.removesuffix(".envelope") for path in (mock.store / OTHER_USER / "envelopes").iterdir()}
                self.assertEqual(names - noted, set(), "every message has its envelope")
                mock.stop = lambda: None  # it is dead already, and not in order


if __name__ == "__main__":
    main()
