"""A man page from a page of Markdown, as far as our documentation goes: headings, paragraphs, code, bold, links, fenced blocks,
and tables of two columns.
"""

import re

INLINE = re.compile(r"``(?P<ticks>.+?)``|`(?P<code>[^`]+)`|\*\*(?P<bold>[^*]+)\*\*|\[(?P<link>[^\]]+)\]\((?P<to>[^)]+)\)")
ESCAPES = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}


def escaped(text: str) -> str:
    return "".join(ESCAPES.get(c, c) for c in text)


def guarded(line: str) -> str:
    """A line that is text, whatever it begins with."""
    return r"\&" + line if line.startswith((".", "'")) else line


def inline(text: str) -> str:
    """One line of text in roff: code and bold in bold, links by their text, with the address where it is one."""
    out, end = "", 0
    for match in INLINE.finditer(text):
        out += escaped(text[end:match.start()])
        end = match.end()
        if match["link"]:
            out += escaped(match["link"].strip("`"))
            if match["to"].startswith("http"):
                out += " (" + escaped(match["to"]) + ")"
        else:
            out += r"\fB" + escaped(match["ticks"] or match["code"] or match["bold"]) + r"\fR"
    return guarded(out + escaped(text[end:]))


def cells(row: str) -> list:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]


def table(rows: list) -> list:
    """The first column as terms, the second as what they mean; the head is left out."""
    out = []
    for row in rows[2:]:
        term, meaning = cells(row)
        out += [".TP", inline(term), inline(meaning)]
    return out + [".PP"]


def block(lines: list) -> list:
    return [".RS 4", ".EX", *(guarded(escaped(line)) for line in lines), ".EE", ".RE", ".PP"]


def body(text: str) -> list:
    """The lines behind the first heading."""
    out, lines = [], text.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith("```") or line.startswith("|"):
            begin = at if line.startswith("```") else at - 1
            ends = (lambda one: one.startswith("```")) if line.startswith("```") else (lambda one: not one.startswith("|"))
            while at < len(lines) and not ends(lines[at]):
                at += 1
            out += block(lines[begin:at]) if line.startswith("```") else table(lines[begin:at])
            at += line.startswith("```")
        elif line.startswith("### "):
            out.append(".SS " + inline(line[4:]))
        elif line.startswith("## "):
            out.append(".SH " + inline(line[3:]))
        elif line:
            out.append(inline(line))
        else:
            out.append(".PP")
    return out


def man_page(name: str, section: int, about: str, version: str, text: str) -> str:
    """The whole page; the first heading of the text gives way to NAME and DESCRIPTION."""
    text = re.sub(r"\A# .*\n+", "", text)
    head = [f'.TH {name.upper()} {section} "" "{version}"', ".SH NAME", f"{name} \\- {escaped(about)}", ".SH DESCRIPTION"]
    lines = head + body(text) + [".SH SEE ALSO", "smtplab(1), smtplab\\-mock(1)"]
    kept = [line for line, after in zip(lines, lines[1:] + [""]) if line != ".PP" or not after.startswith((".PP", ".SH", ".SS", ".TP"))]
    return "\n".join(kept) + "\n"
