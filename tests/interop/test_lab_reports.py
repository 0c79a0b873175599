"""What graders read of a lab: the golden reports of tests/labs/reports, read by other people's parsers of those formats.

Runs in: release. It reads texts that tests/labs/reports has compared under the sanitizers.
"""
import html.parser
import json
import pathlib
import re
import subprocess
import tempfile
import xml.etree.ElementTree

from peer import SOURCE, Case, main

GOLDEN = pathlib.Path(SOURCE, "tests", "golden", "labs")
SHEETS = ["full", "pass-with-notes", "partial", "fail", "not-judged", "hostile", "partial.zh", "not-judged.zh"]


def golden(sheet, form):
    return pathlib.Path(GOLDEN, f"{sheet}.{form}").read_text(encoding="utf-8")


def of(sheet):
    return json.loads(golden(sheet, "json"))


def checks(sheet, kind=None, result=None):
    return [one for one in of(sheet)["checks"] if kind in (None, one["kind"]) and result in (None, one["result"])]


def strings(value, path=()):
    """Every string of a JSON value with the keys that lead to it."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from strings(one, (*path, key))
    elif isinstance(value, list):
        for one in value:
            yield from strings(one, path)
    elif isinstance(value, str):
        yield path, value


def safe(text):
    """As the reports show what a terminal or a parser must not get."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]", lambda found: "".join(f"\\x{octet:02x}" for octet in found.group().encode()), text.replace("\r\n", "\n").replace("\r", "␍"))


