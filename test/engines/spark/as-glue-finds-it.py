"""What Glue has: the script in a folder of its own and the house as a zip on the path. Prints what the job finds there."""

import importlib.util
import json
import os
import shutil
import sys
import tempfile
import zipfile

HOUSE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
BUNDLED = ("src/refresh/transforms", "src/refresh/reference", "src/refresh/reader", "infra/glue", "prompts/glossary.yml")


def main(glossary):
    folder = tempfile.mkdtemp(prefix="askstream-glue-")
    try:
        with zipfile.ZipFile(os.path.join(folder, "house.zip"), "w") as bundle:
            for path in bundled():
                bundle.write(os.path.join(glossary if path == "prompts/glossary.yml" else os.path.join(HOUSE, path)), path)
        script = shutil.copy(os.path.join(HOUSE, "infra", "glue", "refresh_job.py"), folder)
        sys.path[:] = [os.path.join(folder, "house.zip"), *[p for p in sys.path if not p.startswith(HOUSE)]]
        spec = importlib.util.spec_from_file_location("refresh_job", script)
        job = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(job)
        job.put_house_on_path()
        from refresh.house import find_house

        house = find_house(script)
        rules = {name: len(rows) for name, _columns, rows in house.rule_tables()}
        print(json.dumps({"vocabulary": house.vocabulary(), "rules": rules, "events": house.transform("events")[:9], "from_zip": house.root.endswith(".zip")}))
    finally:
        shutil.rmtree(folder)


def bundled():
    for place in BUNDLED:
        whole = os.path.join(HOUSE, place)
        if os.path.isfile(whole):
            yield place
        for folder, _folders, files in os.walk(whole):
            for name in files:
                if name.endswith((".sql", ".json", ".py")):
                    yield os.path.relpath(os.path.join(folder, name), HOUSE)


main(sys.argv[1])
