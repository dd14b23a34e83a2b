"""The job's own Spark for tests: files named `lost-…` go away between the listing and the reading of a run."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "infra", "glue"))

import run_local  # noqa: E402
from refresh.files import Files  # noqa: E402

listed = Files.list


def losing(self, key=""):
    found = listed(self, key)
    for name, _size, _time in found:
        if name.split("/")[-1].startswith("lost-"):
            os.remove(f"{self.root.removeprefix('file:')}/{name}")
    return found


Files.list = losing
run_local.main(["--serve"])
