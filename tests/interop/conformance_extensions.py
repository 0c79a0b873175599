"""Rows of the conformance table: RFC 1870 (SIZE), 2034 (enhanced codes), 2920 (PIPELINING), 3030 (CHUNKING, BINARYMIME),
3461 (DSN), 6152 (8BITMIME), 6531 (SMTPUTF8) and 9422 (LIMITS). See conformance.py."""
from conformance import differs, row

NO_BINARY = "Postfix does not offer BINARYMIME"
LOST = "Postfix does not look for the next command behind such a line, and closes"
NO_LIMITS = "Postfix does not offer LIMITS"
ONE_ENVELOPE = b"MAIL FROM:<{alice}>\r\nRCPT TO:<{bob}>\r\n"
GREETING_KEYWORDS = ("PIPELINING", r"SIZE\s\d+", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "CHUNKING", "DSN")


def mail(parameters, patterns, name, rule, postfix=None):
    return row(name, rule, "ehlo", (b"MAIL FROM:<{alice}> " + parameters + b"\r\n", patterns), postfix=postfix)


def rcpt(parameters, patterns, name, rule, postfix=None):
    return row(name, rule, "mail", (b"RCPT TO:<{bob}> " + parameters + b"\r\n", patterns), postfix=postfix)


def utf8(path, patterns, name, rule="6531 3.3", parameters=b" SMTPUTF8", postfix=None):
    return row(name, rule, "ehlo", (b"MAIL FROM:<" + path + b">" + parameters + b"\r\n", patterns), postfix=postfix)


