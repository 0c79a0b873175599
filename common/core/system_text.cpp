#include "core/system_text.h"

#include <array>
#include <cerrno>
#include <cstring>

namespace core {
namespace {

struct Row {
  int error;
  const char* zh;
};

constexpr std::array kRows{
    Row{ENOENT, "没有这个文件或文件夹"},
    Row{EACCES, "没有权限"},
    Row{EPERM, "系统不允许这样做"},
    Row{EEXIST, "文件已经存在"},
    Row{EISDIR, "这是一个文件夹"},
    Row{ENOTDIR, "路径中有一段不是文件夹"},
    Row{ENOTEMPTY, "文件夹不是空的"},
    Row{ENOSPC, "磁盘已满"},
    Row{EDQUOT, "磁盘配额已用完"},
    Row{EFBIG, "文件太大"},
    Row{EROFS, "文件系统是只读的"},
    Row{EIO, "读写出错"},
    Row{ENXIO, "没有这个设备"},
    Row{ENODEV, "没有这个设备"},
    Row{ELOOP, "符号链接太多，可能形成了环"},
    Row{ENAMETOOLONG, "文件名太长"},
    Row{EMFILE, "本程序打开的文件太多"},
    Row{ENFILE, "系统中打开的文件太多"},
    Row{ENOMEM, "内存不足"},
    Row{EAGAIN, "暂时不行，请稍后再试"},
    Row{EINVAL, "参数不对"},
    Row{EPIPE, "管道另一端已经关闭"},
    Row{ECONNRESET, "连接被对方重置"},
    Row{ECONNREFUSED, "连接被拒绝"},
    Row{ECONNABORTED, "连接被中断"},
    Row{ETIMEDOUT, "超时"},
    Row{EADDRINUSE, "地址已被占用"},
    Row{EADDRNOTAVAIL, "本机没有这个地址"},
    Row{EAFNOSUPPORT, "本机不支持这种地址"},
    Row{ENETUNREACH, "网络不可达"},
    Row{EHOSTUNREACH, "主机不可达"},
    Row{ENETDOWN, "网络没有连接"},
    Row{ENOTCONN, "没有连接"},
    Row{EINTR, "操作被打断"},
    Row{ENOTTY, "这不是终端"},
    Row{ETXTBSY, "文件正在被执行"},
};

}  // namespace

Text system_text(int error) {
  const std::string said = std::strerror(error);
  for (const Row& row : kRows) {
    if (row.error == error) return {said, row.zh};
  }
  return {said, "系统错误 " + std::to_string(error) + "（" + said + "）"};
}

}  // namespace core
