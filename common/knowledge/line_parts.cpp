#include "knowledge/line_parts.h"

#include <algorithm>
#include <string>

#include "core/text.h"

namespace knowledge {
namespace {

constexpr std::string_view kBlanks = " \t";

// Cuts a line into pieces from left to right and looks up what each is called.
class Cutter {
 public:
  Cutter(const CommandEntry& entry, std::string_view line) : entry_(entry), line_(line) { skip_blanks(); }

  // Takes `length` octets as the part of this name. A name the entry does not have takes them all the same.
  void take(std::size_t length, std::string_view name) {
    const auto hit =
        std::find_if(entry_.parts.begin(), entry_.parts.end(), [&](const GrammarPart& part) { return part.part == name; });
    if (length > 0 && hit != entry_.parts.end()) parts_.push_back({&*hit, {at_, at_ + length}});
    at_ += length;
    skip_blanks();
  }

  // The rest of the line without blanks at its end.
  [[nodiscard]] std::string_view rest() const { return core::trim(line_.substr(at_)); }
  // Octets up to the next blank.
  [[nodiscard]] std::size_t word() const { return std::min(rest().find_first_of(kBlanks), rest().size()); }

  [[nodiscard]] std::vector<LinePart> take_parts() { return std::move(parts_); }

 private:
  void skip_blanks() { at_ = std::min(line_.find_first_not_of(kBlanks, at_), line_.size()); }

  const CommandEntry& entry_;
  std::string_view line_;
  std::size_t at_ = 0;
  std::vector<LinePart> parts_;
};

// Octets of a path: up to its ">", whatever stands in between; a blank inside a quoted string does not end it.
std::size_t path_length(std::string_view text) {
  if (!text.starts_with('<')) return std::min(text.find_first_of(kBlanks), text.size());
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == '>' && !quoted) {
      return i + 1;
    }
  }
  return std::min(text.find_first_of(kBlanks), text.size());
}

// "MAIL FROM:" Reverse-path [SP Mail-parameters], or the same with RCPT TO:
void cut_envelope(Cutter& cutter, bool is_mail) {
  const std::string_view rest = cutter.rest();
  const std::size_t verb = cutter.word();
  // A second word that is not FROM or TO is no part of the verb; without a colon it may end at a blank or at the path.
  const std::size_t second = std::min(rest.find_first_not_of(kBlanks, verb), rest.size());
  const std::string_view keyword = is_mail ? "FROM" : "TO";
  std::size_t end = verb;
  if (core::starts_with_ignoring_case(rest.substr(second), keyword)) {
    end = second + keyword.size();
    if (rest.substr(end).starts_with(':')) ++end;
  }
  cutter.take(end, is_mail ? "MAIL FROM:" : "RCPT TO:");
  const std::size_t path = path_length(cutter.rest());
  const bool postmaster = core::equals_ignoring_case(cutter.rest().substr(0, path), "<Postmaster>");
  cutter.take(path, is_mail ? "Reverse-path" : postmaster ? "<Postmaster>" : "Forward-path");
  cutter.take(cutter.rest().size(), is_mail ? "Mail-parameters" : "Rcpt-parameters");
}

// What the one argument of most commands is called: the last part of the grammar.
std::string_view argument_name(const CommandEntry& entry, smtp::Input input, std::string_view argument) {
  if (input == smtp::Input::kEhlo) return argument.starts_with('[') ? "address-literal" : "Domain";
  const bool has_one = !smtp::row(input).verb.empty() && entry.parts.size() > 1;
  return has_one ? std::string_view(entry.parts.back().part) : std::string_view();
}

}  // namespace

std::vector<LinePart> name_parts(const CommandEntry& entry, smtp::Input input, std::string_view line) {
  Cutter cutter(entry, line);
  if (input == smtp::Input::kMail || input == smtp::Input::kRcpt) {
    cut_envelope(cutter, input == smtp::Input::kMail);
  } else if (input == smtp::Input::kAuthResponse) {
    cutter.take(cutter.rest().size(), cutter.rest() == "*" ? "*" : "base64");
  } else if (input == smtp::Input::kUnknown) {
    cutter.take(cutter.rest().size(), "line");
  } else {
    cutter.take(cutter.word(), smtp::row(input).verb);
    if (input == smtp::Input::kAuth) {
      cutter.take(cutter.word(), "sasl-mech");
      cutter.take(cutter.rest().size(), "initial-response");
    } else if (input == smtp::Input::kBdat) {
      cutter.take(cutter.word(), "chunk-size");
      cutter.take(cutter.word(), "LAST");
    } else {
      cutter.take(cutter.rest().size(), argument_name(entry, input, cutter.rest()));
    }
  }
  return cutter.take_parts();
}

}  // namespace knowledge
