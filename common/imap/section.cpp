#include "imap/section.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/text.h"

namespace imap {
namespace {

// RFC 9051 §6.4.5.1: numbers go through multiparts, and through a message in a message into what that has.
std::optional<std::uint32_t> index_of(const MessageTree& tree, const std::vector<std::uint32_t>& numbers) {
  std::uint32_t at = 0;
  bool is_message = true;  // whose only part is 1 where it is no multipart
  for (const std::uint32_t number : numbers) {
    if (!is_message && tree.parts[at].kind == Part::Kind::kMessage) {
      at = tree.parts[at].inner.front();
      is_message = true;
    }
    const Part& part = tree.parts[at];
    if (part.kind == Part::Kind::kMultipart) {
      if (number == 0 || number > part.inner.size()) return std::nullopt;
      at = part.inner[number - 1];
    } else if (!is_message || number != 1) {
      return std::nullopt;
    }
    is_message = false;
  }
  return at;
}

// A message as such, or nothing: of a part the message in it.
const Part* message_in(const MessageTree& tree, std::uint32_t index, bool is_part) {
  if (!is_part) return &tree.parts[index];
  const Part& part = tree.parts[index];
  return part.kind == Part::Kind::kMessage ? &tree.parts[part.inner.front()] : nullptr;
}

bool has_fields(const Section& section) {
  return section.what == Section::What::kHeaderFields || section.what == Section::What::kHeaderFieldsNot;
}

std::string_view first_line(std::string_view text) { return text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1); }

bool is_wanted(std::string_view line, const Section& section) {
  const std::size_t colon = line.find(':');
  const std::string_view name = colon == std::string_view::npos ? "" : core::trim(line.substr(0, colon));
  const bool is_named = std::any_of(section.fields.begin(), section.fields.end(),
                                    [&](const std::string& one) { return core::equals_ignoring_case(one, name); });
  return is_named == (section.what == Section::What::kHeaderFields);
}

class TextSource final : public SectionSource {
 public:
  TextSource(std::string text, Extent wanted) : text_(std::move(text)), wanted_(wanted), size_(wanted.size()) {
    std::replace(text_.begin(), text_.end(), '\0', '\x80');
  }

  [[nodiscard]] std::uint64_t size() const override { return size_; }
  core::Result<std::string_view> next() override {
    const Extent rest = std::exchange(wanted_, {wanted_.end, wanted_.end});
    return std::string_view(text_).substr(rest.begin, rest.size());
  }

 private:
  std::string text_;
  Extent wanted_;  // of it, that has not been pulled
  std::uint64_t size_;
};

class ContentSource final : public SectionSource {
 public:
  ContentSource(std::unique_ptr<mailbox::Content> content, Extent wanted)
      : content_(std::move(content)), size_(wanted.size()), skip_(wanted.begin), left_(wanted.size()) {
    skip_ -= content_->skip(skip_);
  }

  [[nodiscard]] std::uint64_t size() const override { return size_; }

  core::Result<std::string_view> next() override {
    while (left_ > 0) {
      auto piece = content_->next();
      if (!piece) return piece;
      if (piece->empty()) return core::fail(core::Blame::kSystem, {"the message has become shorter", "这封邮件变短了"});
      const std::size_t skipped = std::min<std::uint64_t>(skip_, piece->size());
      skip_ -= skipped;
      const std::string_view wanted = piece->substr(skipped, left_);
      left_ -= wanted.size();
      if (!wanted.empty()) return without_nul(wanted);
    }
    return std::string_view();
  }

 private:
  std::string_view without_nul(std::string_view piece) {
    if (piece.find('\0') == std::string_view::npos) return piece;
    piece_ = piece;
    std::replace(piece_.begin(), piece_.end(), '\0', '\x80');
    return piece_;
  }

