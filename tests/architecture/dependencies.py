#!/usr/bin/env python3
"""Holds the tree to the dependency rules: who may include what, and what never appears where.

usage: dependencies.py [ROOT]    Prints each violation as file:line: text; exit status 1 when there is one.

The whole of the rules is the table MODULES. The build runs this, and so does a test.
"""

import pathlib
import re
import sys
from dataclasses import dataclass, field

EVERY_COMMON = ["common/core", "common/usage", "common/sasl", "common/mailbox", "common/protocol", "common/smtp", "common/pop3", "common/mime", "common/imap", "common/dialogue", "common/findings", "common/smtp_judge", "common/pop3_judge", "common/imap_judge", "common/document", "common/knowledge", "common/tls", "common/net"]

# The same without the protocols themselves: of those they know what stands in common/protocol. Only what sends by SMTP names one.
THROUGH_THE_DOOR = [one for one in EVERY_COMMON if not re.fullmatch(r"common/(smtp|pop3|imap)(_judge)?", one)]

# The mock server as the client sees it: one header, and the scenarios.
MOCK = ["mockserver/scenario", "mockserver:mockserver/mock_server.h"]

# What the ways of using the client share.
CLIENT_BASE = ["client/screen", "client/base", "client/conversation", "client/listing"]


# Of mbedTLS, what computes and does nothing else.
HASH_HEADERS = ["mbedtls/md.h", "mbedtls/pkcs5.h", "mbedtls/version.h"]


@dataclass(frozen=True)
class Module:
    """A folder (or a file in it that stands higher or lower than the rest), what its files may include, and whether it is pure:
    no socket, clock, file, random source or screen."""

    folder: str
    uses: list = field(default_factory=list)  # modules above this row; "module:header" opens only that header
    sources: list = field(default_factory=list)  # outside the standard library; in .cpp files only
    pure: bool = False
    links: list = field(default_factory=list)  # of a pure module: targets outside the standard library


