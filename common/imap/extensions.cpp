#include "imap/extensions.h"

#include <algorithm>
#include <variant>
#include <vector>

namespace imap {
namespace {

using What = FetchItem::What;

template <typename Is>
bool fetches_any(const Command& command, Is is) {
  const auto* const words = std::get_if<FetchWords>(&command.arguments);
  return words != nullptr &&
         std::any_of(words->items.begin(), words->items.end(), [&](const FetchItem& item) { return is(item.what); });
}

bool asks_status(const Command& command, StatusItem item) {
  const auto has = [&](const std::vector<StatusItem>& items) {
    return std::find(items.begin(), items.end(), item) != items.end();
  };
  if (const auto* const one = std::get_if<StatusWords>(&command.arguments)) return has(one->items);
  const auto* const list = std::get_if<ListWords>(&command.arguments);
  return list != nullptr && has(list->return_status);
}

bool is_decoded(What what) { return what == What::kBinary || what == What::kBinarySize; }

bool is_object(What what) { return what == What::kEmailId || what == What::kThreadId; }

bool is_gmail(What what) { return what == What::kGmailId || what == What::kGmailThread || what == What::kGmailLabels; }

}  // namespace

bool uses_mod_sequences(const Command& command) {
  const Arguments& words = command.arguments;
  if (const auto* const one = std::get_if<SelectWords>(&words)) return one->condstore;
  if (const auto* const one = std::get_if<StoreWords>(&words)) return one->unchanged_since.has_value();
  if (const auto* const one = std::get_if<SearchWords>(&words)) return one->by_mod_sequence;
  if (const auto* const one = std::get_if<Enable>(&words))
    return std::find(one->capabilities.begin(), one->capabilities.end(), "CONDSTORE") != one->capabilities.end();
  if (asks_status(command, StatusItem::kModSequence)) return true;
  const auto* const fetch = std::get_if<FetchWords>(&words);
  return fetch != nullptr && std::any_of(fetch->items.begin(), fetch->items.end(),
                                         [](const FetchItem& item) { return item.what == FetchItem::What::kModSequence; });
}

std::string_view lacking(const Command& command, const Capabilities& offered) {
  if (command.verb == Input::kEnable) return {};
  if (uses_mod_sequences(command) && !offered.have_mod_sequences()) return "CONDSTORE";
  if (fetches_any(command, is_decoded) && !offered.offers("BINARY") && !offered.offers("IMAP4rev2")) return "BINARY";
  const bool asks_for_ids = fetches_any(command, is_object) || asks_status(command, StatusItem::kMailboxId);
  if (asks_for_ids && !offered.offers("OBJECTID")) return "OBJECTID";
  if (fetches_any(command, is_gmail) && !offered.offers("X-GM-EXT-1")) return "X-GM-EXT-1";
  return {};
}

void leave_out_unknown(Enable& words, const Capabilities& offered) {
  std::erase_if(words.capabilities, [&](const std::string& one) {
    if (one == "CONDSTORE") return !offered.have_mod_sequences();
    return !(one == "IMAP4REV2" || one == "UTF8=ACCEPT") || !offered.offers(one);
  });
}

}  // namespace imap
