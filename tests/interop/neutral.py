"""The mock with its neutral scenario any/submission, which offers everything: it is what real clients and the conformance table
meet."""
import dataclasses
import json
import pathlib
import re
import tempfile

import peer

SCENARIO = "any/submission"


@dataclasses.dataclass(frozen=True)
class Account:
    user: str
    password: str
    token: str  # of OAuth; empty: none


def accounts(scenario=SCENARIO):
    """The accounts that `smtplab scenarios --json` shows, and of a provider `smtplab scenarios show`."""
    listed = json.loads(peer.run(peer.SMTPLAB, "scenarios", "--json").stdout)
    for entry in listed:
        if entry["id"] == scenario:
            return [Account(account["user"], account["password"], account.get("token", "")) for account in entry["accounts"]]
    shown = peer.run(peer.SMTPLAB, "scenarios", "show", scenario, "--lang", "en").stdout.decode()
    return [Account(*found, "") for found in re.findall(r"^  (\S+@\S+)  password (.+?)(?:  web password .*)?$", shown, re.MULTILINE)]


class Neutral(peer.Mock):
    """`port` speaks SMTP with STARTTLS, `tls_port` TLS from the start, `ca` is the file with the authority to trust. `arguments`
    are more options of the mock."""

    def __init__(self, arguments=(), **more):
        self.authority = tempfile.TemporaryDirectory(prefix="smtplab-ca-")
        self.ca = pathlib.Path(self.authority.name) / "ca.pem"
        try:
            super().__init__(SCENARIO, arguments=("--smtps", "0", "--ca-out", self.ca, *arguments), **more)
        except BaseException:
            self.authority.cleanup()
            raise
        self.tls_port = self.ports["smtps"]

    def close(self):
        super().close()
        self.authority.cleanup()
