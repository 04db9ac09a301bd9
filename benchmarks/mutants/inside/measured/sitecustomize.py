"""Has an interpreter that a test starts measure its lines, as those of the test."""

import json
import os

if os.environ.get("MUTANTS_TEST"):
    import coverage

    settings = json.loads(os.environ["MUTANTS_SETTINGS"])
    measuring = coverage.Coverage(
        data_file=os.environ["MUTANTS_DATA"],
        data_suffix=True,
        auto_data=True,
        context=os.environ["MUTANTS_TEST"],
        config_file=False,
        messages=False,
        **settings,
    )
    measuring.start()
