"""No password on the screen, in what can be opened over it, and in what is exported from there, unless it is asked for.

Runs in: release. What is shown is the same in both builds; tests of the stepper draw it under the sanitizers.
"""
from peer import Mock, main
from secrets_sent import Searched, all_ways, finder, marker, scenarios_with
from tmux import Terminal

# The keys below the dialogue. Enter stands in brackets until everything that was sent is answered, and its row is drawn last: what
# stands above is what came of the line.
STEPPING = r"^ Enter (send|connect)  (?s:.*)\? all keys"
TYPING = r"^ Enter send  Esc leave"


class OnTheScreen(Searched):
    def answered(self, terminal, above=""):
        """What stands there when the next thing may be sent; some text above the keys is awaited too."""
        return terminal.await_text(rf"(?s:{above}.*){STEPPING}").string

    def look_through(self, terminal, key, title, refusal, found):
        """Something that lies over the screen until Escape. Where there is nothing to see, a notice says so."""
        terminal.press(key)
        shown = terminal.await_text(f"{title}|{refusal}").string
        self.check(title, shown, found)
        if title in shown:
            terminal.press("Escape")
            terminal.await_gone(title)

    def look_at_octets(self, terminal, found):
        self.look_through(terminal, "w", "On the wire", "this line was not on the wire", found)

    def look_at_all(self, terminal, found, events):
        """Walks back through the dialogue; each event with what it means, and its octets."""
        for _ in range(events):
            self.check("an event", self.answered(terminal), found)
            self.look_at_octets(terminal, found)
            terminal.press("Up", "?")  # the list of keys shows that Up was heard, at the first event too
            terminal.await_text("PgDn Home End")
            terminal.press("Escape")
            terminal.await_gone("PgDn Home End")

    def test_a_lesson_with_everything_that_can_be_seen_of_it(self):
        secret = marker("screen")
        found = finder([secret])
        scenarios = scenarios_with(secret, self.folder)
        for scenario in ("netease/first-mail", "any/xoauth2"):
            with self.subTest(scenario), Terminal(140, 40) as terminal:
                terminal.smtplab("step", scenario, "--scenarios", str(scenarios))
                steps = int(terminal.await_text(r"step 1/(\d+)")[1])
                terminal.await_text("S 220 ")
                for number in range(1, steps + 1):
                    self.check(f"step {number}", self.answered(terminal, rf"step {number}/"), found)
                    self.look_through(terminal, "m", "Make a mistake", "there is no mistake to make", found)
                    terminal.press("Enter")
                terminal.await_text("The lesson ends here")
                terminal.press("x")
                terminal.await_text("written to")
                self.look_at_all(terminal, found, steps + 6)
                exported = [file.read_text() for file in terminal.work.iterdir()]
                self.assertGreaterEqual(len(exported), 2)
                for text in exported:
                    self.check("export", text, found)
                terminal.press("C-c")
                terminal.await_prompt()

    def test_lines_that_are_typed_wrongly(self):
        ways = {name: way for name, way in all_ways().items() if "too long" not in name and not name.startswith("CR,")}
        everything = finder(secret for secret, _ in ways.values())
        with Mock("any/submission", store=False) as mock, Terminal(140, 40) as terminal:
            terminal.smtplab("step", "--server", f"127.0.0.1:{mock.port}", "--security", "none", "--insecure")
            self.answered(terminal, "S 220 ")
            for number, (name, (secret, octets)) in enumerate(ways.items(), 1):
                terminal.paste(f"NOOP {number}\n{octets}".replace("\r\n", "\n"))
                terminal.await_text(TYPING)  # the field shows what its user types himself
                terminal.press("Enter")
                shown = self.answered(terminal)
                self.check(name, shown, finder([secret]))
                self.look_at_octets(terminal, finder([secret]))
                if "(connect again)" in shown:
                    terminal.press("Enter")
                    terminal.await_gone(r"\(connect again\)")
                    self.answered(terminal)
            terminal.press("x")
            terminal.await_text("written to")
            for file in terminal.work.iterdir():
                self.check(file.name, file.read_text(), everything)
            self.assertIn(f"NOOP {len(ways)}", mock.events_file.read_text(), "the last one has come")
            terminal.press("C-c")
            terminal.await_prompt()
            self.check("events", mock.events_file.read_text(), everything)


if __name__ == "__main__":
    main()
