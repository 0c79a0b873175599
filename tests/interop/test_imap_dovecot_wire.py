"""The wire table of IMAP (tests/imap/wire.txt) against Dovecot: what we say of IMAP is what a real server says.

Runs in: release. None of our programs takes part.
"""
import unittest

import dovecot
import imap_wire
import peer


@unittest.skipIf(dovecot.obstacle(), dovecot.obstacle())
class Table(peer.Case):
    def test_it_answers_as_the_table_says(self):
        server = self.enterContext(dovecot.Dovecot())
        found = []
        rows = [row for row in imap_wire.rows() if "dovecot" not in row.skipped]
        for number, row in enumerate(rows):
            user = f"u{number}"
            server.mailbox(user, ())
            found.append(imap_wire.mismatch(row, server.imap_port, user, dovecot.PASSWORD))
        found = [one for one in found if one]
        if found:
            self.fail("\n".join([f"{len(found)} mismatches", *found]))
        self.assertGreater(len(rows), 150)


if __name__ == "__main__":
    peer.main()