# From the bottom up: a row uses only rows above it, so there can be no cycle.
# An entry of `sources` is a header, or a folder of headers ("sys/"); "file:header" opens it to that one file.
MODULES = [
    Module("scenarios"),
    Module("common/core", pure=True),
    Module("common/usage", ["common/core"]),
    Module("common/sasl", ["common/core"], sources=["common/sasl/hashes.cpp:" + header for header in HASH_HEADERS], pure=True, links=["mbedcrypto"]),
    Module("common/mailbox", ["common/core"], pure=True),
    Module("common/protocol", ["common/core", "common/sasl", "common/mailbox"], pure=True),
    Module("common/smtp", ["common/core", "common/sasl", "common/mailbox", "common/protocol"], pure=True),
    Module("common/pop3", ["common/core", "common/sasl", "common/mailbox", "common/protocol"], pure=True),
    Module("common/mime", ["common/core"], sources=["gmime/gmime.h"]),
    Module("common/imap", ["common/core", "common/sasl", "common/mailbox", "common/protocol", "common/mime"], pure=True),
    Module("common/all_protocols.cpp", ["common/protocol", "common/smtp", "common/pop3", "common/imap"]),  # the one place that names them all
    Module("common/dialogue", ["common/core", "common/sasl", "common/protocol"], sources=["nlohmann/json.hpp"]),
    Module("common/findings", ["common/core", "common/sasl", "common/protocol", "common/mime", "common/dialogue"], pure=True),
    Module("common/smtp_judge", ["common/core", "common/sasl", "common/protocol", "common/smtp", "common/mime", "common/dialogue", "common/findings"], pure=True),
    Module("common/pop3_judge", ["common/core", "common/sasl", "common/protocol", "common/pop3", "common/dialogue", "common/findings"], pure=True),
    Module("common/imap_judge", ["common/core", "common/sasl", "common/mailbox", "common/protocol", "common/imap", "common/dialogue", "common/findings"], pure=True),
    Module("common/all_judges.cpp", ["common/findings", "common/smtp_judge", "common/pop3_judge", "common/imap_judge"], pure=True),
    Module("common/document", ["common/core"], sources=["toml++/"]),
    Module("common/knowledge", ["common/core", "common/sasl", "common/protocol", "common/dialogue", "common/findings", "common/document", "scenarios"], sources=["common/knowledge/finding_line.cpp:nlohmann/json.hpp"]),
    Module("common/tls", ["common/core"], sources=["mbedtls/", "psa/", "arpa/"]),
    Module("common/net", ["common/core", "common/tls"], sources=["uv.h", "sys/", "netinet/", "arpa/", "common/net/socket.cpp:linux/sockios.h", "unistd.h"]),
    Module("mockserver/store", ["common/core", "common/mailbox"], sources=["dirent.h", "fcntl.h", "sys/", "unistd.h"]),
    Module(
        "mockserver/scenario",
        ["common/core", "common/sasl", "common/mailbox", "common/protocol", "common/mime", "common/dialogue", "common/document", "common/tls", "mockserver/store", "scenarios"],
        sources=["mockserver/scenario/pattern.cpp:re2/re2.h"],
    ),
    Module(
        "mockserver",
        THROUGH_THE_DOOR + ["mockserver/scenario", "mockserver/store"],
        sources=["fcntl.h", "sys/", "unistd.h"],
    ),
    Module("mockserver/main.cpp", THROUGH_THE_DOOR + ["mockserver/scenario", "mockserver"], sources=["nlohmann/json.hpp", "sys/", "unistd.h"]),
    Module(
        "client/screen",
        ["common/core"],
        sources=["client/screen/curses_screen.cpp:curses.h", "fcntl.h", "langinfo.h", "signal.h", "sys/", "termios.h", "unistd.h"],
    ),
    Module("client/base", ["common/core", "common/protocol"]),
    # Its servers share mailboxes in memory.
    Module(
        "client/conversation",
        THROUGH_THE_DOOR + MOCK + ["mockserver:mockserver/unix_time.h", "mockserver/store:mockserver/store/memory.h", "client/base"],
        sources=["unistd.h"],
    ),
    Module("client/listing", ["common/core", "mockserver/scenario", "client/base"]),
    Module("client/explain", ["common/core", "common/sasl", "common/protocol", "common/dialogue", "common/knowledge", "mockserver/scenario"], sources=["client/explain/gbk.cpp:iconv.h"]),
    Module(
        "client/program",
        THROUGH_THE_DOOR + ["mockserver/scenario", "mockserver/store"]
        + ["mockserver:mockserver/" + header for header in ["envelope.h", "judging.h", "mock_server.h", "output_files.h", "speaker.h", "unix_time.h"]]
        + ["client/base", "client/explain"],
        sources=["arpa/", "client/program/names.cpp:ldns/", "client/program/report_json.cpp:nlohmann/json.hpp", "fcntl.h", "linux/", "net/", "netinet/", "poll.h", "sched.h", "sys/", "termios.h", "unistd.h"],
    ),
    Module(
        "client/labs",
        ["common/core", "common/protocol", "common/dialogue", "common/findings", "common/document", "common/knowledge", "common/mime", "common/net", "mockserver/scenario", "mockserver/store", "mockserver:mockserver/mock_server.h", "client/base", "client/program", "client/explain", "scenarios"],
        sources=["client/labs/files.cpp:iconv.h", "client/labs/talk.cpp:nlohmann/json.hpp", "fcntl.h", "netinet/", "poll.h", "sys/", "unistd.h"],
    ),
    Module("client/labs/reports", ["common/core", "mockserver:mockserver/output_files.h", "client/labs"], sources=["nlohmann/json.hpp"]),
    Module("client/send", EVERY_COMMON + ["client/base"], sources=["nlohmann/json.hpp", "termios.h", "unistd.h"]),
    Module("client/fetch", EVERY_COMMON + ["client/base", "client/send"], sources=["nlohmann/json.hpp", "fcntl.h", "sys/", "unistd.h"]),
    Module("client/stepper", THROUGH_THE_DOOR + MOCK + ["client/screen", "client/base"], sources=["iconv.h"]),
    Module("client/lines", THROUGH_THE_DOOR + MOCK + CLIENT_BASE + ["client/send", "client/stepper"], sources=["unistd.h"]),
    Module(
        "client/labs/hand",
        THROUGH_THE_DOOR + MOCK + ["mockserver/store"] + ["mockserver:mockserver/" + header for header in ["judging.h", "output_files.h", "speaker.h"]]
        + ["client/base", "client/screen", "client/conversation", "client/stepper", "client/lines", "client/program", "client/labs"],
        sources=["nlohmann/json.hpp"],
    ),
    Module("client/commands", THROUGH_THE_DOOR + MOCK + CLIENT_BASE + ["client/explain", "client/send", "client/fetch", "client/stepper", "client/lines", "client/labs", "client/labs/reports", "client/labs/hand"], sources=["nlohmann/json.hpp", "unistd.h"]),
    Module("client", THROUGH_THE_DOOR + MOCK + CLIENT_BASE + ["mockserver:mockserver/output_files.h", "client/send", "client/stepper", "client/labs", "client/labs/hand", "client/commands"], sources=["fcntl.h", "sys/", "unistd.h"]),
    Module(
        "client/main.cpp",
        THROUGH_THE_DOOR + MOCK + CLIENT_BASE + ["client/program", "client/explain", "client/stepper", "client/lines", "client/commands", "client", "client/labs:client/labs/drive.h"],
        sources=["unistd.h"],
    ),
]

