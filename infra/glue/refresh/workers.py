"""Gives the workers this package: they need not have the house on their path."""

import atexit
import hashlib
import os
import pkgutil
import tempfile
import zipfile


def give_package(spark, package):
    """Ships the modules of a package to the workers of a session; the same text is shipped once."""
    sources = {f"{package.__name__}/__init__.py": package.__loader__.get_source(package.__name__)}
    for found in pkgutil.iter_modules(package.__path__):
        loader = found.module_finder.find_spec(f"{package.__name__}.{found.name}").loader
        sources[f"{package.__name__}/{found.name}.py"] = loader.get_source(f"{package.__name__}.{found.name}")
    mark = hashlib.sha256(repr(sorted(sources.items())).encode()).hexdigest()[:16]
    if any(mark in name for name in spark.sparkContext._python_includes):
        return
    path = os.path.join(tempfile.mkdtemp(prefix="askstream-refresh-"), f"refresh-{mark}.zip")
    with zipfile.ZipFile(path, "w") as bundle:
        for name, text in sources.items():
            bundle.writestr(name, text)
    atexit.register(remove, path)
    spark.sparkContext.addPyFile(path)


def remove(path):
    os.unlink(path)
    os.rmdir(os.path.dirname(path))