  std::unique_ptr<mailbox::Content> content_;
  std::uint64_t size_;
  std::uint64_t skip_;
  std::uint64_t left_;
  std::string piece_;
};

core::Result<std::unique_ptr<SectionSource>> open_extent(StoredMessage& message, Extent extent) {
  if (extent.size() == 0) return std::make_unique<TextSource>("", Extent());
  auto content = message.content();
  if (!content) return core::Failure(content.error());
  return std::make_unique<ContentSource>(std::move(*content), extent);
}

core::Result<std::unique_ptr<SectionSource>> open_fields(StoredMessage& message, Extent header, const Section& section,
                                                         const std::optional<Partial>& partial) {
  header.end = std::min(header.end, header.begin + kLongestFilteredHeader);
  const auto source = open_extent(message, header);
  if (!source) return core::Failure(source.error());
  std::string octets;
  while (octets.size() < header.size()) {
    const auto piece = (*source)->next();
    if (!piece) return core::Failure(piece.error());
    octets += *piece;
  }
  std::string fields = filtered_header(octets, section);
  const std::uint64_t size = fields.size();
  return std::make_unique<TextSource>(std::move(fields), part_of(size, partial));
}

}  // namespace

Section section_of(const FetchItem& item) {
  switch (item.what) {
    case FetchItem::What::kRfc822: return {};
    case FetchItem::What::kRfc822Header: return {.what = Section::What::kHeader};
    case FetchItem::What::kRfc822Text: return {.what = Section::What::kText};
    case FetchItem::What::kUid:
    case FetchItem::What::kFlags:
    case FetchItem::What::kInternalDate:
    case FetchItem::What::kRfc822Size:
    case FetchItem::What::kModSequence:
    case FetchItem::What::kEnvelope:
    case FetchItem::What::kBody:
    case FetchItem::What::kBodyStructure:
    case FetchItem::What::kSection:
    case FetchItem::What::kBinary:
    case FetchItem::What::kBinarySize:
    case FetchItem::What::kGmailId:
    case FetchItem::What::kGmailThread:
    case FetchItem::What::kGmailLabels:
    case FetchItem::What::kEmailId:
    case FetchItem::What::kThreadId: break;
  }
  return item.section;
}

const Part* find_part(const MessageTree& tree, const std::vector<std::uint32_t>& numbers) {
  const auto index = index_of(tree, numbers);
  return index ? &tree.parts[*index] : nullptr;
}

Extent part_of(std::uint64_t size, const std::optional<Partial>& partial) {
  if (!partial) return {0, size};
  const std::uint64_t begin = std::min(partial->offset, size);
  return {begin, begin + std::min(partial->size, size - begin)};
}

std::optional<Extent> find_section(const MessageTree& tree, const Section& section) {
  const auto index = index_of(tree, section.part);
  if (!index) return std::nullopt;
  const bool is_part = !section.part.empty();
  const Part* const message = message_in(tree, *index, is_part);
  switch (section.what) {
    case Section::What::kAll: return is_part ? tree.parts[*index].body : Extent{0, tree.size()};
    case Section::What::kMime: return tree.parts[*index].header;
    case Section::What::kText: return message == nullptr ? std::nullopt : std::optional(message->body);
    case Section::What::kHeader:
    case Section::What::kHeaderFields:
    case Section::What::kHeaderFieldsNot: return message == nullptr ? std::nullopt : std::optional(message->header);
  }
  return std::nullopt;
}

std::string filtered_header(std::string_view header, const Section& section) {
  std::string out;
  bool takes = section.what == Section::What::kHeaderFieldsNot;
  while (!header.empty()) {
    const std::string_view line = first_line(header);
    header.remove_prefix(line.size());
    const bool is_last = line == "\r\n" || line == "\n";
    if (line.front() != ' ' && line.front() != '\t') takes = is_last || is_wanted(line, section);
    if (takes) out += line;
  }
  return out;
}

core::Result<std::unique_ptr<SectionSource>> open_section(StoredMessage& message, const Section& section,
                                                          const std::optional<Partial>& partial) {
  // The whole of a message has no need of its parts.
  std::optional<Extent> extent = Extent{0, message.entry().size};
  if (section != Section{}) {
    const auto tree = message.tree();
    if (!tree) return core::Failure(tree.error());
    extent = find_section(**tree, section);
  }
  if (!extent) return open_extent(message, {});
  if (has_fields(section)) return open_fields(message, *extent, section, partial);
  const Extent wanted = part_of(extent->size(), partial);
  return open_extent(message, {extent->begin + wanted.begin, extent->begin + wanted.end});
}

}  // namespace imap
