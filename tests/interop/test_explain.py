"""smtplab explain: replies, commands, keywords, mistakes and base64, in both languages.

Runs in: release. Each run reads what all providers say; tests/commands does that once, in memory, under the sanitizers.
"""
from peer import SMTPLAB, Case, main, run
from smtplab import complaint, one_line, smtplab


class Textbook(Case):
    def test_what_the_skeleton_prints_is_no_reply(self):
        for code in (220, 250, 354):
            said = smtplab("explain", f"{code} reply not received from server.", "--lang", "en")
            self.assertIn("bytes-compared-with-str", said)
            self.assertNotIn("The server is ready", said)

    def test_words_that_several_servers_say_are_told_in_general_first(self):
        said = smtplab("explain", "250 OK", "--lang", "en")
        self.assertLess(said.index("RFC 5321"), said.index("#"))


class Explain(Case):
    def test_replies_commands_keywords_mistakes_and_base64(self):
        rows = [(["535"], "User name and password do not fit"), (["535 5.7.8"], "5.7.8 User name or password is wrong"),
                (["535", "5.7.8"], "5.7.8 User name or password is wrong"), (["EHLO"], "Grammar \"EHLO\" SP"),
                (["ehlo"], "Grammar \"EHLO\" SP"), (["334 VXNlcm5hbWU6"], "VXNlcm5hbWU6 base64 of Username:"),
                (["553 authentication is required,163 smtp11,abc 1513650000"], "netease#auth-required"),
                (["MAIL FROM:<a@b.example>"], "well-formed"), (["missing-crlf"], "A command ends with CR LF"), (["PIPELINING"], "PIPELINING"),
                (["dXNlcm5hbWU6"], "username:"), (["EHLO [192.0.2.1]"], "well-formed")]
        for words, wanted in rows:
            with self.subTest(words):
                self.assertIn(wanted, one_line(smtplab("explain", *words)))

    def test_in_chinese(self):
        text = smtplab("explain", "535", "--lang", "zh")
        self.assertRegex(text, r"[\u4e00-\u9fff]")
        self.assertIn("535", text)

    def test_a_known_reply_is_found_in_the_provider_s_vocabulary_with_its_way_out(self):
        text = one_line(smtplab("explain", "535 Error: authentication failed"))
        self.assertIn("netease#auth-failed", text)
        self.assertIn("make an authorization code", text)

    def test_what_a_program_printed_is_read_from_standard_input(self):
        printed = b"SERVER -> CLIENT: 220 mx\nSMTP ERROR: RCPT TO command failed: 550 5.1.1 User unknown\npassword=hunter2\n"
        for arguments in (["explain", "-"], ["explain"]):
            with self.subTest(arguments):
                text = one_line(smtplab(*arguments, given=printed))
                self.assertIn("550 5.1.1 User unknown", text)
                self.assertIn("line 2 of 3", text)
                self.assertIn("unknown-recipient", text)
                self.assertNotIn("hunter2", text)

    def test_of_a_long_text_the_end_is_read_too(self):
        done = run(SMTPLAB, "explain", "-", given=b"nothing to see here\n" * 200_000 + b"ConnectionRefusedError: [Errno 111] Connection refused\n")
        self.assertIn(b"refused", done.stdout)
        self.assertRegex(done.stderr, rb"\d+ octets in the middle")

    def test_what_is_unknown_or_missing(self):
        self.assertIn("'blub' is nothing smtplab knows", complaint("explain", "blub"))
        self.assertIn("nothing to explain", complaint("explain"))
        self.assertIn("999", complaint("explain", "999"))

    def test_hostile_text_is_escaped(self):
        done = run(SMTPLAB, "explain", "535 \x1b[31m", status=None)
        self.assertNotIn(b"\x1b", done.stdout + done.stderr)

    def test_every_code_command_and_mistake_in_use_is_explained_in_both_languages(self):
        for word in ("220", "221", "235", "250", "334", "354", "421", "451", "452", "500", "501", "502", "503", "504", "535", "550", "552",
                     "553", "554", "HELO", "EHLO", "MAIL", "RCPT", "DATA", "RSET", "VRFY", "EXPN", "HELP", "NOOP", "QUIT", "AUTH"):
            for language in ("en", "zh"):
                with self.subTest(word=word, language=language):
                    self.assertGreater(len(smtplab("explain", word, "--lang", language)), 50)


if __name__ == "__main__":
    main()
