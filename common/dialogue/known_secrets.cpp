#include "dialogue/known_secrets.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/show.h"

namespace dialogue {
namespace {

constexpr std::size_t kLongest = 16384;                     // octets of one secret: more than an AUTH line may have
constexpr std::size_t kApart = 8;                           // a shorter one has to stand apart from letters and digits
constexpr std::size_t kHead = 12;                           // so much of a longer one is enough: who repeats a line may cut it
constexpr std::size_t kMostLines = std::size_t{64} * 1024;  // octets of mail data, behind an AUTH in it, that are read as lines

bool is_of_word(char c) { return core::is_alnum(c) || c == '+' || c == '/'; }

bool stands_apart(std::string_view octets, std::size_t begin, std::size_t end) {
  return (begin == 0 || !is_of_word(octets[begin - 1])) && (end == octets.size() || !is_of_word(octets[end]));
}

// A word that may stand in any reply: to hide it there would tell that it is the password.
bool is_plain_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// What is hidden already is not hidden once more.
void add_all(std::vector<core::Span>& to, std::size_t offset, const std::vector<core::Span>& from) {
  for (const core::Span& span : from) {
    const core::Span moved{offset + span.begin, offset + span.end};
    const auto covers = [&](const core::Span& one) { return one.begin <= moved.begin && moved.end <= one.end; };
    if (std::none_of(to.begin(), to.end(), covers)) to.push_back(moved);
  }
}

// The ends of lines are no secret, and how the wire was cut into lines is what many mistakes are about.
std::vector<core::Span> within_lines(std::string_view octets, const std::vector<core::Span>& secrets) {
  std::vector<core::Span> spans;
  for (const core::Span& span : secrets) {
    const std::size_t stop = std::min(span.end, octets.size());
    for (std::size_t at = span.begin; at < stop;) {
      const std::size_t end = std::min(octets.find_first_of("\r\n", at), stop);
      if (end > at) spans.push_back({at, end});
      at = end + 1;
    }
  }
  return spans;
}

// The password in what a client has answered: behind the last NUL (PLAIN), behind "Bearer " (RFC 7628), or all of it.
std::string_view password_in(std::string_view decoded) {
  constexpr std::string_view kBearer = "Bearer ";
  if (const std::size_t token = decoded.find(kBearer); token != std::string_view::npos) {
    const std::string_view rest = decoded.substr(token + kBearer.size());
    return rest.substr(0, rest.find('\x01'));
  }
  return decoded.substr(decoded.rfind('\0') + 1);
}

// Where a line begins that is an AUTH; npos when none does.
std::size_t auth_line_in(std::string_view message) {
  for (const std::string_view verb : {"AUTH ", "auth "}) {
    for (std::size_t at = message.find(verb); at != std::string_view::npos; at = message.find(verb, at + 1)) {
      if (at == 0 || message[at - 1] == '\n') return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

void KnownSecrets::learn(std::string_view password) {
  remember(password, true);
  if (!password.empty()) remember(core::base64_encode(password), true);
}

void KnownSecrets::remember(std::string_view octets, bool is_password) {
  if (octets.size() < kShortest || octets.size() > kLongest) return;
  const auto hit = std::find_if(known_.begin(), known_.end(), [&](const Known& one) { return one.octets == octets; });
  if (hit != known_.end()) {
    hit->is_password = hit->is_password || is_password;
    return;
  }
  known_.push_back({std::string(octets), is_password});
  if (known_.size() > kMost) known_.pop_front();
}

std::vector<core::Span> KnownSecrets::found_in(std::string_view octets, bool repeats) const {
  std::vector<core::Span> spans;
  for (const Known& known : known_) {
    if (!repeats && !known.is_password) continue;
    if (repeats && known.is_password && is_plain_word(known.octets)) continue;
    const std::string_view head = std::string_view(known.octets).substr(0, kHead);
    for (std::size_t at = octets.find(head); at != std::string_view::npos; at = octets.find(head, at + 1)) {
      std::size_t length = head.size();
      while (length < known.octets.size() && at + length < octets.size() && octets[at + length] == known.octets[length])
        ++length;
      if (head.size() < kApart && !stands_apart(octets, at, at + length)) continue;
      spans.push_back({at, at + length});
    }
  }
  return spans;
}

void KnownSecrets::hide(std::string& text) const {
  std::vector<core::Span> spans = protocol_->repeated_secrets(text);
  add_all(spans, 0, found_in(text, true));
  if (!spans.empty()) text = core::mask(text, std::move(spans));
}

// A client that is out of step says its login where a message is wanted, which may come in parts.
void KnownSecrets::hide_logins_in_message(Event& event) {
  const bool was_in_login = std::exchange(in_login_, false);
  if (!event.input || !event.input->is(protocol::Role::kContent)) return;
  const std::size_t begin = was_in_login ? 0 : auth_line_in(event.bytes);
  if (begin == std::string::npos) return;
  const std::string_view lines = std::string_view(event.bytes).substr(begin, kMostLines);
  add_all(event.secrets, begin, protocol_->secrets_in_lines(lines, was_in_login, &in_login_));
}

void KnownSecrets::apply(Event& event) {
  const bool is_client = event.kind == Kind::kClient;
  if (is_client) {  // before anything is looked for: of several lines a later one may repeat what an earlier one says
    hide_logins_in_message(event);
    learn(event);
  }
  add_all(event.secrets, 0, found_in(event.bytes, !is_client));
  if (event.kind == Kind::kServer) add_all(event.secrets, 0, protocol_->repeated_secrets(event.bytes));
  if (!event.secrets.empty()) event.secrets = within_lines(event.bytes, event.secrets);
  if (event.reply) {
    for (std::string& line : event.reply->lines) hide(line);
  }
  hide(event.note.en);
  hide(event.note.zh);
  if (!event.decoded_is_secret && !found_in(event.decoded, false).empty()) event.decoded_is_secret = true;
}

void KnownSecrets::learn(const Event& event) {
  if (event.secrets.empty()) return;
  const bool is_login = event.input && event.input->is_of_login();
  if (is_login && event.decoded_is_secret) learn(password_in(event.decoded));
  for (const core::Span& span : event.secrets) {
    std::string_view hidden = std::string_view(event.bytes).substr(span.begin, span.end - span.begin);
    while (!hidden.empty()) {  // a part that is sent before its time has several lines
      const std::size_t end = std::min(hidden.find_first_of("\r\n"), hidden.size());
      const std::string_view line = hidden.substr(0, end);
      remember(line, is_login);
      const std::string_view last = line.substr(line.find_last_of(' ') + 1);
      remember(last, false);
      // What nobody took for a login is not decoded.
      const auto plain = core::base64_decode(last);
      if (plain && std::count(plain->begin(), plain->end(), '\0') == 2) learn(password_in(*plain));
      hidden.remove_prefix(std::min(end + 1, hidden.size()));
    }
  }
}

}  // namespace dialogue
