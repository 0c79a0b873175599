"""The whole conformance table."""
import conformance_commands
import conformance_extensions
import conformance_mail
import conformance_security

ROWS = conformance_commands.ROWS + conformance_mail.ROWS + conformance_extensions.ROWS + conformance_security.ROWS
