"""Programs in the way of the textbook's skeleton (Kurose & Ross, the mail client assignment) and of what courses make of it.

They are written as students write them: one send, one recv(1024), the code compared, no reply parser.

Runs in: release. What such programs say, the tests of the judges say under the sanitizers.
"""
import base64
import contextlib
from socket import AF_INET, SOCK_STREAM, socket

from peer import OTHER_USER, PASSWORD, PATIENCE, USER, Case, Mock, b64, main

MESSAGE = "\r\n I love computer networks!"
END_OF_MESSAGE = "\r\n.\r\n"


@contextlib.contextmanager
def connected(mock):
    """The skeleton's first lines: connect, read the greeting."""
    with socket(AF_INET, SOCK_STREAM) as client_socket:
        client_socket.settimeout(PATIENCE)
        client_socket.connect(("127.0.0.1", mock.port))
        greeting = client_socket.recv(1024).decode()
        if greeting[:3] != "220":
            raise AssertionError("220 reply not received from server: " + greeting)
        yield client_socket


def say(client_socket, line, code):
    """Sends it as it is, receives once; like the skeleton, except that a wrong code is an error and not only printed."""
    client_socket.send(line if isinstance(line, bytes) else line.encode())
    answer = client_socket.recv(1024).decode()
    if answer[:3] != str(code):
        raise AssertionError(f"{code} reply not received from server: {answer!r} (to {line!r})")
    return answer


def log_in(client_socket, hello="HELO Alice\r\n"):
    say(client_socket, hello, 250)
    say(client_socket, "AUTH LOGIN\r\n", 334)
    say(client_socket, base64.b64encode(USER.encode()).decode() + "\r\n", 334)
    say(client_socket, base64.b64encode(PASSWORD.encode()).decode() + "\r\n", 235)