# Stands in for std::expected, which is C++23.
EVERYWHERE = "tl/expected.hpp"

# What a pure module never includes …
IMPURE_HEADERS = (
    "atomic condition_variable csignal cstdio cstdlib ctime filesystem fstream future iostream mutex random syncstream thread"
).split()
# … and never says; in any module `using namespace` in a header is no better.
IMPURE_WORDS = [r"\w+_clock\s*::\s*now", r"std::c(out|err|in|log)\b", r"\bgetenv\b", r"\brand(om)?_?\w*\s*\(", r"\bf?printf\s*\("]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
STANDARD = re.compile(r"^[a-z_0-9]+$")
LIBRARY = re.compile(r"smtplab_library\(\s*smtplab_\w+\s+(\S+)([^)]*)\)")

# Comments and literals, which say nothing to the compiler about dependencies. Raw strings first: they hold anything.
NOT_CODE = re.compile(
    r'R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"' r'|"(?:\\.|[^"\\\n])*"' r"|'(?:\\.|[^'\\\n])+'" r"|//[^\n]*" r"|/\*.*?\*/",
    re.DOTALL,
)


def blank(text: str) -> str:
    """The text without comments and literals, its lines where they were; #include lines keep their names."""

    def blanked(match: re.Match) -> str:
        start = text.rfind("\n", 0, match.start()) + 1
        if match.group().startswith('"') and text[start : match.start()].lstrip().startswith("#"):
            return match.group()
        return "\n" * match.group().count("\n") or '""'

    return NOT_CODE.sub(blanked, text)


def module_of(path: str):
    """The module a path from the root belongs to: the longest that holds it; "client/main.cpp" before "client"."""
    holding = [module for module in MODULES if path == module.folder or path.startswith((module.folder + "/", module.folder + "."))]
    return max(holding, key=lambda module: len(module.folder), default=None)


def path_of(quoted: str) -> str:
    """"smtp/reply.h" is found in common/; mockserver/, client/ and scenarios/ are written out."""
    return quoted if quoted.startswith(("mockserver/", "client/", "scenarios/")) else "common/" + quoted


def check_quoted(module: Module, quoted: str):
    """What is wrong with #include "quoted" in this module, or None."""
    path = path_of(quoted)
    target = module_of(path)
    if target is None or ".." in quoted:
        return f'"{quoted}" is not written from an include root (common/ or the root of the tree)'
    if target.folder == module.folder or target.folder in module.uses or f"{target.folder}:{path}" in module.uses:
        return None
    return f'{module.folder} must not include "{quoted}"'


