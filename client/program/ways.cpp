#include "client/program/ways.h"

#include <array>

#include "core/show.h"
#include "core/system_text.h"

namespace program {
namespace {

std::vector<std::string> hidden(const char* stage, const std::string& smtplab, const std::vector<std::string>& command) {
  std::vector<std::string> words{smtplab, kHidden, stage};
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

struct StepRow {
  Step step;
  core::Text text;
};

const std::vector<StepRow>& step_rows() {
  static const std::vector<StepRow> kRows{
      {Step::kNamespaces, {"the system gives no namespaces", "系统不给命名空间"}},
      {Step::kMapping, {"the system does not let a user namespace be used", "系统不让使用用户命名空间"}},
      {Step::kMounts, {"the system does not let mounts be kept apart", "系统不让隔离挂载"}},
      {Step::kOverlay, {"a file could not be laid over the system's own", "无法用别的文件盖住系统的文件"}},
      {Step::kLoopback, {"the loopback of the new network cannot be raised", "新网络的 lo 无法启用"}},
      {Step::kListen, {"it is not possible to listen in the new network", "无法在新网络里监听"}},
  };
  return kRows;
}

}  // namespace

std::vector<Way> all_ways(bool is_root) {
  using By = Way::By;
  if (is_root) {
    return {{By::kBubblewrap, false, true}, {By::kBubblewrap, false, false}, {By::kOurselves, false, true},
            {By::kBubblewrap, true, true},  {By::kBubblewrap, true, false},  {By::kOurselves, true, true}};
  }
  return {{By::kBubblewrap, true, true}, {By::kBubblewrap, true, false}, {By::kOurselves, true, true}};
}

std::vector<std::string> command_line(const Way& way, const Plan& plan, const std::string& smtplab,
                                      const std::vector<std::string>& command) {
  if (way.by == Way::By::kOurselves) return hidden(way.is_user ? kEncloseUser : kEnclose, smtplab, command);
  std::vector<std::string> words{"bwrap", "--dev-bind", "/", "/", "--unshare-net", "--unshare-pid", "--as-pid-1"};
  const auto add = [&](std::initializer_list<std::string> more) { words.insert(words.end(), more); };
  add({"--die-with-parent"});
  if (way.is_user)
    add({"--unshare-user", "--cap-add", "CAP_NET_BIND_SERVICE", "--cap-add", "CAP_NET_ADMIN", "--cap-add", "CAP_NET_RAW"});
  if (way.sees_proc) add({"--proc", "/proc"});
  for (const std::string& folder : plan.covered) add({"--tmpfs", folder});
  for (std::size_t at = 0; at < plan.overlays.size(); ++at) {
    // Not read-only: that would keep the system from noting when it is read.
    add({"--bind-data", std::to_string(kFirstOverlay + at), plan.overlays[at].path});
  }
  add({"--"});
  const std::vector<std::string> rest = hidden(kInside, smtplab, command);
  words.insert(words.end(), rest.begin(), rest.end());
  return words;
}

core::Text name(const Way& way) {
  if (way.by == Way::By::kBubblewrap) return core::same("bubblewrap");
  return {"Linux namespaces", "Linux 命名空间"};
}

core::Text refusal(const Way& way, const std::string& said) {
  std::string_view last = core::trim(core::without_line_end(said));
  last.remove_prefix(last.rfind('\n') + 1);  // npos + 1 is 0
  if (last.empty()) return core::phrase("{0} ended without a word", "{0} 一声不吭就结束了", {name(way)});
  return core::phrase("{0}: {1}", "{0}：{1}", {name(way), core::show_bytes(last)});
}

core::Text refusal(Step step, int error) {
  for (const StepRow& row : step_rows()) {
    if (row.step == step) return core::phrase("{0}: {1}", "{0}：{1}", {row.text, core::system_text(error)});
  }
  return core::system_text(error);
}

}  // namespace program
