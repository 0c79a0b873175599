"""The same client in five languages under `smtplab run`: 465 and 587 with certificates that verify, as root and as anybody.

Runs in: release. What it is about are the programs of others and the network around them.
"""
import os
import pathlib
import shutil
import subprocess
import tempfile

from peer import Case, SMTPLAB, SOURCE, clean_environment, main

CLIENTS = SOURCE / "tests" / "interop" / "languages"
NOBODY = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
RIGHTS = [[], NOBODY] if os.geteuid() == 0 else [[]]
TIME = "60"  # seconds; a Java that starts on a busy machine is slow


class Languages(Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="smtplab-languages-")
        self.addCleanup(self.folder.cleanup)
        os.chmod(self.folder.name, 0o755)
        self.path = pathlib.Path(self.folder.name)

    def need(self, *programs):
        for program in programs:
            if shutil.which(program) is None:
                self.skipTest(f"no {program} here")

    def build(self, *command, **settings):
        done = subprocess.run([str(word) for word in command], cwd=self.path, capture_output=True, check=False, env=clean_environment(**settings))
        self.assertEqual(done.returncode, 0, (done.stdout + done.stderr).decode())

    def deliver(self, *command):
        """Both ways of encryption, by everybody: the mail arrives, nothing is wrong with it but what the clients leave out."""
        for rights in RIGHTS:
            for port in ["465", "587"]:
                with self.subTest(port=port, rights=rights), tempfile.TemporaryDirectory() as store:
                    os.chmod(store, 0o777)
                    done = subprocess.run([*rights, SMTPLAB, "run", "--time", TIME, "--store", store, "--", *map(str, command), "smtp.qq.com", port],
                                          cwd=self.path, capture_output=True, check=False, env=clean_environment())
                    told = (done.stdout + done.stderr).decode()
                    self.assertEqual(done.returncode, 0, told)
                    self.assertIn(f"smtp.qq.com:{port}", told)
                    stored = [file.read_bytes() for file in pathlib.Path(store).rglob("new/*")]
                    self.assertEqual(len(stored), 1, told)
                    self.assertIn(b"Sent by a client in ", stored[0])
                    self.assertNotIn("!!", told)

    def test_python(self):
        self.deliver("python3", CLIENTS / "client.py")

    def test_c(self):
        self.need("gcc")
        if not pathlib.Path("/usr/include/openssl/ssl.h").exists():
            self.skipTest("no headers of OpenSSL here (libssl-dev)")
        self.build("gcc", "-Wall", "-Wextra", "-Werror", "-o", self.path / "client", CLIENTS / "client.c", "-lssl", "-lcrypto")
        self.deliver(self.path / "client")

    def test_java(self):
        self.need("javac", "java")
        self.build("javac", "-d", self.path, CLIENTS / "Client.java")
        self.deliver("java", "-XX:TieredStopAtLevel=1", "-cp", self.path, "Client")

    def test_go_static(self):
        self.need("go")
        cache = os.environ.get("GOCACHE") or str(pathlib.Path(tempfile.gettempdir()) / f"smtplab-go-cache-{os.getuid()}")
        self.build("go", "build", "-o", self.path / "client", CLIENTS / "client.go", CGO_ENABLED="0", GOCACHE=cache, GOTOOLCHAIN="local")
        with open(self.path / "client", "rb") as program:
            self.assertNotIn(b"/lib64/ld-linux", program.read(4096), "it is to be static")
        self.deliver(self.path / "client")

    def test_javascript(self):
        self.need("node")
        self.deliver("node", CLIENTS / "client.js")


if __name__ == "__main__":
    main()
