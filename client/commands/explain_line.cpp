#include "client/commands/explain_line.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "client/base/within.h"
#include "client/commands/explain_sasl.h"
#include "core/secret.h"
#include "core/show.h"
#include "smtp/auth_line.h"
#include "smtp/command.h"
#include "smtp/line_parts.h"

namespace commands {
namespace {

using client::Word;

void grammar_parts(const knowledge::CommandEntry& entry, Printer& printer) {
  for (const knowledge::GrammarPart& part : entry.parts) {
    printer.line("    " + padded(part.part, kPieceColumns) + printer.in(part.meaning));
  }
}

void line_parts(const knowledge::CommandEntry& entry, const CommandLine& meant, const std::vector<core::Span>& secrets,
                Printer& printer) {
  for (const protocol::Part& one : smtp::parts_of(meant.verb, meant.line)) {
    const auto part = std::find_if(entry.parts.begin(), entry.parts.end(),
                                   [&](const knowledge::GrammarPart& of) { return of.part == one.name; });
    if (part == entry.parts.end()) continue;
    const std::string_view piece = std::string_view(meant.line).substr(one.where.begin, one.where.end - one.where.begin);
    const std::string name = part->part == piece ? std::string() : part->part + " · ";
    printer.line("    " + padded(core::show_masked(piece, client::within(secrets, one.where)), kPieceColumns) + name +
                 printer.in(part->meaning));
  }
}

void remark_rows(const std::vector<smtp::Remark>& remarks, const knowledge::Knowledge& knowledge, Printer& printer) {
  for (const smtp::Remark& remark : remarks) {
    const auto* const entry = knowledge.mistake(remark.kind.text());
    if (entry == nullptr) continue;
    printer.heading(std::string(printer.say(Word::kNoticed)) + "  " + printer.in(entry->title) + " · " + entry->id);
    mistake_rows(*entry, printer);
  }
}

// The decoded octets with the passwords and tokens in them masked, and their base64, masked as a whole where it holds one.
void decoded_rows(std::string_view base64, std::string_view decoded, const std::vector<core::Span>& secrets, bool show_secrets,
                  Printer& printer) {
  const bool masked = !show_secrets && !secrets.empty();
  decoded_row(masked ? core::kMask : base64, masked ? core::show_masked(decoded, secrets) : core::show_bytes(decoded), printer);
}

// The initial response of an AUTH, decoded. Of one that does not fit its mechanism nobody knows where the password stands.
void initial_response(const smtp::Command& command, const knowledge::Knowledge& knowledge, bool show_secrets,
                      Printer& printer) {
  if (!command.initial_response) return;
  const auto decoded = smtp::decode_response(*command.initial_response);
  if (!decoded) return;
  const auto guess = initial_sasl(command.mechanism, *decoded);
  if (!guess && !show_secrets) return;
  decoded_rows(*command.initial_response, *decoded, guess ? guess->secrets() : std::vector<core::Span>(), show_secrets,
               printer);
  if (guess) explain_sasl(*guess, *decoded, knowledge, show_secrets, printer);
}

}  // namespace

void decoded_row(std::string_view base64, std::string_view shown, Printer& printer) {
  printer.line("  " + core::show_bytes(base64) + "  " + std::string(printer.say(Word::kDecoded)) + " " + std::string(shown));
}

void mistake_rows(const knowledge::MistakeEntry& entry, Printer& printer) {
  printer.row(Word::kWhy, printer.in(entry.explain));
  printer.row(Word::kDo, printer.in(entry.fix));
}

void command_rows(const knowledge::CommandEntry* entry, Printer& printer) {
  if (entry == nullptr) return;
  printer.row("", printer.in(entry->purpose));
  printer.row(Word::kChanges, printer.in(entry->changes));
  printer.row(Word::kExample, entry->example);
  grammar_parts(*entry, printer);
  printer.row("", entry->rfc);
}

void explain_command(const CommandLine& meant, const knowledge::Knowledge& knowledge, bool show_secrets, Printer& printer) {
  const smtp::ParsedCommand parsed = smtp::parse_command(meant.line, {});
  const std::vector<core::Span> secrets = show_secrets ? std::vector<core::Span>() : parsed.secrets;
  printer.heading(core::show_masked(meant.line, secrets));
  const smtp::CommandRow& row = smtp::row(meant.verb);
  const auto* const entry = knowledge.command(meant.verb);
  printer.row(Word::kGrammar, row.grammar);
  if (meant.bare) {
    command_rows(entry, printer);
    return;
  }
  if (entry != nullptr) {
    printer.row("", printer.in(entry->purpose));
    printer.row(Word::kChanges, printer.in(entry->changes));
    line_parts(*entry, meant, secrets, printer);
  }
  printer.row("", row.rule);
  if (parsed.command) {
    initial_response(*parsed.command, knowledge, show_secrets, printer);
    printer.line("  " + std::string(printer.say(Word::kWellFormed)));
  } else {
    const core::Text detail = core::phrase(": {0}.", "：{0}。", {parsed.command.error().error.text});
    printer.line("  " + std::string(printer.say(Word::kNotWellFormed)) + printer.in(detail));
    if (entry != nullptr) printer.row(Word::kExample, entry->example);
  }
  remark_rows(parsed.remarks, knowledge, printer);
}

void explain_keyword_line(std::string_view line, const knowledge::Knowledge& knowledge, Printer& printer) {
  const SplitKeyword split = split_keyword(line);
  printer.heading(core::show_bytes(line) + " · " + std::string(printer.say(Word::kAnnounced)));
  if (const auto* const entry = knowledge.keyword(kSpoken, split.keyword)) {
    printer.row("", printer.in(entry->meaning));
    printer.row("", entry->rfc);
  }
  if (!core::starts_with_ignoring_case(split.keyword, "AUTH")) return;
  std::string_view rest = split.parameters;
  while (!rest.empty()) {
    const std::string_view mechanism = rest.substr(0, rest.find(' '));
    if (const auto* const entry = knowledge.keyword(kSpoken, mechanism)) {
      printer.line("    " + padded(core::show_bytes(mechanism), kPieceColumns) + printer.in(entry->meaning));
    }
    rest = core::trim(rest.substr(mechanism.size()));
  }
}

void explain_base64(std::string_view text, const knowledge::Knowledge& knowledge, bool show_secrets, Printer& printer) {
  const std::optional<std::string> decoded = readable_base64(text);
  if (!decoded) return;
  const auto guess = recognise_sasl(*decoded);
  const bool plain = guess && guess->mechanism == "PLAIN";
  printer.heading("base64");
  decoded_rows(text, *decoded, guess ? guess->secrets() : std::vector<core::Span>(), show_secrets, printer);
  if (plain) printer.row("", printer.say(Word::kPlainResponse));
  if (guess) explain_sasl(*guess, *decoded, knowledge, show_secrets, printer);
  std::vector<smtp::Remark> remarks;
  smtp::remark_response(text, smtp::ResponsePlace::kLater, 0, plain, remarks);
  remark_rows(remarks, knowledge, printer);
}

}  // namespace commands
