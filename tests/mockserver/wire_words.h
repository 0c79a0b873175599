// What clients say in seeded dialogues, and what scenarios do to them.
#pragma once

#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace test {

// Always the same for the same seed.
class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t end) { return random_() % end; }
  bool one_in(std::size_t times) { return below(times) == 0; }
  template <typename List>
  const auto& of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937 random_;
};

// A server that they speak with.
struct Served {
  std::string protocol;
  bool in_tls;  // from the start
  std::string rules;
};

// Two mails, of which one has lines that begin with dots.
inline const std::string kMailbox =
    "[[account]]\nuser = 'alice'\npassword = 'secret'\n"
    "[[mail]]\nto = 'alice'\nmessage = \"Subject: x\\n\\n.hidden\\n..\\n\"\n"
    "[[mail]]\nto = 'alice'\nmessage = \"Subject: y\\n\\nbody\\n\"\n";

// Everything late, and in pieces.
inline const std::string kSlow =
    "[[rule]]\non = 'connect'\ndelay = 0.01\n"
    "[[rule]]\non = 'any'\ndelay = 0.002\nsplit_every = 50\nsplit_pause = 0.001\n";

inline const std::vector<Served>& served() {
  static const std::vector<Served> kServed{
      {"smtp", false, "server = { extensions = ['PIPELINING', 'AUTH LOGIN PLAIN', 'CHUNKING', 'BINARYMIME'] }\n"},
      {"smtp", false,
       "[[rule]]\non = 'connect'\nreply = '220 slow'\ndelay = 0.01\n"
       "[[rule]]\non = 'EHLO'\nreply = ['250-one', '250-two', '250 three']\nsplit_every = 4\nsplit_pause = 0.002\n"
       "[[rule]]\non = 'any'\ndelay = 0.004\n"},
      {"smtp", false,
       "[[rule]]\non = 'VRFY'\nreply = '250 bye'\nsplit_at = [2, 6]\nsplit_pause = 0.003\nthen = 'reset'\n"
       "[[rule]]\non = 'NOOP'\nreply = '250 bye'\ndelay = 0.005\nthen = 'close'\n"
       "[[rule]]\non = 'RSET'\nraw = '250-never'\nthen = 'close'\n"
       "[[rule]]\non = 'MAIL'\nreply = '250 ok'\ndelay = 0.003\nsplit_every = 1\nsplit_pause = 0.001\n"},
      {"smtp", false,
       "server = { line_ends = 'lenient' }\nlimits = { idle_timeout = 0.1, silence = 0.01, message = 300, command_line = 64 }\n"
       "[[rule]]\non = 'NOOP'\nraw = ''\nthen = 'stall'\n"
       "[[rule]]\non = 'timeout'\nreply = '421 late'\ndelay = 0.01\nthen = 'close'\n"},
      {"smtp", false, "server = { line_ends = 'strict' }\nlimits = { commands_without_mail = 6 }\n"},
      {"smtp", false,
       "[[rule]]\non = 'midway'\nwhen = { size_over = 200 }\nreply = '421 enough'\ndelay = 0.005\nthen = 'close'\n"},
      {"smtp", false,
       "[[rule]]\non = 'midway'\nwhen = { size_over = 50 }\nthen = 'reset'\n"
       "[[rule]]\non = 'message'\nraw = \"not a reply\\r\\n\"\nsplit_every = 5\nsplit_pause = 0.001\n"},
      {"smtp", true, "server = { extensions = ['PIPELINING', 'AUTH LOGIN PLAIN', 'CHUNKING', 'BINARYMIME'] }\n"},
      {"smtp", true, kSlow},
      {"pop3", false, kMailbox},
      {"pop3", false, kMailbox + kSlow},
      {"pop3", false,
       kMailbox + "[[rule]]\non = 'STAT'\nreply = '+OK 1 2'\nsplit_every = 2\nsplit_pause = 0.002\nthen = 'reset'\n"
                  "[[rule]]\non = 'NOOP'\nraw = 'no reply'\nthen = 'close'\n"
                  "[[rule]]\non = 'RSET'\nraw = ''\nthen = 'stall'\n"},
      {"pop3", true, kMailbox},
      {"imap", false, kMailbox},
      {"imap", false, kMailbox + kSlow},
      {"imap", false,
       kMailbox + "[[rule]]\non = 'CREATE'\nreply = '{tag} OK made'\nsplit_every = 2\nsplit_pause = 0.002\nthen = 'reset'\n"
                  "[[rule]]\non = 'NOOP'\nraw = 'no reply'\nthen = 'close'\n"
                  "[[rule]]\non = 'CHECK'\nraw = ''\nthen = 'stall'\n"},
      {"imap", true, kMailbox},
      {"imap", true, kMailbox + kSlow},
  };
  return kServed;
}

inline std::string any_octets(Dice& dice, std::size_t most) {
  std::string octets;
  for (std::size_t left = dice.below(most); left > 0; --left) octets += static_cast<char>(dice.below(256));
  return octets;
}

inline std::string any_lines(Dice& dice) {
  constexpr std::array<std::string_view, 6> kLines{".hidden", "..", "text", "  ␍␊ \\x0d", ".\r.", "\xff\xfe\x80"};
  constexpr std::array<std::string_view, 4> kEnds{"\r\n", "\r\n", "\n", "\r"};
  std::string lines;
  for (std::size_t left = dice.below(40); left > 0; --left) lines.append(dice.of(kLines)).append(dice.of(kEnds));
  return lines;
}

