#!/usr/bin/env python3
"""The dependency check catches what it is there for: each row is a made-up tree with one file that breaks one rule."""

import pathlib
import tempfile
import unittest

import dependencies

# (what it is, file, its text, the violation expected; None: the file is in order)
ROWS = [
    ("the standard library is free", "common/core/a.h", "#include <string>\n", None),
    ("tl::expected is free", "common/smtp/a.h", "#include <tl/expected.hpp>\n", None),
    ("a module below is free", "common/smtp/a.cpp", '#include "core/result.h"\n', None),
    ("core reaches up", "common/core/a.h", '\n#include "smtp/reply.h"\n', 'a.h:2: common/core must not include "smtp/reply.h"'),
    ("smtp opens a socket", "common/smtp/a.cpp", "#include <sys/socket.h>\n", "common/smtp must not include <sys/socket.h>"),
    ("smtp reads a file", "common/smtp/a.cpp", "#include <fstream>\n", "common/smtp is pure: no <fstream>"),
    ("core prints", "common/core/a.cpp", "#include  <iostream>\n", "common/core is pure: no <iostream>"),
    ("sasl draws a number", "common/sasl/a.cpp", "# include <random>\n", "common/sasl is pure: no <random>"),
    (
        "smtp looks at the clock",
        "common/smtp/a.cpp",
        "auto t =\n  std::chrono::steady_clock::now();\n",
        "a.cpp:2: common/smtp is pure: no steady_clock::now",
    ),
    ("a clock in a comment", "common/smtp/a.cpp", "// not steady_clock::now\n/* system_clock::now */\n", None),
    ("a clock in a literal", "common/smtp/a.cpp", 'auto a = "steady_clock::now"; auto b = R"x(\nstd::cout)x";\n', None),
    ("an include in a comment", "common/core/a.h", '/*\n#include "smtp/reply.h"\n*/\n', None),
    ("an include behind a literal of slashes", "common/core/a.h", 'auto a = "//";\n#include "net/loop.h"\n', "must not include"),
    ("libuv in its folder", "common/net/loop.cpp", "#include <uv.h>\n", None),
    ("libuv in a header", "common/net/loop.h", "#include <uv.h>\n", "<uv.h> belongs into a .cpp file"),
    ("libuv elsewhere", "mockserver/a.cpp", "#include <uv.h>\n", "mockserver/a.cpp must not include <uv.h>"),
    ("mbedTLS in its folder", "common/tls/a.cpp", "#include <mbedtls/ssl.h>\n", None),
    ("the hashes of mbedTLS in their file", "common/sasl/hashes.cpp", "#include <mbedtls/md.h>\n", None),
    ("the hashes of mbedTLS in their neighbour", "common/sasl/scram.cpp", "#include <mbedtls/md.h>\n", "must not include <mbedtls/md.h>"),
    ("TLS in sasl", "common/sasl/hashes.cpp", "#include <mbedtls/ssl.h>\n", "must not include <mbedtls/ssl.h>"),
    ("sasl links the hashes", "common/CMakeLists.txt", "smtplab_library(smtplab_sasl sasl PUBLIC smtplab_core PRIVATE mbedcrypto)\n", None),
    ("sasl links TLS", "common/CMakeLists.txt", "smtplab_library(smtplab_sasl sasl PRIVATE mbedtls)\n", "common/sasl is pure"),
    ("mbedTLS in a header", "common/tls/a.h", "#include <mbedtls/ssl.h>\n", "belongs into a .cpp file"),
    ("mbedTLS in net", "common/net/a.cpp", "#include <mbedtls/ssl.h>\n", "must not include <mbedtls/ssl.h>"),
    ("curses in its file", "client/screen/curses_screen.cpp", "#include <curses.h>\n", None),
    ("curses in its neighbour", "client/screen/layout.cpp", "#include <curses.h>\n", "must not include <curses.h>"),
    ("JSON in a header", "common/dialogue/a.h", "#include <nlohmann/json.hpp>\n", "belongs into a .cpp file"),
    ("the mock reaches into the client", "mockserver/a.cpp", '#include "client/screen/key.h"\n', "mockserver must not include"),
    ("net reaches into dialogue", "common/net/a.cpp", '#include "dialogue/log.h"\n', "common/net must not include"),
    ("the client uses the mock's one header", "client/stepper/a.h", '#include "mockserver/mock_server.h"\n', None),
    ("the client uses scenarios", "client/a.cpp", '#include "mockserver/scenario/catalogue.h"\n', None),
    ("the client's main uses its commands", "client/main.cpp", '#include "client/commands/explain.h"\n', None),
    ("the client's base uses its commands", "client/conversation/setup.cpp", '#include "client/commands/explain.h"\n', "client/conversation must not include"),
    ("the stepper uses the base", "client/stepper/a.cpp", '#include "client/base/words.h"\n', None),
    ("the stepper opens connections", "client/stepper/a.cpp", '#include "client/conversation/conversation.h"\n', "client/stepper must not include"),
    ("the client reaches into the mock", "client/a.cpp", '#include "mockserver/connection.h"\n', "client must not include"),
    ("the client reaches into the store", "client/a.cpp", '#include "mockserver/store/maildir.h"\n', "client must not include"),
    ("the screen knows the stepper", "client/screen/a.cpp", '#include "client/stepper/a.h"\n', "client/screen must not include"),
    ("an include beside the file", "common/core/a.cpp", '#include "a.h"\n', "is not written from an include root"),
    ("an include upwards", "common/smtp/a.cpp", '#include "core/../net/loop.h"\n', "is not written from an include root"),
    ("a folder nobody knows", "common/utils/a.h", "", "no module"),
    ("using namespace in a header", "client/a.h", "using namespace std;\n", "no `using namespace`"),
    ("core links a library", "common/CMakeLists.txt", "smtplab_library(smtplab_core core PUBLIC PkgConfig::libuv)\n", "common/core is pure"),
    (
        "smtp links net",
        "common/CMakeLists.txt",
        "\nsmtplab_library(smtplab_smtp smtp\n  PUBLIC smtplab_core PRIVATE smtplab_net)\n",
        "CMakeLists.txt:2: common/smtp must not link smtplab_net",
    ),
    ("net links tls", "common/CMakeLists.txt", "smtplab_library(smtplab_net net PUBLIC smtplab_tls)\n", None),
]


class Dependencies(unittest.TestCase):
    def test_each_rule_is_held(self):
        for name, path, text, wanted in ROWS:
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                file = pathlib.Path(folder, path)
                file.parent.mkdir(parents=True)
                file.write_text(text, encoding="utf-8")
                found = dependencies.check_tree(pathlib.Path(folder))
                if wanted is None:
                    self.assertEqual(found, [])
                else:
                    self.assertEqual(len(found), 1, found)
                    self.assertIn(wanted, found[0])

    def test_a_table_with_a_use_from_below_is_refused(self):
        table = [dependencies.Module("common/core", ["common/smtp"]), dependencies.Module("common/smtp")]
        whole, dependencies.MODULES = dependencies.MODULES, table
        try:
            self.assertEqual(dependencies.check_table(), ["MODULES: common/core uses common/smtp, which is not above it"])
        finally:
            dependencies.MODULES = whole


if __name__ == "__main__":
    unittest.main()
