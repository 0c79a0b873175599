#include "imap_judge/turn.h"

#include "core/text.h"

namespace imap_judge {

const imap::SequenceSet* Line::messages() const {
  const imap::Command* const said = command();
  if (said == nullptr) return nullptr;
  switch (said->verb) {
    case imap::Input::kFetch: return &said->words<imap::FetchWords>().set;
    case imap::Input::kStore: return &said->words<imap::StoreWords>().set;
    case imap::Input::kCopy:
    case imap::Input::kMove: return &said->words<imap::CopyWords>().set;
    case imap::Input::kExpunge: return said->by_uid ? &said->words<imap::Messages>().set : nullptr;
    default: return nullptr;
  }
}

std::string Heard::words() const { return core::to_lower(code + " " + text); }

}  // namespace imap_judge