def too_much(wire):
    """Mail data that is an octet larger than the server takes, with its final dot."""
    return b"x" * 76 + b"\r\n" + (b"x" * 998 + b"\r\n") * (wire.limit // 1000 + 1) + b".\r\n"


def chunk_too_large(wire):
    return b"BDAT %d LAST\r\n" % (wire.limit + 1) + b"x" * (wire.limit + 1)


def recipients_past_the_limit(wire):
    """One recipient more than LIMITS announced."""
    return b"".join(b"RCPT TO:<r%d@{domain}>\r\n" % number for number in range(wire.rcptmax + 1))


ANNOUNCED = tuple(row(f"EHLO announces {keyword}", "5321 4.1.1.1", "greeted",
                      (b"EHLO client.example\r\n", rf"250/(?m)^{keyword}$")) for keyword in GREETING_KEYWORDS)

SIZE = (
    mail(b"SIZE=1000", "250", "SIZE", "1870 5"),
    mail(b"SIZE=0", "250", "SIZE of nothing", "1870 5"),
    mail(b"size=1000", "250", "the name of a parameter in small letters", "5321 2.4"),
    mail(b"SIZE={limit}", "250", "SIZE as large as announced", "1870 6.1"),
    mail(b"SIZE={limit+1}", r"552/^5\.3\.4", "SIZE larger than announced", "1870 6.1"),
    mail(b"SIZE=99999999999999999999", "552", "SIZE of twenty digits", "1870 3",
         postfix=differs("more than Postfix counts to", "501|552")),
    mail(b"SIZE=100000000000000000000000", "501|552", "SIZE of more digits than a size has", "1870 3"),
    mail(b"SIZE=18446744073709551617", "552", "SIZE of 2^64 + 1", "1870 3",
         postfix=differs("more than Postfix counts to", "501|552")),
    mail(b"SIZE", "501", "SIZE without a value", "1870 3", postfix=differs("unknown without its value", "501|555")),
    mail(b"SIZE=", "501", "SIZE with an empty value", "1870 3"),
    mail(b"SIZE=abc", "501", "SIZE that is no number", "1870 3"),
    mail(b"SIZE=-1", "501", "SIZE below nothing", "1870 3"),
    mail(b"SIZE=10 SIZE=20", "250|501", "SIZE twice", "1870 3"),
    row("a refused SIZE begins no transaction", "1870 6.1", "ehlo", (b"MAIL FROM:<{alice}> SIZE={limit+1}\r\n", "552"),
        (b"RCPT TO:<{bob}>\r\n", "503")),
    row("a message larger than declared", "1870 6.3", "ehlo", (b"MAIL FROM:<{alice}> SIZE=1\r\n", "250"),
        (b"RCPT TO:<{bob}>\r\n", "250"), (b"DATA\r\n", "354"), (b"more than one octet\r\n.\r\n", "250")),
    row("a message larger than the limit, and the session goes on", "1870 6.2", "data", (too_much, "552"),
        (b"NOOP\r\n", "250")),
)

PIPELINING = (
    row("an envelope and DATA in one write", "2920 3.1", "ehlo", (ONE_ENVELOPE + b"DATA\r\n", "250 250 354"),
        (b"a\r\n.\r\n", "250")),
    row("message, and the next envelope behind it", "2920 3.1", "data", (b"a\r\n.\r\n" + ONE_ENVELOPE + b"DATA\r\n",
                                                                         "250 250 250 354"), (b"b\r\n.\r\n", "250")),
    row("message and QUIT in one write", "2920 3.1", "data", (b"a\r\n.\r\nQUIT\r\n", "250 221 closed")),
    row("RSET first", "2920 3.1", "rcpt", (b"RSET\r\n" + ONE_ENVELOPE + b"DATA\r\n", "250 250 250 354")),
    row("one recipient of two refused", "2920 3.1", "ehlo", (ONE_ENVELOPE + b"RCPT TO:<@>\r\nDATA\r\n", "250 250 501 354")),
    row("every recipient refused: DATA is, too", "2920 3.1", "ehlo",
        (b"MAIL FROM:<{alice}>\r\nRCPT TO:<@>\r\nDATA\r\n", "250 501 503|554"), (b"NOOP\r\n", "250")),
    row("the sender refused: everything is", "2920 3.1", "ehlo", (b"MAIL FROM:<@>\r\nRCPT TO:<{bob}>\r\nDATA\r\n",
                                                                 "501 503 503|554"), (b"NOOP\r\n", "250")),
    row("EHLO last in a group", "2920 3.1", "ehlo", (b"NOOP\r\nEHLO client.example\r\n", "250 250")),
    row("fifty commands in one write", "2920 3.2", "ehlo", (b"NOOP\r\n" * 50, " ".join(["250"] * 50))),
    row("an error in the middle of a group", "2920 3.2", "ehlo", (b"NOOP\r\nRCPT TO:<{bob}>\r\nRSET\r\n", "250 503 250")),
    row("a group cut anywhere", "2920 3.2", "ehlo", (b"MAIL FROM:<{alice}>\r\nRCPT T", "250"), (b"O:<{bob}>\r\nDA", "250"),
        (b"TA\r\n", "354")),
    row("data that follows DATA at once", "2920 3.1", "rcpt", (b"DATA\r\na\r\n.\r\nNOOP\r\n", "354 250 250")),
    row("many transactions in one write", "2920 3.1", "ehlo", ((ONE_ENVELOPE + b"RSET\r\n") * 20, " ".join(["250"] * 60))),
)

CHUNKING = (
    row("one chunk", "3030 2", "rcpt", (b"BDAT 5 LAST\r\na\r\nb\n", "250"), (b"QUIT\r\n", "221 closed")),
    row("two chunks", "3030 2", "rcpt", (b"BDAT 3\r\na\r\n", "250"), (b"BDAT 3 LAST\r\nb\r\n", "250"), (b"NOOP\r\n", "250")),
    row("an empty last chunk", "3030 2", "rcpt", (b"BDAT 3\r\na\r\n", "250"), (b"BDAT 0 LAST\r\n", "250")),
    row("an empty message by BDAT", "3030 2", "rcpt", (b"BDAT 0 LAST\r\n", "250"), (b"NOOP\r\n", "250")),
    row("an empty chunk that is not the last", "3030 2", "rcpt", (b"BDAT 0\r\n", "250"), (b"BDAT 0 LAST\r\n", "250"),
        postfix=differs("Postfix wants none", "551", "250|5xx")),
    row("BDAT in small letters", "5321 2.4", "rcpt", (b"bdat 3 last\r\na\r\n", "250")),
    row("everything in one write", "3030 4.2", "ehlo", (ONE_ENVELOPE + b"BDAT 3\r\na\r\nBDAT 3 LAST\r\nb\r\nQUIT\r\n",
                                                         "250 250 250 250 221 closed")),
    row("CRLF dot CRLF does not end a chunk", "3030 2", "rcpt", (b"BDAT 11 LAST\r\na\r\n.\r\nQUIT\r", "250"),
        (b"NOOP\r\n", "250"), postfix=differs("11 octets end behind QUIT; the CR then begins a line", "250", "250|5xx")),
    row("a chunk octet by octet", "3030 2", "rcpt", *((bytes([octet]), "") for octet in b"BDAT 3 LAST\r\na\r"), (b"\n", "250")),
    row("a chunk that waits for its octets has no answer", "3030 2", "rcpt", (b"BDAT 10 LAST\r\nabc", "")),
    row("a command between two chunks that changes nothing", "3030 2", "rcpt", (b"BDAT 3\r\na\r\n", "250"),
        (b"NOOP\r\n", "250"), (b"BDAT 0 LAST\r\n", "250")),
    row("RSET between two chunks", "3030 2", "rcpt", (b"BDAT 3\r\na\r\n", "250"), (b"RSET\r\n", "250"),
        (b"MAIL FROM:<{alice}>\r\n", "250")),
    row("EHLO between two chunks", "3030 2", "rcpt", (b"BDAT 3\r\na\r\n", "250"), (b"EHLO client.example\r\n", "250"),
        (b"MAIL FROM:<{alice}>\r\n", "250")),
    row("DATA behind BDAT", "3030 2", "rcpt", (b"BDAT 3\r\na\r\n", "250"), (b"DATA\r\n", "503")),
    row("MAIL behind BDAT", "3030 2", "rcpt", (b"BDAT 3\r\na\r\n", "250"), (b"MAIL FROM:<{alice}>\r\n", "503")),
    row("RCPT behind BDAT", "3030 2", "rcpt", (b"BDAT 3\r\na\r\n", "250"), (b"RCPT TO:<{bob}>\r\n", "503"),
        postfix=differs("Postfix takes recipients until the last chunk", "250", "250|503")),
    row("BDAT without a recipient: the chunk is no command", "3030 2", "mail", (b"BDAT 6\r\nQUIT\r\n", "503|554"),
        (b"NOOP\r\n", "250")),
    row("BDAT without a transaction: the chunk is no command", "3030 2", "ehlo", (b"BDAT 6 LAST\r\nQUIT\r\n", "503"),
        (b"NOOP\r\n", "250")),
    row("BDAT before EHLO: the chunk is no command", "3030 2", "greeted", (b"BDAT 6 LAST\r\nQUIT\r\n", "503"),
        (b"NOOP\r\n", "250")),
    row("BDAT behind the last chunk", "3030 2", "rcpt", (b"BDAT 3 LAST\r\na\r\n", "250"), (b"BDAT 6 LAST\r\nQUIT\r\n", "503"),
        (b"NOOP\r\n", "250")),
    row("refused chunks in one write", "3030 4.2", "ehlo",
        (b"MAIL FROM:<{alice}>\r\nRCPT TO:<@>\r\nBDAT 6\r\nQUIT\r\nBDAT 6 LAST\r\nQUIT\r\n", "250 501 503|554 503|554"),
        (b"NOOP\r\n", "250"), postfix=differs("Postfix says 551 to the second", "250 501 503|554 503|551|554", "250")),
    row("BDAT without a size", "3030 2", "rcpt", (b"BDAT\r\n", "501"), (b"NOOP\r\n", "250"),
        postfix=differs(LOST, "521 closed", "")),
    row("BDAT with a size that is no number", "3030 2", "rcpt", (b"BDAT x LAST\r\n", "501"), (b"NOOP\r\n", "250"),
        postfix=differs(LOST, "501|521", "250|closed")),
    row("BDAT with a size below nothing", "3030 2", "rcpt", (b"BDAT -1 LAST\r\n", "501"),
        postfix=differs(LOST, "501|521")),
    row("BDAT with a size no number holds", "3030 2", "rcpt", (b"BDAT 99999999999999999999999 LAST\r\n", "501|552"),
        postfix=differs(LOST, "501|521|552")),
    row("BDAT with a word that is not LAST", "3030 2", "rcpt", (b"BDAT 0 FIRST\r\n", "501"),
        postfix=differs(LOST, "501|521")),
    row("a chunk larger than the limit", "3030 2", "rcpt", (chunk_too_large, "552"), (b"NOOP\r\n", "250"),
        postfix=differs("Postfix says 521 or 552", "521|552", "250|closed")),
    row("two messages by BDAT", "3030 2", "rcpt", (b"BDAT 3 LAST\r\na\r\n", "250"),
        (ONE_ENVELOPE + b"BDAT 3 LAST\r\nb\r\n", "250 250 250")),
    row("BODY=BINARYMIME and BDAT", "3030 3", "ehlo", (b"MAIL FROM:<{alice}> BODY=BINARYMIME\r\n", "250"),
        (b"RCPT TO:<{bob}>\r\n", "250"), (b"BDAT 4 LAST\r\n\0\n\r\xff", "250"), (b"NOOP\r\n", "250"), postfix=NO_BINARY),
    row("BODY=BINARYMIME and DATA", "3030 3", "ehlo", (b"MAIL FROM:<{alice}> BODY=BINARYMIME\r\n", "250"),
        (b"RCPT TO:<{bob}>\r\n", "250"), (b"DATA\r\n", "503"), postfix=NO_BINARY),
    row("EHLO announces BINARYMIME", "3030 3", "greeted", (b"EHLO client.example\r\n", r"250/(?m)^BINARYMIME$"),
        postfix=NO_BINARY),
)

BODY = (
    mail(b"BODY=8BITMIME", "250", "BODY=8BITMIME", "6152 3"),
    mail(b"BODY=7BIT", "250", "BODY=7BIT", "6152 3"),
    mail(b"body=8bitmime", "250", "BODY in small letters", "6152 2"),
    mail(b"BODY=9BIT", "501|504|555", "BODY of another kind", "5321 4.1.1.11"),
    mail(b"BODY=", "501|555", "BODY with an empty value", "6152 3"),
    mail(b"BODY", "501|555", "BODY without a value", "6152 3"),
    row("8-bit octets as announced", "6152 3", "ehlo", (b"MAIL FROM:<{alice}> BODY=8BITMIME SIZE=10\r\n", "250"),
        (b"RCPT TO:<{bob}>\r\n", "250"), (b"DATA\r\n", "354"), (b"\xc3\xbc\r\n.\r\n", "250")),
)

DSN = (
    mail(b"RET=FULL", "250", "RET=FULL", "3461 4.3"),
    mail(b"RET=HDRS", "250", "RET=HDRS", "3461 4.3"),
    mail(b"ret=hdrs", "250", "RET in small letters", "3461 4.3"),
    mail(b"RET=HALF", "501", "RET of another kind", "3461 4.3"),
    mail(b"RET", "501", "RET without a value", "3461 4.3", postfix=differs("unknown without its value", "501|555")),
    mail(b"RET=FULL RET=HDRS", "501", "RET twice", "3461 4.3", postfix=differs("Postfix takes the last", "250|501")),
    mail(b"ENVID=QQ314159", "250", "ENVID", "3461 4.4"),
    mail(b"ENVID=a+3Db", "250", "ENVID in xtext", "3461 4.4"),
    mail(b"ENVID=a+4", "501", "ENVID in broken xtext", "3461 4"),
    mail(b"ENVID=a+3d", "501", "small letters in the hex of xtext", "3461 4",
         postfix=differs("Postfix reads them", "250|501")),
    mail(b"ENVID=" + b"x" * 100, "250", "ENVID of 100 octets", "3461 4.4"),
    mail(b"ENVID=" + b"x" * 101, "501", "ENVID of 101 octets", "3461 4.4", postfix=differs("Postfix takes them", "250|501")),
    mail(b"RET=HDRS ENVID=1 SIZE=10 BODY=8BITMIME", "250", "parameters of four extensions", "5321 4.1.1.11"),
    mail(b"NOTIFY=NEVER", "555", "NOTIFY given to MAIL", "3461 4.1"),
    rcpt(b"NOTIFY=NEVER", "250", "NOTIFY=NEVER", "3461 4.1"),
    rcpt(b"NOTIFY=SUCCESS,FAILURE,DELAY", "250", "NOTIFY of three", "3461 4.1"),
    rcpt(b"notify=failure", "250", "NOTIFY in small letters", "3461 4.1"),
    rcpt(b"NOTIFY=NEVER,SUCCESS", "501", "NEVER beside another", "3461 4.1"),
    rcpt(b"NOTIFY=MAYBE", "501", "NOTIFY of another kind", "3461 4.1"),
    rcpt(b"NOTIFY=", "501", "NOTIFY with an empty value", "3461 4.1"),
    rcpt(b"NOTIFY=SUCCESS,,DELAY", "501", "NOTIFY with a hole", "3461 4.1",
         postfix=differs("Postfix does not mind", "250|501")),
    rcpt(b"ORCPT=rfc822;bob+2Bbox@{domain}", "250", "ORCPT", "3461 4.2"),
    rcpt(b"ORCPT=bob@{domain}", "501", "ORCPT without a type", "3461 4.2"),
    rcpt(b"ORCPT=rfc822;a+zzb", "501", "ORCPT in broken xtext", "3461 4.2"),
    rcpt(b"ORCPT=rfc822;+E7+94+A8+E6+88+B7@{domain}", "250", "ORCPT in xtext of UTF-8, as Postfix writes it", "3461 4.2"),
    rcpt(b"ORCPT=utf-8;\\x{FC}x@{domain}", "250", "ORCPT of type utf-8", "6533 3"),
    rcpt(b"RET=FULL", "555|501", "RET given to RCPT", "3461 4.3"),
    rcpt(b"NOTIFY=DELAY ORCPT=rfc822;{bob}", "250", "NOTIFY and ORCPT", "3461 4"),
)

SMTPUTF8 = (
    utf8("bücher@b.example".encode(), "250", "a local part in UTF-8"),
    utf8("a@bücher.example".encode(), "250", "a domain in UTF-8"),
    utf8("用户@例子.example".encode(), "250", "an address in Chinese"),
    utf8('"bü cher"@b.example'.encode(), "250", "a quoted local part in UTF-8"),
    utf8(b"a@b.example", "250", "SMTPUTF8 and an address in ASCII"),
    utf8("bücher@b.example".encode(), "250", "with BODY=8BITMIME", parameters=b" BODY=8BITMIME SMTPUTF8"),
    utf8(b"a@xn--bcher-kva.example", "250", "a domain in punycode", "5890 2.3.2.1", parameters=b""),
    utf8("bücher@b.example".encode(), "250", "the parameter in small letters", "5321 2.4", parameters=b" smtputf8"),
    utf8(b"a@b.example", "501", "SMTPUTF8 with a value", "6531 3.4", parameters=b" SMTPUTF8=YES",
         postfix=differs("unknown with a value", "501|555")),
    utf8("bücher@b.example".encode(), "550|553|501", "UTF-8 without SMTPUTF8", "6531 3.5", parameters=b"",
         postfix=differs("Postfix's own code", "5xx")),
    utf8(b"b\xffcher@b.example", "5xx", "a local part that is no UTF-8"),
    utf8(b"b\xc3@b.example", "5xx", "UTF-8 that breaks off"),
    utf8(b"b\xc0\xafb@b.example", "5xx", "UTF-8 longer than need be"),
    utf8(b"b\xed\xa0\x80b@b.example", "5xx", "half a surrogate pair"),
    utf8(b"b\xf4\x90\x80\x80b@b.example", "5xx", "beyond the last character"),
    utf8(b"a@b\xff.example", "5xx", "a domain that is no UTF-8"),
    row("a recipient in UTF-8", "6531 3.3", "ehlo", (b"MAIL FROM:<{alice}> SMTPUTF8\r\n", "250"),
        ("RCPT TO:<bücher@{domain}>\r\n".encode(), "250"), (b"DATA\r\n", "354"),
        ("Subject: ü\r\n\r\nü\r\n.\r\n".encode(), "250")),
    row("a recipient in UTF-8 without SMTPUTF8", "6531 3.5", "mail", ("RCPT TO:<bücher@{domain}>\r\n".encode(), "5xx")),
    row("SMTPUTF8 given to RCPT", "6531 3.4", "mail", (b"RCPT TO:<{bob}> SMTPUTF8\r\n", "555|501")),
    row("VRFY with SMTPUTF8", "6531 3.7.4.2", "ehlo", ("VRFY bücher@{domain} SMTPUTF8\r\n".encode(), "2xx|5xx"),
        (b"NOOP\r\n", "250")),
    row("the next transaction begins without SMTPUTF8", "6531 3.4", "ehlo", (b"MAIL FROM:<{alice}> SMTPUTF8\r\n", "250"),
        (b"RSET\r\n", "250"), ("MAIL FROM:<bücher@b.example>\r\n".encode(), "5xx")),
)

ENHANCED = (
    row("the greeting has no enhanced code", "2034 4", "connect", (b"", r"220/^(?!\d\.\d)")),
    row("neither has the answer to EHLO", "2034 4", "greeted", (b"EHLO client.example\r\n", r"250/^(?!\d\.\d)")),
    row("nor 354", "2034 4", "rcpt", (b"DATA\r\n", r"354/^(?!\d\.\d)")),
    row("250 to MAIL is 2.1.0", "3463 3.2", "ehlo", (b"MAIL FROM:<{alice}>\r\n", r"250/^2\.1\.0\s")),
    row("250 to RCPT is 2.1.5", "3463 3.2", "mail", (b"RCPT TO:<{bob}>\r\n", r"250/^2\.1\.5\s")),
    row("503 is 5.5.1", "3463 3.6", "ehlo", (b"DATA\r\n", r"503/^5\.5\.1\s")),
    row("555 is 5.5.4", "3463 3.6", "ehlo", (b"MAIL FROM:<{alice}> FOO=1\r\n", r"555/^5\.5\.4\s")),
    row("a bad sender is 5.1.7", "3463 3.2", "ehlo", (b"MAIL FROM:<@>\r\n", r"501/^5\.1\.7\s")),
    row("a bad recipient is 5.1.3", "3463 3.2", "mail", (b"RCPT TO:<@>\r\n", r"501/^5\.1\.3\s")),
    row("the goodbye is 2.0.0", "3463 3.1", "ehlo", (b"QUIT\r\n", r"221/^2\.0\.0\s"), (b"", "closed")),
)

LIMITS = (
    row("EHLO announces LIMITS with RCPTMAX", "9422 3", "greeted",
        (b"EHLO client.example\r\n", r"250/(?m)^LIMITS\s(.*\s)?RCPTMAX=[1-9]\d*"), postfix=NO_LIMITS),
    row("a recipient more than RCPTMAX", "9422 4.2", "mail",
        (recipients_past_the_limit, lambda wire: " ".join(["250"] * wire.rcptmax + ["452"])),
        (b"DATA\r\n", "354"), postfix=NO_LIMITS),
)

ROWS = ANNOUNCED + SIZE + PIPELINING + CHUNKING + BODY + DSN + SMTPUTF8 + ENHANCED + LIMITS
