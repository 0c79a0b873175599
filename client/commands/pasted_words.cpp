#include "client/commands/pasted_words.h"

#include <array>
#include <cstddef>

namespace commands {
namespace {

template <typename Key>
struct Row {
  Key key;
  core::Text text;
};

// One row for each enumerator, in their order.
template <typename Key, std::size_t kRows>
const core::Text& find(const std::array<Row<Key>, kRows>& rows, Key key) {
  return rows.at(static_cast<std::size_t>(key)).text;
}

const std::array<Row<Pasted>, static_cast<std::size_t>(Pasted::kCount)>& phrases() {
  static const std::array<Row<Pasted>, static_cast<std::size_t>(Pasted::kCount)> kRows{{
      {Pasted::kWhere, {"Where", "位置"}},
      {Pasted::kLine, {"line", "第"}},
      {Pasted::kOfLines, {"of", "行，共"}},
      {Pasted::kSaidBy, {"Said by", "谁说的"}},
      {Pasted::kPrintedBy, {"Printed by", "谁打印的"}},
      {Pasted::kInGeneral, {"That is", "也就是"}},
      {Pasted::kPerhaps, {"perhaps", "也可能"}},
      {Pasted::kOthersSay, {"These have the same or nearly the same words", "下面这些的原话相同或相近"}},
      {Pasted::kAServer, {"a server; the text does not tell which", "服务器；文字里看不出是哪一家"}},
      {Pasted::kNumbers, {"Numbers that are no reply here", "这些数字不是这里的回复"}},
      {Pasted::kSuccess, {"Nothing in this text was refused.", "这段文字里没有任何一步被拒绝。"}},
      {Pasted::kExpected, {"The program waited for", "程序等的是"}},
      {Pasted::kOutOfStep,
       {"and got this, which is no refusal: it takes the answer to a previous command for the answer to this one. "
        "Program and server are out of step.",
        "收到的却是这一条，而且不是拒绝：程序把上一条命令的回复当成了这一条的，双方错位了。"}},
      {Pasted::kLeftOut, {"octets in the middle of the text were not looked at", "字节在文字中间，没有看"}},
  }};
  return kRows;
}

}  // namespace

const core::Text& text(Pasted which) { return find(phrases(), which); }

const core::Text& text(explain::Against why) {
  using explain::Against;
  static const std::array<Row<Against>, 8> kRows{{
      {Against::kNothing, {}},
      {Against::kExpected, {"the code that the program waited for, not the one that came", "程序期待的代码，不是收到的代码"}},
      {Against::kPlace, {"a line of a program", "程序里的行号"}},
      {Against::kPort, {"a port", "端口号"}},
      {Against::kProcess, {"a number of a process, a session or an error", "进程、会话或错误的编号"}},
      {Against::kHttp, {"the status of a web page", "网页的状态码"}},
      {Against::kAmount, {"an amount, such as seconds or octets", "数量，例如秒数或字节数"}},
      {Against::kClient, {"what the client sent", "客户端发出的内容"}},
  }};
  return find(kRows, why);
}

}  // namespace commands
