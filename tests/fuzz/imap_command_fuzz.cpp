// Invariant: any octets are a command or have a fault, never both; every span lies within them; a command holds nothing that
// its types forbid; the same octets give the same command; never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "imap/command.h"
#include "imap/cursor.h"
#include "imap/secret_lines.h"
#include "imap/strangers.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

void check_key(const imap::SearchKey& key, int depth) {
  demand(depth < 100);
  if (const auto* const all = std::get_if<imap::SearchAnd>(&key.is)) {
    demand(!all->keys.empty());
    for (const imap::SearchKey& one : all->keys) check_key(one, depth + 1);
  } else if (const auto* const either = std::get_if<imap::SearchOr>(&key.is)) {
    demand(either->keys.size() == 2);
    for (const imap::SearchKey& one : either->keys) check_key(one, depth + 1);
  } else if (const auto* const none = std::get_if<imap::SearchNot>(&key.is)) {
    demand(none->keys.size() == 1);
    check_key(none->keys.front(), depth + 1);
  } else if (const auto* const date = std::get_if<imap::SearchDate>(&key.is)) {
    demand(date->day.ok());
  }
}

void check(const imap::Command& command, std::string_view octets) {
  demand(imap::is_tag(command.tag));
  if (const auto* const fetch = std::get_if<imap::FetchWords>(&command.arguments)) {
    demand(!fetch->items.empty());
    for (const imap::FetchItem& item : fetch->items) {
      for (const std::uint32_t number : item.section.part) demand(number > 0);
      demand(item.section.what != imap::Section::What::kMime || !item.section.part.empty());
      demand(!item.partial || item.partial->size > 0);
    }
  }
  if (const auto* const append = std::get_if<imap::AppendWords>(&command.arguments))
    demand(append->message.begin <= append->message.end && append->message.end <= octets.size());
  if (const auto* const search = std::get_if<imap::SearchWords>(&command.arguments)) check_key(search->program.key, 0);
  if (const auto* const list = std::get_if<imap::ListWords>(&command.arguments)) demand(!list->patterns.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  const imap::ParsedCommand parsed = imap::parse_command(octets);
  demand(parsed.command.has_value() != parsed.fault.has_value());
  if (parsed.command) check(*parsed.command, octets);
  for (const core::Span& span : parsed.secrets) demand(span.begin <= span.end && span.end <= size);
  for (const auto& [name, where] : parsed.parts) demand(where.begin <= where.end && where.end <= size);
  for (const core::Span& span : imap::SecretLines().of_untold(octets, {})) demand(span.begin <= span.end && span.end <= size);
  return 0;
}
