#include "client/commands/excerpt.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

using commands::Excerpt;

TEST_CASE("excerpt: the beginning is shown as it comes, of the rest the end is kept, in any pieces") {
  struct Row {
    int lines;
    std::size_t left_out;
    int last;
  };
  for (const Row& row :
       {Row{0, 0, 0}, Row{1, 0, 0}, Row{60, 0, 0}, Row{61, 0, 1}, Row{65, 0, 5}, Row{66, 1, 5}, Row{1000, 935, 5}}) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{100'000}}) {
      CAPTURE(row.lines);
      CAPTURE(piece);
      std::string all;
      for (int i = 0; i < row.lines; ++i) all += "line " + std::to_string(i) + "\r\n";
      std::string shown;
      Excerpt excerpt([&](const std::string& octets) { shown += octets; });
      for (std::size_t at = 0; at < all.size(); at += piece) excerpt.add(std::string_view(all).substr(at, piece));
      const Excerpt::Rest rest = excerpt.take_rest();
      CHECK(rest.left_out == row.left_out);
      CHECK(all.starts_with(shown));
      CHECK(all.ends_with(rest.last));
      CHECK(std::count(rest.last.begin(), rest.last.end(), '\n') == row.last);
      if (row.left_out == 0) CHECK(shown + rest.last == all);
    }
  }
}
