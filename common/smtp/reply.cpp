#include "smtp/reply.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "core/show.h"

namespace smtp {
namespace {

core::Failure broken(core::Text text, core::Text hint = {}) {
  return core::fail(core::Blame::kPeer, std::move(text), "RFC 5321 §4.2", std::move(hint));
}

struct ReplyLine {
  ReplyCode code;
  bool last;
  std::string_view text;
};

// Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF
core::Result<ReplyLine> parse_line(std::string_view line) {
  const std::optional<ReplyCode> code = ReplyCode::parse(line.substr(0, 3));
  if (!code)
    return broken(core::phrase("'{0}' does not start with a reply code", "'{0}' 不是以回复码开头",
                               {core::show_bytes(line.substr(0, 60))}),
                  {"three digits, 200 to 599", "三位数字，200 到 599"});
  if (line.size() == 3) return ReplyLine{*code, true, {}};
  if (line[3] != ' ' && line[3] != '-') {
    return broken(core::phrase("'{0}' has neither space nor hyphen behind the reply code",
                               "'{0}' 的回复码后面既没有空格也没有连字符", {core::show_bytes(line.substr(0, 60))}));
  }
  return ReplyLine{*code, line[3] == ' ', line.substr(4)};
}

// Adds a line to the reply being read. True when it was the last one.
core::Result<bool> add_line(std::optional<Reply>& partial, std::string_view line) {
  const auto parsed = parse_line(line);
  if (!parsed) return core::Failure(parsed.error());
  if (!partial) partial = Reply{parsed->code, {}};
  if (partial->code != parsed->code) {
    return broken(core::phrase("a reply begins with {0} and goes on with {1}", "同一个回复以 {0} 开始，后面却是 {1}",
                               {partial->code.value(), parsed->code.value()}),
                  {"all lines of one reply carry the same code", "一个回复的各行用同一个回复码"});
  }
  partial->lines.emplace_back(parsed->text);
  return parsed->last;
}

// Reads 1 to 3 digits at `at`; -1 when there are none or too many.
int number(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  int value = 0;
  while (at < text.size() && core::is_digit(text[at]) && at - begin < 4) value = value * 10 + (text[at++] - '0');
  return at == begin || at - begin > 3 ? -1 : value;
}

}  // namespace

std::optional<ReplyCode> ReplyCode::parse(std::string_view digits) {
  if (digits.size() != 3 || !std::all_of(digits.begin(), digits.end(), core::is_digit)) return std::nullopt;
  if (digits[0] < '2' || digits[0] > '5') return std::nullopt;
  return ReplyCode((digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0'));
}

std::optional<EnhancedCode> EnhancedCode::parse(std::string_view text) {
  if (text.size() < 5 || (text[0] != '2' && text[0] != '4' && text[0] != '5') || text[1] != '.') return std::nullopt;
  EnhancedCode code{text[0] - '0', 0, 0};
  std::size_t at = 2;
  code.subject = number(text, at);
  if (code.subject < 0 || at >= text.size() || text[at] != '.') return std::nullopt;
  ++at;
  code.detail = number(text, at);
  if (code.detail < 0 || (at < text.size() && text[at] != ' ')) return std::nullopt;
  return code;
}

std::string EnhancedCode::text() const {
  return std::to_string(status) + "." + std::to_string(subject) + "." + std::to_string(detail);
}

std::optional<EnhancedCode> Reply::enhanced() const {
  if (lines.empty()) return std::nullopt;
  const auto found = EnhancedCode::parse(lines.front());
  // RFC 2034 §4: the class must be the first digit of the code; otherwise the digits are just text.
  return found && found->status == code.first_digit() ? found : std::nullopt;
}

std::string serialise(const Reply& reply) {
  std::string out;
  const std::string code = std::to_string(reply.code.value());
  for (std::size_t i = 0; i < reply.lines.size(); ++i) {
    out += code;
    out += i + 1 < reply.lines.size() ? '-' : ' ';
    out += reply.lines[i];
    out += "\r\n";
  }
  return out;
}

core::Result<Reply> reply_from_lines(const std::vector<std::string>& lines) {
  std::optional<Reply> reply;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].find_first_of("\r\n") != std::string::npos)
      return broken(core::phrase("line {0} has a line end inside", "第 {0} 行中间有换行", {i + 1}));
    const auto last = add_line(reply, lines[i]);
    if (!last) return core::Failure(last.error());
    if (*last != (i + 1 == lines.size())) {
      return broken(*last ? core::phrase("line {0} ends the reply, but more follow", "第 {0} 行结束了回复，后面却还有", {i + 1})
                          : core::phrase("line {0} is the last, but has a hyphen behind the code",
                                         "第 {0} 行是最后一行，回复码后面却是连字符", {i + 1}));
    }
  }
  if (!reply) return broken({"a reply needs at least one line", "回复至少要有一行"});
  return *reply;
}

std::string ReplyReader::take_pending() {
  searched_ = line_begin_ = 0;
  partial_.reset();
  bare_lf_ = false;
  return std::exchange(buffer_, {});
}

core::Result<std::optional<ReceivedReply>> ReplyReader::next() {
  for (std::size_t lf = buffer_.find('\n', searched_); lf != std::string::npos; lf = buffer_.find('\n', searched_)) {
    if (lf >= kMaxReply) break;
    std::string_view line = std::string_view(buffer_).substr(line_begin_, lf - line_begin_);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    } else {
      bare_lf_ = true;
    }
    const auto last = add_line(partial_, line);
    line_begin_ = searched_ = lf + 1;
    if (last && !*last) continue;
    ReceivedReply received;
    std::string bytes = buffer_.substr(0, line_begin_);
    if (last) {
      received = {std::move(*partial_), std::move(bytes), bare_lf_};
    } else {
      rejected_ = bytes.substr(0, kMaxRejected);
    }
    buffer_.erase(0, line_begin_);
    searched_ = line_begin_ = 0;
    partial_.reset();
    bare_lf_ = false;
    if (!last) return core::Failure(last.error());
    return received;
  }
  searched_ = buffer_.size();
  if (buffer_.size() <= kMaxReply) return std::nullopt;
  rejected_ = take_pending().substr(0, kMaxRejected);
  return broken(core::phrase("the reply is longer than {0} octets", "回复超过 {0} 个字节", {kMaxReply}));
}

}  // namespace smtp
