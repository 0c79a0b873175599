"""What `cmake --install` and cpack lay out: programs that run from there, man pages, completion, documentation; and the package.

Runs in: release. That is what is installed.
"""
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from peer import BIN, SANITIZED, SMTPLAB, SOURCE, Case, clean_environment, main, run

# Sanitizers bring libraries of their own, and packages are made of the release build.
PACKAGES = shutil.which("dpkg-deb") and shutil.which("cpack") and not SANITIZED


def keys_of(schema):
    for key, value in schema.get("properties", {}).items():
        yield key
        yield from keys_of(value.get("items", value))


def page(root, name):
    return gzip.decompress((root / "share" / "man" / name).read_bytes()).decode()


class Installed(Case):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.root = pathlib.Path(folder.name)
        run("cmake", "--install", BIN, "--prefix", cls.root)

    def test_the_programs_run_from_there(self):
        said = run(self.root / "bin" / "smtplab", "step", "netease/auth-required", "--auto", cwd=self.root).stdout.decode()
        self.assertIn("S: 553 authentication is required,163", said)
        self.assertIn("smtplab-mock", run(self.root / "bin" / "smtplab-mock", "--version").stdout.decode())

    def test_the_man_pages_say_what_help_says(self):
        for program in ("smtplab", "smtplab-mock"):
            for language, folder in (("en", "man1"), ("zh", "zh_CN/man1")):
                source = page(self.root, f"{folder}/{program}.1.gz").replace("\\-", "-").replace("\\(aq", "'")
                text = run(BIN / program, "--help", "--lang", language).stdout.decode()
                options = re.findall(r"(?m)^  (?:-h, )?(--[a-z-]+)", text)
                self.assertGreater(len(options), 3)
                for wanted in options + re.findall(r"(?m)^ {6}(smtplab.*)$", text):
                    self.assertIn(wanted, source, (program, language))
        self.assertIn("smtplab-scenario(5)", page(self.root, "man1/smtplab.1.gz").replace("\\-", "-"))

    def test_the_page_of_the_scenario_language_has_every_key(self):
        source = re.sub(r"\\f[BR]", "", page(self.root, "man5/smtplab-scenario.5.gz"))
        for options in ((), ("--provider",)):
            for key in keys_of(json.loads(run(SMTPLAB, "scenarios", "schema", *options).stdout)):
                if key not in ("en", "zh"):
                    self.assertTrue(re.search(rf"\b{key}(\.en)? = |\[+{key}\]+|\b{key}\.en\b", source), key)
        left = [line for line in source.splitlines() if line.startswith(("```", "|", "#"))]
        self.assertTrue(all(line.startswith("# ") for line in left), left)

    @unittest.skipUnless(shutil.which("groff"), "groff is not installed")
    def test_the_pages_are_good_roff(self):
        for file in (self.root / "share" / "man").rglob("*.gz"):
            done = run("groff", "-man", "-ww", "-z", "-Kutf8", "-Tutf8", given=gzip.decompress(file.read_bytes()))
            wrong = [line for line in done.stderr.decode().splitlines() if "cannot adjust line" not in line and "can't break line" not in line]
            self.assertEqual(wrong, [], file)

    def test_completion_and_documentation_are_where_they_are_looked_for(self):
        share = self.root / "share"
        for name in ("bash-completion/completions/smtplab", "bash-completion/completions/smtplab-mock", "zsh/site-functions/_smtplab",
                     "doc/smtplab/README.md", "doc/smtplab/scenarios/README.md", "doc/smtplab/examples/full-mailbox.toml",
                     "doc/smtplab/examples/email_config.json"):
            self.assertTrue((share / name).stat().st_size, name)
        self.assertIn("ok", run(SMTPLAB, "scenarios", "check", share / "doc/smtplab/examples/full-mailbox.toml").stdout.decode())


@unittest.skipUnless(PACKAGES, "packages are made of a build without sanitizers, where there is dpkg-deb")
class Package(Case):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        # Without dpkg-dev, as on a system that has only what run.sh installs.
        tools = pathlib.Path(folder.name, "tools")
        tools.mkdir()
        for where in os.environ["PATH"].split(os.pathsep):
            for tool in pathlib.Path(where).glob("*"):
                if not tool.name.startswith("dpkg-shlibdeps") and not (tools / tool.name).exists():
                    (tools / tool.name).symlink_to(tool)
        run("cpack", "--config", BIN / "CPackConfig.cmake", "-B", folder.name, env=clean_environment(PATH=str(tools)), timeout=120)
        (cls.deb,) = pathlib.Path(folder.name).glob("*.deb")

    def field(self, name):
        return run("dpkg-deb", "--field", self.deb, name).stdout.decode().strip()

    def test_who_answers_for_it_and_what_it_is(self):
        self.assertRegex(self.deb.name, r"^smtplab_\d+\.\d+\.\d+_[a-z0-9]+\.deb$")
        self.assertRegex(self.field("Maintainer"), r"^\S.* <\S+@\S+>$")
        self.assertEqual(self.field("Section"), "education")
        self.assertRegex(self.field("Description"), r"^learn SMTP .*\n \S")

    def test_it_depends_on_the_packages_of_its_libraries_and_they_are_here(self):
        names = [entry.split()[0] for entry in self.field("Depends").split(", ")]
        for library in ("libc6", "libuv1", "libmbedtls", "libncursesw6", "libstdc++6"):
            self.assertTrue(any(name.startswith(library) for name in names), library)
        # A name may be one that an installed package provides: libre2-11-absl20240722 on Debian 13.
        here = run("dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}, ${Provides}\n").stdout.decode().splitlines()
        words = {word for line in here if line.startswith("installed ") for word in line.removeprefix("installed ").replace(",", " ").split()}
        self.assertLessEqual(set(names), words)
        # Versions too: dpkg itself looks at them, and changes nothing.
        done = run("dpkg", "--dry-run", "--force-not-root", "--install", self.deb, status=None)
        self.assertNotIn("dependency problems", done.stderr.decode())
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_its_programs_run_and_its_files_are_where_debian_has_them(self):
        with tempfile.TemporaryDirectory() as folder:
            run("dpkg-deb", "-x", self.deb, folder)
            files = {str(file.relative_to(folder)) for file in pathlib.Path(folder).rglob("*") if file.is_file()}
            for wanted in ("usr/bin/smtplab", "usr/bin/smtplab-mock", "usr/share/man/man1/smtplab.1.gz", "usr/share/man/man1/smtplab-mock.1.gz",
                           "usr/share/man/man5/smtplab-scenario.5.gz", "usr/share/doc/smtplab/README.md",
                           "usr/share/bash-completion/completions/smtplab", "usr/share/zsh/vendor-completions/_smtplab"):
                self.assertIn(wanted, files)
            self.assertIn("550", run(pathlib.Path(folder, "usr/bin/smtplab"), "explain", "550").stdout.decode())


if __name__ == "__main__":
    main()
