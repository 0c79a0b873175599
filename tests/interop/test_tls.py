"""The mock and TLS, seen by other people's programs: Python's ssl and smtplib, openssl, and octets by hand."""
import json
import os
import pathlib
import re
import smtplib
import socket
import ssl
import subprocess
import tempfile

from neutral import Neutral
from peer import MOCK, PATIENCE, Case, Mock, Talk, b64, clean_environment, main, run, until

ALICE, BOB, PASSWORD = "alice@mock.example", "bob@mock.example", "through-the-looking-glass"
HEADERS = b"From: alice@mock.example\r\nTo: bob@mock.example\r\nSubject: TLS\r\n\r\n"


def context(mock):
    return ssl.create_default_context(cafile=mock.ca)


class Fault(Mock):
    """A scenario of folder faults, and the authority that its clients trust."""

    def __init__(self, name):
        self.authority = tempfile.TemporaryDirectory(prefix="smtplab-ca-")
        self.ca = pathlib.Path(self.authority.name) / "ca.pem"
        super().__init__("faults/" + name, arguments=["--ca-out", self.ca])

    def close(self):
        super().close()
        self.authority.cleanup()


class Smtplib(Case):
    def client(self, mock, host, kind):
        if kind == "tls":
            return smtplib.SMTP_SSL(host, mock.tls_port, "client.example", timeout=PATIENCE, context=context(mock))
        client = smtplib.SMTP(host, mock.port, "client.example", timeout=PATIENCE)
        client.starttls(context=context(mock))
        return client

    def test_a_mail_over_either_kind_of_tls_by_name_and_by_address(self):
        for kind in ("starttls", "tls"):
            for host in ("127.0.0.1", "localhost"):
                with self.subTest(kind=kind, host=host), Neutral() as mock:
                    with self.client(mock, host, kind) as client:
                        client.ehlo()
                        self.assertFalse(client.has_extn("starttls"), "there is nothing left to start")
                        self.assertEqual(client.login(ALICE, PASSWORD), (235, b"2.7.0 Authentication successful"))
                        content = HEADERS + "你好\r\n".encode() + b".\r\n" + b"x" * 5000 + b"\r\n"
                        client.sendmail(ALICE, [BOB], content, mail_options=["BODY=8BITMIME"], rcpt_options=["NOTIFY=NEVER"])
                    message, envelope = mock.only_message(BOB)
                    self.assertEqual(message, content)
                    self.assertEqual((envelope["tls"], envelope["user"], envelope["mechanism"]), (True, ALICE, "CRAM-MD5"))
                    self.assertEqual((envelope["body"], envelope["dsn"]["recipients"][0]["notify"]), ("8BITMIME", "NEVER"))
                    self.assertRegex(mock.await_event("the handshake", kind="secured")["note"], r"^TLSv1\.\d, TLS(.*-WITH|1-3)-AES-")

    def test_a_large_mail(self):
        content = HEADERS + (b"0123456789abcdef" * 4 + b"\r\n") * 317750  # 20 MB
        for kind in ("starttls", "tls"):
            with self.subTest(kind), Neutral(events=False) as mock:
                with self.client(mock, "127.0.0.1", kind) as client:
                    client.sendmail(ALICE, [BOB], content)
                self.assertTrue(mock.only_message(BOB)[0] == content, "not what was sent")

    def test_a_client_that_trusts_somebody_else_refuses(self):
        with Neutral() as mock:
            with smtplib.SMTP("127.0.0.1", mock.port, timeout=PATIENCE) as client, self.assertRaises(ssl.SSLCertVerificationError):
                client.starttls(context=ssl.create_default_context())
            self.assertEqual(mock.await_event("the end", kind="closed")["failure"], "tls-distrusted")
            with smtplib.SMTP("127.0.0.1", mock.port, timeout=PATIENCE) as client:  # the next one is not disturbed
                client.starttls(context=context(mock))

    def test_smtputf8(self):
        with Neutral() as mock, self.client(mock, "localhost", "tls") as client:
            client.ehlo()
            client.sendmail("小明@例子.example", ["δοκιμή@παράδειγμα.example"], HEADERS, mail_options=["SMTPUTF8", "BODY=8BITMIME"])
            envelope = mock.only_message("other")[1]
            self.assertEqual((envelope["reverse_path"], envelope["forward_paths"]), ("小明@例子.example", ["δοκιμή@παράδειγμα.example"]))
            self.assertTrue(envelope["smtputf8"])


