#include "client/fetch/stage.h"

#include <array>
#include <cstddef>

#include "core/phrase.h"

namespace fetch {
namespace {

// In the order of Stage.
constexpr std::array kStages{
    core::Phrase{"connect", "连接"},        core::Phrase{"tls", "TLS 握手"},      core::Phrase{"greeting", "问候"},
    core::Phrase{"capability", "询问能力"}, core::Phrase{"starttls", "换成 TLS"}, core::Phrase{"login", "登录"},
    core::Phrase{"select", "打开邮箱"},     core::Phrase{"list", "列出邮件"},     core::Phrase{"message", "取邮件"},
    core::Phrase{"quit", "告别"},
};
static_assert(kStages.size() == static_cast<std::size_t>(Stage::kQuit) + 1);

}  // namespace

std::string_view name(Stage stage) { return kStages[static_cast<std::size_t>(stage)].en; }

std::string name(Stage stage, core::Language language) {
  const core::Phrase& row = kStages[static_cast<std::size_t>(stage)];
  if (language == core::Language::kEnglish) return std::string(row.en);
  return std::string(row.en) + "（" + std::string(row.zh) + "）";
}

}  // namespace fetch
