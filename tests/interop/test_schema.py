"""The JSON Schema of scenario files: every file of the tree is valid, and what it refuses `scenarios check` refuses too.

Runs in: release. It checks texts; tests/commands writes the schema and tests/scenario reads the files under the sanitizers.
"""
import copy
import json
import pathlib
import tempfile
import tomllib

import jsonschema

from peer import SMTPLAB, SOURCE, USAGE, Case, main, run

FILES = [path for path in sorted(pathlib.Path(SOURCE, "scenarios").glob("*/*.toml")) if path.parent.name not in ("knowledge", "labs")]
TEXT = {"en": "text", "zh": "文字"}
GOOD = {
    "title": TEXT, "summary": TEXT, "subject": "basics", "code": 550,
    "server": {"name": "mx.example", "greeting": ["220-one", "220 two"], "extensions": ["PIPELINING"], "quirks": ["no-colon"]},
    "limits": {"message": 1000, "idle_timeout": 0.5},
    "account": [{"user": "a@mx.example", "password": "secret"}],
    "rule": [{"on": "RCPT", "when": {"recipient": "bob@*", "authenticated": False}, "reply": "550 no", "delay": 1, "split_at": [3, 5]}],
    "step": [{"send": "EHLO {client}", "expect": 250, "say": TEXT}, {"connect": True, "expect": 220, "wait": 2, "say": TEXT}],
}


def schema(*options):
    return json.loads(run(SMTPLAB, "scenarios", "schema", *options).stdout)


def toml(value):
    """As TOML writes it: everything in one line, which is enough for what stands here."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def as_file(document):
    return "".join(f"{key} = {toml(value)}\n" for key, value in document.items())


class Schema(Case):
    @classmethod
    def setUpClass(cls):
        cls.scenario = jsonschema.Draft202012Validator(schema())
        cls.provider = jsonschema.Draft202012Validator(schema("--provider"))

    def test_it_is_a_schema(self):
        for validator in (self.scenario, self.provider):
            jsonschema.Draft202012Validator.check_schema(validator.schema)
            self.assertEqual(validator.schema["$schema"], "https://json-schema.org/draft/2020-12/schema")

    def test_every_file_of_the_tree_is_valid(self):
        self.assertGreater(len(FILES), 100)
        for path in FILES:
            validator = self.provider if path.name == "provider.toml" else self.scenario
            with self.subTest(path.relative_to(SOURCE)):
                errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(tomllib.loads(path.read_text()))]
                self.assertEqual(errors, [])

    def test_a_scenario_is_no_provider_and_the_other_way_round(self):
        for path, validator in ((FILES[0], self.provider), (FILES[0].parent / "provider.toml", self.scenario)):
            self.assertNotEqual(path.name == "provider.toml", validator is self.provider)
            self.assertFalse(validator.is_valid(tomllib.loads(path.read_text())))

    def test_every_key_has_a_sentence_and_tables_are_closed(self):
        def look(node, path):
            for key, value in node.get("properties", {}).items():
                if "properties" in node and key not in ("en", "zh"):
                    self.assertTrue(value["description"].endswith("."), f"{path}.{key}")
                look(value.get("items", value), f"{path}.{key}")
            if node.get("type") == "object":
                self.assertFalse(node["additionalProperties"], path)
        look(self.scenario.schema, "")

    def test_what_it_refuses_the_program_refuses_too(self):
        def changed(change):
            document = copy.deepcopy(GOOD)
            change(document)
            return document
        wrong = {
            "an unknown key": lambda d: d.update(titel="x"),
            "an unknown key in a rule": lambda d: d["rule"][0].update(repply="550 no"),
            "an unknown condition": lambda d: d["rule"][0]["when"].update(oder="any"),
            "a missing key": lambda d: d.pop("subject"),
            "a missing key in a step": lambda d: d["step"][0].pop("say"),
            "a word for a number": lambda d: d["step"][0].update(expect="250"),
            "a number for a word": lambda d: d["server"].update(name=5),
            "a fraction for a whole number": lambda d: d["limits"].update(message=1.5),
            "a word for true": lambda d: d["rule"][0]["when"].update(authenticated="no"),
            "no Chinese": lambda d: d.update(title={"en": "text"}),
            "empty Chinese": lambda d: d.update(title={"en": "text", "zh": ""}),
            "one string for two languages": lambda d: d.update(title="text"),
            "another language": lambda d: d.update(title=TEXT | {"de": "Text"}),
            "a word that is not allowed": lambda d: d["rule"][0].update(on="RCTP"),
            "a word that is not allowed in a list": lambda d: d["server"].update(quirks=["no-comma"]),
            "a number that is too small": lambda d: d["limits"].update(message=0),
            "a number that is too large": lambda d: d["rule"][0].update(delay=3601),
            "a table for a list of tables": lambda d: d.update(rule=d["rule"][0]),
            "a list for a table": lambda d: d.update(server=[d["server"]]),
            "an empty reply": lambda d: d["server"].update(greeting=[]),
            "a number for a reply": lambda d: d["rule"][0].update(reply=550),
            "an empty list of numbers": lambda d: d["rule"][0].update(split_at=[]),
            "a word in a list of numbers": lambda d: d["rule"][0].update(split_at=["3"]),
        }
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "mine.toml")
            file.write_text(as_file(GOOD))
            self.assertEqual(tomllib.loads(file.read_text()), GOOD)
            self.assertEqual([error.message for error in self.scenario.iter_errors(GOOD)], [])
            run(SMTPLAB, "scenarios", "check", file)
            for name, change in wrong.items():
                with self.subTest(name):
                    document = changed(change)
                    self.assertFalse(self.scenario.is_valid(document))
                    file.write_text(as_file(document))
                    run(SMTPLAB, "scenarios", "check", file, status=USAGE)


if __name__ == "__main__":
    main()
