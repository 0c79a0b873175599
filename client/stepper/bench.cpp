#include "client/stepper/bench.h"

#include <optional>
#include <string>

#include <iconv.h>

#include "client/base/words.h"
#include "core/base64.h"
#include "core/show.h"

namespace stepper {
namespace {

using client::Word;

// The text in GBK, what many programs on Chinese systems send; nothing when it is the same or cannot be written so.
std::optional<std::string> in_gbk(std::string_view text) {
  const iconv_t converter = iconv_open("GBK", "UTF-8");
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string input(text);
  std::string output(input.size() * 2 + 4, '\0');
  char* from = input.data();
  char* to = output.data();
  std::size_t from_left = input.size();
  std::size_t to_left = output.size();
  const bool converted = iconv(converter, &from, &from_left, &to, &to_left) != static_cast<std::size_t>(-1);
  iconv_close(converter);
  output.resize(output.size() - to_left);
  if (!converted || output == text) return std::nullopt;
  return output;
}

}  // namespace

std::vector<screen::Line> bench_lines(std::string_view text, core::Language language) {
  std::vector<screen::Line> lines;
  const auto row = [&](Word label, std::string value, screen::Role role = screen::Role::kPlain) {
    lines.push_back({{screen::Role::kStrong, std::string(client::word(label, language)) + "  "}, {role, std::move(value)}});
  };
  row(Word::kBenchText, core::base64_encode(text));
  row(Word::kBenchNewline, core::base64_encode(std::string(text) + "\n"), screen::Role::kWarning);
  if (const auto gbk = in_gbk(text)) row(Word::kBenchGbk, core::base64_encode(*gbk), screen::Role::kWarning);
  const auto decoded = core::base64_decode(text);
  if (decoded) {
    row(Word::kBenchDecoded, "\"" + core::show_bytes(*decoded) + "\"");
  } else {
    row(Word::kBenchDecoded, std::string(client::word(Word::kBenchNotBase64, language)), screen::Role::kDim);
  }
  return lines;
}

}  // namespace stepper