class Netease(Case):
    def setUp(self):
        self.mock = self.enterContext(Mock("netease/first-mail"))

    def test_the_skeleton_filled_in(self):
        with connected(self.mock) as client_socket:
            log_in(client_socket)
            say(client_socket, f"MAIL FROM:<{USER}>\r\n", 250)
            say(client_socket, f"RCPT TO:<{OTHER_USER}>\r\n", 250)
            say(client_socket, "DATA\r\n", 354)
            client_socket.send(MESSAGE.encode())
            say(client_socket, END_OF_MESSAGE, 250)
            say(client_socket, "QUIT\r\n", 221)
            self.assertEqual(client_socket.recv(1024), b"", "after 221 the server closes")
        message, envelope = self.mock.only_message(OTHER_USER)
        self.assertEqual(message, (MESSAGE + "\r\n").encode())
        self.assertEqual((envelope["client"], envelope["user"]), ("Alice", USER))

    def test_the_skeleton_without_login_meets_553(self):
        with connected(self.mock) as client_socket:
            say(client_socket, "HELO Alice\r\n", 250)
            answer = say(client_socket, f"MAIL FROM:<{USER}>\r\n", 553)
            self.assertRegex(answer, r"^553 authentication is required,163 smtp11,\S+ \d{10}\r\n$")

    def test_the_prompts_are_163_s_own(self):
        with connected(self.mock) as client_socket:
            say(client_socket, "HELO Alice\r\n", 250)
            self.assertEqual(say(client_socket, "AUTH LOGIN\r\n", 334), "334 dXNlcm5hbWU6\r\n")
            self.assertEqual(say(client_socket, b64(USER) + b"\r\n", 334), "334 UGFzc3dvcmQ6\r\n")
            self.assertEqual(say(client_socket, b64("account-password") + b"\r\n", 535), "535 Error: authentication failed\r\n")

    def test_ehlo_and_its_many_lines_in_one_recv(self):
        with connected(self.mock) as client_socket:
            client_socket.send(b"EHLO Alice\r\n")
            answer = client_socket.recv(1024).decode()
            self.assertTrue(answer.startswith("250-mail\r\n250-PIPELINING\r\n250-AUTH LOGIN PLAIN\r\n"), answer)
            self.assertRegex(answer, r"\r\n250 8BITMIME\r\n$")

    def test_small_letters_and_the_space_behind_the_colon(self):
        with connected(self.mock) as client_socket:
            log_in(client_socket, "helo alice\r\n")
            say(client_socket, f"mail from: <{USER}>\r\n", 250)
            say(client_socket, f"rcpt to: <{OTHER_USER}>\r\n", 250)
            say(client_socket, "data\r\n", 354)
            say(client_socket, f"from:{USER}\r\nto:{OTHER_USER}\r\nsubject:hi\r\n\r\nhello\r\n.\r\n", 250)
            say(client_socket, "quit\r\n", 221)
        self.mock.only_message(OTHER_USER)
        self.mock.await_event("the space is remarked", input="mail", remark="space-after-colon")
        self.mock.await_event("the space is remarked", input="rcpt", remark="space-after-colon")

    def test_163_takes_mail_from_without_its_colon(self):
        with connected(self.mock) as client_socket:
            log_in(client_socket)
            say(client_socket, f"MAIL FROM <{USER}>\r\n", 250)
        self.mock.await_event("the missing colon is remarked", input="mail", remark="no-colon")

    def test_base64_of_a_text_with_its_newline_is_535(self):
        with connected(self.mock) as client_socket:
            say(client_socket, "HELO Alice\r\n", 250)
            say(client_socket, "AUTH LOGIN\r\n", 334)
            say(client_socket, b64(USER) + b"\r\n", 334)
            say(client_socket, b64(PASSWORD + "\n") + b"\r\n", 535)
        self.mock.await_event("the newline is remarked", input="auth-response", remark="base64-of-newline")

    def test_base64_with_a_newline_behind_it_and_another_line_end(self):
        # encodebytes ends its output in \n; with + "\r\n" an empty line follows, which answers the next question.
        with connected(self.mock) as client_socket:
            say(client_socket, "HELO Alice\r\n", 250)
            say(client_socket, "AUTH LOGIN\r\n", 334)
            client_socket.send(base64.encodebytes(USER.encode()) + b"\r\n")
            answers = b""
            while answers.count(b"\n") < 2:
                answers += client_socket.recv(1024)
            self.assertEqual(answers, b"334 UGFzc3dvcmQ6\r\n535 Error: authentication failed\r\n")
            # With \n alone behind the base64, as a line end, it works.
            say(client_socket, "AUTH LOGIN\r\n", 334)
            say(client_socket, base64.encodebytes(USER.encode()), 334)
            say(client_socket, base64.encodebytes(PASSWORD.encode()), 235)

    def test_a_python_literal_instead_of_base64_is_535(self):
        with connected(self.mock) as client_socket:
            say(client_socket, "HELO Alice\r\n", 250)
            say(client_socket, "AUTH LOGIN\r\n", 334)
            client_socket.send((str(base64.b64encode(USER.encode())) + "\r\n").encode())  # b'YWxp…'
            self.assertEqual(client_socket.recv(1024)[:3], b"535")
        self.mock.await_event("the literal is remarked", input="auth-response", remark="base64-python-literal")

    def test_plain_in_one_line(self):
        with connected(self.mock) as client_socket:
            say(client_socket, "EHLO Alice\r\n", 250)
            say(client_socket, b"AUTH PLAIN " + b64(f"\0{USER}\0{PASSWORD}") + b"\r\n", 235)

    def test_a_message_without_a_line_end_before_the_dot_goes_on(self):
        with connected(self.mock) as client_socket:
            log_in(client_socket)
            say(client_socket, f"MAIL FROM:<{USER}>\r\n", 250)
            say(client_socket, f"RCPT TO:<{OTHER_USER}>\r\n", 250)
            say(client_socket, "DATA\r\n", 354)
            client_socket.send(b"hello.\r\n")  # the dot is no line of its own: nothing is answered
            say(client_socket, "more\r\n.\r\n", 250)
        self.assertEqual(self.mock.only_message(OTHER_USER)[0], b"hello.\r\nmore\r\n")

    def test_two_mails_on_one_connection(self):
        with connected(self.mock) as client_socket:
            log_in(client_socket)
            for text in ("first", "second"):
                say(client_socket, f"MAIL FROM:<{USER}>\r\n", 250)
                say(client_socket, f"RCPT TO:<{OTHER_USER}>\r\n", 250)
                say(client_socket, "DATA\r\n", 354)
                say(client_socket, text + END_OF_MESSAGE, 250)
        self.assertEqual(sorted(self.mock.messages(OTHER_USER)), [b"first\r\n", b"second\r\n"])

    def test_several_programs_at_once(self):
        with contextlib.ExitStack() as stack:
            sockets = [stack.enter_context(connected(self.mock)) for _ in range(10)]
            for client_socket in sockets:  # all in step: each line on every connection before the next line
                log_in(client_socket)
            for line, code in ((f"MAIL FROM:<{USER}>\r\n", 250), (f"RCPT TO:<{OTHER_USER}>\r\n", 250), ("DATA\r\n", 354)):
                for client_socket in sockets:
                    say(client_socket, line, code)
            for number, client_socket in enumerate(sockets):
                say(client_socket, f"program {number}{END_OF_MESSAGE}", 250)
        self.assertEqual(sorted(self.mock.messages(OTHER_USER)), [b"program %d\r\n" % number for number in range(10)])


class AcceptAll(Case):
    def test_the_textbook_s_own_dialogue(self):
        with Mock() as mock, connected(mock) as client_socket:
            say(client_socket, "HELO crepes.fr\r\n", 250)
            say(client_socket, "MAIL FROM: <alice@crepes.fr>\r\n", 250)
            say(client_socket, "RCPT TO: <bob@hamburger.edu>\r\n", 250)
            say(client_socket, "DATA\r\n", 354)
            client_socket.send(b"Do you like ketchup?\r\n")
            client_socket.send(b"How about pickles?\r\n")
            say(client_socket, ".\r\n", 250)
            say(client_socket, "QUIT\r\n", 221)
            self.assertEqual(mock.only_message("other")[0], b"Do you like ketchup?\r\nHow about pickles?\r\n")

    def test_a_program_that_leaves_without_quit_has_sent_its_mail(self):
        with Mock() as mock:
            with connected(mock) as client_socket:
                say(client_socket, "HELO a\r\n", 250)
                say(client_socket, "MAIL FROM:<a@example.org>\r\n", 250)
                say(client_socket, "RCPT TO:<b@example.org>\r\n", 250)
                say(client_socket, "DATA\r\n", 354)
                say(client_socket, "text\r\n.\r\n", 250)
            mock.await_event("the end", kind="closed", closed_by="client")
            self.assertEqual(mock.only_message("other")[0], b"text\r\n")


if __name__ == "__main__":
    main()
