#!/usr/bin/env python3
"""Holds every file to what it includes: a name is used only where a header that declares it can be reached.

usage: includes.py [ROOT]    Prints each violation as file:line: text; exit status 1 when there is one.

The builds compile the files of a folder as one, where a file lives on what its neighbours included, and the headers of a standard
library include each other as they like, another version otherwise. So neither counts here. A name of the standard library needs
its own header, in the file or in a header of ours that the file reaches; a name of ours needs a header of ours that declares it.
This reads words and not C++, so it misses some: of 49 includes without which a file did not compile by itself, it missed four,
and it named seven that another compiler would have.
"""

import pathlib
import re
import sys

from dependencies import blank, path_of

# Each header of the standard library that we use, and what it declares. Which header that is stands in the standard's synopses;
# <string> and others promise std::begin, <initializer_list> and more besides: only what they are asked for is here.
STANDARD = {
    "algorithm": "adjacent_find all_of any_of binary_search clamp copy copy_if copy_n count count_if equal equal_range fill fill_n find find_end find_first_of find_if find_if_not for_each generate includes is_sorted lexicographical_compare lower_bound max max_element merge min min_element minmax minmax_element mismatch none_of nth_element partial_sort partition partition_point remove remove_if replace replace_if reverse rotate search set_difference set_intersection set_union sort stable_partition stable_sort swap_ranges transform unique unique_copy upper_bound",
    "array": "array to_array",
    "atomic": "atomic",
    "bit": "bit_cast countl_zero countr_zero endian popcount",
    "cctype": "isalnum isalpha isdigit isspace isxdigit tolower toupper",
    "charconv": "chars_format from_chars to_chars",
    "chrono": "chrono",
    "clocale": "setlocale",
    "cmath": "isfinite llround lround floor ceil",
    "concepts": "convertible_to derived_from integral invocable same_as",
    "csignal": "raise signal",
    "cstddef": "byte max_align_t nullptr_t ptrdiff_t size_t",
    "cstdint": "int16_t int32_t int64_t int8_t intmax_t intptr_t uint16_t uint32_t uint64_t uint8_t uintmax_t uintptr_t",
    "cstdio": "FILE fclose fflush fopen fprintf fputc fputs fread fwrite printf puts remove rename snprintf",
    "cstdlib": "_Exit abort atoi calloc exit free getenv malloc strtod strtol strtoul strtoull system",
    "cstring": "memchr memcmp memcpy memmove memset strchr strcmp strcpy strerror strlen strncmp strrchr strstr",
    "ctime": "clock gmtime localtime mktime strftime time time_t tm",
    "cwchar": "mbrtowc mbstate_t wcrtomb wcwidth",
    "deque": "deque",
    "exception": "exception terminate",
    "filesystem": "filesystem",
    "forward_list": "forward_list",
    "fstream": "fstream ifstream ofstream",
    "functional": "bind function greater hash invoke less mem_fn plus ref cref",
    "iomanip": "put_time setfill setw",
    "iostream": "cerr cin clog cout",
    "iterator": "advance back_inserter distance inserter istreambuf_iterator make_move_iterator next ostream_iterator prev",
    "limits": "numeric_limits",
    "list": "list",
    "map": "map multimap",
    "memory": "addressof default_delete enable_shared_from_this make_shared make_unique make_unique_for_overwrite shared_ptr unique_ptr weak_ptr",
    "mutex": "lock_guard mutex unique_lock",
    "numeric": "accumulate iota reduce",
    "optional": "make_optional nullopt nullopt_t optional",
    "ostream": "endl flush",
    "random": "mt19937 random_device uniform_int_distribution",
    "set": "multiset set",
    "span": "span",
    "sstream": "istringstream ostringstream stringstream",
    "string": "getline stod stoi stol stoll stoul stoull string string_literals to_string u16string u32string",
    "string_view": "string_view string_view_literals u16string_view u32string_view",
    "system_error": "errc error_code error_condition generic_category make_error_code system_category system_error",
    "thread": "this_thread thread",
    "tuple": "apply make_tuple tie tuple tuple_element tuple_size",
    "type_traits": "conditional_t decay_t enable_if_t invoke_result_t is_convertible_v is_enum_v is_same_v remove_cvref_t underlying_type_t",
    "unordered_map": "unordered_map",
    "unordered_set": "unordered_set",
    "utility": "as_const declval exchange forward in_place in_place_type index_sequence index_sequence_for integer_sequence make_index_sequence make_pair move pair swap to_underlying unreachable",
    "variant": "get_if holds_alternative monostate variant variant_alternative_t variant_size_v visit",
    "vector": "vector",
}

