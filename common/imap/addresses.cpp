#include "imap/addresses.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/text.h"
#include "imap/tokens.h"

namespace imap {
namespace {

// What ends a word: white space, and specials but the dot and a backslash that quotes nothing.
constexpr std::string_view kEndsWord = "()<>[]:;@,\" \t\r\n";

// Words before "<", ":" or "@": those of a name, or a local-part.
struct Words {
  std::vector<std::string> words;
  bool any_quoted = false;

  [[nodiscard]] std::string joined(std::size_t count) const {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text.append(i == 0 ? "" : " ").append(words[i]);
    return text;
  }
};

class ListReader {
 public:
  explicit ListReader(std::string_view list) : in_(list) {}

  std::vector<Address> read() {
    in_.skip_space();
    while (!in_.at_end() && found_.size() < kMostAddresses) {
      read_one();
      // Outlook's way to separate addresses is ";".
      in_.skip_to(",;");
      if (in_.at_end()) break;
      if (in_.peek() == ';') end_group();
      in_.take(in_.peek());
    }
    end_group();
    return std::move(found_);
  }

 private:
  void end_group() {
    if (std::exchange(is_in_group_, false)) found_.emplace_back();
  }

  // address = mailbox / group; name-addr, addr-spec, or only words.
  void read_one() {
    in_.forget_comment();
    Words words = read_words();
    if (in_.take('<')) {
      found_.push_back(read_angle(words));
    } else if (!is_in_group_ && in_.take(':')) {
      is_in_group_ = true;
      found_.push_back({{}, {}, words.joined(words.words.size()), {}});
      if (!in_.at_end() && in_.peek() != ';') read_one();
    } else if (in_.take('@')) {
      found_.push_back(read_spec(words));
    } else if (!words.words.empty()) {
      found_.push_back(bare(words));
    }
  }

  // phrase, local-part: words, and dots with or without blanks around them (§4.1: obs-phrase, obs-local-part).
  Words read_words() {
    Words words;
    bool goes_on = false;  // without a blank, or behind a dot that stands alone
    while (!in_.at_end()) {
      std::string word;
      if (in_.peek() == '"') {
        word = in_.quoted();
        words.any_quoted = true;
      } else {
        word = in_.run_without(kEndsWord);
        if (word.empty()) break;
      }
      const bool is_dot = word == ".";
      if (!words.words.empty() && (goes_on || is_dot)) {
        words.words.back() += word;
      } else {
        words.words.push_back(std::move(word));
      }
      const std::size_t end = in_.place();
      in_.skip_space();
      goes_on = end == in_.place() || is_dot;
    }
    return words;
  }

  // angle-addr = "<" [route ":"] addr-spec ">", behind the "<". What is none is taken as it stands there.
  Address read_angle(const Words& words) {
    Address address;
    if (!words.words.empty()) address.name = words.joined(words.words.size());
    if (address.name && address.name->empty()) address.name.reset();
    const std::size_t begin = in_.place();
    if (!in_.at_end() && in_.peek() == '@') address.route = read_route();
    const Words local = read_words();
    const bool has_host = in_.take('@');
    std::string host = has_host ? read_host() : "";
    if (in_.take('>') || in_.at_end()) {
      if (!local.words.empty()) address.mailbox = local.joined(local.words.size());
      if (!host.empty()) address.host = std::move(host);
    } else {
      in_.go_to(begin);
      address.route.reset();
      const std::string_view raw = core::trim(in_.run_without(">"));
      in_.take('>');
      const std::size_t at = raw.rfind('@');
      if (at != 0) address.mailbox = raw.substr(0, at);
      if (at != std::string_view::npos && at + 1 < raw.size()) address.host = raw.substr(at + 1);
    }
    return completed(std::move(address));
  }

  // obs-route = *(CFWS / ",") "@" domain *("," [CFWS] ["@" domain]) ":"
  std::optional<std::string> read_route() {
    const std::size_t begin = in_.place();
    std::string route;
    while (in_.take('@')) {
      route.append(route.empty() ? "@" : ",@").append(read_host());
      while (in_.take(',')) {
      }
    }
    if (in_.take(':')) return route;
    in_.go_to(begin);
    return std::nullopt;
  }

  // addr-spec, behind the "@". Of several words the last is the local-part; the others can only be a name.
  Address read_spec(const Words& words) {
    Address address;
    const std::size_t count = words.words.size();
    if (count > 0) address.mailbox = words.words.back();
    if (count > 1) address.name = words.joined(count - 1);
    std::string host = read_host();
    if (!host.empty()) address.host = std::move(host);
    if (!address.name && !in_.comment().empty()) address.name = in_.comment();  // RFC 822: a@b (Alice)
    return completed(std::move(address));
  }

  // domain = dot-atom / domain-literal, blanks around the dots.
  std::string read_host() {
    std::string host;
    while (!in_.at_end()) {
      std::string piece(in_.run_without(kEndsWord));
      if (piece.empty() && host.empty() && in_.peek() == '[') piece = std::string(in_.run_without("]")) + ']';
      if (piece.empty() || !(host.empty() || host.ends_with('.') || piece.starts_with('.'))) {
        in_.go_to(in_.place() - piece.size());
        break;
      }
      if (piece.ends_with(']')) in_.take(']');
      host += piece;
      in_.skip_space();
    }
    return host;
  }

  // No "@" anywhere: one word may be a name of somebody here, several are what people call him.
  static Address bare(const Words& words) {
    Address address;
    if (words.words.size() == 1 && !words.any_quoted) {
      address.mailbox = words.words.front();
    } else {
      address.name = words.joined(words.words.size());
    }
    return completed(std::move(address));
  }

  static Address completed(Address address) {
    if (!address.mailbox) address.mailbox = kMissingMailbox;
    if (!address.host) address.host = kMissingHost;
    return address;
  }

  Tokens in_;
  bool is_in_group_ = false;
  std::vector<Address> found_;
};

}  // namespace

std::vector<Address> parse_addresses(std::string_view list) { return ListReader(list).read(); }

}  // namespace imap
