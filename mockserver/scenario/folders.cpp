#include "mockserver/scenario/folders.h"

#include <algorithm>
#include <string>

#include "core/phrase.h"

namespace scenario {

using mailbox::FolderName;

core::Result<FolderName> folder_named(const Scenario& scenario, std::string_view name) {
  const char separator = scenario.server.separator;
  std::string dotted(name.empty() ? FolderName::inbox().text() : name);
  if (separator != FolderName::kSeparator && dotted.find(FolderName::kSeparator) != std::string::npos) {
    return core::fail(core::Blame::kInput, {"a folder's name has no dot here", "这里的文件夹名不能有点号"}, {},
                      core::phrase("levels are separated by {0}", "各级之间用 {0} 分隔", {std::string(1, separator)}));
  }
  std::replace(dotted.begin(), dotted.end(), separator, FolderName::kSeparator);
  auto parsed = FolderName::parse(dotted);
  if (!parsed) parsed.error().blame = core::Blame::kInput;
  return parsed;
}

core::Result<std::shared_ptr<mailbox::Folder>> open_folder(const Scenario& scenario, mailbox::Mailbox& mailbox,
                                                           std::string_view name) {
  const auto parsed = folder_named(scenario, name);
  if (!parsed) return core::Failure(parsed.error());
  auto folder = mailbox.open(*parsed);
  if (folder || folder.error().id != "no-folder") return folder;
  if (auto made = mailbox.create(*parsed); !made) return core::Failure(made.error());
  return mailbox.open(*parsed);
}

core::Result<void> put_into(mailbox::Folder& folder, std::string_view content, const mailbox::Flags& flags,
                            std::int64_t received) {
  auto incoming = folder.append(flags, received);
  if (!incoming) return core::Failure(incoming.error());
  if (auto written = (*incoming)->write(content); !written) return written;
  if (auto taken = (*incoming)->commit(); !taken) return core::Failure(taken.error());
  return {};
}

}  // namespace scenario