class Page(html.parser.HTMLParser):
    """The texts of a page in one language, how its elements are nested, and whatever it would fetch or run."""

    EMPTY = {"meta", "input", "br", "hr", "img", "link"}

    def __init__(self, language):
        super().__init__(convert_charrefs=True)
        self.language, self.open, self.texts, self.tags, self.strange, self.ids, self.goals = language, [], [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        for name, value in attributes:
            if name in ("src", "style", "background", "data") or name.startswith("on") or (name == "href" and not value.startswith("#")):
                self.strange.append((tag, name, value))
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.goals.append(value[1:])
        if tag not in self.EMPTY:
            self.open.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open and self.open[-1][0] == tag, f"</{tag}> ends {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1][0] == "style":
            return
        spoken = [one["lang"] for tag, one in self.open if tag == "span" and "lang" in one]
        if not spoken or spoken[-1] == self.language:
            self.texts.append(data)

    def text(self):
        return " ".join("".join(self.texts).split())


def page(sheet, language):
    parsed = Page(language)
    parsed.feed(golden(sheet, "html"))
    parsed.close()
    return parsed


class Json(Case):
    def test_the_documented_keys_are_those_that_are_written(self):
        text = pathlib.Path(SOURCE, "scenarios", "labs", "README.md").read_text(encoding="utf-8")
        table = text.partition("| key | what |")[2].partition("\n\n")[0]
        words = {"must", "note", "passed", "failed", "error", "warning", "advice", "client", "server", "full", "partial", "fail", "en", "zh"}
        documented = set(re.findall(r"`(\w+)`", table)) - words
        written = set()

        def collect(value):
            if isinstance(value, dict):
                written.update(value)
                for one in value.values():
                    collect(one)
            elif isinstance(value, list):
                for one in value:
                    collect(one)

        for sheet in SHEETS:
            collect(of(sheet))
        self.assertEqual(written, documented)

    def test_words_of_a_mark(self):
        self.assertEqual([of(sheet)["verdict"] for sheet in SHEETS[:5]], SHEETS[:5])
        for sheet in SHEETS:
            self.assertLessEqual({one["result"] for one in checks(sheet)}, {"passed", "failed", "not-tried"})
            self.assertLessEqual({one["kind"] for one in checks(sheet)}, {"must", "note"})
            self.assertEqual(of(sheet)["points"], sum(one["points"] for one in checks(sheet, "must")))


class Junit(Case):
    def test_cases_and_counts(self):
        for sheet in SHEETS:
            root = xml.etree.ElementTree.fromstring(golden(sheet, "junit"))
            self.assertEqual(root.tag, "testsuites")
            suite = root.find("testsuite")
            cases = suite.findall("testcase")
            unjudged = of(sheet)["verdict"] == "not-judged"
            self.assertEqual(len(cases), len(checks(sheet)) + unjudged)
            found = {kind: len(suite.findall(f"testcase/{kind}")) for kind in ("failure", "error", "skipped")}
            wanted = {"failure": len(checks(sheet, "must", "failed")), "error": int(unjudged),
                      "skipped": len(checks(sheet, None, "not-tried")) + len(checks(sheet, "note", "failed"))}
            self.assertEqual(found, wanted)
            for element in (root, suite):
                self.assertEqual([int(element.get(name)) for name in ("tests", "failures", "errors", "skipped")],
                                 [len(cases), found["failure"], found["error"], found["skipped"]])
            for one in cases:
                self.assertLessEqual(len(one), 2)
            self.assertEqual({one.get("name"): one.get("value") for one in suite.findall("properties/property")}["verdict"], of(sheet)["verdict"])

    def test_a_failure_is_typed_by_its_cause_and_says_all(self):
        failure = xml.etree.ElementTree.fromstring(golden("partial", "junit")).find(".//failure[@type='sends-before-reply']")
        self.assertEqual(failure.get("message"), "DATA was sent before the reply to RCPT had come.")
        self.assertIn("  > C: DATA\n", failure.text)

    def test_what_xml_forbids_is_shown(self):
        failure = xml.etree.ElementTree.fromstring(golden("hostile", "junit")).find(".//failure")
        self.assertIn(r"\x1b[31m\x07\x00 \xff \xe2\x80\xae rev \xef\xbf\xbe \xc2\x9b ␍ end", failure.text)
        self.assertIn("</script><script>alert(1)</script>", failure.text)


class Tap(Case):
    POINT = re.compile(r"^(not )?ok (\d+) - ((?:[^#\\]|\\.)*?)(?: # (SKIP|TODO) (.*))?$")

    def test_points(self):
        for sheet in SHEETS:
            lines = golden(sheet, "tap").splitlines()
            self.assertEqual(lines[:2], ["TAP version 14", f"1..{len(checks(sheet))}"])
            points = [self.POINT.match(line) for line in lines if re.match(r"(not )?ok", line)]
            bail = [line for line in lines if line.startswith("Bail out!")]
            if of(sheet)["verdict"] == "not-judged":
                self.assertEqual((points, len(bail)), ([], 1))
                continue
            self.assertEqual(bail, [])
            self.assertEqual([int(one.group(2)) for one in points], list(range(1, len(checks(sheet)) + 1)))
            for point, check in zip(points, checks(sheet)):
                wanted = {"passed": (None, None), "not-tried": (None, "SKIP"), "failed": ("not ", "TODO" if check["kind"] == "note" else None)}[check["result"]]
                self.assertEqual((point.group(1), point.group(4)), wanted)
                self.assertTrue(re.sub(r"\\(.)", r"\1", point.group(3)).startswith(check["name"]))

    def test_the_harness_of_perl_reads_it(self):
        """The one of Debian 12 knows version 13, which differs in nothing that stands here."""
        for sheet, status in [("full", 0), ("pass-with-notes", 0), ("partial", 1), ("hostile", 1), ("not-judged", 255)]:
            with tempfile.TemporaryDirectory() as folder:
                file = pathlib.Path(folder, "report.tap")
                file.write_text(golden(sheet, "tap").replace("TAP version 14", "TAP version 13", 1), encoding="utf-8")
                said = subprocess.run(["prove", "-e", "cat", file], capture_output=True, text=True, check=False)
            self.assertEqual(said.returncode, status, said.stdout + said.stderr)
            if sheet != "not-judged":
                self.assertNotIn("Parse errors", said.stdout)
                self.assertIn(f"Tests={len(checks(sheet))}", said.stdout)


class Gradescope(Case):
    VISIBILITY = {"hidden", "after_due_date", "after_published", "visible"}
    FORMATS = {"text", "simple_format", "html", "md", "ansi"}

    def test_results(self):
        for sheet in SHEETS:
            results = json.loads(golden(sheet, "gradescope"))
            self.assertEqual(results["score"], of(sheet)["points"])
            self.assertIn(results["output_format"], self.FORMATS)
            self.assertIn(results["visibility"], self.VISIBILITY)
            self.assertEqual(len(results["tests"]), len(checks(sheet)))
            for test, check in zip(results["tests"], checks(sheet)):
                self.assertIn(test["visibility"], self.VISIBILITY)
                self.assertEqual(test["status"], "passed" if check["result"] == "passed" else "failed")
                self.assertEqual("score" in test, check["kind"] == "must")
                if check["kind"] == "must":
                    self.assertEqual((test["score"], test["max_score"]), (check["points"], check["of"]))
            self.assertEqual(sum(test.get("score", 0) for test in results["tests"]), results["score"])


class Classroom50(Case):
    def test_result(self):
        for sheet in SHEETS:
            result = json.loads(golden(sheet, "classroom50"))
            self.assertEqual(result["schema"], "classroom50/result/v1")
            for key in ("classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release", "review"):
                self.assertIsInstance(result[key], str)
                self.assertTrue(result[key])
            for key in ("datetime", "graded_at"):
                self.assertRegex(result[key], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
            self.assertEqual((result["score"], result["max-score"]), (of(sheet)["points"], of(sheet)["of"]))
            self.assertEqual(sum(test["score"] for test in result["tests"]), result["score"])
            self.assertEqual(sum(test["max-score"] for test in result["tests"]), result["max-score"])
            for test in result["tests"]:
                self.assertIs(type(test["passed"]), bool)
                self.assertIs(type(test["score"]), int)


class Markdown(Case):
    def test_nothing_of_a_program_is_markup(self):
        inside, lines = None, []
        for line in golden("hostile", "markdown").splitlines():
            fence = re.match(r"^(`{3,})(text)?$", line)
            if fence and inside is None:
                inside = fence.group(1)
            elif line == inside:
                inside = None
            elif inside is None:
                lines.append(line)
        self.assertIsNone(inside)
        for line in lines:
            self.assertNotRegex(line, r"(?<!\\)[<\[]|(?<!\\)&|(?<![\\`])`(?!sends-before-reply|`|\))")
            self.assertNotRegex(line, r"(?<!\\)@all")


class Html(Case):
    def test_well_formed_and_alone(self):
        for sheet in SHEETS:
            parsed = page(sheet, "en")
            self.assertEqual(parsed.open, [])
            self.assertEqual(parsed.strange, [])
            self.assertLessEqual({tag for tag, _ in parsed.tags}, set("html head meta title style body input div label h1 h2 h3 h4 p code span b i ul li a section "
                                                                    "figure figcaption ol time pre details summary mark footer".split()))
            self.assertEqual(len(parsed.ids), len(set(parsed.ids)))
            self.assertLessEqual(set(parsed.goals), set(parsed.ids))
            self.assertNotIn("url(", golden(sheet, "html"))
            self.assertNotIn("@import", golden(sheet, "html"))

    def test_everything_of_the_sheet_is_there(self):
        elsewhere = {"version", "verdict", "result", "kind", "from", "language", "severity", "protocol", "first"}
        for sheet, language in [("full", "en"), ("pass-with-notes", "en"), ("partial", "en"), ("fail", "en"), ("not-judged", "en"), ("hostile", "en"),
                                ("partial.zh", "zh-CN"), ("not-judged.zh", "zh-CN")]:
            text = page(sheet, language).text()
            for path, value in strings(of(sheet)):
                if path[-1] in elsewhere or path[0] == "lab" or path[-2:] == ("findings", "follows") or path == ("checks", "trial"):
                    continue
                for line in safe(value).split("\n"):
                    there = text.replace("'\\''", "'") if path[0] == "command" else text
                    self.assertTrue(" ".join(line.split()) in there, f"{sheet}: {'.'.join(path)}: {line}")

    def test_both_languages_stand_in_one_file(self):
        for language, other in [("en", "partial"), ("zh-CN", "partial.zh")]:
            for file in ("partial", "partial.zh"):
                self.assertIn(of(other)["sentence"], page(file, language).text())
        self.assertIn('id="in-zh" checked', golden("partial.zh", "html"))
        self.assertIn('id="in-en" checked', golden("partial", "html"))

    def test_the_ladder(self):
        parsed = page("partial", "en")
        sides = [one.get("class") for tag, one in parsed.tags if tag == "li" and one.get("class", "").split()[:1] in (["client"], ["server"], ["told"])]
        lines = [line for check in of("partial")["checks"] for line in check.get("around", [])]
        lines += [line for trial in of("partial")["trials"] for one in trial["dialogues"] for line in one["lines"]]
        lines = [line for before, line in zip([{}, *lines], lines) if before.get("event") != line["event"]]  # of what was said at once
        wanted = [{"note": "told"}.get(line["from"], line["from"]) + (" fault" if line.get("fault") else "") for line in lines]
        self.assertEqual(sides, wanted)
        self.assertIn("0.251 s DATA ▲ The next command was sent before the reply", re.sub(r"\s*DATA\s*", " DATA ", parsed.text()))


if __name__ == "__main__":
    main()
