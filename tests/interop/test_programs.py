"""Programs as people write them: each is told its first causes, and nothing else (tests/programs/expected.toml).

REPEAT=10 meets each of them so many times, with two loops that take the processors beside it, and counts what differs.

Runs in: release. The findings are those of the tables of the judges, which meet the sanitizers.
"""
import concurrent.futures
import os

import programs
from peer import Case, busy, main

AT_ONCE = 4
REPEAT = int(os.environ.get("REPEAT", "1"))


class Programs(Case):
    @classmethod
    def setUpClass(cls):
        cls.built = cls.enterClassContext(programs.Built())

    def check(self, language):
        if not programs.is_there(language):
            self.skipTest(f"no {programs.NEEDS[language]} here: its programs are left out")
        rows = [row for row in programs.rows() if row.language == language]
        self.assertGreater(len(rows), 5)
        self.built.await_language(language)
        runs = [row for row in rows for _ in range(REPEAT)]
        differ = {}
        with busy(2 if REPEAT > 1 else 0), concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            for row, met in zip(runs, pool.map(lambda row: programs.meet(row, self.built), runs)):
                with self.subTest(row.name):
                    if met.causes != sorted(row.tells):
                        differ[row.name] = differ.get(row.name, 0) + 1
                    self.assertEqual(met.causes, sorted(row.tells), met.said)
        if REPEAT > 1:
            print(f"{language}: {len(rows)} programs, {REPEAT} times each; these differed: {differ or 'none'}")

    def test_python(self):
        self.check("python")

    def test_c(self):
        self.check("c")

    def test_java(self):
        self.check("java")

    def test_go(self):
        self.check("go")

    def test_javascript(self):
        self.check("javascript")

    def test_every_program_has_a_row(self):
        there = {str(path.relative_to(programs.PROGRAMS)) for path in programs.PROGRAMS.glob("*/*") if path.name not in ("go.mod", "go.sum")}
        self.assertEqual(there, {row.program for row in programs.rows()})
        self.assertGreaterEqual(len(there), 44)


if __name__ == "__main__":
    main()
