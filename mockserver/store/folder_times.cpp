#include "mockserver/store/folder_times.h"

#include <algorithm>
#include <ctime>

#include <sys/stat.h>

namespace store {
namespace {

std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

// 0: there is none, so that it never seems to be as it was.
std::int64_t changed_at(const std::string& folder) {
  struct stat what {};
  return stat(folder.c_str(), &what) == 0 ? nanoseconds(what.st_mtim) : 0;
}

}  // namespace

void FolderTimes::learn(const std::string& path) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  learnt_ = nanoseconds(now);
  new_ = changed_at(path + "/new");
  cur_ = changed_at(path + "/cur");
}

bool FolderTimes::hold(const std::string& path) const {
  const bool is_old = learnt_ != 0 && new_ != 0 && cur_ != 0 && std::max(new_, cur_) + kCoarse < learnt_;
  return is_old && changed_at(path + "/new") == new_ && changed_at(path + "/cur") == cur_;
}

}  // namespace store
