#include "net/process.h"

#include <csignal>
#include <utility>

#include <uv.h>

#include "core/system_text.h"

namespace net {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> result;
  result.reserve(words.size() + 1);
  for (const std::string& word : words) result.push_back(const_cast<char*>(word.c_str()));  // libuv changes none of them
  result.push_back(nullptr);
  return result;
}

}  // namespace

struct Process::Handle {
  uv_process_t process{};
  OnEnd on_end;
  bool has_ended = false;
};

core::Result<std::unique_ptr<Process>> Process::start(Loop& loop, const Start& start, OnEnd on_end) {
  auto* const handle = new Handle;
  handle->on_end = std::move(on_end);
  handle->process.data = handle;
  std::unique_ptr<Process> process(new Process(handle));

  std::vector<uv_stdio_container_t> descriptors(start.descriptors.size());
  for (std::size_t at = 0; at < descriptors.size(); ++at) {
    descriptors[at].flags = UV_INHERIT_FD;
    descriptors[at].data.fd = start.descriptors[at];
  }
  std::vector<char*> words = pointers(start.command);
  std::vector<char*> environment = pointers(start.environment);
  uv_process_options_t options{};
  options.file = words.front();
  options.args = words.data();
  options.env = environment.data();
  if (!start.folder.empty()) options.cwd = start.folder.c_str();
  options.stdio = descriptors.data();
  options.stdio_count = static_cast<int>(descriptors.size());
  options.exit_cb = [](uv_process_t* ended, std::int64_t status, int signal) {
    Handle& self = *static_cast<Handle*>(ended->data);
    self.has_ended = true;
    const OnEnd tell = std::move(self.on_end);  // which may destroy the process
    if (tell) tell(static_cast<int>(status), signal);
  };
  const int failed = uv_spawn(loop.native(), &handle->process, &options);
  if (failed == 0) return process;
  handle->has_ended = true;
  return core::fail(core::Blame::kSystem, core::system_text(-failed), core::Part(start.command.front()));
}

Process::~Process() {
  kill(SIGKILL);
  handle_->on_end = nullptr;
  uv_close(reinterpret_cast<uv_handle_t*>(&handle_->process),
           [](uv_handle_t* handle) { delete static_cast<Handle*>(handle->data); });
}

void Process::kill(int signal) {
  if (!handle_->has_ended) uv_process_kill(&handle_->process, signal);
}

int Process::id() const { return uv_process_get_pid(&handle_->process); }

}  // namespace net