class Faults(Case):
    def failure_of(self, name, host="127.0.0.1"):
        """What Python's ssl says of the handshake behind STARTTLS."""
        with Fault(name) as mock:
            with Talk(mock.port) as talk:
                talk.ask(b"EHLO client.example", 250)
                talk.ask(b"STARTTLS", 220)
                with self.assertRaises((ssl.SSLError, ConnectionError)) as failed:
                    context(mock).wrap_socket(talk.socket, server_hostname=host).close()
            mock.await_event("the end", kind="closed")
            return failed.exception

    def test_certificates_that_are_wrong_on_purpose(self):
        for name, words in (("tls-expired", "certificate has expired"), ("tls-not-yet-valid", "certificate is not yet valid"),
                            ("tls-wrong-host", "IP address mismatch"), ("tls-self-signed", "self-signed certificate"),
                            ("tls-unknown-authority", "unable to get local issuer certificate")):
            with self.subTest(name):
                self.assertIn(words, getattr(self.failure_of(name), "verify_message", ""))

    def test_handshakes_that_go_wrong_on_purpose(self):
        # Debian's Python leaves the version to OpenSSL, which minds the SHA-1 in the signatures of TLS 1.1.
        old = "UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|HANDSHAKE_FAILURE|LEGACY.SIGALG"
        for name, words in (("tls-handshake-alert", "HANDSHAKE_FAILURE"), ("tls-garbage", "WRONG_VERSION_NUMBER"),
                            ("tls-old-version", old), ("tls-closes", "EOF")):
            with self.subTest(name):
                self.assertRegex(str(self.failure_of(name)).upper(), words)

    def test_starttls_refused_and_stripped(self):
        for name, code in (("starttls-refused", 454), ("starttls-stripped", 502)):
            with self.subTest(name), Fault(name) as mock, Talk(mock.port) as talk:
                said = talk.ask(b"EHLO client.example", 250)
                self.assertEqual(b"STARTTLS" in said, code == 454)
                talk.ask(b"STARTTLS", code)
                talk.ask(b"NOOP", 250)


class Openssl(Case):
    def s_client(self, mock, *arguments):
        return run("openssl", "s_client", "-CAfile", mock.ca, "-verify_return_error", *arguments).stdout.decode()

    def test_s_client_over_either_kind_of_tls(self):
        with Neutral() as mock:
            for arguments in (["-connect", f"127.0.0.1:{mock.port}", "-starttls", "smtp"], ["-connect", f"127.0.0.1:{mock.tls_port}"]):
                for name in ("mock.example", "localhost"):
                    with self.subTest(arguments=arguments, name=name):
                        said = self.s_client(mock, *arguments, "-verify_hostname", name)
                        self.assertIn("Verify return code: 0 (ok)", said)
                        self.assertIn(f"Verified peername: {name}", said)

    def test_a_name_that_is_not_in_the_certificate_is_noticed(self):
        with Neutral() as mock:
            run("openssl", "s_client", "-CAfile", mock.ca, "-verify_return_error", "-connect", f"127.0.0.1:{mock.tls_port}",
                "-verify_hostname", "smtp.163.com", status=1)

    def test_verify(self):
        with Neutral() as mock:
            self.assertIn(": OK", run("openssl", "verify", "-CAfile", mock.ca, mock.ca).stdout.decode())
            leaf = mock.path / "leaf.pem"
            leaf.write_text(ssl.get_server_certificate(("127.0.0.1", mock.tls_port)))
            for arguments in ([], ["-purpose", "sslserver"], ["-x509_strict"], ["-verify_ip", "127.0.0.1"], ["-verify_ip", "::1"]):
                with self.subTest(arguments):
                    self.assertIn(": OK", run("openssl", "verify", "-CAfile", mock.ca, *arguments, leaf).stdout.decode())
            text = run("openssl", "x509", "-in", leaf, "-noout", "-text").stdout.decode()
            self.assertRegex(text, r"DNS:mock\.example, DNS:localhost, IP Address:127\.0\.0\.1, IP Address:0:0:0:0:0:0:0:1")


class ByHand(Case):
    def test_commands_in_clear_behind_starttls_are_refused(self):
        with Neutral() as mock, Talk(mock.port) as talk:
            talk.ask(b"EHLO client.example", 250)
            talk.send(b"STARTTLS\r\nEHLO mallory.example\r\n")
            talk.reply(554)
            talk.must_close()
            mock.await_event("the remark", remark="plaintext-behind-starttls")

    def test_what_was_said_in_clear_is_forgotten(self):
        with Neutral() as mock, Talk(mock.port) as talk:
            talk.ask(b"EHLO client.example", 250)
            talk.ask(b"AUTH PLAIN " + b64(f"\0{ALICE}\0{PASSWORD}"), 235)
            talk.ask(b"STARTTLS", 220)
            talk.socket = context(mock).wrap_socket(talk.socket, server_hostname="mock.example")
            talk.ask(b"MAIL FROM:<>", 503)
            talk.ask(b"EHLO client.example", 250)
            talk.ask(b"AUTH PLAIN " + b64(f"\0{ALICE}\0{PASSWORD}"), 235)
            talk.ask(b"STARTTLS", 503)
            talk.quit()

    def test_clear_text_on_the_encrypted_port_and_tls_on_the_other(self):
        with Neutral() as mock:
            with Talk(mock.tls_port, greeted=False) as talk:
                talk.send(b"EHLO client.example\r\n")
                while talk.socket.recv(65536):
                    pass
            self.assertEqual(mock.await_event("the end", kind="closed")["failure"], "tls-not-tls")
            with Talk(mock.port, greeted=False) as talk, self.assertRaises(ssl.SSLError):
                context(mock).wrap_socket(talk.socket, server_hostname="mock.example")

    def test_a_handshake_that_stops_half_way_holds_nobody_up(self):
        with Neutral() as mock, Talk(mock.tls_port, greeted=False) as silent:
            silent.send(b"\x16\x03\x01\x02\x00\x01")
            with smtplib.SMTP_SSL("127.0.0.1", mock.tls_port, timeout=PATIENCE, context=context(mock)) as client:
                client.sendmail(ALICE, [BOB], HEADERS)
            self.assertEqual(mock.only_message(BOB)[0], HEADERS)


