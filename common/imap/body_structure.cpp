#include "imap/body_structure.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.h"
#include "imap/envelope.h"

namespace imap {
namespace {

class Writer {
 public:
  Writer(std::string& out, const MessageTree& tree, Extension extension, Quoted quoted)
      : out_(&out), tree_(&tree), extension_(extension), quoted_(quoted) {}

  // body = "(" (body-type-1part / body-type-mpart) ")"
  void append_body(std::uint32_t index) {
    const Part& part = tree_->parts[index];
    *out_ += '(';
    if (part.kind == Part::Kind::kMultipart) {
      append_multipart(index);
    } else {
      append_single(index);
    }
    *out_ += ')';
  }

 private:
  // body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
  void append_multipart(std::uint32_t index) {
    const Part& part = tree_->parts[index];
    for (const std::uint32_t inner : part.inner) append_body(inner);
    const ContentType type = content_type_of(*tree_, index);
    append(type.subtype);
    if (extension_ == Extension::kWithout) return;
    append(type.parameters);
    append_rest(part);
  }

  // body-type-1part = (body-type-basic / body-type-msg / body-type-text) [SP body-ext-1part]
  void append_single(std::uint32_t index) {
    const Part& part = tree_->parts[index];
    ContentType type = shown_type(index);
    append_string(*out_, type.type, quoted_);
    append(type.subtype);
    append(type.parameters);
    append_field(part, Field::kContentId);
    append_field(part, Field::kContentDescription);
    const auto encoding = part.fields.find(Field::kContentTransferEncoding);
    append(encoding ? parse_token(*encoding).value_or("7bit") : "7bit");
    append_number(part.body.size());
    if (part.kind == Part::Kind::kMessage) {
      *out_ += ' ';
      append_envelope(*out_, tree_->parts[part.inner.front()].fields, quoted_);
      *out_ += ' ';
      append_body(part.inner.front());
    }
    if (part.kind == Part::Kind::kMessage || type.is("text")) append_number(part.lines);
    if (extension_ == Extension::kWithout) return;
    append_field(part, Field::kContentMd5);
    append_rest(part);
  }

  // What lies too deep to be looked into is not called what clients look into.
  [[nodiscard]] ContentType shown_type(std::uint32_t index) const {
    ContentType type = content_type_of(*tree_, index);
    const bool is_looked_into = type.is("multipart") || type.is("message", "rfc822");
    if (is_looked_into && tree_->parts[index].kind == Part::Kind::kSingle) return {"application", "octet-stream"};
    const auto is_charset = [](const auto& one) { return core::equals_ignoring_case(one.first, "charset"); };
    if (type.is("text") && std::none_of(type.parameters.begin(), type.parameters.end(), is_charset))
      type.parameters.emplace_back("charset", "us-ascii");
    return type;
  }

  // SP body-fld-dsp SP body-fld-lang SP body-fld-loc
  void append_rest(const Part& part) {
    const auto value = part.fields.find(Field::kContentDisposition);
    if (const auto disposition = value ? parse_disposition(*value) : std::nullopt) {
      *out_ += " (";
      append_string(*out_, disposition->type, quoted_);
      append(disposition->parameters);
      *out_ += ')';
    } else {
      *out_ += " NIL";
    }
    append_languages(part.fields.find(Field::kContentLanguage));
    append_field(part, Field::kContentLocation);
  }

  void append_languages(std::optional<std::string_view> field) {
    const std::vector<std::string> languages = field ? parse_languages(*field) : std::vector<std::string>();
    *out_ += ' ';
    *out_ += languages.empty() ? "NIL" : "(";
    for (std::size_t i = 0; i < languages.size(); ++i) {
      if (i > 0) *out_ += ' ';
      append_string(*out_, languages[i], quoted_);
    }
    if (!languages.empty()) *out_ += ')';
  }

  // Each with the space before it.
  void append(std::string_view text) {
    *out_ += ' ';
    append_string(*out_, text, quoted_);
  }

  void append(const Parameters& parameters) {
    if (parameters.empty()) {
      *out_ += " NIL";
      return;
    }
    char before = '(';
    *out_ += ' ';
    for (const auto& [name, value] : parameters) {
      *out_ += before;
      append_string(*out_, name, quoted_);
      append(value);
      before = ' ';
    }
    *out_ += ')';
  }

  void append_field(const Part& part, Field field) {
    *out_ += ' ';
    append_nstring(*out_, part.fields.find(field), quoted_);
  }

  void append_number(std::uint64_t number) { *out_ += ' ' + std::to_string(number); }

  std::string* out_;
  const MessageTree* tree_;
  Extension extension_;
  Quoted quoted_;
};

}  // namespace

void append_body_structure(std::string& out, const MessageTree& tree, Extension extension, Quoted quoted) {
  Writer(out, tree, extension, quoted).append_body(0);
}

}  // namespace imap
