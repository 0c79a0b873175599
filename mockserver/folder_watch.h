// Hears of a folder's changes for a client that waits for them (IDLE, RFC 2177).
#pragma once

#include <functional>
#include <memory>

#include "mailbox/folder.h"
#include "net/loop.h"
#include "net/timer.h"

namespace mockserver {

class FolderWatch final : public mailbox::Listener {
 public:
  // on_news is called when the loop is back, for all that has changed until then: who has changed it is still at work.
  FolderWatch(net::Loop& loop, std::shared_ptr<mailbox::Folder> folder, std::function<void()> on_news);
  ~FolderWatch() override;
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  void changed(mailbox::Folder& folder) override;
  [[nodiscard]] const mailbox::Folder* folder() const { return folder_.get(); }

 private:
  std::shared_ptr<mailbox::Folder> folder_;
  net::Timer wake_;
};

}  // namespace mockserver