# Declared by several headers: any of them will do.
SHARED = {
    "begin": "array iterator map set span string string_view vector",
    "end": "array iterator map set span string string_view vector",
    "data": "array iterator span string string_view vector",
    "size": "array iterator span string string_view vector",
    "errc": "charconv system_error",
    "error_code": "filesystem system_error",
    "erase": "deque string vector",
    "erase_if": "deque map set string unordered_map vector",
    "get": "array memory tuple utility variant",
    "initializer_list": "initializer_list map optional set string utility vector",
    "less": "functional map set",
    "ios": "fstream ios iostream istream ostream sstream",
    "istream": "fstream iosfwd iostream istream sstream",
    "ostream": "fstream iosfwd iostream ostream sstream",
    "remove": "algorithm cstdio",
    "size_t": "array cstddef cstdio cstdlib cstring ctime deque map optional set span string string_view vector",
    "streamoff": "fstream ios iostream istream ostream",
    "streamsize": "fstream ios iostream istream ostream",
}

# POSIX and the libraries, as patterns of words.
OTHERS = [
    (r"AT_FDCWD|F_[GS]ET\w+|FD_CLOEXEC|O_[A-Z]+|fcntl|openat", "fcntl.h uv.h"),
    (r"S_IS[A-Z]+|S_I[RWX]\w+|fchmod|fstat|fstatat|lstat|mkdirat", "sys/stat.h"),
    (r"MAP_[A-Z]+|PROT_[A-Z]+|memfd_create|mmap|munmap", "sys/mman.h"),
    (r"W(IFEXITED|IFSIGNALED|IFSTOPPED|EXITSTATUS|TERMSIG|NOHANG)|waitid|waitpid", "sys/wait.h"),
    (r"RLIMIT_[A-Z]+|[gs]etrlimit|prlimit", "sys/resource.h"),
    (r"inet_(ntop|pton)", "arpa/inet.h"),
    (r"POLL(IN|OUT|HUP|ERR)|pollfd", "poll.h sys/poll.h"),
    (r"SIG[A-Z]{3,}|SIG_(DFL|IGN)|sigaction|sig(add|empty|fill)set", "signal.h csignal"),
    (r"AF_[A-Z0-9]+|SOCK_[A-Z]+|SO_[A-Z]+|sockaddr_storage", "sys/socket.h netinet/in.h arpa/inet.h uv.h"),
    (r"(IS|ON)ATTY|TCSA(NOW|FLUSH|DRAIN)|tc[gs]etattr", "termios.h"),
    (r"_SC_[A-Z_]+|STD(IN|OUT|ERR)_FILENO|execv\w*|ftruncate|getp?pid|isatty|pipe2|readlink\w*|rmdir|unlinkat", "unistd.h"),
    (r"errno|E(AGAIN|EXIST|INTR|INVAL|NOENT|PERM|PIPE)", "cerrno"),
    (r"nlohmann(?=::)", "nlohmann/json.hpp"),
    (r"tl(?=::)", "tl/expected.hpp"),
    (r"uv_\w+(?<!_s)", "uv.h"),
    (r"g_mime_\w+|g_\w+", "gmime/gmime.h"),
    (r"iconv(_\w+)?", "iconv.h"),
]

HEADERS_OF = {name: {header} for header, names in STANDARD.items() for name in names.split()}
HEADERS_OF.update({name: set(headers.split()) for name, headers in SHARED.items()})
OTHER_NAMES = [(re.compile(rf"(?<!\w::)(?<!\.)(?<!->)\b(?:{pattern})\b"), set(headers.split())) for pattern, headers in OTHERS]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
NAMESPACE = re.compile(r"\bnamespace\s+([\w:]+)\s*{")
STANDARD_NAME = re.compile(r"\bstd::(\w+)")
FIRM_NAME = re.compile(r"(?<!\.)(?<!->)((?:\w+::)*)\b(k?[A-Z]\w*[a-z]\w*)\b")  # a type or a constant: no variable is written so
CALL = re.compile(r"(?<![.\w:])(?<!->)((?:\w+::)*)([a-z]\w*)\s*\(")
DECLARED_TYPE = re.compile(r"\b(?:class|struct|enum\s+class|enum|concept|using|typename)\s+([A-Z]\w*)")
DECLARED_CONSTANT = re.compile(r"[\w>&*]\s+(k[A-Z]\w*)\s*[={\[;(>,]")
# `int name(`, `const T& name =`, `[&](auto name)`; told apart from `return name(` and `a && name(`.
DECLARED_WORD = re.compile(r"(\w+|[\w>][&*]+|>|\])\s+([a-z]\w*)\s*[(={;,)\[:]")
# In a header, at the beginning of its line: what belongs to a namespace and not to a class.
DECLARED_FUNCTION = re.compile(r"^(?:\[\[nodiscard\]\] )?[a-zA-Z][\w:<>,&* ]*?[ &*]([a-z]\w*)\(", re.MULTILINE)
USING = re.compile(r"\busing\s+[\w:]+::(\w+)\s*;")
ENUMERATION = re.compile(r"\benum\b[^{;]*{([^}]*)}")
KEYWORDS = {"return", "else", "throw", "case", "new", "delete", "not", "and", "or", "do", "co_return", "goto"}
# Not ours where they are called: POSIX has it too; each protocol has it, and the type of the argument says which.
NOT_SEARCHED = {"read", "input_row"}


