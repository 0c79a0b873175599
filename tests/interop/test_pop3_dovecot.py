"""The wire table of POP3 (tests/pop3/wire.txt) against Dovecot: so the table itself is checked against a server of other people.

Runs in: release. None of our programs takes part.
"""
import unittest

import dovecot
import peer
import pop3_wire

ROWS = pop3_wire.rows()
TRIED = [row for row in ROWS if "dovecot" not in row.skipped]


@unittest.skipIf(dovecot.obstacle(), dovecot.obstacle())
class Dovecot(peer.Case):
    def test_it_answers_as_the_table_says(self):
        server = self.enterContext(dovecot.Dovecot())
        found = []
        for number, row in enumerate(TRIED):
            user = f"user{number}"
            server.mailbox(user, pop3_wire.MESSAGES)
            found.append(pop3_wire.mismatch(row, server.port, str(server.ca), user, theirs=True))
        found = [one for one in found if one]
        if found:
            self.fail("\n".join([f"{len(found)} mismatches", *found]))

    def test_most_rows_are_tried_and_most_of_those_hold_as_they_stand(self):
        self.assertGreater(len(TRIED), 0.85 * len(ROWS))
        self.assertGreater(sum(not row.theirs for row in TRIED), 0.9 * len(TRIED))


if __name__ == "__main__":
    peer.main()
