#include "mockserver/store/maildir_mailbox.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "mockserver/store/files.h"
#include "mockserver/store/stored_mailbox.h"

namespace store {

using mailbox::FolderName;

namespace {

constexpr std::size_t kMaxSubscriptions = std::size_t{1} << 20;  // octets of them that are read

}  // namespace

MaildirMailbox::MaildirMailbox(std::string root)
    : root_(std::move(root)), inbox_(std::make_shared<MaildirFolder>(root_, root_, MaildirFolder::Kind::kInbox)) {}

std::string MaildirMailbox::path_of(const FolderName& name) const { return root_ + "/." + name.utf7(); }

bool MaildirMailbox::is_there(const FolderName& name) const {
  struct stat what {};
  return name.is_inbox() || (stat((path_of(name) + "/cur").c_str(), &what) == 0 && S_ISDIR(what.st_mode));
}

std::shared_ptr<MaildirFolder> MaildirMailbox::folder(const FolderName& name) {
  if (name.is_inbox()) return inbox_;
  std::weak_ptr<MaildirFolder>& open = open_[name];
  auto folder = open.lock();
  if (folder == nullptr) open = folder = std::make_shared<MaildirFolder>(path_of(name), root_, MaildirFolder::Kind::kOther);
  return folder;
}

void MaildirMailbox::close(const FolderName& name) {
  const auto open = open_.find(name);
  if (open == open_.end()) return;
  if (const auto folder = open->second.lock()) folder->leave();
  open_.erase(open);
}

core::Result<std::shared_ptr<mailbox::Folder>> MaildirMailbox::open(const FolderName& name) {
  if (!is_there(name)) return no_folder();
  return folder(name);
}

core::Result<std::vector<FolderName>> MaildirMailbox::folders() {
  std::vector<FolderName> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> root(opendir(root_.c_str()), closedir);
  if (root == nullptr && errno != ENOENT) return file_failure({"cannot read the folder", "文件夹读不了"}, root_);
  while (const dirent* const entry = root == nullptr ? nullptr : readdir(root.get())) {
    const std::string_view file = static_cast<const char*>(entry->d_name);
    if (file.size() < 2 || file.front() != '.') continue;
    const auto name = FolderName::from_utf7(file.substr(1));
    // What another program has written otherwise than we would is not found again by its name.
    if (name && !name->is_inbox() && name->utf7() == file.substr(1) && is_there(*name)) names.push_back(*name);
  }
  std::sort(names.begin(), names.end());
  names.insert(names.begin(), FolderName::inbox());
  return names;
}

core::Result<void> MaildirMailbox::create(const FolderName& name) {
  if (is_there(name)) return folder_exists();
  return inbox_->make().and_then([&] { return folder(name)->make(); });
}

core::Result<std::shared_ptr<MaildirFolder>> MaildirMailbox::delivery(const std::optional<FolderName>& name) {
  if (!name || name->is_inbox()) return inbox_;
  if (!is_there(*name)) {
    if (auto made = create(*name); !made) return core::Failure(made.error());
  }
  return folder(*name);
}

core::Result<void> MaildirMailbox::erase(const FolderName& name) {
  if (name.is_inbox()) return core::fail(core::Blame::kCaller, {"INBOX cannot be deleted", "INBOX 不能删除"});
  if (!is_there(name)) return no_folder();
  close(name);
  std::error_code error;
  std::filesystem::remove_all(path_of(name), error);
  if (!error) return {};
  errno = error.value();
  return file_failure({"cannot delete the folder", "不能删除文件夹"}, path_of(name));
}

core::Result<void> MaildirMailbox::rename(const FolderName& from, const FolderName& to) {
  if (is_there(to)) return folder_exists();
  if (from.is_inbox()) return rename_inbox(to);
  const auto all = folders().and_then([&](const auto& names) { return renames(names, from, to); });
  if (!all) return core::Failure(all.error());
  for (const auto& [old_name, name] : *all) {
    close(old_name);
    if (std::rename(path_of(old_name).c_str(), path_of(name).c_str()) != 0)
      return file_failure({"cannot rename the folder", "不能给文件夹改名"}, path_of(old_name));
    if (auto renewed = folder(name)->renew_validity(); !renewed) return renewed;
  }
  return {};
}

core::Result<void> MaildirMailbox::rename_inbox(const FolderName& to) {
  return create(to).and_then([&] { return folder(to)->take_all(*inbox_); });
}

core::Result<std::vector<FolderName>> MaildirMailbox::subscriptions() {
  std::vector<FolderName> names;
  const std::string path = root_ + "/subscriptions";
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open() && errno == ENOENT) return names;
  if (!file.is_open()) return file_failure({"cannot open the file", "打不开文件"}, path);
  const auto text = read_at(file, 0, kMaxSubscriptions, path);
  if (!text) return core::Failure(text.error());
  std::string_view lines = *text;
  for (std::size_t end = lines.find('\n'); end != std::string_view::npos; end = lines.find('\n')) {
    if (const auto name = FolderName::from_utf7(lines.substr(0, end))) names.push_back(*name);
    lines.remove_prefix(end + 1);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

core::Result<void> MaildirMailbox::subscribe(const FolderName& name, bool wanted) {
  auto names = subscriptions();
  if (!names) return core::Failure(names.error());
  std::erase(*names, name);
  if (wanted) names->insert(std::upper_bound(names->begin(), names->end(), name), name);
  std::string lines;
  for (const FolderName& one : *names) lines += one.utf7() + '\n';
  if (auto made = inbox_->make(); !made) return made;
  const std::string path = root_ + "/subscriptions";
  const std::string draft = root_ + "/tmp/" + unique_name();
  File file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!file.is_open() || !write_all(file.get(), lines) || !file.close() || std::rename(draft.c_str(), path.c_str()) != 0)
    return file_failure({"cannot write the file", "文件写不进去"}, path);
  return {};
}

}  // namespace store