def opens(entry: str, path: str, header: str) -> bool:
    """Whether this entry of `sources` lets the file include the header."""
    only, colon, name = entry.rpartition(":")
    if colon and only != path:
        return False
    return header.startswith(name) if name.endswith("/") else header == name


def check_angled(module: Module, path: str, header: str):
    """What is wrong with #include <header> in this file, or None."""
    if STANDARD.match(header):
        if module.pure and header in IMPURE_HEADERS:
            return f"{module.folder} is pure: no <{header}>"
        return None
    if header == EVERYWHERE:
        return None
    if not any(opens(entry, path, header) for entry in module.sources):
        return f"{path if module.sources else module.folder} must not include <{header}>"
    return None if path.endswith(".cpp") else f"<{header}> belongs into a .cpp file, not into a header"


def check_file(root: pathlib.Path, path: str) -> list:
    """The violations in one file."""
    module = module_of(path)
    if module is None:
        return [f"{path}:1: no module of tests/architecture/dependencies.py holds this file"]
    found = []
    for number, line in enumerate(blank((root / path).read_text(encoding="utf-8")).split("\n"), 1):
        include = INCLUDE.match(line)
        if include:
            mark, name = include.groups()
            wrong = check_quoted(module, name) if mark == '"' else check_angled(module, path, name)
            if wrong:
                found.append(f"{path}:{number}: {wrong}")
        elif module.pure:
            for word in IMPURE_WORDS:
                said = re.search(word, line)
                if said:
                    found.append(f"{path}:{number}: {module.folder} is pure: no {said.group().strip()}")
        if path.endswith(".h") and re.search(r"\busing\s+namespace\b", line):
            found.append(f"{path}:{number}: no `using namespace` in a header")
    return found


def check_links(root: pathlib.Path, path: str) -> list:
    """The violations in the smtplab_library() lines of one CMakeLists.txt: they link no more than the table allows."""
    place = pathlib.PurePosixPath(path).parent
    found = []
    text = (root / path).read_text(encoding="utf-8")
    folders = {"smtplab_" + pathlib.PurePosixPath(module.folder).name: module.folder for module in MODULES}
    folders["smtplab_embedded"] = folders.pop("smtplab_scenarios")
    for library in LIBRARY.finditer(text):
        module = module_of(str(place / library.group(1)))
        number = text.count("\n", 0, library.start()) + 1
        if module is None:
            found.append(f"{path}:{number}: no module of tests/architecture/dependencies.py is {place / library.group(1)}")
            continue
        uses = {use.partition(":")[0] for use in module.uses}
        for target in library.group(2).split():
            if target in ("PUBLIC", "PRIVATE") or folders.get(target) in uses:
                continue
            if target in folders:
                found.append(f"{path}:{number}: {module.folder} must not link {target}")
            elif module.pure and target != "tl::expected" and target not in module.links:  # the rest is held by the #include lines
                found.append(f"{path}:{number}: {module.folder} is pure: it must not link {target}")
    return found


def check_table() -> list:
    """The violations in the table itself: a use of a row that stands further down."""
    found = []
    for row, module in enumerate(MODULES):
        above = {other.folder for other in MODULES[:row]}
        found += [f"MODULES: {module.folder} uses {use}, which is not above it" for use in module.uses if use.partition(":")[0] not in above]
    return found


def check_tree(root: pathlib.Path) -> list:
    """All violations under this root."""
    found = check_table()
    for top in ["scenarios", "common", "mockserver", "client"]:
        for file in sorted((root / top).rglob("*")):
            path = file.relative_to(root).as_posix()
            if file.suffix in (".h", ".hpp", ".cpp"):
                found += check_file(root, path)
            elif file.name == "CMakeLists.txt":
                found += check_links(root, path)
    return found


def main() -> int:
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    found = check_tree(root)
    for violation in found:
        print(violation, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