class Program(Case):
    def test_the_ports_file_names_the_encrypted_ports(self):
        with Mock("any/accept-all", "any/submission", "faults/tls-expired") as mock:
            scenarios = mock.ports["scenarios"]
            self.assertNotIn("smtps", mock.ports)
            self.assertEqual({name for name, ports in scenarios.items() if "smtps" in ports}, {"any/submission", "faults/tls-expired"})
            self.assertEqual(len({port for ports in scenarios.values() for port in ports.values()}), 5)
        with Mock("any/accept-all", arguments=["--smtps", "0"]) as mock:
            self.assertGreater(mock.ports["smtps"], 0)

    def test_all_servers_of_a_program_share_one_authority(self):
        with Neutral() as mock, Mock("any/submission", "any/accept-all", arguments=["--smtps", "0", "--ca-out", mock.path / "other.pem"]) as other:
            for ports in other.ports["scenarios"].values():
                with socket.create_connection(("127.0.0.1", ports["smtps"]), PATIENCE) as plain:
                    ssl.create_default_context(cafile=mock.path / "other.pem").wrap_socket(plain, server_hostname="127.0.0.1").close()
                with socket.create_connection(("127.0.0.1", ports["smtps"]), PATIENCE) as plain, self.assertRaises(ssl.SSLError):
                    context(mock).wrap_socket(plain, server_hostname="127.0.0.1")

    def test_the_certificate_is_for_the_address_it_listens_on(self):
        with tempfile.TemporaryDirectory() as folder:
            ca, ports = pathlib.Path(folder, "ca.pem"), pathlib.Path(folder, "ports.json")
            process = subprocess.Popen([MOCK, "any/submission", "--smtp", "0", "--bind", "127.0.0.2", "--ca-out", ca, "--ports-file", ports,
                                        "--once"], stdout=subprocess.DEVNULL, env=clean_environment())
            until(ports.exists, "the ports file")
            port = json.loads(ports.read_text())["smtps"]
            trust = ssl.create_default_context(cafile=ca)
            with smtplib.SMTP_SSL("127.0.0.2", port, timeout=PATIENCE, context=trust) as client:
                client.noop()
            self.assertEqual(process.wait(PATIENCE), 0)

    def test_sslkeylogfile(self):
        with tempfile.TemporaryDirectory() as folder:
            keys, ports = pathlib.Path(folder, "keys"), pathlib.Path(folder, "ports.json")
            process = subprocess.Popen([MOCK, "any/submission", "--smtp", "0", "--ports-file", ports, "--once"], stdout=subprocess.DEVNULL,
                                       env=clean_environment(SSLKEYLOGFILE=str(keys)))
            until(ports.exists, "the ports file")
            theirs = ssl.create_default_context()
            theirs.check_hostname, theirs.verify_mode = False, ssl.CERT_NONE
            theirs.keylog_filename = str(pathlib.Path(folder, "their-keys"))
            with smtplib.SMTP_SSL("127.0.0.1", json.loads(ports.read_text())["smtps"], timeout=PATIENCE, context=theirs) as client:
                client.noop()
            self.assertEqual(process.wait(PATIENCE), 0)
            # EXPORTER_SECRET is for other uses of TLS 1.3 than reading what was recorded: mbedTLS does not tell it.
            lines = re.findall(r"^(?!EXPORTER)[A-Z_0]+ [0-9a-f]{64} [0-9a-f]+$", pathlib.Path(theirs.keylog_filename).read_text(), re.M)
            self.assertTrue(lines)
            self.assertEqual(set(keys.read_text().splitlines()), set(lines), "both sides write the same secrets")
        run(MOCK, "--smtp", "0", status=2, env=clean_environment(SSLKEYLOGFILE="/proc/self/nowhere/x"))

    def test_the_announcement_names_ports_and_what_they_are_for(self):
        process = subprocess.Popen([MOCK, "any/submission", "--smtp", "0"], stdout=subprocess.PIPE, env=clean_environment())
        try:
            line = process.stdout.readline().decode()
        finally:
            process.terminate()
            process.communicate()
        self.assertRegex(line, r"any/submission listens on 127\.0\.0\.1 port \d+ for SMTP with STARTTLS, port \d+ for SMTP inside TLS; accounts: ")


if __name__ == "__main__":
    os.environ.pop("SSL_CERT_FILE", None)
    main()
