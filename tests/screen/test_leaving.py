"""However the interface is left, the terminal is usable afterwards: settings, cursor, screen and prompt are as before."""
import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "interop"))

from peer import SANITIZED, Case, main, until  # pylint: disable=wrong-import-position
from tmux import Terminal, is_alive  # pylint: disable=wrong-import-position

STARTS = {
    "the picker": ([], "Choose a scenario", ()),
    "a lesson": (["step", "netease/auth-required"], "S 220 ", ()),
    "the line editor": (["step", "netease/auth-required"], "S 220 ", ("N",)),
    "help": (["step", "netease/auth-required"], "S 220 ", ("?",)),
}


class Leaving(Case):
    def check_after(self, terminal, settings):
        """The shell is back, and what is typed into it is shown and done."""
        terminal.await_prompt()
        self.assertFalse(terminal.on_alternate_screen(), "the shell's own screen is back")
        column, _, seen = terminal.cursor()
        self.assertTrue(seen, "the cursor can be seen")
        self.assertEqual(column, len("ready$ "))
        self.assertEqual(terminal.format("#{mouse_any_flag}#{keypad_cursor_flag}#{keypad_flag}"), "000", "mouse and keypad modes are off")
        self.assertEqual(terminal.shell("stty -a"), settings)
        self.assertEqual(terminal.shell("echo us''able"), "usable")

    def leave(self, how, expected=None):
        for name, (arguments, first, keys) in STARTS.items():
            with self.subTest(name), Terminal() as terminal:
                settings = terminal.shell("stty -a")
                self.assertRegex(settings, r"(?s)-?icanon.* echo\b")
                terminal.smtplab(*arguments, "; echo status=$?")
                terminal.await_text(first)
                for key in keys:
                    terminal.press(key)
                    terminal.await_text(r"C▸ N␍␊" if key == "N" else "any other character")
                self.assertTrue(terminal.on_alternate_screen())
                how(terminal, name)
                found = terminal.await_text(r"^status=(\d+)$")[1]
                if expected is not None:
                    self.assertIn(int(found), expected)
                self.check_after(terminal, settings)

    def test_q(self):
        def quit_it(terminal, name):
            if name == "the line editor":
                terminal.press("Escape")
                terminal.await_gone("C▸ N␍␊")
            if name == "help":
                terminal.press("Escape")
                terminal.await_gone("any other character")
            terminal.press("q")
            if name != "the picker":  # there it may be the first letter of QUIT
                terminal.await_text("q once more")
                terminal.press("q")
        self.leave(quit_it, {0})

    def test_control_c(self):
        self.leave(lambda terminal, _: terminal.press("C-c"))

    def test_sigterm(self):
        self.leave(lambda terminal, _: terminal.kill(signal.SIGTERM))

    def test_sigint_from_elsewhere(self):
        self.leave(lambda terminal, _: terminal.kill(signal.SIGINT))

    def test_a_crash(self):
        crashed = {1, 128 + signal.SIGSEGV} if SANITIZED else {128 + signal.SIGSEGV}
        self.leave(lambda terminal, _: terminal.kill(signal.SIGSEGV), crashed)

    def test_an_abort(self):
        aborted = {1, 128 + signal.SIGABRT} if SANITIZED else {128 + signal.SIGABRT}
        self.leave(lambda terminal, _: terminal.kill(signal.SIGABRT), aborted)

    def test_control_z_and_fg(self):
        for name in ("the picker", "a lesson"):
            with self.subTest(name), Terminal() as terminal:
                arguments, first, _ = STARTS[name]
                settings = terminal.shell("stty -a")
                terminal.smtplab(*arguments)
                for _ in range(2):
                    terminal.await_text(first)
                    until(terminal.on_alternate_screen, "its screen")
                    terminal.press("C-z")
                    self.check_after(terminal, settings)
                    self.assertIn("Stopped", terminal.shell("jobs"))
                    terminal.type("fg\n")
                terminal.await_text(first)
                terminal.resize(100, 30)
                terminal.press("C-z")
                terminal.await_prompt()
                terminal.resize(80, 24)  # while it sleeps
                terminal.type("clear; fg\n")
                terminal.await_text(first)
                until(lambda: any(row.startswith("┌") and len(row) == 80 for row in terminal.screen()), "the frame in its new size")
                terminal.press(*(["q"] if name == "the picker" else ["q", "q"]))  # a lesson asks
                self.check_after(terminal, settings)

    def test_the_terminal_goes_away(self):
        with Terminal() as terminal:
            terminal.smtplab("step", "netease/auth-required")
            terminal.await_text("S 220 ")
            program = terminal.program()
            terminal.tmux("kill-server")
            until(lambda: not is_alive(program), "the program ends, too")


if __name__ == "__main__":
    main()
