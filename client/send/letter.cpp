#include "client/send/letter.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "core/show.h"

namespace send {
namespace {

core::Failure has_changed(const AttachedFile& file) {
  return core::Failure(core::Error{
      core::Blame::kInput,
      core::phrase("the attachment '{0}' has changed meanwhile", "附件 '{0}' 中途被改动了", {core::show_bytes(file.path)}),
      file.place,
      {},
      "file-unreadable"});
}

}  // namespace

Letter::Letter(std::string message) { pieces_.push_back({std::move(message)}); }

Letter::Letter(std::vector<mime::Piece> pieces, std::vector<AttachedFile> files)
    : pieces_(std::move(pieces)), files_(std::move(files)) {}

std::uint64_t Letter::size() const {
  std::uint64_t size = 0;
  for (const mime::Piece& piece : pieces_) {
    size += piece.text.size();
    if (piece.attachment) size += mime::base64_lines_size(files_.at(*piece.attachment).size);
  }
  return size;
}

bool Letter::is_ascii() const {
  return std::all_of(pieces_.begin(), pieces_.end(), [](const mime::Piece& piece) { return core::is_ascii(piece.text); });
}

bool Letter::has_utf8_header() const {
  const std::string_view text = pieces_.empty() ? std::string_view() : std::string_view(pieces_.front().text);
  return !core::is_ascii(text.substr(0, text.find("\r\n\r\n")));
}

void Letter::stuff(std::string_view text, std::string& out) {
  while (!text.empty()) {
    if (at_line_start_ && text.front() == '.') out += '.';
    const std::size_t end = text.find("\r\n");
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 2;
    out += text.substr(0, length);
    at_line_start_ = end != std::string_view::npos;
    text.remove_prefix(length);
  }
}

// The next lines of base64, in which no dot stands. Behind the last octet there must be no other.
core::Result<void> Letter::read_file(std::string& out) {
  constexpr std::uint64_t kLines = kPiece / 80;
  const AttachedFile& attached = files_.at(*pieces_[piece_].attachment);
  std::string octets(static_cast<std::size_t>(std::min<std::uint64_t>(left_, kLines * mime::kOctetsOfLine)), '\0');
  std::ifstream file(attached.path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(attached.size - left_));
  file.read(octets.data(), static_cast<std::streamsize>(octets.size()));
  if (!file || static_cast<std::size_t>(file.gcount()) != octets.size()) return has_changed(attached);
  left_ -= octets.size();
  if (left_ == 0 && file.peek() != std::ifstream::traits_type::eof()) return has_changed(attached);
  out += mime::base64_lines(octets);
  at_line_start_ = true;
  return {};
}

core::Result<void> Letter::go_on(std::string& out) {
  const mime::Piece& piece = pieces_[piece_];
  if (at_ < piece.text.size()) {
    // A CRLF is not cut in two: stuff() would not know its line again.
    std::size_t length = std::min(kPiece, piece.text.size() - at_);
    if (piece.text[at_ + length - 1] == '\r' && at_ + length < piece.text.size()) ++length;
    stuff(std::string_view(piece.text).substr(at_, length), out);
    at_ += length;
    if (at_ == piece.text.size() && piece.attachment) left_ = files_.at(*piece.attachment).size;
    return {};
  }
  if (left_ > 0) return read_file(out);
  ++piece_;
  at_ = 0;
  return {};
}

core::Result<std::string> Letter::next() {
  std::string out;
  while (piece_ < pieces_.size() && out.size() < kPiece) {
    if (auto gone_on = go_on(out); !gone_on) return core::Failure(gone_on.error());
  }
  if (piece_ < pieces_.size() || at_end_) return out;
  if (!at_line_start_) out += "\r\n";
  out += ".\r\n";
  at_end_ = true;
  return out;
}

}  // namespace send
