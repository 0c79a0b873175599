"""smtplab scenarios: the lists, one scenario, the check of files, and files of one's own.

Runs in: release. tests/commands prints the same lists and tests/scenario loads the same files, right and wrong ones, under the
sanitizers.
"""
import json
import pathlib
import tempfile

from peer import FAILED, PASSWORD, SMTPLAB, SOURCE, USAGE, USER, Case, Mock, main, run
from smtplab import complaint, smtplab


class Scenarios(Case):
    IDS = {"any/accept-all", "netease/auth-required", "netease/first-mail", "netease/wrong-password", "qq/authorization-code"}

    def test_the_list(self):
        for language in ("en", "zh"):
            text = smtplab("scenarios", "--lang", language)
            for scenario in self.IDS:
                self.assertIn(scenario, text)
        for by, heading in (("provider", "NetEase 163"), ("subject", "Authentication"), ("code", "553")):
            lines = smtplab("scenarios", "--by", by).splitlines()
            following = lines[lines.index(heading) + 1:]
            before_next = following[:following.index("")]
            self.assertTrue(any(line.startswith("  netease/auth-required ") for line in before_next), by)
        for arguments in (["--by", "weather"], ["--by", "code", "--json"]):
            self.assertEqual(run(SMTPLAB, "scenarios", *arguments, status=None).returncode, 2)

    def test_the_list_as_json(self):
        scenarios = {scenario["id"]: scenario for scenario in json.loads(smtplab("scenarios", "--json"))}
        self.assertLessEqual(self.IDS, set(scenarios))
        for scenario in scenarios.values():
            self.assertEqual(set(scenario) - {"others"}, {"id", "provider", "title", "subject", "code", "accounts", "security"})
            self.assertEqual(set(scenario["title"]), {"en", "zh"})
            self.assertEqual(scenario["provider"], scenario["id"].split("/")[0])
        self.assertEqual(scenarios["netease/auth-required"]["code"], 553)
        self.assertEqual(scenarios["netease/first-mail"]["accounts"][0]["password"], PASSWORD)
        self.assertEqual(scenarios["netease/first-mail"]["accounts"][0]["user"], USER)
        self.assertNotIn("others", scenarios["netease/first-mail"])
        others = scenarios["netease/read-at-qq"]["others"]
        self.assertEqual([other["provider"] for other in others], ["qq-imap", "netease-imap"])
        self.assertEqual(others[0]["accounts"][0]["user"], "alice@qq.com")
        shown = smtplab("scenarios", "show", "netease/read-at-qq", "--lang", "en")
        for wanted in ("\nAccounts · netease\n", "\nAccounts · qq-imap\n  alice@qq.com  password " + others[0]["accounts"][0]["password"]):
            self.assertIn(wanted, shown)

    def test_one_scenario(self):
        for language, steps in (("en", "Steps"), ("zh", "步骤")):
            text = smtplab("scenarios", "show", "netease/wrong-password", "--lang", language)
            for wanted in (steps, PASSWORD, "account-password", "AUTH LOGIN", "535", USER):
                self.assertIn(wanted, text)
        for other in ("netease", "netease#auth-required", SOURCE / "scenarios" / "netease" / "first-mail.toml"):
            self.assertTrue(smtplab("scenarios", "show", other))

    def test_files_are_checked(self):
        good = SOURCE / "scenarios" / "netease" / "first-mail.toml"
        self.assertIn("ok", smtplab("scenarios", "check", good))
        with tempfile.TemporaryDirectory() as folder:
            bad = pathlib.Path(folder, "bad.toml")
            bad.write_text(good.read_text().replace("expect = 235", 'expect = "235"', 1))
            line = good.read_text().split("expect = 235")[0].count("\n") + 1
            done = run(SMTPLAB, "scenarios", "check", good, bad, status=None)
            self.assertIn(done.returncode, (FAILED, USAGE))
            self.assertIn(f"{bad}:{line}:", (done.stdout + done.stderr).decode())

    def test_an_unknown_scenario_and_what_was_meant(self):
        said = complaint("step", "netease/wrong-pasword", "--auto")
        self.assertIn("unknown scenario 'netease/wrong-pasword'", said)
        self.assertIn("did you mean 'netease/wrong-password'?", said)
        self.assertIn("(one of: ", complaint("scenarios", "show", "nonsense"), "without a near one, some are named")
        self.assertIn("auth-required", complaint("step", "netease#auth-requird", "--auto"))

    def test_any_known_reply_can_be_met_without_a_file_of_its_own(self):
        text = smtplab("step", "netease#dt-spm-554", "--auto", status=None)
        self.assertIn("S: 554 DT:SPM", text)

    def test_a_provider_is_one_file_and_nothing_has_to_be_built(self):
        text = {"because": "b", "fix": "f"}
        provider = ('title = {en="Mine", zh="我的"}\n[server]\nname = "mx.mine.example"\n[[reply]]\nid = "nobody"\nstage = "rcpt"\n'
                    'lines = ["550 5.1.1 <{recipient}> is nobody"]\nsource = ["here"]\n' +
                    "".join(f'{key} = {{en="{value}", zh="{value}"}}\n' for key, value in text.items()) +
                    '[[rule]]\non = "RCPT"\nwhen = {recipient = "bob@*"}\nreply = "@nobody"\n')
        scenario = ('extends = "mine"\nsubject = "recipient"\ntitle = {en="T", zh="题"}\nsummary = {en="S", zh="述"}\n'
                    '[[step]]\nsend = "EHLO {client}"\nexpect = 250\nsay = {en="s", zh="说"}\n')
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "mine", "provider.toml")
            file.parent.mkdir()
            file.write_text(provider)
            (file.parent / "first.toml").write_text(scenario)
            self.assertIn("ok", smtplab("scenarios", "check", file, f"{file}#nobody", file.parent / "first.toml"))
            self.assertIn("S: 220 mx.mine.example", smtplab("step", file, "--auto"))
            self.assertIn("S: 220 mx.mine.example", smtplab("step", file.parent / "first.toml", "--auto"))
            self.assertIn("S: 550 5.1.1 <bob@example.net> is nobody", smtplab("step", f"{file}#nobody", "--auto"))
            self.assertIn("unknown reply 'nobod' of 'mine'", complaint("step", f"{file}#nobod", "--auto"))
            for which, recipient in ((file, "bob@x.example"), (f"{file}#nobody", "carol@x.example")):
                with self.subTest(str(which)), Mock(which) as mock, mock.connect() as talk:
                    talk.ask(b"EHLO a.example", 250)
                    talk.ask(b"MAIL FROM:<a@b.example>", 250)
                    self.assertEqual(talk.ask(f"RCPT TO:<{recipient}>".encode(), 550), f"550 5.1.1 <{recipient}> is nobody\r\n".encode())

    def test_a_file_of_one_s_own(self):
        with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
            file.write((SOURCE / "scenarios" / "netease" / "first-mail.toml").read_text().replace("163: the first mail", "my own lesson"))
            file.flush()
            self.assertIn("my own lesson", smtplab("step", file.name, "--auto", "--lang", "en"))


if __name__ == "__main__":
    main()
