#include "mockserver/store/maildir.h"

#include <cerrno>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

#include "core/system_text.h"
#include "mockserver/store/maildir_names.h"

namespace store {

Maildir::Maildir(std::string folder, Owners owners, std::function<std::string(const Message&)> envelope)
    : folder_(std::move(folder)), recipients_(std::move(owners)), envelope_(std::move(envelope)) {}

core::Result<void> Maildir::prepare() {
  for (std::size_t slash = folder_.find('/', 1); slash != std::string::npos; slash = folder_.find('/', slash + 1)) {
    mkdir(folder_.substr(0, slash).c_str(), 0777);  // whether it worked shows at the last one
  }
  if ((mkdir(folder_.c_str(), 0777) == 0 || errno == EEXIST) && access((folder_ + "/.").c_str(), R_OK | W_OK | X_OK) == 0)
    return {};
  return core::fail(
      core::Blame::kInput,
      core::phrase("cannot keep messages in this folder: {0}", "不能把邮件存在这个文件夹里：{0}", {core::system_text(errno)}),
      folder_, {"name one that can be made and written to", "请换一个能新建、能写入的文件夹"});
}

core::Result<Places> Maildir::deliver(Message message) {
  // Envelopes lie beside the INBOX alone.
  const std::string envelope = message.folder ? std::string() : envelope_(message);
  Places places = recipients_.places(message.forward_paths);
  std::vector<std::shared_ptr<MaildirFolder>> folders;  // outlive what comes into them
  std::vector<std::unique_ptr<MaildirIncoming>> copies;
  for (const std::size_t number : recipients_.mailboxes(message.forward_paths)) {
    auto folder = mailbox(number).delivery(message.folder);
    if (!folder) return core::Failure(folder.error());
    folders.push_back(std::move(*folder));
    copies.push_back(std::make_unique<MaildirIncoming>(*folders.back(), mailbox::Flags{}, message.received));
    auto written = copies.back()->begin(envelope);
    if (written) written = copies.back()->write(message.content);
    if (!written) return core::Failure(written.error());
  }
  for (std::size_t i = 0; i < copies.size(); ++i) {
    if (const auto taken = copies[i]->deliver(); !taken) {
      for (const auto& other : copies) other->take_back();
      return core::Failure(taken.error());
    }
    places[i].path = copies[i]->path();
  }
  return places;
}

MaildirMailbox& Maildir::mailbox(std::size_t number) {
  if (number >= mailboxes_.size()) mailboxes_.resize(recipients_.count());
  std::unique_ptr<MaildirMailbox>& mailbox = mailboxes_[number];
  if (mailbox == nullptr) {
    const std::string name = number == Recipients::kOthers ? "other" : folder_name(recipients_.account(number));
    mailbox = std::make_unique<MaildirMailbox>((folder_ + '/').append(name));
  }
  return *mailbox;
}

mailbox::Mailbox* Maildir::mailbox_of(std::string_view user) {
  const auto number = recipients_.number_of(user);
  return number ? &mailbox(*number) : nullptr;
}

mailbox::Mailbox& Maildir::others() { return mailbox(Recipients::kOthers); }

}  // namespace store
