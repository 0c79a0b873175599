#include "client/program/enclose.h"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/program/inside.h"
#include "client/program/words.h"

namespace program {
namespace {

bool write_file(const char* path, const std::string& content) {
  const int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool written = write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size());
  close(file);
  return written;
}

// Everybody stays who they are. Without the right to setgroups() a group can no longer be used to lose rights with, which is
// what the kernel wants to be told first (user_namespaces(7)).
bool map_identity(uid_t user, gid_t group) {
  const auto same = [](unsigned number) { return std::to_string(number) + " " + std::to_string(number) + " 1\n"; };
  return write_file("/proc/self/setgroups", "deny") && write_file("/proc/self/uid_map", same(user)) &&
         write_file("/proc/self/gid_map", same(group));
}

bool copy_to(int source, int target) {
  struct stat known {};
  if (fstat(source, &known) != 0) return false;
  off_t at = 0;
  while (at < known.st_size) {
    if (sendfile(target, source, &at, static_cast<std::size_t>(known.st_size - at)) <= 0) return false;
  }
  return true;
}

// A new file in a folder of our own.
bool make_file(const std::string& path, int content) {
  std::error_code failed;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), failed);
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
  if (file < 0) return false;
  const bool copied = copy_to(content, file);
  close(file);
  return copied;
}

// The content is a file of a file system that nobody else sees: mounted for a moment, and held by the overlay alone afterwards.
bool lay_over(const std::string& path, int content) {
  constexpr const char* kStage = "/tmp";
  const std::string file = std::string(kStage) + "/overlay";
  const int target = open(path.c_str(), O_PATH | O_CLOEXEC);  // before the stage hides it
  if (target < 0 || mount("tmpfs", kStage, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") != 0) return false;
  const std::string there = "/proc/self/fd/" + std::to_string(target);
  const bool laid = make_file(file, content) && mount(file.c_str(), there.c_str(), nullptr, MS_BIND, nullptr) == 0;
  const int why = errno;
  umount2(kStage, MNT_DETACH);
  close(target);
  errno = why;
  return laid;
}

bool is_covered(const Plan& plan, const std::string& path) {
  for (const std::string& folder : plan.covered) {
    if (path.starts_with(folder + "/")) return true;
  }
  return false;
}

bool lay_all(const Plan& plan) {
  for (const std::string& folder : plan.covered) {
    if (mount("tmpfs", folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") != 0) return false;
  }
  for (std::size_t at = 0; at < plan.overlays.size(); ++at) {
    const std::string& path = plan.overlays[at].path;
    const int content = kFirstOverlay + static_cast<int>(at);
    if (!(is_covered(plan, path) ? make_file(path, content) : lay_over(path, content))) return false;
  }
  return true;
}

bool raise_loopback() {
  const int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (any < 0) return false;
  ifreq loopback{};
  std::strcpy(loopback.ifr_name, "lo");
  bool raised = ioctl(any, SIOCGIFFLAGS, &loopback) == 0;
  loopback.ifr_flags = static_cast<short>(loopback.ifr_flags | IFF_UP);
  raised = raised && ioctl(any, SIOCSIFFLAGS, &loopback) == 0;
  close(any);
  return raised;
}

// True when everything is there; otherwise it has said what is not.
bool leave(const Plan& plan, bool is_user) {
  const auto done = [](bool is_done, Step step) {
    if (!is_done) say(kControl, {Says::kFailed, errno, static_cast<std::int32_t>(step)});
    return is_done;
  };
  const uid_t user = geteuid();
  const gid_t group = getegid();
  const int wanted = CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID | (is_user ? CLONE_NEWUSER : 0);
  return done(unshare(wanted) == 0, Step::kNamespaces) && done(!is_user || map_identity(user, group), Step::kMapping) &&
         // Root's mounts would otherwise reach the whole machine.
         done(mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, Step::kMounts) &&
         done(lay_all(plan), Step::kOverlay) && done(raise_loopback(), Step::kLoopback);
}

}  // namespace

int enclose(const Plan& plan, const std::vector<std::string>& command, bool is_user) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (!leave(plan, is_user)) return 1;
  const pid_t first = fork();  // the first process of the new namespace
  if (first == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // So that the numbers in /proc are those that the program is told. Where it is refused, those of the system stay.
    mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr);
    return live_inside(plan, command);
  }
  close_range(kControl, ~0U, 0);  // its end is to be seen outside
  for (const int number : {SIGINT, SIGQUIT, SIGHUP, SIGTSTP}) signal(number, SIG_IGN);
  int status = 1;
  while (waitpid(first, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace program
