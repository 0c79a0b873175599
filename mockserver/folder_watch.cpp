#include "mockserver/folder_watch.h"

#include <chrono>
#include <utility>

namespace mockserver {

FolderWatch::FolderWatch(net::Loop& loop, std::shared_ptr<mailbox::Folder> folder, std::function<void()> on_news)
    : folder_(std::move(folder)), wake_(loop, std::move(on_news)) {
  folder_->add(*this);
}

FolderWatch::~FolderWatch() { folder_->remove(*this); }

void FolderWatch::changed(mailbox::Folder& /*folder*/) {
  if (!wake_.is_running()) wake_.start(std::chrono::milliseconds(0));
}

}  // namespace mockserver
