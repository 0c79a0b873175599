// A scenario for behaviour_fuzz.cpp: every condition a rule can have, every effect, and replies whose code the client chooses.
#pragma once

#include <string_view>

namespace fuzz {

inline constexpr std::string_view kEverything = R"(
subject = "content"
title = { en = "t", zh = "题" }
summary = { en = "s", zh = "句" }
[server]
ehlo_text = "{server} {client} {n} {session}"
extensions = ["PIPELINING", "SIZE 1000", "8BITMIME", "SMTPUTF8", "CHUNKING", "BINARYMIME", "ENHANCEDSTATUSCODES",
              "AUTH LOGIN PLAIN CRAM-MD5 SCRAM-SHA-1 XOAUTH2 OAUTHBEARER"]
[limits]
command_line = 256
auth_line = 512
message = 1024
recipients = 5
recipient_domains = 3
messages = 4
commands_without_mail = 60
auth_attempts = 3
[[account]]
user = "a@b.c"
password = "p"
web_password = "w"
token = "t"
[[rule]]
on = "midway"
when = { size_over = 40, sender = "drop@*", authenticated = false, tls = false }
raw = "421 {sender} {recipient}\r\n"
then = "reset"
[[rule]]
on = "midway"
when = { recipient = "second@*", nth = 2 }
reply = "421 {count}"
then = "close"
[[rule]]
on = "connect"
when = { connections_over = 1 }
reply = "421 {session}"
[[rule]]
on = "timeout"
when = { state = "rcpt" }
reply = ["421-{sender}", "421 {client}"]
then = "close"
[[rule]]
on = "any"
when = { order = "any", syntax = "any", client = "slow*" }
delay = 1
split_at = [1, 5]
split_every = 7
[[rule]]
on = "any"
when = { order = "wrong", syntax = "any", hello = "HELO" }
reply = "503 {command} {argument|base64}"
[[rule]]
on = "unknown"
when = { argument = '/^(?P<first>\w+)(?P<rest>.*)/' }
raw = "500-{first}\r\n500 {rest} {x*3000}\r\n"
[[rule]]
on = "VRFY"
raw = "{argument}\r\n"
[[rule]]
on = "EHLO"
when = { client = '/\.(?P<code>[2345]\d\d)$/' }
reply = "{code} {client-ip}"
[[rule]]
on = "AUTH"
when = { mechanism = "LOGIN", initial_response = true }
reply = "504 {mechanism}"
[[rule]]
on = "challenge"
when = { wants = "password", mechanism = "LOGIN" }
reply = "334 UGFzc3dvcmQ6"
[[rule]]
on = "auth"
when = { syntax = "wrong", mistake = "credentials-not-base64" }
reply = "501 {count}"
[[rule]]
on = "auth"
when = { password = "wrong", user = '/(?P<code>[2345]\d\d)/', user_known = false }
reply = "{code} {user}"
[[rule]]
on = "auth"
when = { password = "web", times = 2, per = "user" }
reply = "535 {count} {user|base64}"
[[rule]]
on = "MAIL"
when = { sender = '/^(?P<code>[2345]\d\d)@(?P<domain>.*)/' }
raw = "{code} {domain}\r\n"
[[rule]]
on = "MAIL"
when = { declared_size_over = 500, rate_over = "2/second", per = "sender" }
reply = "452 {declared-size} {count} {sender-domain}"
[[rule]]
on = "MAIL"
when = { sender_is_login = false, authenticated = true, chance = 0.5 }
reply = "550 {user} {sender}"
[[rule]]
on = "RCPT"
when = { since_first_under = 1.5, per = "triplet", recipient = "grey*" }
reply = "450 {count} {recipient-domain}"
[[rule]]
on = "RCPT"
when = { recipients_over = 2, times = 3, per = "connection" }
reply = "452 {n}"
[[rule]]
on = "RCPT"
when = { recipient_known = true, nth = 2, per = "recipient" }
reply = "550 {recipient} {queue-id}"
[[rule]]
on = "DATA"
when = { recipient = '/^(?P<code>[2345]\d\d)[@.]/', rate_over = "1/minute", per = "client-ip" }
reply = "{code} {count}"
[[rule]]
on = "BDAT"
when = { size_over = 100, argument = "*LAST" }
then = "stall"
[[rule]]
on = "message"
when = { header = ["Subject: *keep*", "To: *"] }
keep = true
[[rule]]
on = "message"
when = { eight_bit = true, line_over = 78 }
split_every = 3
[[rule]]
on = "message"
when = { header = 'Subject: /(?P<code>[2345]\d\d) (?P<word>\S+)/', from_is_sender = true }
reply = "{code} {word} {size}"
[[rule]]
on = "message"
when = { header_missing = ["Date", "From"], body = '/(?P<start>^.{3})(?P<url>https?:\S*)?/' }
reply = "550 {start} {url}"
[[rule]]
on = "message"
when = { from_is_login = false, authenticated = true }
raw = "554 {user}\r\n"
then = "close"
[[rule]]
on = "message"
when = { body = "*lottery?", header = 'From: /(?P<name>.*)</' }
raw = "550 {name}\r\n"
keep = true
[[rule]]
on = "message"
when = { syntax = "any", mistake = "bare-lf-data", from_is_sender = false }
reply = "554 {queue-id}"
)";

}  // namespace fuzz
