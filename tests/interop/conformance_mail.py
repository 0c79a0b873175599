"""Rows of the conformance table: RFC 5321, envelopes and mail data. See conformance.py."""
from conformance import differs, row

ANY_DOT_STRING = "Postfix takes any dots in a local part"
LENIENT = "Postfix takes addresses of mail systems long gone"
LONG_DOMAIN = b".".join([b"d" * 61] * 3)


def mail(path, patterns, name=None, rule="5321 4.1.2", postfix=None):
    return row(name or f"MAIL FROM:{path.decode()}", rule, "ehlo", (b"MAIL FROM:" + path + b"\r\n", patterns), postfix=postfix)


def rcpt(path, patterns, name=None, rule="5321 4.1.1.3", postfix=None):
    return row(name or f"RCPT TO:{path.decode()}", rule, "mail", (b"RCPT TO:" + path + b"\r\n", patterns), postfix=postfix)


def data(name, octets, patterns, rule="5321 4.5.2", postfix=None):
    """The octets behind the 354; they must be one message, and a command behind them must be one again."""
    return row(name, rule, "data", (octets, patterns), (b"NOOP\r\n", "250"), postfix=postfix)


ROWS = (
    # Reverse-paths.
    mail(b"<>", "250", "the null reverse-path", "5321 4.5.5"),
    mail(b"<alice@sub.domain.example>", "250"),
    row("MAIL in small letters", "5321 2.4", "ehlo", (b"mail from:<a@b.example>\r\n", "250")),
    mail(b'<"a b"@b.example>', "250", "a quoted local part"),
    mail(b'<"a\\"b"@b.example>', "250", "a quoted pair in a local part"),
    mail(b'<"a@b"@c.example>', "250", "an at sign in a quoted local part"),
    mail(b'<"<>"@c.example>', "250", "angle brackets in a quoted local part"),
    mail(b"<a!#$%&'*+-/=?^_`{|}~b@b.example>", "250", "every special character of an atom"),
    mail(b"<a.b.c@b.example>", "250"),
    mail(b"<a@[127.0.0.1]>", "250"),
    mail(b"<a@[IPv6:2001:db8::1]>", "250"),
    mail(b"<" + b"l" * 64 + b"@b.example>", "250", "a local part of 64 octets", "5321 4.5.3.1.1"),
    mail(b"<" + b"l" * 64 + b"@" + LONG_DOMAIN + b".b>", "250", "a path of 254 octets", "5321 4.5.3.1.3"),
    mail(b"<@a.example,@b.example:c@d.example>", "250", "a source route, which is ignored", "5321 4.1.1.3"),
    mail(b" <a@b.example>", "250|501", "a space behind the colon", "5321 4.1.1.2"),
    mail(b"a@b.example", "501", "no angle brackets", "5321 4.1.1.2"),
    mail(b"", "501", "MAIL FROM: and nothing"),
    mail(b"<a@b.example", "501", "no closing bracket"),
    mail(b"a@b.example>", "501", "no opening bracket"),
    mail(b"<<a@b.example>>", "501", "brackets in brackets", postfix=differs(LENIENT, "250|501")),
    mail(b"<a b@c.example>", "501", "a space in a local part"),
    mail(b"<@b.example>", "501", "no local part"),
    mail(b"<a@>", "501", "no domain"),
    mail(b"<a@b.example>x", "501|555", "something glued to the path"),
    mail(b"<a@@b.example>", "501", "two at signs", postfix=differs(LENIENT, "250|501")),
    mail(b"<a@b@c.example>", "501", "two at signs apart", postfix=differs(LENIENT, "250|501")),
    mail(b"<a..b@c.example>", "501", "two dots in a row", postfix=differs(ANY_DOT_STRING, "250|501")),
    mail(b"<.a@c.example>", "501", "a dot at the beginning", postfix=differs(ANY_DOT_STRING, "250|501")),
    mail(b"<a.@c.example>", "501", "a dot at the end", postfix=differs(ANY_DOT_STRING, "250|501")),
    mail(b"<a@b..example>", "501", "an empty label in a domain"),
    mail(b"<a@-b.example>", "501", "a label that begins with a hyphen"),
    mail(b"<a@b_c.example>", "250|501|553", "an underscore in a domain"),
    mail(b'<"a@b.example>', "501", "a quotation that does not end"),
    mail(b"<a@[300.1.1.1]>", "501", "an address literal that is none"),
    mail(b"<a@[127.0.0.1>", "501", "an address literal that does not end", postfix=differs(LENIENT, "250|501")),
    mail(b"<a\x01b@c.example>", "501|553", "a control character in a local part",
         postfix=differs(LENIENT, "250|501|553")),
    row("MAIL alone", "5321 4.1.1.2", "ehlo", (b"MAIL\r\n", "501")),
    row("MAIL FROM without a colon", "5321 4.1.1.2", "ehlo", (b"MAIL FROM <a@b.example>\r\n", "501")),
    row("MAIL TO", "5321 4.1.1.2", "ehlo", (b"MAIL TO:<a@b.example>\r\n", "501")),
    row("MAILFROM in one word", "5321 4.1.1", "ehlo", (b"MAILFROM:<a@b.example>\r\n", "500|501"),
        postfix=differs("Postfix takes it for a header line and closes", "221 closed")),
    mail(b"<a@b.example> FOO=BAR", "555", "an unknown parameter of MAIL", "5321 4.1.1.11"),
    mail(b"<a@b.example> FOO", "555", "an unknown parameter without value", "5321 4.1.1.11"),
    mail(b"<a@b.example> =", "501|555", "a parameter without a name", "5321 4.1.2"),
    mail(b"<a@b.example>  SIZE=100", "250|501", "two spaces before a parameter", "5321 4.1.2"),
    mail(b"<a@b.example> SIZE=100 ", "250", "white space behind the parameters", "5321 4.1.1"),

    # Forward-paths.
    rcpt(b"<{bob}>", "250"),
    rcpt(b"<Postmaster>", "250", "Postmaster without a domain", "5321 4.5.1"),
    rcpt(b"<pOsTmAsTeR>", "250", "postmaster in any letters", "5321 4.5.1"),
    rcpt(b"<postmaster@{domain}>", "250", "postmaster of the domain", "5321 4.5.1"),
    rcpt(b"<>", "501|550|553", "the null path as recipient"),
    rcpt(b"<@a.example,@b.example:{bob}>", "250|5xx", "a source route to a recipient"),
    rcpt(b"<bob>", "501|550|553", "a recipient without a domain",
         postfix=differs("Postfix completes it with its own domain", "250")),
    rcpt(b"{bob}", "501", "a recipient without brackets"),
    rcpt(b"<{bob}> <{alice}>", "501|555", "two recipients in one command"),
    rcpt(b"<{bob}> FOO=BAR", "555", "an unknown parameter of RCPT", "5321 4.1.1.11"),
    rcpt(b"<{bob}> SIZE=100", "555", "a parameter of MAIL given to RCPT", "1870 4"),
    row("RCPT alone", "5321 4.1.1.3", "mail", (b"RCPT\r\n", "501")),
    row("RCPT FROM", "5321 4.1.1.3", "mail", (b"RCPT FROM:<{bob}>\r\n", "501")),
    row("the same recipient twice", "5321 4.1.1.3", "rcpt", (b"RCPT TO:<{bob}>\r\n", "250"), (b"DATA\r\n", "354")),
    row("a hundred recipients", "5321 4.5.3.1.8", "mail", (b"RCPT TO:<{bob}>\r\n" * 100, " ".join(["250"] * 100)),
        (b"DATA\r\n", "354")),

    # Mail data.
    row("DATA in small letters", "5321 2.4", "rcpt", (b"data\r\n", "354"), (b"\r\n.\r\n", "250")),
    data("a message", b"Subject: test\r\n\r\nhello\r\n.\r\n", "250", "5321 4.1.1.4"),
    data("an empty message", b".\r\n", "250", "5321 4.1.1.4"),
    data("an empty line only", b"\r\n.\r\n", "250", "5321 4.1.1.4"),
    data("commands inside the data are data", b"QUIT\r\nRSET\r\n.\r\n", "250", "5321 4.1.1.4"),
    data("two dots do not end", b"..\r\n.\r\n", "250"),
    data("a dot with a space does not end", b". \r\n.\r\n", "250"),
    data("a dot at the beginning of a line does not end", b".hidden\r\n.\r\n", "250"),
    data("a dot in the middle of a line does not end", b"end.\r\n.\r\n", "250"),
    row("the final dot octet by octet", "5321 4.1.1.4", "data", *((bytes([octet]), "") for octet in b"a\r\n.\r"),
        (b"\n", "250")),
    data("a line of 998 octets", b"x" * 998 + b"\r\n.\r\n", "250", "5321 4.5.3.1.6"),
    data("a line of 5,000 octets", b"x" * 5000 + b"\r\n.\r\n", "250", "5321 4.5.3.1.6"),
    data("a line of 100,000 octets", b"x" * 100_000 + b"\r\n.\r\n", "250|500|554", "5321 4.5.3.1.6"),
    data("a line of 998 octets that begins with a stuffed dot", b".." + b"x" * 997 + b"\r\n.\r\n", "250", "5321 4.5.3.1.6"),
    data("8-bit octets without a word about them", b"\xc3\xbc\xff\r\n.\r\n", "250|554", "6152 3"),
    data("NUL", b"a\0b\r\n.\r\n", "250|5xx", "5321 2.3.8"),
    data("LF dot LF does not end", b"a\n.\nQUIT\r\n.\r\n", "250|550|554"),
    data("LF dot CRLF does not end", b"a\n.\r\nQUIT\r\n.\r\n", "250|550|554"),
    data("CRLF dot LF does not end", b"a\r\n.\nQUIT\r\n.\r\n", "250|550|554"),
    data("CR dot CR does not end", b"a\r.\rQUIT\r\n.\r\n", "250|550|554"),
    data("CRLF dot CR does not end", b"a\r\n.\rQUIT\r\n.\r\n", "250|550|554"),
    data("CR dot CRLF does not end", b"a\r.\r\nQUIT\r\n.\r\n", "250|550|554"),
    data("LF LF dot LF LF does not end", b"a\n\n.\n\nQUIT\r\n.\r\n", "250|550|554"),
    data("CR CR LF dot CR CR LF does not end", b"a\r\r\n.\r\r\nQUIT\r\n.\r\n", "250|550|554",
         postfix="Postfix takes any number of CR before LF for one"),
    data("NUL between CRLF and dot does not end", b"a\r\n\0.\r\nQUIT\r\n.\r\n", "250|550|554"),
    data("NUL behind the dot does not end", b"a\r\n.\0\r\nQUIT\r\n.\r\n", "250|550|554"),
    row("a smuggled message is never a transaction of its own", "5321 2.3.8", "data",
        (b"a\r\n\n.\r\nMAIL FROM:<x@y.example>\r\nRCPT TO:<{bob}>\r\nDATA\r\nb\r\n.\r\n", "250|550|554"),
        (b"QUIT\r\n", "221 closed")),
    row("an unfinished message has no answer", "5321 4.1.1.4", "data", (b"a\r\n.", "")),
    row("two messages in one session", "5321 3.3", "data", (b"a\r\n.\r\n", "250"), (b"MAIL FROM:<{bob}>\r\n", "250"),
        (b"RCPT TO:<{alice}>\r\n", "250"), (b"DATA\r\n", "354"), (b"b\r\n.\r\n", "250"), (b"QUIT\r\n", "221 closed")),
    row("QUIT right after the message", "5321 3.8", "data", (b"a\r\n.\r\n", "250"), (b"QUIT\r\n", "221 closed")),
)
