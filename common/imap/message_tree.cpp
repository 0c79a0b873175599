#include "imap/message_tree.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/text.h"

namespace imap {
namespace {

// Without CRLF or LF. A CR without one is a part of the line.
std::string_view text_of(std::string_view line) {
  if (!line.ends_with('\n')) return line;
  line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<ContentType> type_said(const Part& part) {
  const auto value = part.fields.find(Field::kContentType);
  return value ? parse_content_type(*value) : std::nullopt;
}

}  // namespace

ContentType content_type_of(const MessageTree& tree, std::uint32_t part) {
  if (auto type = type_said(tree.parts[part])) return std::move(*type);
  const Part& outer = tree.parts[tree.parts[part].outer];
  const bool is_of_multipart = part != 0 && outer.kind == Part::Kind::kMultipart;
  const auto around = is_of_multipart ? type_said(outer) : std::nullopt;
  if (around && around->is("multipart", "digest")) return {"message", "rfc822"};
  return {"text", "plain"};
}

TreeReader::TreeReader() { begin_part(0); }

void TreeReader::feed(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t lf = piece.find('\n');
    const std::string_view line = piece.substr(0, lf == std::string_view::npos ? lf : lf + 1);
    piece.remove_prefix(line.size());
    if (line_size_ == 0 && lf != std::string_view::npos) {
      take_line(line, line.size());
      continue;
    }
    // Of a body no more is wanted than what may be a delimiter, and the line end.
    const std::size_t most = in_header_ ? kMostKept : 2 * kLongestBoundary;
    if (line_.size() < most) line_.append(line, 0, most - line_.size());
    if (line_size_ + line.size() > most && lf != std::string_view::npos) {
      const char before = line.size() > 1 ? line[line.size() - 2] : last_;
      line_.resize(most - 2);
      line_.append({before, '\n'});
    }
    last_ = line.back();
    line_size_ += line.size();
    if (lf == std::string_view::npos) continue;
    take_line(line_, std::exchange(line_size_, 0));
    line_.clear();
  }
}

MessageTree TreeReader::finish() {
  if (line_size_ > 0) take_line(line_, line_size_);
  close_down_to(0, 0);
  add_missing_parts();
  return std::move(tree_);
}

// One line with its end, where it has one. size: of all of it; `line` may be cut short.
void TreeReader::take_line(std::string_view line, std::uint64_t size) {
  const std::string_view text = text_of(line);
  const Delimiter* const delimiter = text.starts_with("--") ? find_delimiter(text.substr(2)) : nullptr;
  if (delimiter != nullptr) close_down_to(delimiter->depth + 1, last_end_);
  const bool is_begin_of_text = delimiter == nullptr && in_header_ && text.empty();
  if (delimiter == nullptr && in_header_ && !text.empty()) header_.line(text);
  at_ += size;
  if (line.ends_with('\n')) ++lines_;
  last_end_ = delimiter != nullptr ? 0 : line.ends_with("\r\n") ? 2 : line.ends_with('\n') ? 1 : 0;
  if (is_begin_of_text) end_header(at_);
  if (delimiter == nullptr) return;
  if (delimiter->closes) {
    open_.back().boundary.clear();
  } else {
    begin_part(at_);
  }
}

const TreeReader::Delimiter* TreeReader::find_delimiter(std::string_view line) {
  if (tree_.parts.size() >= kMostParts) return nullptr;
  std::size_t longest = 0;
  for (std::size_t depth = open_.size(); depth-- > 0;) {
    const std::string& boundary = open_[depth].boundary;
    if (boundary.size() <= longest || !line.starts_with(boundary)) continue;
    longest = boundary.size();
    const std::string_view rest = line.substr(longest);
    delimiter_ = {depth, rest.starts_with("--")};
    if (core::trim(rest).empty() || rest == "--") break;  // no other fits better
  }
  return longest == 0 ? nullptr : &delimiter_;
}

void TreeReader::begin_part(std::uint64_t at) {
  const auto index = static_cast<std::uint32_t>(tree_.parts.size());
  Part part;
  part.header = {at, at};
  part.body = {at, at};
  if (!open_.empty()) {
    part.outer = open_.back().part;
    top().inner.push_back(index);
  }
  tree_.parts.push_back(std::move(part));
  open_.push_back({index, {}, lines_});
  in_header_ = true;
}

void TreeReader::end_header(std::uint64_t at) {
  Part& part = top();
  part.header.end = at;
  part.body.begin = at;
  part.fields = header_.take();
  open_.back().lines_before = lines_;
  in_header_ = false;
  settle(open_.back().part);
  if (part.kind == Part::Kind::kMultipart) {
    std::string boundary = content_type_of(tree_, open_.back().part).boundary();
    if (boundary.size() <= kLongestBoundary) open_.back().boundary = std::move(boundary);
  }
  if (part.kind == Part::Kind::kMessage) begin_part(at);
}

// Its header has been read: what may lie in it.
void TreeReader::settle(std::uint32_t index) {
  if (open_.size() > kDeepest || tree_.parts.size() >= kMostParts) return;
  const ContentType type = content_type_of(tree_, index);
  if (type.is("multipart")) tree_.parts[index].kind = Part::Kind::kMultipart;
  if (type.is("message", "rfc822")) tree_.parts[index].kind = Part::Kind::kMessage;
}

void TreeReader::close_down_to(std::size_t depth, std::uint64_t line_end_size) {
  for (; open_.size() > depth; open_.pop_back()) close(open_.back(), line_end_size);
}

// The line end before a delimiter is not the part's, be it that of the last line of its header.
void TreeReader::close(const Open& open, std::uint64_t line_end_size) {
  Part& part = tree_.parts[open.part];
  if (std::exchange(in_header_, false)) {
    part.fields = header_.take();
    part.header.end = std::max(part.header.begin, at_ - line_end_size);
    part.body = {part.header.end, part.header.end};
    settle(open.part);
    return;
  }
  if (part.body.begin == at_) {
    part.header.end = std::max(part.header.begin, at_ - line_end_size);
    part.body = {part.header.end, part.header.end};
    return;
  }
  const bool has_line_end = line_end_size > 0;
  part.body.end = has_line_end ? at_ - line_end_size : at_;
  part.lines = lines_ - open.lines_before - (has_line_end ? 1 : 0);
}

void TreeReader::add_missing_parts() {
  const std::size_t count = tree_.parts.size();
  for (std::uint32_t index = 0; index < count; ++index) {
    if (tree_.parts[index].kind == Part::Kind::kSingle || !tree_.parts[index].inner.empty()) continue;
    Part missing;
    missing.outer = index;
    missing.body = tree_.parts[index].body;
    missing.header = {missing.body.begin, missing.body.begin};
    missing.lines = tree_.parts[index].lines;
    missing.fields.add(Field::kContentType, "text/plain");
    tree_.parts[index].inner.push_back(static_cast<std::uint32_t>(tree_.parts.size()));
    tree_.parts.push_back(std::move(missing));
  }
}

}  // namespace imap
