#!/usr/bin/env python3
"""The check of includes catches what it is there for: each row is a made-up file, in a tree of two headers, that uses one thing."""

import pathlib
import tempfile
import unittest

import includes

HEADERS = {
    "common/core/text.h": "#include <string>\nnamespace smtplab::core {\nenum class Case { kUpper, kLower };\ninline constexpr int kWidth = 80;\nbool is_blank(std::string text);\n}\n",
    "common/smtp/reply.h": '#include "core/text.h"\nnamespace smtplab::smtp {\nstruct Reply {\n  int code;\n  int size() const;\n};\nReply read_reply(int number);\n}\n',
}

# (what it is, text of common/smtp/a.cpp, the violation expected; None: the file is in order)
ROWS = [
    ("the header of the name", "#include <vector>\nstd::vector<int> a;\n", None),
    ("no header of the name", "\nstd::vector<int> a;\n", "a.cpp:2: std::vector is used without <vector>"),
    ("a header that may bring it", "#include <vector>\nbool a = std::any_of(b, c, d);\n", "a.cpp:2: std::any_of is used without <algorithm>"),
    ("one of several headers", "#include <map>\nauto a = std::begin(b);\n", None),
    ("through a header of ours", '#include "smtp/reply.h"\nstd::string a;\n', None),
    ("a name nobody wrote down", "auto a = std::mdspan(b);\n", "std::mdspan is used without a row in"),
    ("in a comment and a literal", '// std::vector\nauto a = "std::vector";\n', None),
    ("a library", "#include <string>\nnlohmann::json a;\n", "a.cpp:2: nlohmann is used without <nlohmann/json.hpp>"),
    ("the system", "int a = O_RDONLY;\n", "O_RDONLY is used without <fcntl.h> or <uv.h>"),
    ("a member of that name", "int a = b.errno;\n", None),
    ("a type of ours", '#include "smtp/reply.h"\nReply a;\n', None),
    ("a type of ours without its header", '#include "core/text.h"\nReply a;\n', 'a.cpp:2: Reply is used without "common/smtp/reply.h"'),
    ("a type of its own", "struct Reply {};\nReply a;\n", None),
    ("a type of a library's class", "RE2::Reply a;\n", None),
    ("a constant", "int a = kWidth;\n", 'kWidth is used without "common/core/text.h"'),
    ("an enumerator", "using enum b; auto a = kUpper;\n", 'kUpper is used without "common/core/text.h"'),
    ("a function", "bool a = is_blank(b);\n", 'is_blank is used without "common/core/text.h"'),
    ("a function with its namespace", "bool a = core::is_blank(b);\n", 'is_blank is used without "common/core/text.h"'),
    ("a function of its own, the other meant", "bool is_blank(int b) {\n  return core::is_blank(b);\n}\n", 'is_blank is used without "common/core/text.h"'),
    ("a function of a library", "bool a = toml::is_blank(b);\n", None),
    ("a member function of that name", "bool a = b.is_blank(c);\n", None),
    ("a lambda of that name", "auto is_blank = [](char c) { return c == 32; };\nbool a = is_blank(b);\n", None),
    ("a member function is not searched", "int a = size();\n", None),
]


class Includes(unittest.TestCase):
    def test_each_row(self):
        for name, text, wanted in ROWS:
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                for path, content in {**HEADERS, "common/smtp/a.cpp": text}.items():
                    file = pathlib.Path(folder, path)
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(content, encoding="utf-8")
                found = includes.check_tree(pathlib.Path(folder))
                if wanted is None:
                    self.assertEqual(found, [])
                else:
                    self.assertEqual(len(found), 1, found)
                    self.assertIn(wanted, found[0])


if __name__ == "__main__":
    unittest.main()
