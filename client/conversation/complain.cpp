#include "client/conversation/complain.h"

#include "knowledge/knowledge.h"

namespace client {

std::string told(const core::Error& error, core::Language language) {
  if (language == core::Language::kChinese && !error.id.empty()) {
    const auto knowledge = knowledge::Knowledge::embedded();
    const auto* const failure = knowledge ? knowledge->failure(error.id) : nullptr;
    if (failure != nullptr) {
      // Which word of the command line it is about, and what it is taken for, stands in the error alone.
      const bool is_about_words = error.blame == core::Blame::kInput && error.place.empty();
      return (error.place.empty() ? "" : error.place + "：") + failure->what.zh + failure->fix.zh +
             (is_about_words ? "（" + core::describe(error) + "）" : "");
    }
  }
  return core::describe(error);
}

void complain(const core::Error& error, core::Language language, std::ostream& out) {
  out << "smtplab: " << told(error, language) << '\n';
}

}  // namespace client
