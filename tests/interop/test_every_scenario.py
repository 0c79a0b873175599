"""Every scenario, walked by the program in both languages.

Runs in: release. What the program does on these walks, the sanitizers see in tests/lines, where every scenario is played in
one process, its network included; here the same is done by 400 processes, as people do it.
"""
import concurrent.futures
import json
import os
import re

from peer import Case, b64, main
from smtplab import normalised, smtplab


def walk(scenario, language):
    return smtplab("step", scenario["id"], "--auto", "--lang", language)


class EveryScenario(Case):
    @classmethod
    def setUpClass(cls):
        cls.scenarios = json.loads(smtplab("scenarios", "--json"))
        # Some walk through pauses, in which another one may run.
        with concurrent.futures.ThreadPoolExecutor(2 * os.cpu_count()) as pool:
            cls.walks = {language: list(pool.map(walk, cls.scenarios, [language] * len(cls.scenarios))) for language in ("en", "zh")}

    def test_no_scenario_prints_a_password_unasked(self):
        for language, walks in self.walks.items():
            for scenario, text in zip(self.scenarios, walks, strict=True):
                for account in scenario["accounts"]:
                    for secret in (account["password"], account.get("web_password") or "-"):
                        for form in (secret, b64(secret).decode(), b64(secret + "\n").decode()):
                            self.assertFalse(secret != "-" and form in text, (scenario["id"], language, form))

    def test_no_list_of_mechanisms_is_taken_for_a_login(self):
        lists = 0
        for walks in self.walks.values():
            for text in walks:
                for line in re.findall(r"^S: 250[- ]AUTH.*$", text, re.M):
                    self.assertNotIn("*", line)
                    lists += 1
        self.assertGreater(lists, 0)

    def test_both_languages_send_the_same_and_hear_the_same(self):
        for scenario, *both in zip(self.scenarios, self.walks["en"], self.walks["zh"], strict=True):
            both = [text.replace("（没有行尾）", "(no line end)") for text in both]
            wire = [[line for line in normalised(text).splitlines() if line.startswith(("C: ", "S: "))] for text in both]
            self.assertEqual(wire[0], wire[1], scenario["id"])


if __name__ == "__main__":
    main()
