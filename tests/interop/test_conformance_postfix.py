"""The wire conformance table (conformance.py) against Postfix: so the table itself is checked against a server of other
people. A row that says otherwise for Postfix says why.

Runs in: release. None of our programs takes part.
"""
import unittest

import mta
import mta_postfix
import peer
from conformance import Differs, Manner, Target, mismatches
from conformance_rows import ROWS

# What that of Debian 13 (3.10) does otherwise would hide what the rows ask: it hangs up on whoever sends a command too early
# (RFC 2920 §3.1), and takes the rest of a line that is too long for it, QUIT or whatever, for another command.
MAIN = "smtpd_forbid_unauth_pipelining = no\nline_length_limit = 200000\n"

TRIED = [row for row in ROWS if not isinstance(row.postfix, str)]


@unittest.skipIf(mta_postfix.obstacle(), mta_postfix.obstacle())
class Postfix(peer.Case):
    def test_it_answers_as_the_table_says(self):
        server = self.enterContext(mta_postfix.Postfix(main=MAIN))
        target = Target(server.port, server.tls_port, str(server.ca), mta.ALICE, mta.BOB, mta.PASSWORD)
        rows = [(row, row.postfix.patterns if isinstance(row.postfix, Differs) else None) for row in TRIED]
        found = [mismatch for manner in Manner for mismatch in mismatches(rows, target, manner)]
        if found:
            self.fail("\n".join([f"{len(found)} mismatches", *found]))

    def test_most_rows_are_tried_and_most_of_those_hold_as_they_stand(self):
        self.assertGreater(len(TRIED), 0.9 * len(ROWS))
        self.assertGreater(sum(row.postfix is None for row in TRIED), 0.8 * len(TRIED))


if __name__ == "__main__":
    peer.main()
