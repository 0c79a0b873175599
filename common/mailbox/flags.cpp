#include "mailbox/flags.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/text.h"

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

std::vector<std::string>::const_iterator find_keyword(const std::vector<std::string>& known, std::string_view keyword) {
  return std::find_if(known.begin(), known.end(),
                      [&](const std::string& one) { return core::equals_ignoring_case(one, keyword); });
}

Flags spelled_as(const std::vector<std::string>& known, Flags flags) {
  std::vector<std::string>& keywords = flags.keywords;
  for (std::string& keyword : keywords) {
    if (const auto hit = find_keyword(known, keyword); hit != known.end()) keyword = *hit;
  }
  std::sort(keywords.begin(), keywords.end());
  keywords.erase(std::unique(keywords.begin(), keywords.end()), keywords.end());
  return flags;
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
