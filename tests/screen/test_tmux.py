"""The interface in a real terminal: keys in, text out. Waits for what can be seen, never for a time.

Runs in: release. What is drawn, the sanitizers see in tests/screen, stepper and client; test_leaving.py has them in a terminal.
"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "interop"))

from peer import PASSWORD, SMTPLAB, Case, Mock, b64, main, until  # pylint: disable=wrong-import-position
from tmux import Terminal  # pylint: disable=wrong-import-position

SIZES = [(80, 24), (140, 40)]

# What the tests look for, in both languages.
WORDS = {
    "en": {"pick": "Choose a scenario", "title": "163: MAIL FROM before AUTH", "step": "step", "end": "The lesson ends here",
           "meaning": "What it means", "where": "Where you are", "memory": "What the server remembers", "why": "have not said AUTH yet",
           "mistakes": "Make a mistake on purpose", "no end": "The line has no end", "back": "One step back", "wire": "On the wire",
           "bench": "Base64 bench", "keys": "Keys", "written": "written to", "other": "中文",
           "host": "▶ host", "no host": "A host name or address is needed", "protocol": "protocol", "security": "security", "port": "port", "plain": "plain text",
           "clear": "everybody on the way can read it", "from here": "· encrypted", "failed": "the connection failed",
           "expired": "certificate has expired", "not verified": "verified +no", "tls title": "The TLS of this connection"},
    "zh": {"pick": "选择一个场景", "title": "163：还没登录就发 MAIL FROM", "step": "步骤", "end": "这一课到这里结束",
           "meaning": "这是什么意思", "where": "现在在哪一步", "memory": "服务器记住了什么", "why": "AUTH", "mistakes": "故意出错",
           "no end": "这一行(没有|还没有)结束", "back": "退了一步", "wire": "实际传输的字节", "bench": "base64 工作台", "keys": "按键", "written": "已写入",
           "other": "English", "host": "▶ 主机", "no host": "需要主机名或地址", "protocol": "协议", "security": "加密", "port": "端口", "plain": "明文",
           "clear": "路上的每个人都能读到", "from here": "从这里", "failed": "连接失败", "expired": "证书过期了", "not verified": "验证 +未通过", "tls title": "这条连接的 TLS"},
}


def columns_of(line):
    """How many columns a line takes: Chinese takes two each; everything else that is drawn takes one."""
    return sum(2 if "\u2e80" <= character <= "\u9fff" or "\uff00" <= character <= "\uff60" or "\u3000" <= character <= "\u303f" else 1
               for character in line)


class Lesson(Case):
    def start(self, size=(80, 24), language="en", scenario="netease/auth-required"):
        """A terminal in which the lesson waits for its first step."""
        terminal = self.enterContext(Terminal(*size, language=language))
        terminal.smtplab("step", scenario)
        terminal.await_text(r"S 220 ")
        return terminal

    def at_step(self, terminal, number, language="en"):
        return terminal.await_text(rf"{WORDS[language]['step']} {number}/(\d+)")

    def check_frame(self, terminal, size):
        """The frame fills the window, and its right border stands in the last column of every row it crosses. Looked at
        until it is so: a picture may be taken while the terminal is still drawing."""
        def is_whole():
            rows = terminal.screen()
            framed = [row for row in rows if row.startswith(("┌", "├", "└", "│"))]
            return (len(rows) == size[1] and len(framed) >= size[1] // 2 and all(columns_of(row) <= size[0] for row in rows) and
                    all(columns_of(row) == size[0] and row[-1] in "┐┤┘│" for row in framed))
        until(is_whole, lambda: f"a whole frame of {size} in\n{terminal.text()}")

    def test_from_the_picker_through_a_whole_lesson(self):
        for size in SIZES:
            for language in ("en", "zh"):
                with self.subTest(size=size, language=language), Terminal(*size, language=language) as terminal:
                    words = WORDS[language]
                    terminal.smtplab()
                    terminal.await_text(words["pick"])
                    self.assertTrue(terminal.on_alternate_screen())
                    self.check_frame(terminal, size)
                    terminal.press("/")
                    terminal.type("netease/auth-req")
                    terminal.await_text(r"▶.*" + words["title"])
                    terminal.press("Enter")
                    terminal.await_text(words["title"] + "|S 220")
                    steps = int(self.at_step(terminal, 1, language)[1])
                    terminal.await_text(r"S 220 163\.com")
                    for number in range(1, steps + 1):
                        self.at_step(terminal, number, language)
                        self.check_frame(terminal, size)
                        terminal.press("Enter")
                        if number == 2:  # MAIL FROM
                            terminal.await_text(r"▶ +S 553 authentication is required,163")
                            terminal.await_text(words["why"])
                        if number == 4:
                            terminal.await_text(r"S 334 UGFzc3dvcmQ6")
                            self.assertNotIn(PASSWORD, terminal.text())
                            self.assertNotIn(b64(PASSWORD).decode(), terminal.text())
                    terminal.await_text(r"S 221 Bye")
                    terminal.await_text(words["end"])
                    self.check_frame(terminal, size)
                    for pane in ("meaning", "where", "memory"):
                        self.assertIn(words[pane], terminal.text())
                    terminal.press("o")  # back to the picker, where it is ticked now
                    terminal.await_text(r"✓ .*" + words["title"])
                    terminal.press("q")
                    terminal.await_prompt()

    def test_the_picker_groups_by_provider_subject_and_code(self):
        with Terminal(80, 24) as terminal:
            terminal.smtplab()
            terminal.await_text(r"Choose a scenario · by provider")
            for by, heading in (("subject", "Basics"), ("code", "221"), ("provider", "Begin here")):
                terminal.press("g")
                terminal.await_text(rf"Choose a scenario · by {by}")
                terminal.press("Home")
                terminal.await_text(rf"│ {heading}")
                self.check_frame(terminal, (80, 24))

    def test_behind_a_lesson_that_was_named_is_the_list_of_all(self):
        terminal = self.start()
        terminal.press("o")
        terminal.await_text("Choose a scenario")
        terminal.await_text("▶ +163: MAIL FROM before AUTH")
        terminal.press("/")
        terminal.type("qq/auth")
        terminal.await_text("▶ +QQ: 535 Login Fail")

    def test_tab_turns_through_the_panes(self):
        terminal = self.start()
        terminal.await_text(r"\[ What it means \]")
        terminal.press("Tab")
        terminal.await_text(r"\[ Where you are \]")
        terminal.press("Tab")
        terminal.await_text(r"\[ What the server remembers \]")
        terminal.await_text(r"reverse-path")
        terminal.press("Tab")
        terminal.await_text(r"\[ What it means \]")

    def test_a_large_window_shows_all_three_panes_and_the_server_s_memory_grows(self):
        terminal = self.start((140, 40), scenario="netease/first-mail")
        for words in ("What it means", "Where you are", "What the server remembers"):
            terminal.await_text(words)
        terminal.await_text(r"authenticated +no")
        for number in range(1, 6):
            self.at_step(terminal, number)
            terminal.press("Enter")
        self.at_step(terminal, 6)
        terminal.await_text(r"authenticated +alice@163\.com")
        terminal.await_text(r"reverse-path +<alice@163\.com>")

    def test_resizing_in_the_middle_loses_nothing(self):
        terminal = self.start()
        terminal.press("Enter")
        self.at_step(terminal, 2)
        terminal.press("Enter")
        terminal.await_text(r"S 553 authentication")
        for size in ((140, 40), (100, 30), (60, 16), (200, 50), (80, 24)):
            terminal.resize(*size)
            self.check_frame(terminal, size)
            terminal.await_text(r"S 553 authentication")
        terminal.resize(59, 15)
        terminal.await_text(r"60×16")
        terminal.await_text(r"59×15")
        self.assertNotIn("S 553", terminal.text())
        terminal.resize(20, 3)
        terminal.await_text(r"60×16")
        terminal.resize(80, 24)
        terminal.await_text(r"▶ +S 553 authentication")
        terminal.press("Enter")
        terminal.await_text(r"S 334 dXNlcm5hbWU6")

    def test_too_small_a_window_from_the_start(self):
        with Terminal(40, 10) as terminal:
            terminal.smtplab()
            terminal.await_text(r"60×16")
            terminal.press("q")
            terminal.await_prompt()
            self.assertFalse(terminal.on_alternate_screen())

    def test_a_line_of_one_s_own(self):
        terminal = self.start()
        terminal.type("NOOP")
        terminal.await_text(r"C▸ NOOP␍␊")
        terminal.press("Enter")
        terminal.await_text(r"C NOOP$|C NOOP +│")
        terminal.await_text(r"▶ +S 250 ")
        terminal.type("MIAL")
        terminal.await_text(r"C▸ MIAL␍␊")
        terminal.press("Escape")
        terminal.await_gone("MIAL")
        terminal.type("MIAL FROM:<a@163.com>")
        terminal.press("Enter")
        terminal.await_text(r"S 502 |S 500 ")

    def test_a_line_without_line_end_is_sent_and_explained_and_z_takes_it_back(self):
        for language in ("en", "zh"):
            with self.subTest(language):
                words = WORDS[language]
                terminal = self.start(language=language)
                terminal.press("Enter")
                self.at_step(terminal, 2, language)
                terminal.press("m")
                terminal.await_text(words["mistakes"])
                terminal.press("Enter")
                terminal.await_gone(words["mistakes"])
                terminal.await_text(r"C▸ MAIL FROM:<alice@163\.com> *$")  # the line without its end, before it goes
                terminal.press("Enter")
                terminal.await_text(words["no end"])
                self.assertNotIn("S 553", terminal.text())
                terminal.press("z")
                terminal.await_text(words["back"])
                self.at_step(terminal, 2, language)
                terminal.await_text(r"▶ +S 250 OK")
                terminal.press("Enter")
                terminal.await_text(r"S 553 authentication")

    def test_z_goes_back_to_the_very_beginning_and_says_when_it_cannot(self):
        terminal = self.start()
        for number in (1, 2):
            self.at_step(terminal, number)
            terminal.press("Enter")
        self.at_step(terminal, 3)
        for number in (2, 1):
            terminal.press("z")
            self.at_step(terminal, number)
        terminal.await_text(r"▶ +S 220")
        terminal.press("z")
        terminal.await_text(r"nothing was sent yet")

    def test_wire_bench_and_help(self):
        for size in SIZES:
            with self.subTest(size):
                terminal = self.start(size)
                terminal.press("w")
                terminal.await_text("On the wire")
                terminal.await_text(r"32 32 30 20")  # "220 "
                terminal.press("Escape")
                terminal.await_gone("On the wire")
                terminal.press("b")
                terminal.await_text("Base64 bench")
                terminal.type("alice@163.com")
                terminal.await_text(r"YWxpY2VAMTYzLmNvbQ==")
                terminal.await_text(r"YWxpY2VAMTYzLmNvbQo=")  # the trap: with a newline
                terminal.press("Escape")
                terminal.await_gone("Base64 bench")
                terminal.press("?")
                terminal.await_text("any other character: type your own line")
                terminal.press("Escape")
                terminal.await_gone("any other character")
                self.at_step(terminal, 1)  # nothing was sent by any of it

    def test_another_legal_step(self):
        terminal = self.start()
        terminal.press("n")
        terminal.await_gone(r"C▸ HELO")
        terminal.await_text(r"C▸ EHLO client\.example␍␊")
        terminal.press("Enter")
        terminal.await_text(r"▶ +S 250-mail")

    def test_the_language_changes_at_any_moment(self):
        terminal = self.start()
        terminal.await_text("What it means")
        terminal.press("L")
        terminal.await_text("这是什么意思")
        terminal.await_text(WORDS["zh"]["title"])
        self.check_frame(terminal, (80, 24))
        terminal.press("L")
        terminal.await_text("What it means")

    def test_export_writes_two_files_without_the_password(self):
        terminal = self.start(scenario="netease/first-mail")
        for number in range(1, 5):
            self.at_step(terminal, number)
            terminal.press("Enter")
        terminal.await_text(r"S 235 ")
        terminal.press("x")
        terminal.await_text(r"written to smtplab-netease-first-mail\.txt")
        terminal.press("x")
        terminal.await_text(r"written to smtplab-netease-first-mail-2\.txt")
        files = sorted(path.name for path in terminal.work.iterdir())
        self.assertEqual(files, sorted("smtplab-netease-first-mail" + end for end in (".txt", ".jsonl", "-2.txt", "-2.jsonl")))
        text = (terminal.work / "smtplab-netease-first-mail.txt").read_text()
        events = (terminal.work / "smtplab-netease-first-mail.jsonl").read_text()
        self.assertIn("C: AUTH LOGIN", text)
        self.assertIn(235, [json.loads(line).get("code") for line in events.splitlines()])
        for written in (text, events):
            self.assertNotIn(PASSWORD, written)
            self.assertNotIn(b64(PASSWORD).decode(), written)

    def test_quitting_in_the_middle_of_a_message_is_asked_about_once(self):
        terminal = self.start(scenario="netease/first-mail")
        for number in range(1, 9):
            self.at_step(terminal, number)
            terminal.press("Enter")
        self.at_step(terminal, 9)
        terminal.press("q")
        terminal.await_text("A message is half sent")
        terminal.press("Enter")  # goes on: the dot
        terminal.await_text(r"S 250 Mail OK queued")
        terminal.press("q")
        terminal.await_text("q once more quits")
        terminal.press("q")
        terminal.await_prompt()

    def test_commands_in_small_letters_and_pasted_lines_are_lines(self):
        for size, language in ((SIZES[0], "en"), (SIZES[1], "zh")):
            with self.subTest(size=size, language=language):
                terminal = self.start(size, language, "any/accept-all")
                for line in ("ehlo a", "noop", "mail from:<a@b.example>", "rset"):
                    terminal.type(line)
                    terminal.await_text("C▸ " + line + "␍␊")
                    terminal.press("Enter")
                    terminal.await_gone("C▸ " + line)
                    terminal.await_text(r"▶ +S 250")
                terminal.paste("MAIL FROM:<c@d.example>\nRCPT TO:<e@f.example>\nDATA\n")
                terminal.await_text("C▸ MAIL FROM:<c@d.example>␍␊RCPT TO:<e@f.example>␍␊DATA␍␊")
                terminal.press("Enter")
                terminal.await_text(r"S 354 ")
                self.check_frame(terminal, size)

    def test_what_bob_received_is_shown_beside_what_was_meant(self):
        for size, language, title, meant in ((SIZES[0], "zh", "信箱里收到的邮件", "本意"), (SIZES[1], "en", "What arrived", "meant")):
            with self.subTest(size=size, language=language):
                terminal = self.start(size, language, "netease/first-mail")
                for number in range(1, 8):
                    self.at_step(terminal, number, language)
                    terminal.press("Enter")
                terminal.await_text(r"S 354 ")
                terminal.press("m", "Enter", "Enter")
                terminal.await_text(r"C▸ \.␍␊")
                terminal.press("Enter")
                terminal.await_text(r"S 250 Mail OK queued")
                terminal.await_text(meant + r"  \.")
                terminal.press("v")
                terminal.await_text(title)
                terminal.await_text("! " + meant)
                self.check_frame(terminal, size)

    def test_a_second_connection_on_the_path_and_z_over_it(self):
        for size in SIZES:
            for language, again, closed, back in (("en", r"\(connect again\)", "closed · step 3/6", "One step back"),
                                                  ("zh", "（重新连接）", "已断开 · 步骤 3/6", "退了一步")):
                with self.subTest(size=size, language=language):
                    terminal = self.start(size, language, "any/hung-up")
                    for number in (1, 2):
                        self.at_step(terminal, number, language)
                        terminal.press("Enter")
                    terminal.await_text(closed)
                    terminal.await_text("C▸ " + again)
                    self.check_frame(terminal, size)
                    terminal.await_text(r" Enter (connect|连接)")  # without brackets: the time has passed
                    terminal.press("Enter")
                    self.at_step(terminal, 4, language)
                    terminal.await_text(r"▶ +S 220 mock\.example")
                    terminal.press("z")
                    terminal.await_text(back)
                    terminal.await_text(closed)

    def test_a_real_server_without_taking_anything_back(self):
        with Mock() as mock:
            terminal = self.enterContext(Terminal())
            terminal.smtplab("step", "--server", "127.0.0.1", "--port", str(mock.port))
            terminal.await_text(r"S 220 mock\.example")
            terminal.type("EHLO a.example")
            terminal.press("Enter")
            terminal.await_text(r"S 250")
            terminal.press("z")
            terminal.await_text("a real server takes nothing back")
            terminal.press("q", "q")
            terminal.await_prompt()

    def test_the_form_for_a_real_server(self):
        for size, language in ((SIZES[0], "zh"), (SIZES[1], "en")):
            with self.subTest(size=size, language=language), Mock() as mock, Terminal(*size, language=language) as terminal:
                words = WORDS[language]
                terminal.smtplab()
                terminal.await_text(words["pick"])
                terminal.press("End")
                terminal.press("Enter")
                terminal.await_text(words["host"] + r" +│?")
                self.check_frame(terminal, size)
                terminal.press("Enter")
                terminal.await_text(words["no host"])
                terminal.type("127.0.0.1")
                terminal.press("Tab")
                terminal.await_text(r"▶ " + words["protocol"] + r" +SMTP")
                terminal.press("Right")
                terminal.await_text(words["port"] + r" +110\b")
                terminal.press("Left", "Tab")
                terminal.await_text(r"▶ " + words["security"] + r" +starttls")
                terminal.press("Right")
                terminal.await_text(words["port"] + r" +465")
                terminal.press("Right")
                terminal.await_text(words["port"] + r" +25\b")
                terminal.press("Tab", "C-u")
                terminal.type(str(mock.port))
                terminal.press("Tab", "Tab")
                terminal.type("alice")
                terminal.press("Tab")
                terminal.type("secret")
                terminal.await_text("••••••")
                terminal.press("Enter")
                terminal.await_text(r"S 220 mock\.example")
                self.assertIn(words["plain"], terminal.text())
                terminal.press("q", "q")
                terminal.await_prompt()

    def test_the_tls_view_in_clear_and_encrypted(self):
        for size in SIZES:
            for language in ("en", "zh"):
                with self.subTest(size=size, language=language):
                    words = WORDS[language]
                    terminal = self.start(size, language, "any/submission")
                    self.assertIn(words["plain"], terminal.text())
                    terminal.press("t")
                    terminal.await_text(words["clear"])
                    terminal.press("Escape")
                    terminal.await_gone(words["clear"])
                    terminal.press("Enter")
                    self.at_step(terminal, 2, language)
                    terminal.press("Enter")  # STARTTLS
                    terminal.await_text(r"▶ +· TLS 1\.\d, \S")
                    terminal.await_text(words["from here"])
                    self.assertRegex(terminal.screen()[0], r"· TLS 1\.\d")
                    self.check_frame(terminal, size)
                    terminal.press("t")
                    terminal.await_text(r"TLS(1-3)?-[A-Z]+")
                    terminal.await_text(r"mock\.example")
                    terminal.press("End")
                    terminal.await_text(r"([0-9a-f]{2}:){8}")
                    terminal.press("Escape")
                    terminal.await_gone(r"([0-9a-f]{2}:){8}")

    def test_a_broken_certificate_is_explained_beside_the_dialogue_and_in_the_tls_view(self):
        for size, language in ((SIZES[0], "en"), (SIZES[1], "zh")):
            with self.subTest(size=size, language=language):
                words = WORDS[language]
                terminal = self.start(size, language, "faults/tls-expired")
                terminal.press("Enter")
                self.at_step(terminal, 2, language)
                terminal.press("Enter")
                terminal.await_text("▶ +· " + words["failed"])
                terminal.await_text(words["expired"])
                terminal.press("t")
                terminal.await_text(words["not verified"])
                terminal.await_text("CN=mock.example")
                terminal.press("Escape")
                terminal.await_gone(words["tls title"])
                terminal.press("z")
                terminal.await_text(words["back"])
                self.at_step(terminal, 2, language)

    def test_a_password_in_clear_to_a_real_server_is_asked_about(self):
        with Mock("netease/first-mail") as mock:
            terminal = self.enterContext(Terminal())
            terminal.smtplab("step", "--server", "127.0.0.1", "--port", str(mock.port))
            terminal.await_text(r"S 220 ")
            terminal.type("EHLO a.example")
            terminal.press("Enter")
            terminal.await_text(r"S 250")
            terminal.type("AUTH PLAIN AGEAYg==")
            terminal.press("Enter")
            terminal.await_text(r"A password in clear\?")
            terminal.press("Escape")
            terminal.await_gone(r"A password in clear\?")
            self.assertNotIn("S 535", terminal.text())
            terminal.type("AUTH PLAIN AGEAYg==")
            terminal.press("Enter")
            terminal.await_text(r"y sends it in clear")
            terminal.press("y")
            terminal.await_text(r"S 535 ")

    def test_a_password_is_typed_unseen_before_the_screen_is_taken(self):
        with Mock() as mock, Terminal() as terminal:
            terminal.smtplab("step", "--server", "127.0.0.1", "--port", str(mock.port), "--user", "alice")
            terminal.await_text(r"password \(alice\)")
            terminal.type("secret-word")
            terminal.press("Enter")
            terminal.await_text(r"S 220 ")
            terminal.press("q", "q")
            terminal.await_prompt()
            self.assertNotIn("secret-word", terminal.text())

    def test_a_mistake_in_the_arguments_is_said_on_the_plain_terminal(self):
        with Terminal() as terminal:
            self.assertIn("unknown scenario 'nope'", terminal.shell(f"{SMTPLAB} step nope; echo status $?").replace("\n", " "))
            self.assertIn("status 2", terminal.text())
            self.assertFalse(terminal.on_alternate_screen())

    def test_without_colour_and_on_a_dumb_terminal(self):
        with Terminal() as terminal:
            terminal.type(f"NO_COLOR=1 {SMTPLAB} step netease/auth-required\n")
            terminal.await_text("S 220 ")
            escapes = terminal.tmux("capture-pane", "-p", "-e")
            self.assertNotRegex(escapes, "\x1b\\[[0-9;]*3[0-7]m")
            terminal.press("q", "q")
            terminal.await_prompt()
            terminal.type(f"clear; TERM=dumb {SMTPLAB} step netease/first-mail --auto | tail -1\n")
            terminal.await_text("the server closed the connection")
            self.assertFalse(terminal.on_alternate_screen())

    def test_where_no_screen_can_be_drawn_one_steps_by_lines(self):
        for language, ways in (("en", "Enter sends it"), ("zh", "按 Enter 发送")):
            for before, behind in (("TERM=dumb ", ""), ("", " | cat")):
                with self.subTest(language=language, before=before, behind=behind), Terminal(language=language) as terminal:
                    terminal.type(f"{before}{SMTPLAB} step netease/auth-required{behind}\n")
                    terminal.await_text(r"> HELO client\.example\s+-- " + ways)
                    self.assertNotIn("C: ", terminal.text())
                    terminal.press("Enter")
                    terminal.await_text(r"S: 250 OK")
                    terminal.await_text(r"> MAIL FROM:<alice@163\.com>\s+-- " + ways)
                    terminal.type("NOOP")
                    terminal.press("Enter")
                    terminal.await_text(r"C: NOOP\s+S: 250")
                    terminal.await_text(r"(?s)S: 250.*> MAIL FROM:<alice@163\.com>\s+-- " + ways)
                    terminal.type("q")
                    terminal.press("Enter")
                    terminal.await_prompt()
                    self.assertFalse(terminal.on_alternate_screen())


if __name__ == "__main__":
    main()
