// Who looks for mistakes in which protocol: the one place that names them all.
#include <utility>

#include "findings/judge.h"
#include "findings/several.h"
#include "imap_judge/compare.h"
#include "imap_judge/judge.h"
#include "pop3_judge/compare.h"
#include "pop3_judge/judge.h"
#include "smtp_judge/compare.h"
#include "smtp_judge/judge.h"

namespace findings {

std::unique_ptr<Judge> make_judge(std::string_view protocol, Server server) {
  if (protocol == "smtp") return smtp_judge::make(std::move(server));
  if (protocol == "pop3") return pop3_judge::make(std::move(server));
  if (protocol == "imap") return imap_judge::make(std::move(server));
  return nullptr;
}

std::vector<Difference> compare(std::string_view protocol, const std::vector<Dialogue>& dialogues) {
  if (protocol == "smtp") return smtp_judge::compare(dialogues);
  if (protocol == "pop3") return pop3_judge::compare(dialogues);
  if (protocol == "imap") return imap_judge::compare(dialogues);
  return {};
}

}  // namespace findings
