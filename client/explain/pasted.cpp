#include "client/explain/pasted.h"

#include <algorithm>
#include <array>

#include "client/explain/gbk.h"
#include "core/show.h"
#include "core/text.h"
#include "protocol/known.h"

namespace explain {
namespace {

struct Arrow {
  std::string_view text;
  Speaker speaker;
  bool behind_words;  // names of programs may stand before it
};

// How programs mark who speaks. Longer ones before those they begin with. "> " may be a quotation in a mail as well.
constexpr std::array kArrows{
    Arrow{"SERVER -> CLIENT:", Speaker::kServer, true},
    Arrow{"CLIENT -> SERVER:", Speaker::kClient, true},
    Arrow{"SMTP -> FROM SERVER:", Speaker::kServer, true},
    Arrow{"SMTP -> get_lines():", Speaker::kServer, true},
    Arrow{"SMTP ERROR:", Speaker::kServer, true},
    Arrow{"POP3<", Speaker::kServer, true},
    Arrow{"POP3>", Speaker::kClient, true},
    Arrow{"*resp*", Speaker::kServer, false},
    Arrow{"*cmd*", Speaker::kClient, false},
    Arrow{"server message:", Speaker::kServer, true},
    Arrow{"remote:", Speaker::kServer, true},
    Arrow{"reply:", Speaker::kServer, true},
    Arrow{"send:", Speaker::kClient, true},
    Arrow{"<<<", Speaker::kServer, true},
    Arrow{">>>", Speaker::kClient, true},
    Arrow{"<**", Speaker::kServer, false},
    Arrow{"<~*", Speaker::kServer, false},
    Arrow{"<~", Speaker::kServer, false},
    Arrow{"<-", Speaker::kServer, false},
    Arrow{"~>", Speaker::kClient, false},
    Arrow{"->", Speaker::kClient, false},
    Arrow{"S: ", Speaker::kServer, false},
    Arrow{"C: ", Speaker::kClient, false},
    Arrow{"< ", Speaker::kServer, false},
    Arrow{"> ", Speaker::kUnknown, false},
};

constexpr std::size_t kLongestPrefix = 60;  // behind more than this an arrow is none

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Times, dates, names of hosts and processes: nothing but what those are made of. Letters are few in them.
bool is_prefix(std::string_view text) {
  return text.size() <= kLongestPrefix && std::all_of(text.begin(), text.end(), [](char c) {
           return is_blank(c) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  std::string_view(":.,-+[]()/|#=").find(c) != std::string_view::npos;
         });
}

std::size_t blanks_behind(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

// A date or a time in front: "2018-03-06 10:18:28 ", "[2024-04-16T11:04:09+0200] ".
std::size_t time_behind(std::string_view text, std::size_t at) {
  std::size_t end = at;
  std::size_t digits = 0;
  while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') ||
                               std::string_view("[]:.,-+/TZ \t").find(text[end]) != std::string_view::npos)) {
    digits += text[end] >= '0' && text[end] <= '9' ? 1U : 0U;
    ++end;
  }
  return digits >= 8 ? end : at;
}

// Verbs with which sentences begin as well; in capitals they are commands.
constexpr std::array<std::string_view, 4> kWords{"USER", "PASS", "LIST", "TOP"};

// What stands literally in front in a grammar: "MAIL FROM:" of "\"MAIL FROM:\" Reverse-path …"; all of it: nothing follows.
struct Literal {
  std::string_view text;
  bool is_all = false;
};
Literal literal_of(std::string_view grammar) {
  const std::size_t end = grammar.find('"', 1);
  return {grammar.substr(1, end - 1), end + 1 == grammar.size()};
}

bool begins_command(std::string_view verb, std::string_view rest, const protocol::InputRow& row) {
  const auto [literal, is_all] = literal_of(row.grammar);
  if (is_all) return rest.empty();
  if (literal.size() > row.verb.size()) return core::starts_with_ignoring_case(rest, literal.substr(row.verb.size() + 1));
  if (verb != row.verb && std::find(kWords.begin(), kWords.end(), row.verb) != kWords.end()) return false;
  return std::count(rest.begin(), rest.end(), ' ') <= 1 && rest.find(':') == std::string_view::npos;
}

// A line that a client sends, told from a sentence that only begins with the same word.
bool is_command(std::string_view text) {
  while (text.ends_with(' ') || text.ends_with('\r')) text.remove_suffix(1);
  const std::size_t space = std::min(text.find(' '), text.size());
  const std::string_view verb = text.substr(0, space);
  const std::string_view rest = core::trim(text.substr(space));
  const auto& all = protocol::known();
  return std::any_of(all.begin(), all.end(), [&](const protocol::Protocol* one) {
    const auto command = one->find_command(verb);
    return command && begins_command(verb, rest, command->row());
  });
}

void add_lines(std::string_view pasted, std::size_t number, std::vector<Line>& lines) {
  const std::string text = unescape(pasted.substr(0, kLongestLine));
  std::string_view rest = text;
  while (true) {
    const std::size_t end = rest.find('\n');
    std::string_view one = rest.substr(0, end);
    while (one.ends_with('\r')) one.remove_suffix(1);
    Line line{core::is_utf8(one) ? std::string(one) : from_gbk(one), number, 0, Speaker::kUnknown};
    line.speaker = speaker_of(line.text, line.begins);
    lines.push_back(std::move(line));
    if (end == std::string_view::npos) return;
    rest.remove_prefix(end + 1);
  }
}

}  // namespace

Speaker speaker_of(std::string_view line, std::size_t& begins) {
  begins = time_behind(line, blanks_behind(line, 0));
  for (const Arrow& arrow : kArrows) {
    const std::size_t at = line.substr(0, kLongestPrefix + arrow.text.size()).find(arrow.text);
    if (at == std::string_view::npos || (arrow.behind_words ? !is_prefix(line.substr(0, at)) : at != begins)) continue;
    begins = blanks_behind(line, at + arrow.text.size());
    if (arrow.speaker == Speaker::kUnknown) break;
    return arrow.speaker;
  }
  return is_command(line.substr(begins)) ? Speaker::kClient : Speaker::kUnknown;
}

std::vector<Line> read_lines(std::string_view text, Gap gap) {
  std::vector<Line> lines;
  std::size_t at = 0;
  for (std::size_t number = 1;;) {
    const std::size_t end = text.find('\n', at);
    add_lines(text.substr(at, end - at), number, lines);
    if (end == std::string_view::npos) break;
    number += end == gap.at ? gap.lines : 1;
    at = end + 1;
  }
  // The first lines say who speaks, the last ones what went wrong.
  if (lines.size() > kMostLines) {
    const auto first = lines.begin() + static_cast<std::ptrdiff_t>(kMostLines / 4);
    lines.erase(first, lines.end() - static_cast<std::ptrdiff_t>(kMostLines - kMostLines / 4));
  }
  return lines;
}

}  // namespace explain