class Source:
    """What one file says, includes and declares."""

    def __init__(self, path: str, text: str):
        code = blank(text)
        included = [match.groups() for match in INCLUDE.finditer(code)]
        self.path = path
        self.angled = {name for mark, name in included if mark == "<"}
        self.ours = [path_of(name) for mark, name in included if mark == '"']
        self.code = INCLUDE.sub(lambda match: "\n" * match.group().count("\n"), code)
        self.spaces = {space for spaces in NAMESPACE.findall(code) for space in spaces.split("::")}
        enumerators = " ".join(ENUMERATION.findall(code))
        self.declared = {
            *DECLARED_TYPE.findall(code),
            *DECLARED_CONSTANT.findall(code),
            *DECLARED_FUNCTION.findall(code),
            *USING.findall(code),
            *re.findall(r"\bk[A-Z]\w*", enumerators),
        }
        self.words = {name for before, name in DECLARED_WORD.findall(code) if before not in KEYWORDS}


def reached(sources: dict, path: str) -> list:
    """The file and every file of ours that it includes, at any depth."""
    seen, waiting = {}, [path]
    while waiting:
        one = waiting.pop()
        if one in seen or one not in sources:
            continue
        seen[one] = sources[one]
        waiting += sources[one].ours
    return list(seen.values())


def angled(headers: set) -> str:
    return " or ".join(f"<{header}>" for header in sorted(headers))


class Tree:
    """All files of ours, by path, and which header declares what."""

    def __init__(self, sources: dict):
        self.sources = sources
        self.spaces = set().union(*(source.spaces for source in sources.values()))
        self.declaring = {}
        for source in sources.values():
            if source.path.endswith(".h"):
                for name in source.declared:
                    self.declaring.setdefault(name, []).append(source.path)

    def is_ours(self, qualifier: str) -> bool:
        return set(qualifier.split("::")[:-1]) <= self.spaces

    def missing(self, source: Source) -> list:
        """What this file uses and cannot reach: (place in its code, name, where it would be found); a name may come often."""
        near = reached(self.sources, source.path)
        headers = set().union(*(one.angled for one in near))
        known = set().union(*(one.declared | one.words for one in near))
        found = []
        for match in STANDARD_NAME.finditer(source.code):
            name = match.group(1)
            if name not in HEADERS_OF:
                found.append((match.start(), "std::" + name, "a row in tests/architecture/includes.py that names its header"))
            elif not HEADERS_OF[name] & headers:
                found.append((match.start(), "std::" + name, angled(HEADERS_OF[name])))
        for pattern, wanted in OTHER_NAMES:
            if not wanted & headers:
                found += [(match.start(), match.group(), angled(wanted)) for match in pattern.finditer(source.code)]
        for pattern in (FIRM_NAME, CALL):
            for match in pattern.finditer(source.code):
                qualifier, name = match.groups()
                if name not in self.declaring or name in NOT_SEARCHED or not self.is_ours(qualifier):
                    continue
                space = qualifier.split("::")[-2] if qualifier else ""
                if name not in known or space and not any(space in one.spaces and name in one.declared for one in near):
                    found.append((match.start(), name, " or ".join(f'"{path}"' for path in self.declaring[name][:3])))
        return found


def check_file(tree: Tree, source: Source) -> list:
    """The violations in one file, each name once."""
    found = {}
    for place, name, where in tree.missing(source):
        line = source.code.count("\n", 0, place) + 1
        found.setdefault(name, f"{source.path}:{line}: {name} is used without {where}")
    return list(found.values())


def check_tree(root: pathlib.Path) -> list:
    """All violations under this root."""
    sources = {}
    for top in ("scenarios", "common", "mockserver", "client"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix in (".h", ".cpp"):
                path = file.relative_to(root).as_posix()
                sources[path] = Source(path, file.read_text(encoding="utf-8"))
    tree = Tree(sources)
    return [violation for source in sources.values() for violation in check_file(tree, source)]


def main() -> int:
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    found = check_tree(root)
    for violation in found:
        print(violation, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
