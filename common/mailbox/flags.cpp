#include "mailbox/flags.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace mailbox {
namespace {

constexpr std::array kSystemFlags{&Flags::seen, &Flags::answered, &Flags::flagged, &Flags::deleted, &Flags::draft};

}  // namespace

bool is_keyword(std::string_view text) {
  const auto is_atom_char = [](char c) {
    return c > ' ' && c < '\x7F' && std::string_view("(){%*\"\\]").find(c) == std::string_view::npos;
  };
  return !text.empty() && text.size() <= kMaxKeyword && std::all_of(text.begin(), text.end(), is_atom_char);
}

Flags changed(const Flags& before, Change change, const Flags& flags) {
  if (change == Change::kReplace) return flags;
  Flags after = before;
  for (bool Flags::*const flag : kSystemFlags) {
    if (flags.*flag) after.*flag = change == Change::kAdd;
  }
  const std::vector<std::string>& had = before.keywords;
  after.keywords.clear();
  const auto out = std::back_inserter(after.keywords);
  if (change == Change::kAdd) {
    std::set_union(had.begin(), had.end(), flags.keywords.begin(), flags.keywords.end(), out);
  } else {
    std::set_difference(had.begin(), had.end(), flags.keywords.begin(), flags.keywords.end(), out);
  }
  return after;
}

}  // namespace mailbox