// What clients of a protocol say: first, any time, and to say goodbye.
struct Vocabulary {
  std::vector<std::string> opening;
  std::vector<std::string> lines;
  std::string before_text;  // a message follows it
  std::string goodbye;
};

inline const Vocabulary& vocabulary(std::string_view protocol) {
  static const Vocabulary kSmtp{{"EHLO client.example\r\n", "MAIL FROM:<a@b.example>\r\n", "RCPT TO:<c@d.example>\r\n"},
                                {"EHLO client.example\r\n",
                                 "HELO x\n",
                                 "MAIL FROM:<a@b.example>\r\n",
                                 "RCPT TO:<c@d.example>\r\n",
                                 "DATA\r\n",
                                 "NOOP\r\n",
                                 "VRFY a\r\n",
                                 "RSET\r\n",
                                 "QUIT\r\n",
                                 "XYZZY ␍␊\r\n",
                                 "AUTH LOGIN\r\n",
                                 "YWxpY2U=\r\n",
                                 "c2VjcmV0\r\n",
                                 "\r\n",
                                 "NOOP",
                                 "AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n",
                                 "MAIL FROM:a@b.example\n",
                                 "BDAT 3 LAST\r\nabc",
                                 "BDAT 70\r\nab",
                                 ".\r\n",
                                 "\n.\n"},
                                "DATA\r\n",
                                "QUIT\r\n"};
  static const Vocabulary kPop3{{"USER alice\r\n", "PASS secret\r\n", "STLS\r\n"},
                                {"USER alice\r\n",
                                 "PASS secret\r\n",
                                 "PASS wrong\r\n",
                                 "APOP alice 0123456789abcdef0123456789abcdef\r\n",
                                 "CAPA\r\n",
                                 "STAT\r\n",
                                 "LIST\r\n",
                                 "LIST 1\r\n",
                                 "UIDL\r\n",
                                 "RETR 1\r\n",
                                 "RETR 2\r\nRETR 1\r\n",
                                 "RETR 9\n",
                                 "TOP 1 1\r\n",
                                 "DELE 1\r\n",
                                 "RSET\r\n",
                                 "NOOP\r\n",
                                 "NOOP",
                                 "QUIT\r\n",
                                 "AUTH PLAIN\r\n",
                                 "AGFsaWNlAHNlY3JldA==\r\n",
                                 "*\r\n",
                                 "AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n",
                                 "AUTH LOGIN\r\n",
                                 "YWxpY2U=\r\n",
                                 "c2VjcmV0\r\n",
                                 "XYZZY ␍␊\r\n",
                                 "\r\n"},
                                "TOP 1 0\r\n",
                                "QUIT\r\n"};
  static const Vocabulary kImap{{"a LOGIN alice secret\r\n", "b SELECT INBOX\r\n"},
                                {"c LOGIN alice secret\r\n",
                                 "d LOGIN {5}\r\nalice secret\r\n",
                                 "e LOGIN {5+}\r\nalice {6+}\r\nsecret\r\n",
                                 "f CAPABILITY\r\n",
                                 "g SELECT INBOX\r\n",
                                 "h EXAMINE INBOX\r\n",
                                 "i FETCH 1:* (FLAGS BODY[])\r\n",
                                 "j FETCH 1 (ENVELOPE BODYSTRUCTURE)\r\nk STORE 1 +FLAGS (\\Deleted)\r\n",
                                 "l UID SEARCH ALL\r\n",
                                 "m EXPUNGE\r\n",
                                 "n APPEND INBOX {5+}\r\nhello\r\n",
                                 "o APPEND INBOX {12}\r\n",
                                 "p IDLE\r\n",
                                 "DONE\r\n",
                                 "q NOOP\r\n",
                                 "r CHECK\r\n",
                                 "s CREATE x\r\n",
                                 "t LIST \"\" *\r\n",
                                 "u AUTHENTICATE PLAIN\r\n",
                                 "AGFsaWNlAHNlY3JldA==\r\n",
                                 "*\r\n",
                                 "v CLOSE\r\n",
                                 "w LOGOUT\r\n",
                                 "no tag\r\n",
                                 "x",
                                 "y XYZZY ␍␊\r\n",
                                 "\r\n",
                                 "z NOOP\n"},
                                "A1 APPEND INBOX {20}\r\n",
                                "Z LOGOUT\r\n"};
  return protocol == "pop3" ? kPop3 : protocol == "imap" ? kImap : kSmtp;
}

// Something a client could say, sensible or not.
inline std::string any_words(const Vocabulary& vocabulary, Dice& dice) {
  switch (dice.below(12)) {
    case 0: return any_octets(dice, 200);
    case 1: return std::string(50 + dice.below(6000), 'x') + "\r\n";
    case 2: return any_lines(dice);
    case 3:
    case 4: return vocabulary.before_text + any_lines(dice) + "\r\n.\r\n";
    case 5: {
      if (dice.one_in(10)) return vocabulary.before_text + std::string(400'000, 'y') + "\r\n.\r\n";
      const std::string twice = dice.of(vocabulary.lines);
      return twice + twice;
    }
    default: return dice.of(vocabulary.lines);
  }
}

}  // namespace test
