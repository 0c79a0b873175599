"""The wire conformance table (conformance.py) against the mock: every row in every manner."""
import neutral
import peer
from conformance import Differs, Manner, Target, mismatches
from conformance_rows import ROWS


class Table(peer.Case):
    def test_it_has_its_size_and_no_name_twice(self):
        names = [row.name for row in ROWS]
        self.assertGreaterEqual(len(names), 150)
        self.assertEqual(sorted(name for name in names if names.count(name) > 1), [])

    def test_what_differs_has_a_pattern_a_step(self):
        wrong = [row.name for row in ROWS if isinstance(row.postfix, Differs) and len(row.postfix.patterns) != len(row.steps)]
        self.assertEqual(wrong, [])


class Mock(peer.Case):
    def setUp(self):
        alice, bob, *_ = neutral.accounts()
        mock = self.enterContext(neutral.Neutral(events=False, store=False))
        self.target = Target(mock.port, mock.tls_port, str(mock.ca), alice.user, bob.user, alice.password)

    def try_all(self, manner):
        found = mismatches(((row, None) for row in ROWS), self.target, manner)
        if found:
            self.fail("\n".join([f"{len(found)} mismatches", *found]))

    def test_the_answers_are_those_of_the_rfcs(self):
        self.try_all(Manner.WHOLE)

    def test_they_are_the_same_octet_by_octet(self):
        self.try_all(Manner.OCTETS)

    def test_they_are_the_same_inside_tls(self):
        self.try_all(Manner.INSIDE_TLS)


if __name__ == "__main__":
    peer.main()
